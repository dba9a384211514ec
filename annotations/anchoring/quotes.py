"""Finds where the quote of a selector stands in a text, and how sure that is."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import NamedTuple

from annotations.anchoring.folding import GAP, FoldedText
from annotations.anchoring.fuzzy import FuzzySearch
from annotations.anchoring.graphemes import is_inside
from annotations.anchoring.placement import MAX_PROPOSALS, Change, Placement, State
from annotations.anchoring.revisions import carry
from annotations.anchoring.selectors import Selector, describe, snap
from newsreader.text.diff.alignment import count_common_prefix
from newsreader.text.diff.tokens import list_tokens

__all__ = [
    "Change",
    "Placement",
    "Selector",
    "State",
    "anchor",
    "anchor_foreign",
    "carry",
    "describe",
    "snap",
    "stands_unmoved",
]

MIN_DISTINCTIVE_LENGTH = 20  # code points of a quote that nobody writes twice by chance
MIN_AGREEMENT = 12  # code points of context that speak for a place
MAX_OCCURRENCES = 1_000  # occurrences of a quote that are looked at
MAX_COMPARED_LENGTH = 4_000_000  # code points that looking at them may cost
MAX_UNFOLDED_RATIO = 4  # a quote is as many times as long elsewhere, with white space and decomposed letters
IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")


class Search(NamedTuple):
    """A text, the selector of a quote in it, and which places (start and end) the quote cannot have there."""

    text: str
    selector: Selector
    is_excluded: Callable[[int, int], bool]
    is_distinctive: bool  # whether nobody writes the quote twice by chance
    is_foreign: bool = False


class Candidate(NamedTuple):
    """A place where the quote stands, and how many code points of the context around it agree with the selector's."""

    start: int
    agreement: int


def anchor(text: str, selector: Selector) -> Placement:
    """Return where the selector's quote stands in the text; what is not certain is proposed, never chosen."""
    search = Search(text, selector, partial(_is_cutting_characters, text), _is_distinctive(selector.exact))
    if not selector.exact:
        return Placement("gone")
    placement = _place(search)
    return placement or Placement("gone", proposals=FuzzySearch(text, [(0, len(text))]).find_similar(selector.exact))


def anchor_foreign(text: FoldedText, selector: Selector, *, is_place_foreign: bool = False) -> Placement:
    """Return where the quote of another program stands, whose white space, composition, quotation marks and dashes do not count.

    The rules are those of `anchor`; but a foreign place, which counts in a text that nobody knows, speaks against no other.
    Places are those of the text as it is; what is `gone` has no proposals.
    """
    quote = FoldedText(selector.exact)
    folded = _fold_selector(text, quote, selector, is_place_foreign)
    is_excluded = partial(_is_other_quote, text, quote)
    search = Search(text.words, folded, is_excluded, _is_distinctive(selector.exact), is_foreign=True)
    placement = (_place(search) if quote.words else None) or Placement("gone")
    if placement.state == "ambiguous":
        places = (text.locate(*place) for place in placement.proposals)
        return placement._replace(proposals=tuple(filter(None, places)))
    place = text.locate(placement.start, placement.end) if placement.end else None
    return placement._replace(start=place[0], end=place[1]) if place else Placement("gone")


def stands_unmoved(text: str, selector: Selector) -> bool:
    """Return whether the quote stands at its place with all of its context, letter for letter: there `anchor_foreign` finds it.

    Only a part of what it finds, but without folding the text.
    """
    exact, prefix, suffix, start, end = selector
    return (
        len(prefix) <= start < end == start + len(exact)
        and text.startswith(prefix + exact + suffix, start - len(prefix))
        and not (GAP.match(exact[0]) or GAP.match(exact[-1]))  # a search finds a passage without such ends
        and not _is_cutting_characters(text, start, end)
    )


def _fold_selector(text: FoldedText, quote: FoldedText, selector: Selector, is_place_foreign: bool) -> Selector:
    """Return the selector in folded words, and in places among those of the text."""
    prefix, suffix = FoldedText(selector.prefix).words, FoldedText(selector.suffix).words
    start, length = text.fold_place(max(selector.start, 0)), len(quote.words)
    is_there = _has_place(selector) and _stands_at(text, quote, selector) and text.has_words_of(quote, start)
    if not is_there and (is_place_foreign or not _has_place(selector)):
        return Selector(quote.words, prefix, suffix, 0, 0)
    return Selector(quote.words, prefix, suffix, start, start + length + (0 if is_there else 1))


def _stands_at(text: FoldedText, quote: FoldedText, selector: Selector) -> bool:
    """Return whether the text has the quote at the selector's place, from its first word to its last."""
    start, end = selector.start, selector.end
    is_comparable = end - start <= MAX_UNFOLDED_RATIO * (len(selector.exact) + 1)
    return is_comparable and FoldedText(text.text[start:end]).words == quote.words


def _is_other_quote(text: FoldedText, quote: FoldedText, start: int, end: int) -> bool:
    """Return whether a place among the folded words cuts a character, or has other words once white space counts."""
    place = text.locate(start, end)
    return place is None or (text.text[slice(*place)] != quote.text and not text.has_words_of(quote, start))


