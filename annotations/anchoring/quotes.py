"""Anchors: where the words of a selector stand in a text, and how sure that is."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from annotations.anchoring.fuzzy import Search
from annotations.anchoring.graphemes import is_inside
from annotations.anchoring.placement import PROPOSALS_MOST, Change, Placement, State
from annotations.anchoring.revisions import carry
from annotations.anchoring.selectors import Selector, describe, snap
from newsreader.text.diff.alignment import count_common_prefix

__all__ = ["Change", "Placement", "Selector", "State", "anchor", "carry", "describe", "snap"]

TELLING = 20  # code points of a quote that nobody writes twice by chance
ENOUGH = 12  # code points of context that speak for a place
LOOKS_MOST = 1_000  # occurrences of a quote that are looked at
READ_MOST = 4_000_000  # code points that looking at them may cost
IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")


class Candidate(NamedTuple):
    """A place where the quote stands, and how many code points of the context next to it are the selector's."""

    start: int
    agreement: int


def anchor(text: str, selector: Selector) -> Placement:
    """Return where the selector's quote stands in the text; what is not certain is proposed, never chosen."""
    exact, prefix, suffix, start, end = selector
    stands = bool(exact) and start >= 0 and end == start + len(exact) and text.startswith(exact, start)
    here = [_candidate(text, start, selector)] if stands else []
    if here and here[0].agreement == len(prefix) + len(suffix):
        return Placement("same", start, end)
    if not exact:
        return Placement("gone")
    return _by_whole_context(text, selector, here) or _by_likeness(text, selector, here)


def _candidate(text: str, start: int, selector: Selector) -> Candidate:
    _, prefix, suffix, *_ = selector
    end = start + len(selector.exact)
    before, after = text[max(start - len(prefix), 0) : start], text[end : end + len(suffix)]
    return Candidate(start, count_common_prefix(before[::-1], prefix[::-1]) + count_common_prefix(after, suffix))


def _by_whole_context(text: str, selector: Selector, here: list[Candidate]) -> Placement | None:
    """Decide by the quote with all of its context; None where that is nowhere, or there was none."""
    exact, prefix, suffix, *_ = selector
    context = len(prefix) + len(suffix)
    places = [place + len(prefix) for place in _occurrences(text, prefix + exact + suffix)] if context else []
    rivals = [candidate for candidate in here if 2 * candidate.agreement > context]
    if len(places) == 1 and not rivals:
        return Placement("moved", places[0], places[0] + len(exact))
    return _proposed([Candidate(place, context) for place in places] + rivals, selector) if places else None


def _by_likeness(text: str, selector: Selector, here: list[Candidate]) -> Placement:
    """Decide by how much of the context stands around each occurrence of the quote."""
    starts, all_seen = _starts(text, selector)
    found = here + [_candidate(text, start, selector) for start in starts - {candidate.start for candidate in here}]
    if not found:
        return Placement("gone", proposals=Search(text, [(0, len(text))]).like(selector.exact))
    found.sort(key=lambda candidate: -candidate.agreement)
    best = found[0]
    if not _is_clear(found, selector, all_seen):
        return _proposed(found, selector)
    return Placement("same" if best in here else "moved", best.start, best.start + len(selector.exact))


def _starts(text: str, selector: Selector) -> tuple[set[int], bool]:
    """Return where the quote stands, those with one whole side of the context first of all, and whether these are all."""
    exact, prefix, suffix, *_ = selector
    plain = _occurrences(text, exact)
    with_prefix = [place + len(prefix) for place in _occurrences(text, prefix + exact, PROPOSALS_MOST)]
    with_suffix = _occurrences(text, exact + suffix, PROPOSALS_MOST)
    whole = {start for start in [*plain, *with_prefix, *with_suffix] if not _cuts(text, start, start + len(exact))}
    return whole, len(plain) < _looks(exact)


def _cuts(text: str, start: int, end: int) -> bool:
    return is_inside(text, start) or is_inside(text, end)


def _occurrences(text: str, words: str, most: int = LOOKS_MOST) -> list[int]:
    return list(islice(_find_all(text, words), min(most, _looks(words))))


def _looks(words: str) -> int:
    return min(LOOKS_MOST, PROPOSALS_MOST + READ_MOST // len(words))


def _find_all(text: str, words: str) -> Iterator[int]:
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + 1)


def _is_clear(found: list[Candidate], selector: Selector, all_seen: bool) -> bool:
    """Say whether the first of the candidates, sorted by agreement, is beyond doubt the one."""
    best, *others = found
    prefix, suffix = len(selector.prefix), len(selector.suffix)
    if not others and all_seen and _is_telling(selector.exact):
        return True
    if not best.agreement or best.agreement < min(ENOUGH, prefix + suffix):
        return False
    if not all_seen and best.agreement < max(prefix, suffix):
        return False
    return all(best.agreement >= 2 * other.agreement for other in others[:1])


def _is_telling(quote: str) -> bool:
    return len(quote) >= TELLING and (" " in quote or IDEOGRAPH.search(quote) is not None)


def _proposed(candidates: list[Candidate], selector: Selector) -> Placement:
    """Return the likeliest places as proposals, of equally likely ones the nearest to where the quote stood first."""
    likeliest = sorted(candidates, key=lambda found: (-found.agreement, abs(found.start - selector.start)))
    places = tuple((found.start, found.start + len(selector.exact)) for found in likeliest[:PROPOSALS_MOST])
    return Placement("ambiguous", proposals=places)
