"""What changed from one text to another: which words were put in and taken out, and which only stand elsewhere now."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from newsreader.text.diff.diff import Piece, moves, pieces
from newsreader.text.diff.tokens import counts, words_in
from newsreader.text.html.plaintext import excerpt_of

SHOWN = 60  # characters of a change that is told in a line


class Stretch(NamedTuple):
    """Code points start to end of a text, which the other text does not have there; where `moved`, it has them elsewhere."""

    start: int
    end: int
    moved: bool = False


class Changes(NamedTuple):
    """The stretches of the old text that were taken out, and those of the new that were put in, each in order."""

    lost: list[Stretch]
    gained: list[Stretch]


class Change(NamedTuple):
    """Words in place of others, each on a line and shortened; empty where words were only put in, or only taken out."""

    before: str
    after: str


def changes_of(old: str, new: str) -> Changes:
    """What changed from the old text to the new."""
    return changes_in(old, new, pieces(old, new), moves(old, new))


def changes_in(old: str, new: str, cut: list[Piece], elsewhere: list[Piece]) -> Changes:
    """The changed ones of these pieces, cut where only a part of one was moved."""
    changed = [piece for piece in cut if not piece.same]
    lost = parted(old, [piece[1:3] for piece in changed], sorted(piece[1:3] for piece in elsewhere))
    gained = parted(new, [piece[3:5] for piece in changed], sorted(piece[3:5] for piece in elsewhere))
    return Changes(list(lost), list(gained))


def parted(text: str, changed: list[tuple[int, int]], moved: list[tuple[int, int]]) -> Iterator[Stretch]:
    """What was changed, in order, parted where what moved begins or ends."""
    waiting = moved[::-1]
    for start, end in changed:
        place = start
        while waiting and waiting[-1][0] < end:
            begin, stop = waiting.pop()
            if stop > place:
                yield from bare(text, place, begin)
                yield Stretch(max(begin, place), min(stop, end), True)
                place = min(stop, end)
        yield from bare(text, place, end) if place > start else [Stretch(start, end)] * (start < end)


def bare(text: str, start: int, end: int) -> Iterator[Stretch]:
    """What stands beside moved words, without the space at its ends; nothing where it does not count."""
    beside = text[start:end]
    if counts(beside):
        yield Stretch(end - len(beside.lstrip()), start + len(beside.rstrip()))


def words_changed(old: str, new: str) -> tuple[int, int]:
    """How many words were put in, and how many taken out; what was only moved is neither."""
    lost, gained = changes_of(old, new)
    return words_of(new, gained), words_of(old, lost)


def words_of(text: str, stretches: list[Stretch]) -> int:
    """How many words stand in those of the stretches that were not moved; signs are no words."""
    parts = [text[start:end] for start, end, moved in stretches if not moved]
    return sum(any(map(str.isalnum, word)) for part in parts for word in words_in(part))


def first_changes(old: str, new: str, most: int) -> list[Change]:
    """The first changes, at most so many, without what was moved."""
    lost, gained = changes_of(old, new)
    parts = ((within(lost, piece[1:3]), within(gained, piece[3:5])) for piece in pieces(old, new) if not piece.same)
    return list(islice((change for out, put in parts for change in told(old, new, out, put)), most))


def within(stretches: list[Stretch], place: tuple[int, int]) -> list[Stretch]:
    start, end = place
    return stretches[bisect_left(stretches, (start,)) : bisect_left(stretches, (end,))]


def told(old: str, new: str, lost: list[Stretch], gained: list[Stretch]) -> Iterator[Change]:
    """What changed in one place: words for words, or, where some only moved, each by itself."""
    before = [line_of(old[start:end]) for start, end, moved in lost if not moved]
    after = [line_of(new[start:end]) for start, end, moved in gained if not moved]
    if len(lost + gained) > len(before + after):
        yield from [Change(words, "") for words in before] + [Change("", words) for words in after]
    else:
        yield Change("".join(before), "".join(after))


def line_of(words: str) -> str:
    return excerpt_of(words, SHOWN)