def _place(search: Search) -> Placement | None:
    """Return where the quote stands; None where it is nowhere."""
    exact, prefix, suffix, start, end = search.selector
    is_unmoved = start >= 0 and end == start + len(exact) and search.text.startswith(exact, start)
    unmoved = [_measure_candidate(search, start)] if is_unmoved else []
    if unmoved and unmoved[0].agreement == len(prefix) + len(suffix):
        return Placement("same", start, end)
    return _match_whole_context(search, unmoved) or _match_by_agreement(search, unmoved)


def _measure_candidate(search: Search, start: int) -> Candidate:
    text, (exact, prefix, suffix, *_) = search.text, search.selector
    end = start + len(exact)
    before, after = text[max(start - len(prefix), 0) : start], text[end : end + len(suffix)]
    return Candidate(start, count_common_prefix(before[::-1], prefix[::-1]) + count_common_prefix(after, suffix))


def _match_whole_context(search: Search, unmoved: list[Candidate]) -> Placement | None:
    """Decide by the quote with all of its context; None where that is nowhere, or there was none."""
    exact, prefix, suffix, *_ = search.selector
    context = len(prefix) + len(suffix)
    found = _find_occurrences(search.text, prefix + exact + suffix) if context else []
    starts = [start + len(prefix) for start in found]
    starts = _drop_excluded(search, starts) if search.is_foreign else starts  # a selection here may cut a character
    rivals = [candidate for candidate in unmoved if 2 * candidate.agreement > context]
    if len(starts) == 1 and not rivals:
        return Placement("moved", starts[0], starts[0] + len(exact))
    return _propose([Candidate(start, context) for start in starts] + rivals, search.selector) if starts else None


def _match_by_agreement(search: Search, unmoved: list[Candidate]) -> Placement | None:
    """Decide by how much of the context stands around each occurrence of the quote; None where there is none."""
    starts, are_all = _find_starts(search)
    others = starts - {candidate.start for candidate in unmoved}
    candidates = unmoved + [_measure_candidate(search, start) for start in others]
    if not candidates:
        return None
    candidates.sort(key=lambda candidate: -candidate.agreement)
    selector, is_only = search.selector, are_all and len(candidates) == 1
    is_clear = _is_uncontradicted(search, candidates[0]) if is_only else _is_clear(candidates, selector, are_all)
    if not is_clear:
        return _propose(candidates, selector)
    best = candidates[0]
    state: State = "same" if best in unmoved or not _has_place(selector) else "moved"
    return Placement(state, best.start, best.start + len(selector.exact))


def _find_starts(search: Search) -> tuple[set[int], bool]:
    """Return where the quote stands, and whether these places are all.

    Where there are too many, those with one whole side of the context are among them.
    """
    text, (exact, prefix, suffix, *_) = search.text, search.selector
    anywhere = _find_occurrences(text, exact)
    with_prefix = [start + len(prefix) for start in _find_occurrences(text, prefix + exact, MAX_PROPOSALS)]
    with_suffix = _find_occurrences(text, exact + suffix, MAX_PROPOSALS)
    starts = _drop_excluded(search, {*anywhere, *with_prefix, *with_suffix})
    return set(starts), len(anywhere) < _limit_occurrences(exact)


def _drop_excluded(search: Search, starts: Iterable[int]) -> list[int]:
    """Return those of the places where the quote may stand."""
    length = len(search.selector.exact)
    return [start for start in starts if not search.is_excluded(start, start + length)]


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


def _is_uncontradicted(search: Search, only: Candidate) -> bool:
    """Return whether nothing speaks against the only place where the quote stands: it may be a twin of what was edited away."""
    text, (exact, prefix, suffix, start, _) = search.text, search.selector
    if not prefix and not suffix and not _has_place(search.selector):
        return True
    if _has_place(search.selector) and only.start == start and search.is_distinctive:
        return True
    end = only.start + len(exact)
    before = _count_agreeing(text[max(only.start - 2 * len(prefix), 0) : only.start][::-1], prefix[::-1])
    after = _count_agreeing(text[end : end + 2 * len(suffix)], suffix)
    is_whole = before == len(_fold(prefix)) >= MIN_AGREEMENT or after == len(_fold(suffix)) >= MIN_AGREEMENT
    return is_whole or min(before, after) >= MIN_AGREEMENT


def _has_place(selector: Selector) -> bool:
    return 0 <= selector.start < selector.end


def _count_agreeing(text: str, context: str) -> int:
    return count_common_prefix(_fold(text), _fold(context))


def _fold(text: str) -> str:
    """Return the words and signs, without white space, quotation marks and dashes, which other programs set otherwise."""
    return "".join(list_tokens(text))


def _is_clear(candidates: list[Candidate], selector: Selector, are_all: bool) -> bool:
    """Return whether the first of the candidates, sorted by agreement, is the place beyond doubt."""
    best, *others = candidates
    prefix, suffix = len(selector.prefix), len(selector.suffix)
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
