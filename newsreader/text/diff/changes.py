"""What changed from one text to another: which words were added and removed, and which only moved."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from newsreader.text.diff.diff import Segment, diff_texts, find_moves
from newsreader.text.diff.tokens import has_tokens, list_tokens
from newsreader.text.html.plaintext import make_excerpt

MAX_CHANGE_LENGTH = 60  # characters of a change in a list


class ChangedSpan(NamedTuple):
    """Code points start to end of a text that the other text does not have there; if `is_moved`, it has them elsewhere."""

    start: int
    end: int
    is_moved: bool = False


class Changes(NamedTuple):
    """The spans of the old text that were removed (`lost`), and those of the new that were added (`gained`), each in order."""

    lost: list[ChangedSpan]
    gained: list[ChangedSpan]


class WordChange(NamedTuple):
    """Words before and after a change, each on one line and shortened; one is empty if words were only added or removed."""

    before: str
    after: str


def find_changes(old: str, new: str) -> Changes:
    """Return what changed from the old text to the new."""
    return collect_changes(old, new, diff_texts(old, new), find_moves(old, new))


def collect_changes(old: str, new: str, segments: list[Segment], moves: list[Segment]) -> Changes:
    """Return the changed ones of the segments, split where only a part of one was moved."""
    changed = [segment for segment in segments if not segment.is_same]
    lost = split_at_moves(old, [segment[1:3] for segment in changed], sorted(segment[1:3] for segment in moves))
    gained = split_at_moves(new, [segment[3:5] for segment in changed], sorted(segment[3:5] for segment in moves))
    return Changes(list(lost), list(gained))


def split_at_moves(text: str, changed: list[tuple[int, int]], moved: list[tuple[int, int]]) -> Iterator[ChangedSpan]:
    """Yield the changed stretches (start, end), in order, split where moved text begins or ends."""
    pending = moved[::-1]
    for start, end in changed:
        position = start
        while pending and pending[-1][0] < end:
            begin, stop = pending.pop()
            if stop > position:
                yield from trim_unmoved(text, position, begin)
                yield ChangedSpan(max(begin, position), min(stop, end), True)
                position = min(stop, end)
        yield from trim_unmoved(text, position, end) if position > start else [ChangedSpan(start, end)] * (start < end)


def trim_unmoved(text: str, start: int, end: int) -> Iterator[ChangedSpan]:
    """Yield the stretch beside moved words without the space at its ends, unless nothing in it counts as a word or sign."""
    part = text[start:end]
    if has_tokens(part):
        yield ChangedSpan(end - len(part.lstrip()), start + len(part.rstrip()))


def count_changed_words(old: str, new: str) -> tuple[int, int]:
    """Return how many words were added and how many removed; moved words are neither."""
    lost, gained = find_changes(old, new)
    return count_unmoved_words(new, gained), count_unmoved_words(old, lost)


def count_unmoved_words(text: str, spans: list[ChangedSpan]) -> int:
    """Return how many words are in the spans that were not moved; signs are not words."""
    parts = [text[start:end] for start, end, is_moved in spans if not is_moved]
    return sum(any(map(str.isalnum, word)) for part in parts for word in list_tokens(part))


def list_first_changes(old: str, new: str, limit: int) -> list[WordChange]:
    """Return the first changes, at most `limit`, without moved words."""
    lost, gained = find_changes(old, new)
    places = (
        (select_within(lost, segment[1:3]), select_within(gained, segment[3:5]))
        for segment in diff_texts(old, new)
        if not segment.is_same
    )
    changes = (change for removed, added in places for change in pair_changes(old, new, removed, added))
    return list(islice(changes, limit))


def select_within(spans: list[ChangedSpan], stretch: tuple[int, int]) -> list[ChangedSpan]:
    """Return the spans that begin within a stretch (start, end)."""
    start, end = stretch
    return spans[bisect_left(spans, (start,)) : bisect_left(spans, (end,))]


def pair_changes(old: str, new: str, lost: list[ChangedSpan], gained: list[ChangedSpan]) -> Iterator[WordChange]:
    """Yield the changes of one place: words for words, or, if some of them only moved, each on its own."""
    before = [shorten_change(old[start:end]) for start, end, is_moved in lost if not is_moved]
    after = [shorten_change(new[start:end]) for start, end, is_moved in gained if not is_moved]
    if len(lost + gained) > len(before + after):
        yield from [WordChange(words, "") for words in before] + [WordChange("", words) for words in after]
    else:
        yield WordChange("".join(before), "".join(after))


def shorten_change(words: str) -> str:
    """Return the beginning of the words on one line."""
    return make_excerpt(words, MAX_CHANGE_LENGTH)
