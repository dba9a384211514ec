"""Runs of words that stand in the same order in two texts, and the gaps between them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from annotations.anchoring.ambiguity import PassageInRun
from newsreader.text.diff.alignment import Gap, Run, find_gaps
from newsreader.text.diff.shift import can_shift

MAX_WORDS_BETWEEN_MOVED_RUNS = 8  # for two runs to count as moved together


class RunChain:
    """Runs in the order of both sequences; `first` and `last` number words of the old one, the last exclusive."""

    def __init__(self, runs: list[Run]) -> None:
        self.runs = runs
        self.starts, self.ends = [run.old for run in runs], [run.old_end for run in runs]
        self.new_ends = [run.new_end for run in runs]
        self.end = self.ends[-1]

    @classmethod
    def over_whole_texts(cls, runs: list[Run], old_length: int, new_length: int) -> "RunChain":
        """Return the chain from the beginning of both sequences to their ends, with an empty run at either."""
        return cls([Run(0, 0, 0), *runs, Run(old_length, new_length, 0)])

    def get_gap(self, index: int) -> Gap:
        """Return the gap between run `index` - 1 and run `index`; an empty one before the first and after the last."""
        before, after = self.runs[max(index - 1, 0)], self.runs[min(index, len(self.runs) - 1)]
        return Gap(before.old_end, after.old, before.new_end, after.new)

    def list_gaps(self) -> list[Gap]:
        """Return the gaps between all runs."""
        return find_gaps(self.runs[1:-1], self.runs[-1].old, self.runs[-1].new)

    def find_run_with(self, first: int, last: int) -> int | None:
        """Return the index of the run that has all these words; None where there is none."""
        index = bisect_right(self.starts, first) - 1
        return index if index >= 0 and self.runs[index].old <= first and last <= self.runs[index].old_end else None

    def map_word(self, word: int) -> int:
        """Return where a word, or the end of the run that it would come after, is in the new sequence."""
        run = self.runs[max(bisect_right(self.starts, word) - 1, 0)]
        return run.new + min(word - run.old, run.length)

    def is_adjacent_to_previous(self, word: int, word_count: int) -> bool:
        """Return whether a word and the one before it, of `word_count`, stand side by side in the new sequence too."""
        return self.find_run_with(max(word - 1, 0), min(word + 1, word_count)) is not None

    def make_passage(self, index: int, first: int, last: int) -> PassageInRun:
        """Return these words of a run with the gaps on either side of it."""
        return PassageInRun(self.runs[index], self.get_gap(index), self.get_gap(index + 1), first, last)

    def read_otherwise(self, first: int, last: int, old: str, new: str) -> Iterator[PassageInRun]:
        """Yield the words as part of one run, where the one change within them can be read as one before or after them."""
        indexes = self.find_runs(first, last)
        gaps = [index for index in range(max(indexes.start, 1), indexes.stop + 1) if index < len(self.runs)]
        inside = [index for index in gaps if is_gap_touching(self.get_gap(index), first, last)]
        if len(inside) == 1:
            (index,) = inside
            gap = self.get_gap(index)
            for step in (first - gap.old_end, last - gap.old):
                is_near = -self.runs[index - 1].length <= step <= self.runs[index].length
                if is_near and can_shift(old, new, gap, step):
                    yield self.shift_gap(index, step, first, last)

    def shift_gap(self, index: int, step: int, first: int, last: int) -> PassageInRun:
        """Return the words in the run after the change, which shifts back by -`step` words, or in the run before it."""
        before, after, gap = self.runs[index - 1], self.runs[index], self.get_gap(index)
        gap = Gap(*(place + step for place in gap))
        if step < 0:
            run = Run(after.old + step, after.new + step, after.length - step)
            return PassageInRun(run, gap, self.get_gap(index + 1), first, last)
        run = before._replace(length=before.length + step)
        return PassageInRun(run, self.get_gap(index - 1), gap, first, last)

    def find_runs(self, first: int, last: int) -> range:
        """Return the indexes of the runs that have any of these words."""
        begin = bisect_right(self.ends, first)
        return range(begin, max(begin, bisect_left(self.starts, last)))

    def list_runs(self, first: int, last: int) -> list[Run]:
        """Return the runs that have any of these words."""
        return [self.runs[index] for index in self.find_runs(first, last)]

    def list_gaps_around(self, first: int, last: int) -> list[Gap]:
        """Return the gaps that lie between or beside these words."""
        indexes = self.find_runs(first, last)
        return [self.get_gap(index) for index in range(max(indexes.start, 1), min(indexes.stop + 1, len(self.runs)))]

    def find_gap_with(self, first: int, last: int) -> Gap | None:
        """Return the gap that has all these words; None where there is none."""
        indexes = self.find_runs(first, last)
        if len(indexes) or not 0 < indexes.start < len(self.runs):
            return None
        return self.get_gap(indexes.start)

    def find_gap_in_new(self, new: int) -> Gap:
        """Return the gap that has this word of the new sequence, which is in no run."""
        return self.get_gap(bisect_right(self.new_ends, new))

    def map_bounds(self, first: int, last: int) -> tuple[int, int]:
        """Return where the words begin and end in the new sequence.

        Words that were replaced at either end count as the same share of what replaced them.
        """
        indexes = self.find_runs(first, last)
        head, tail = self.runs[indexes.start], self.runs[indexes.stop - 1]
        begin, end = head.new + first - head.old, tail.new + last - tail.old
        if first < head.old:
            gap = self.get_gap(indexes.start)
            begin = head.new - (scale_to_replacement(gap, head.old - first) if indexes.start else 0)
        if last > tail.old_end:
            is_last = indexes.stop == len(self.runs)
            gap = self.get_gap(indexes.stop)
            end = tail.new_end + (0 if is_last else scale_to_replacement(gap, last - tail.old_end))
        return begin, end


def is_gap_touching(gap: Gap, first: int, last: int) -> bool:
    """Return whether words were inserted between these, or some of these deleted."""
    return first < gap.old < last if gap.old == gap.old_end else gap.old < last and first < gap.old_end


def scale_to_replacement(gap: Gap, words: int) -> int:
    """Return how many of the words inserted there stand for so many of those deleted."""
    return round((gap.new_end - gap.new) * words / (gap.old_end - gap.old))


def group_moved_runs(moved_runs: list[Run]) -> list[RunChain]:
    """Return chains of the moved runs; those with only a few words between them in both sequences are in one chain."""
    chains: list[list[Run]] = []
    for run in moved_runs:
        last = chains[-1][-1] if chains else None
        if (
            last
            and run.old - last.old_end <= MAX_WORDS_BETWEEN_MOVED_RUNS
            and 0 <= run.new - last.new_end <= MAX_WORDS_BETWEEN_MOVED_RUNS
        ):
            chains[-1].append(run)
        else:
            chains.append([run])
    return [RunChain(runs) for runs in chains]
