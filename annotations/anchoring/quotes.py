"""Finds where the quote of a selector stands in a text, and how sure that is."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from annotations.anchoring.fuzzy import FuzzySearch
from annotations.anchoring.graphemes import is_inside
from annotations.anchoring.placement import MAX_PROPOSALS, Change, Placement, State
from annotations.anchoring.revisions import carry
from annotations.anchoring.selectors import Selector, describe, snap
from newsreader.text.diff.alignment import count_common_prefix

__all__ = ["Change", "Placement", "Selector", "State", "anchor", "carry", "describe", "snap"]

MIN_DISTINCTIVE_LENGTH = 20  # code points of a quote that nobody writes twice by chance
MIN_AGREEMENT = 12  # code points of context that speak for a place
MAX_OCCURRENCES = 1_000  # occurrences of a quote that are looked at
MAX_COMPARED_LENGTH = 4_000_000  # code points that looking at them may cost
IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")


class Candidate(NamedTuple):
    """A place where the quote stands, and how many code points of the context around it agree with the selector's."""

    start: int
    agreement: int


def anchor(text: str, selector: Selector) -> Placement:
    """Return where the selector's quote stands in the text; what is not certain is proposed, never chosen."""
    exact, prefix, suffix, start, end = selector
    is_unmoved = bool(exact) and start >= 0 and end == start + len(exact) and text.startswith(exact, start)
    unmoved = [_measure_candidate(text, start, selector)] if is_unmoved else []
    if unmoved and unmoved[0].agreement == len(prefix) + len(suffix):
        return Placement("same", start, end)
    if not exact:
        return Placement("gone")
    return _match_whole_context(text, selector, unmoved) or _match_by_agreement(text, selector, unmoved)


def _measure_candidate(text: str, start: int, selector: Selector) -> Candidate:
    _, prefix, suffix, *_ = selector
    end = start + len(selector.exact)
    before, after = text[max(start - len(prefix), 0) : start], text[end : end + len(suffix)]
    return Candidate(start, count_common_prefix(before[::-1], prefix[::-1]) + count_common_prefix(after, suffix))


def _match_whole_context(text: str, selector: Selector, unmoved: list[Candidate]) -> Placement | None:
    """Decide by the quote with all of its context; None where that is nowhere, or there was none."""
    exact, prefix, suffix, *_ = selector
    context = len(prefix) + len(suffix)
    starts = [start + len(prefix) for start in _find_occurrences(text, prefix + exact + suffix)] if context else []
    rivals = [candidate for candidate in unmoved if 2 * candidate.agreement > context]
    if len(starts) == 1 and not rivals:
        return Placement("moved", starts[0], starts[0] + len(exact))
    return _propose([Candidate(start, context) for start in starts] + rivals, selector) if starts else None


def _match_by_agreement(text: str, selector: Selector, unmoved: list[Candidate]) -> Placement:
    """Decide by how much of the context stands around each occurrence of the quote."""
    starts, are_all = _find_starts(text, selector)
    others = starts - {candidate.start for candidate in unmoved}
    candidates = unmoved + [_measure_candidate(text, start, selector) for start in others]
    if not candidates:
        return Placement("gone", proposals=FuzzySearch(text, [(0, len(text))]).find_similar(selector.exact))
    candidates.sort(key=lambda candidate: -candidate.agreement)
    if not _is_clear(candidates, selector, are_all):
        return _propose(candidates, selector)
    best = candidates[0]
    return Placement("same" if best in unmoved else "moved", best.start, best.start + len(selector.exact))


def _find_starts(text: str, selector: Selector) -> tuple[set[int], bool]:
    """Return where the quote stands, and whether these places are all.

    Where there are too many, those with one whole side of the context are among them.
    """
    exact, prefix, suffix, *_ = selector
    anywhere = _find_occurrences(text, exact)
    with_prefix = [start + len(prefix) for start in _find_occurrences(text, prefix + exact, MAX_PROPOSALS)]
    with_suffix = _find_occurrences(text, exact + suffix, MAX_PROPOSALS)
    starts = {*anywhere, *with_prefix, *with_suffix}
    whole = {start for start in starts if not _is_cutting_characters(text, start, start + len(exact))}
    return whole, len(anywhere) < _limit_occurrences(exact)


def _is_cutting_characters(text: str, start: int, end: int) -> bool:
    return is_inside(text, start) or is_inside(text, end)


def _find_occurrences(text: str, words: str, limit: int = MAX_OCCURRENCES) -> list[int]:
    return list(islice(_iterate_occurrences(text, words), min(limit, _limit_occurrences(words))))


def _limit_occurrences(words: str) -> int:
    return min(MAX_OCCURRENCES, MAX_PROPOSALS + MAX_COMPARED_LENGTH // len(words))


def _iterate_occurrences(text: str, words: str) -> Iterator[int]:
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + 1)


def _is_clear(candidates: list[Candidate], selector: Selector, are_all: bool) -> bool:
    """Return whether the first of the candidates, sorted by agreement, is the place beyond doubt."""
    best, *others = candidates
    prefix, suffix = len(selector.prefix), len(selector.suffix)
    if not others and are_all and _is_distinctive(selector.exact):
        return True
    if not best.agreement or best.agreement < min(MIN_AGREEMENT, prefix + suffix):
        return False
    if not are_all and best.agreement < max(prefix, suffix):
        return False
    return all(best.agreement >= 2 * other.agreement for other in others[:1])


def _is_distinctive(quote: str) -> bool:
    return len(quote) >= MIN_DISTINCTIVE_LENGTH and (" " in quote or IDEOGRAPH.search(quote) is not None)


def _propose(candidates: list[Candidate], selector: Selector) -> Placement:
    """Return the likeliest places as proposals; of equally likely ones the nearest to the selector's own place first."""
    likeliest = sorted(candidates, key=lambda place: (-place.agreement, abs(place.start - selector.start)))
    starts = [candidate.start for candidate in likeliest[:MAX_PROPOSALS]]
    return Placement("ambiguous", proposals=tuple((start, start + len(selector.exact)) for start in starts))
