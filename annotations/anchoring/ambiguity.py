"""Whether a passage found in another text could as well be other words there that read the same."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, islice
from typing import NamedTuple

from newsreader.text.diff.alignment import Gap, Run, count_equal_after, count_equal_before
from newsreader.text.diff.shift import can_shift
from newsreader.text.diff.significance import MIN_CLUSTER_WEIGHT, WordWeights

MIN_IDENTIFYING_WORDS = 6  # words that tell one place from another
LARGE_CHANGE_WORDS = 4  # a change of as many words leaves the words beside it in doubt
MAX_MISSING_WORDS = 2  # words of a passage that a copy of it may lack
MAX_COPIES = 20  # places that are looked at
STRETCH_SEPARATOR = "\0"  # no word has this code


class PassageInRun(NamedTuple):
    """Words of the old sequence, first to last (exclusive), that stand in one run, with the gaps before and after the run."""

    run: Run
    before: Gap
    after: Gap
    first: int
    last: int

    @property
    def new_first(self) -> int:
        """The index in the new sequence of the passage's first word."""
        return self.run.new + self.first - self.run.old

    def swap_sides(self) -> "PassageInRun":
        """Return the same passage as one of the new sequence that stands in the old."""
        run = Run(self.run.new, self.run.old, self.run.length)
        last = self.new_first + self.last - self.first
        return PassageInRun(run, swap_gap(self.before), swap_gap(self.after), self.new_first, last)


class UnmatchedWords:
    """The words of a sequence that stand in no run, given as (start, end) stretches of it."""

    def __init__(self, codes: str, stretches: list[tuple[int, int]]) -> None:
        self.words = STRETCH_SEPARATOR.join([codes[start:end] for start, end in stretches])
        self.starts = [start for start, _ in stretches]
        lengths = (end - start + 1 for start, end in stretches)
        self.offsets = list(accumulate(lengths, initial=0))[:-1]

    def locate(self, index: int) -> int:
        """Return where in the sequence the unmatched word of this index is."""
        stretch = bisect_right(self.offsets, index) - 1
        return self.starts[stretch] + index - self.offsets[stretch]


class AlternativeFinder:
    """Two sequences of words, what of each stands in no run, and the weights of the words."""

    def __init__(self, old: str, new: str, gaps: list[Gap], scale: WordWeights) -> None:
        self.old, self.new, self.scale = old, new, scale
        self.inserted = UnmatchedWords(new, [(gap.new, gap.new_end) for gap in gaps if gap.new < gap.new_end])
        self.deleted = UnmatchedWords(old, [(gap.old, gap.old_end) for gap in gaps if gap.old < gap.old_end])

    def find_alternatives(self, passage: PassageInRun) -> list[int] | None:
        """Return where else in the new sequence the passage could as well begin; None where there is no doubt.

        An empty list says that the doubt is about the old sequence: what stands in the new may come from other words.
        """
        starts = [
            *find_copies_beside(self.old, self.new, passage),
            *self.find_shifted(passage),
            *find_unmatched_copies(self.old, passage, self.inserted),
        ]
        is_doubtful = bool(starts) or self.has_copies_in_old(passage) or self.is_weakly_anchored(passage)
        return [start for start in starts if start is not None] if is_doubtful else None

    def find_twins_of_moved(self, run: Run, first: int, last: int, around: tuple[Gap, Gap]) -> list[int] | None:
        """Return where else in the new sequence words of a moved run could as well begin; None where there is no doubt.

        `around` are the gaps that the run stands in: the one in the old sequence, and the one in the new. Words at an end
        of the run need not have moved with it, if a twin of them stands in or beside either gap.
        """
        left, right = around
        starts, is_doubtful = [], False
        for begin, end in ((run.old, last), (first, run.old_end)):
            words, new_begin = self.old[begin:end], begin - run.old + run.new
            olds = find_twins(words, self.old, begin, [(left.old, left.old_end), (right.old, right.old_end)])
            news = find_twins(words, self.new, new_begin, [(left.new, left.new_end), (right.new, right.new_end)])
            is_doubtful = is_doubtful or bool(olds or news)
            starts += [start + first - begin for start in news]
        return starts if is_doubtful else None

    def has_copies_in_old(self, passage: PassageInRun) -> bool:
        """Return whether what stands in the new sequence could as well be other words of the old one."""
        swapped = passage.swap_sides()
        copies = [
            find_copies_beside(self.new, self.old, swapped),
            find_unmatched_copies(self.new, swapped, self.deleted),
        ]
        return any(next(starts, None) is not None for starts in copies)

    def find_shifted(self, passage: PassageInRun) -> Iterator[int | None]:
        """Yield where the passage begins if a change beside it is read in another way; None if it is nowhere then."""
        before = (passage.before, passage.last - passage.run.old, -1)
        after = (passage.after, passage.first - passage.run.old_end, 1)
        for gap, step, direction in (before, after):
            if can_shift(self.old, self.new, gap, step):
                inserted = gap.new_end - gap.new
                yield passage.new_first + direction * inserted if inserted else None

    def is_weakly_anchored(self, passage: PassageInRun) -> bool:
        """Return whether so little stands between the passage's far end and a large change that it may be chance."""
        before = (passage.before, passage.run.old, passage.last)
        after = (passage.after, passage.first, passage.run.old_end)
        return any(
            gap.old < gap.old_end
            and gap.new < gap.new_end
            and self.scale.measure_gap(*gap) >= LARGE_CHANGE_WORDS
            and self.scale.weigh(self.old[start:end]) < MIN_CLUSTER_WEIGHT
            for gap, start, end in (before, after)
        )


