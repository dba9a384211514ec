"""Whether words of one text that stand in another could as well be others that read the same."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, islice
from typing import NamedTuple

from newsreader.text.diff.alignment import Gap, Run, count_equal_after, count_equal_before
from newsreader.text.diff.shift import can_shift
from newsreader.text.diff.significance import MIN_CLUSTER_WEIGHT, WordWeights

KNOWN = 6  # words that tell one place from another
LARGE = 4  # words; a change of as many leaves the words beside it in doubt
LACKING = 2  # words of a passage that a copy of it may lack
LOOKS = 20  # places that are looked at
APART = "\0"  # no word has this code


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

    def turned(self) -> "Place":
        """The same from the new row to the old."""
        run, before, after = (Run(self.run.new, self.run.old, self.run.length), turn(self.before), turn(self.after))
        return Place(run, before, after, self.new, self.new + self.last - self.first)


class Rest:
    """The words of a row that stand in no run."""

    def __init__(self, row: str, stretches: list[tuple[int, int]]):
        self.words = APART.join([row[start:end] for start, end in stretches])
        self.starts = [start for start, _ in stretches]
        self.begins = list(accumulate([end - start + 1 for start, end in stretches], initial=0))[:-1]

    def place(self, index: int) -> int:
        """Where in the row one of the words is."""
        stretch = bisect_right(self.begins, index) - 1
        return self.starts[stretch] + index - self.begins[stretch]


class Rivals:
    """Two rows of words, what of each stands in no run, and what weighs how much."""

    def __init__(self, old: str, new: str, gaps: list[Gap], scale: WordWeights):
        self.old, self.new, self.scale = old, new, scale
        self.put_in = Rest(new, [(gap.new, gap.new_end) for gap in gaps if gap.new < gap.new_end])
        self.taken_out = Rest(old, [(gap.old, gap.old_end) for gap in gaps if gap.old < gap.old_end])

    def of(self, place: Place) -> list[int] | None:
        """Where else in the new row these words could as well begin; None where there is no doubt.

        An empty list says that the doubt is about the old row: what stands in the new may be what became of other words.
        """
        others = [*beside(self.old, self.new, place), *self.slid(place), *copies(self.old, place, self.put_in)]
        is_other = any(True for _ in beside(self.new, self.old, place.turned()))
        is_other = (
            is_other or any(True for _ in copies(self.new, place.turned(), self.taken_out)) or self.is_frail(place)
        )
        return [start for start in others if start is not None] if others or is_other else None

    def slid(self, place: Place) -> Iterator[int | None]:
        """Where the passage is if a change beside it is read in another way; None if it is nowhere."""
        steps = (place.before, place.last - place.run.old, -1), (place.after, place.first - place.run.old_end, 1)
        for gap, step, way in steps:
            if can_shift(self.old, self.new, gap, step):
                put_in = gap.new_end - gap.new
                yield place.new + way * put_in if put_in else None

    def is_frail(self, place: Place) -> bool:
        """Whether so little stands between the far end of the passage and other words for these that it may be chance."""
        sides = ((place.before, place.run.old, place.last), (place.after, place.first, place.run.old_end))
        return any(
            gap.old < gap.old_end
            and gap.new < gap.new_end
            and self.scale.measure_gap(*gap) >= LARGE
            and self.scale.weigh(self.old[start:end]) < MIN_CLUSTER_WEIGHT
            for gap, start, end in sides
        )


def turn(gap: Gap) -> Gap:
    return Gap(gap.new, gap.new_end, gap.old, gap.old_end)


def beside(row: str, other: str, place: Place) -> Iterator[int]:
    """Where the passage would begin among the words put in beside the run: there it stands with all as far as the run’s end."""
    run, first, last = place.run, place.first, place.last
    for start in found(row[run.old : last], other, place.before.new, place.before.new_end):
        yield start + first - run.old
    yield from found(row[first : run.old_end], other, place.after.new, place.after.new_end)


def copies(row: str, place: Place, rest: Rest) -> Iterator[int]:
    """Where the passage would begin among the words that stand in no run: with some words around it, and as far as the run.

    A copy that ends well within the run on either side is none: what stands around it tells them apart.
    """
    run = place.run
    for start, end in windows(place):
        for index in found(row[start:end], rest.words, 0, len(rest.words)):
            back = count_equal_before(row, start, run.old, rest.words, index, 0)
            on = count_equal_after(row, end, run.old_end, rest.words, index + end - start, len(rest.words))
            if is_copied(place, start - back, end + on) and not is_anchored(place, start - back, end + on):
                yield rest.place(index) + place.first - start


def windows(place: Place) -> set[tuple[int, int]]:
    """Stretches of a few words of the run: all that hold a short passage, or the beginning and the end of a long one."""
    run, first, last = place.run, place.first, place.last
    size, lacking = min(KNOWN, run.length), lackable(place)
    if last - first >= size:
        return {(first, first + size), (last - size, last)}
    begin, end = max(run.old, last - lacking - size), min(first + lacking, run.old_end - size)
    return {(start, start + size) for start in range(begin, end + 1)}


def lackable(place: Place) -> int:
    """How many words of the passage a copy of it may lack."""
    return min(LACKING, (place.last - place.first) // 2)


def is_copied(place: Place, start: int, end: int) -> bool:
    """Whether this stretch of the run holds the passage, or nearly so."""
    return max(start - place.first, 0) + max(place.last - end, 0) <= lackable(place)


def is_anchored(place: Place, start: int, end: int) -> bool:
    """Whether enough of the run stands before and after this stretch of it, or both texts begin or end there."""
    run, after = place.run, place.after
    begins = run.old == run.new == 0
    ends = (after.old, after.new) == (after.old_end, after.new_end)
    return (begins or start - run.old >= KNOWN) and (ends or run.old_end - end >= KNOWN)


def found(words: str, row: str, start: int, end: int) -> Iterator[int]:
    return islice(every(words, row, start, end), LOOKS)


def every(words: str, row: str, start: int, end: int) -> Iterator[int]:
    while len(words) <= end - start and (start := row.find(words, start, end)) >= 0:
        yield start
        start += 1
