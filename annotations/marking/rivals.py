"""Whether words of one text that stand in another could as well be others that read the same."""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from newsreader.text.alignment import Gap, Run, common

KNOWN = 6  # words next to a place that tell it from another
LOOKS = 20  # places that are looked at


class Place(NamedTuple):
    """A run with the gaps before and after it, and the words of the old row (first to last) that stand in it."""

    run: Run
    before: Gap
    after: Gap
    first: int
    last: int

    @property
    def new(self) -> int:
        """Where they begin in the new row."""
        return self.run.new + self.first - self.run.old


class Rivals(NamedTuple):
    """Two rows of words."""

    old: str
    new: str

    def of(self, place: Place) -> list[int] | None:
        """Where else in the new row these words could as well begin; None where there is no doubt.

        An empty list says that the doubt is about the old row: what stands in the new may be what became of other words.
        """
        others = [*self.copies(place), *self.slid(place.before, place), *self.slid(place.after, place)]
        if not others and not any(self.originals(place)):
            return None
        return [start for start in others if start is not None]

    def copies(self, place: Place) -> Iterator[int]:
        """The same words put in beside the run, from its end to the far end of the passage."""
        for start in alike(self.old, place, self.new, place.before[2:], place.after[2:]):
            if is_rival(self.old, place.first, self.new, start, place):
                yield start

    def originals(self, place: Place) -> Iterator[bool]:
        """The same words taken out beside the run."""
        for start in alike(self.old, place, self.old, place.before[:2], place.after[:2]):
            yield is_rival(self.new, place.new, self.old, start, place)

    def slid(self, gap: Gap, place: Place) -> Iterator[int | None]:
        """Where the passage is if a change that can be read in several ways is read in another; None if it is nowhere."""
        is_out, is_in = gap.old < gap.old_end, gap.new < gap.new_end
        if is_out == is_in:
            return
        row, start, end = (self.old, gap.old, gap.old_end) if is_out else (self.new, gap.new, gap.new_end)
        ahead, behind = place.last - place.run.old, place.run.old_end - place.first
        if gap == place.before and row[start : start + ahead] == row[end : end + ahead]:
            yield place.new - (end - start) if is_in else None
        if gap == place.after and start >= behind and row[start - behind : start] == row[end - behind : end]:
            yield place.new + (end - start) if is_in else None


def alike(row: str, place: Place, other: str, before: tuple, after: tuple) -> Iterator[int]:
    """Where the passage would begin in those two stretches of the other row."""
    run = place.run
    for start in found(row[run.old : place.last], other, *before):
        yield start + place.first - run.old
    yield from found(row[place.first : run.old_end], other, *after)


def found(words: str, row: str, start: int, end: int) -> Iterator[int]:
    return islice(every(words, row, start, end), LOOKS)


def every(words: str, row: str, start: int, end: int) -> Iterator[int]:
    while len(words) <= end - start and (start := row.find(words, start, end)) >= 0:
        yield start
        start += 1


def is_rival(row: str, first: int, other: str, start: int, place: Place) -> bool:
    """Whether these words, with what is alike before and after them, are enough to be taken for the passage."""
    size = place.last - place.first
    behind = common(row[max(first - KNOWN, 0) : first][::-1], other[max(start - KNOWN, 0) : start][::-1])
    ahead = common(row[first + size : first + size + KNOWN], other[start + size : start + size + KNOWN])
    return behind + size + ahead >= KNOWN