def swap_gap(gap: Gap) -> Gap:
    """Return the gap with old and new exchanged."""
    return Gap(gap.new, gap.new_end, gap.old, gap.old_end)


def find_copies_beside(codes: str, other_codes: str, passage: PassageInRun) -> Iterator[int]:
    """Yield where the passage would begin among the words inserted beside its run.

    Only a copy counts that has all words from the passage to that end of the run.
    """
    run, first, last = passage.run, passage.first, passage.last
    for start in find_occurrences(codes[run.old : last], other_codes, passage.before.new, passage.before.new_end):
        yield start + first - run.old
    yield from find_occurrences(codes[first : run.old_end], other_codes, passage.after.new, passage.after.new_end)


def find_twins(words: str, codes: str, own: int, stretches: list[tuple[int, int]]) -> list[int]:
    """Return where else than at `own` the words stand in or directly beside the stretches."""
    found = (
        find_occurrences(words, codes, max(start - len(words), 0), min(end + len(words), len(codes)))
        for start, end in stretches
    )
    return sorted({place for places in found for place in places} - {own})


def find_unmatched_copies(codes: str, passage: PassageInRun, unmatched: UnmatchedWords) -> Iterator[int]:
    """Yield where the passage would begin among the unmatched words, with some words around it.

    A copy that ends well within the run on either side is none: what stands around it tells the two apart.
    """
    words = unmatched.words
    for start, end in list_windows(passage):
        for index in find_occurrences(codes[start:end], words, 0, len(words)):
            first = start - count_equal_before(codes, start, passage.run.old, words, index, 0)
            last = end + count_equal_after(codes, end, passage.run.old_end, words, index + end - start, len(words))
            if is_nearly_whole(passage, first, last) and not has_context_around(passage, first, last):
                yield unmatched.locate(index) + passage.first - start


def list_windows(passage: PassageInRun) -> set[tuple[int, int]]:
    """Return stretches of a few words: all that hold a short passage, or the beginning and the end of a long one."""
    run, first, last = passage.run, passage.first, passage.last
    size, missing = min(MIN_IDENTIFYING_WORDS, run.length), count_dispensable_words(passage)
    if last - first >= size:
        return {(first, first + size), (last - size, last)}
    begin, end = max(run.old, last - missing - size), min(first + missing, run.old_end - size)
    return {(start, start + size) for start in range(begin, end + 1)}


def count_dispensable_words(passage: PassageInRun) -> int:
    """Return how many words of the passage a copy of it may lack."""
    return min(MAX_MISSING_WORDS, (passage.last - passage.first) // 2)


def is_nearly_whole(passage: PassageInRun, start: int, end: int) -> bool:
    """Return whether this stretch of the run holds the passage, or lacks only a few of its words."""
    missing = max(start - passage.first, 0) + max(passage.last - end, 0)
    return missing <= count_dispensable_words(passage)


def has_context_around(passage: PassageInRun, start: int, end: int) -> bool:
    """Return whether enough of the run stands on both sides of this stretch, or both texts begin or end there."""
    run, after = passage.run, passage.after
    is_at_start = run.old == run.new == 0
    is_at_end = (after.old, after.new) == (after.old_end, after.new_end)
    has_before = is_at_start or start - run.old >= MIN_IDENTIFYING_WORDS
    return has_before and (is_at_end or run.old_end - end >= MIN_IDENTIFYING_WORDS)


def find_occurrences(words: str, codes: str, start: int, end: int) -> Iterator[int]:
    """Yield the first MAX_COPIES places of the words among codes[start:end]."""
    return islice(iterate_occurrences(words, codes, start, end), MAX_COPIES)


def iterate_occurrences(words: str, codes: str, start: int, end: int) -> Iterator[int]:
    """Yield all places of the words among codes[start:end], overlapping ones too."""
    while len(words) <= end - start and (start := codes.find(words, start, end)) >= 0:
        yield start
        start += 1
