"""What became of each letter of a text, by the script that edited it: the truth that answers are judged by."""

from bisect import bisect_right
from typing import NamedTuple

from benchmarks.anchors.wording import Wording


class Run(NamedTuple):
    """So many letters of the old text, from `old` on, that stand in one piece in the new, from `new` on."""

    old: int
    new: int
    length: int

    @property
    def old_end(self) -> int:
        return self.old + self.length

    @property
    def new_end(self) -> int:
        return self.new + self.length


class Script:
    """Two texts and the runs that lead from one to the other, in the order of the old; letters are counted, not offsets."""

    def __init__(self, old: Wording, new: Wording, runs: list[Run], material: list[tuple[int, int]] = ()):
        self.old, self.new, self.material = old, new, list(material)
        self.runs = runs  # in the order of the old text
        self.starts = [run.old for run in self.runs]
        order = sorted(range(len(self.runs)), key=lambda index: (self.runs[index].new, self.runs[index].length))
        self.rank = [0] * len(order)  # of each run, its place in the order of the new text
        for place, index in enumerate(order):
            self.rank[index] = place
        self.in_new_order = order

    def indexes(self, first: int, last: int) -> range:
        """The runs that have any of these letters of the old text."""
        begin = bisect_right(self.starts, first) - 1
        if begin < 0 or self.runs[begin].old_end <= first:
            begin += 1
        return range(begin, max(begin, bisect_right(self.starts, last - 1)))

    def pieces(self, first: int, last: int) -> list[Run]:
        """The runs that have any of these letters, cut to them."""
        return [cut(self.runs[index], first, last) for index in self.indexes(first, last)]

    def gap_before(self, index: int) -> tuple[int, int]:
        """The letters of the new text that were put in directly before this run."""
        place = self.rank[index]
        start = self.runs[self.in_new_order[place - 1]].new_end if place else 0
        return start, self.runs[index].new

    def gap_after(self, index: int) -> tuple[int, int]:
        """The letters of the new text that were put in directly after this run."""
        place = self.rank[index] + 1
        end = self.runs[self.in_new_order[place]].new if place < len(self.runs) else len(self.new.letters)
        return self.runs[index].new_end, end

    def follows(self, index: int) -> bool:
        """Whether the next run of the old text is also the next of the new."""
        return index + 1 < len(self.runs) and self.rank[index + 1] == self.rank[index] + 1


def cut(run: Run, first: int, last: int) -> Run:
    """What the run has of these letters of the old text."""
    start, end = max(run.old, first), min(run.old_end, last)
    return Run(start, run.new + start - run.old, end - start)
