"""Runs of words that belong together, in order, and what stands between them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from annotations.anchoring.ambiguity import Place
from newsreader.text.diff.alignment import Gap, Run
from newsreader.text.diff.shift import can_shift

NEAR = 8  # words between two runs that were moved together


class Chain:
    """Runs in the order of both rows; `first` and `last` number words of the old row, the last exclusive."""

    def __init__(self, runs: list[Run]):
        self.runs = runs
        self.starts, self.ends = [run.old for run in runs], [run.old_end for run in runs]
        self.end = self.ends[-1]

    @classmethod
    def whole(cls, runs: list[Run], old: int, new: int) -> "Chain":
        """The chain from the beginning of both rows to their ends, with an empty run at either."""
        return cls([Run(0, 0, 0), *runs, Run(old, new, 0)])

    def gap(self, index: int) -> Gap:
        """What stands between run `index` - 1 and run `index`; nothing before the first and after the last."""
        before, after = self.runs[max(index - 1, 0)], self.runs[min(index, len(self.runs) - 1)]
        return Gap(before.old_end, after.old, before.new_end, after.new)

    def gaps(self) -> list[Gap]:
        return [self.gap(index) for index in range(1, len(self.runs))]

    def run_with(self, first: int, last: int) -> int | None:
        """The index of the run that has all these words."""
        index = bisect_right(self.starts, first) - 1
        return index if index >= 0 and self.runs[index].old <= first and last <= self.runs[index].old_end else None

    def new_of(self, word: int) -> int:
        """Where a word, or the end of a run that it would come after, is in the new row."""
        run = self.runs[max(bisect_right(self.starts, word) - 1, 0)]
        return run.new + min(word - run.old, run.length)

    def are_neighbours(self, word: int, number: int) -> bool:
        """Whether a word and the one before it, of so many, stand side by side in the new row, too."""
        return self.run_with(max(word - 1, 0), min(word + 1, number)) is not None

    def place(self, index: int, first: int, last: int) -> Place:
        """Words of a run, with what stands on either side of it."""
        return Place(self.runs[index], self.gap(index), self.gap(index + 1), first, last)

    def other_readings(self, first: int, last: int, old: str, new: str) -> Iterator[Place]:
        """The words as part of one run, if the one change within them can be read as one before or after them."""
        indexes = self.indexes(first, last)
        gaps = [index for index in range(max(indexes.start, 1), indexes.stop + 1) if index < len(self.runs)]
        inside = [index for index in gaps if touches(self.gap(index), first, last)]
        if len(inside) == 1:
            (index,) = inside
            for step in (first - self.gap(index).old_end, last - self.gap(index).old):
                is_near = -self.runs[index - 1].length <= step <= self.runs[index].length
                if is_near and can_shift(old, new, self.gap(index), step):
                    yield self.slid(index, step, first, last)

    def slid(self, index: int, step: int, first: int, last: int) -> Place:
        """The words in the run after the change, which slides back by so many (step < 0), or in the one before it."""
        before, after, gap = self.runs[index - 1], self.runs[index], self.gap(index)
        gap = Gap(*(place + step for place in gap))
        if step < 0:
            run = Run(after.old + step, after.new + step, after.length - step)
            return Place(run, gap, self.gap(index + 1), first, last)
        return Place(before._replace(length=before.length + step), self.gap(index - 1), gap, first, last)

    def indexes(self, first: int, last: int) -> range:
        """The runs that have any of these words."""
        begin = bisect_right(self.ends, first)
        return range(begin, max(begin, bisect_left(self.starts, last)))

    def among(self, first: int, last: int) -> list[Run]:
        return [self.runs[index] for index in self.indexes(first, last)]

    def gaps_among(self, first: int, last: int) -> list[Gap]:
        """The gaps that lie between or around these words."""
        indexes = self.indexes(first, last)
        return [self.gap(index) for index in range(max(indexes.start, 1), min(indexes.stop + 1, len(self.runs)))]

    def gap_with(self, first: int, last: int) -> Gap | None:
        """The gap that has all these words."""
        index = self.indexes(first, last)
        if len(index) or not 0 < index.start < len(self.runs):
            return None
        return self.gap(index.start)

    def bounds(self, first: int, last: int) -> tuple[int, int]:
        """Where the words begin and end in the new row; of words replaced at either end, the same share of what replaced them."""
        indexes = self.indexes(first, last)
        head, tail = self.runs[indexes.start], self.runs[indexes.stop - 1]
        begin, end = head.new + first - head.old, tail.new + last - tail.old
        if first < head.old:
            begin = head.new - (share(self.gap(indexes.start), head.old - first) if indexes.start else 0)
        if last > tail.old_end:
            is_last = indexes.stop == len(self.runs)
            end = tail.new_end + (0 if is_last else share(self.gap(indexes.stop), last - tail.old_end))
        return begin, end


def touches(gap: Gap, first: int, last: int) -> bool:
    """Whether words were put in between these, or some of them taken out."""
    return first < gap.old < last if gap.old == gap.old_end else gap.old < last and first < gap.old_end


def share(gap: Gap, words: int) -> int:
    """How many of the words put in there stand for so many of those taken out."""
    return round((gap.new_end - gap.new) * words / (gap.old_end - gap.old))


def together(moved: list[Run]) -> list[Chain]:
    """Chains of what was moved, those runs in one that have only a few words between them in both rows."""
    chains: list[list[Run]] = []
    for run in moved:
        last = chains[-1][-1] if chains else None
        if last and run.old - last.old_end <= NEAR and 0 <= run.new - last.new_end <= NEAR:
            chains[-1].append(run)
        else:
            chains.append([run])
    return [Chain(runs) for runs in chains]
