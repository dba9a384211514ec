"""Finds the words of one sequence that stand in another in the same order: anchored at words unique in both, refined between them.

The sequences are strings with a character for each word (newsreader.text.diff.tokens). Time grows with their length, and a
little faster with the amount of change: a gap that has no anchor and is too long to be searched counts as replaced.
"""

from bisect import bisect_left
from collections import Counter
from difflib import SequenceMatcher
from typing import NamedTuple

MAX_SEARCH_SIZE = 20_000  # old words times new words of a gap in which every common stretch is searched for
MAX_TOTAL_SEARCH_SIZE = 1_500_000  # the same for all gaps of two texts together
MAX_PASSES = 6  # how often all words may be scanned for anchors
PHRASE_LENGTHS = (1, 2, 4, 8)  # words of a phrase that may serve as an anchor, if no shorter one is unique
MAX_SHORT_GAP_WORDS = 6
MAX_MEDIUM_GAP_WORDS = 60_000  # longer gaps are scanned for anchors twice at most
LONG_GAP_PHRASE_LENGTHS = (1, 3)
MAX_LONG_GAP_WORDS = 250_000  # more than 1 MB of prose has; longer gaps are scanned once


class Run(NamedTuple):
    """Consecutive words that are equal in both sequences: where they begin in each, and how many they are."""

    old: int
    new: int
    length: int

    @property
    def old_end(self) -> int:
        """Return where the run ends in the old sequence, exclusive."""
        return self.old + self.length

    @property
    def new_end(self) -> int:
        """Return where the run ends in the new sequence, exclusive."""
        return self.new + self.length


class Gap(NamedTuple):
    """A stretch of each sequence (start inclusive, end exclusive) between two runs."""

    old: int
    old_end: int
    new: int
    new_end: int


def find_runs(old: str, new: str) -> list[Run]:
    """Return the longest common runs, in order; no two of them touch in both sequences."""
    runs: list[Run] = []
    budget, passes = MAX_TOTAL_SEARCH_SIZE, MAX_PASSES * (len(old) + len(new) + 1_000)
    pending = [Gap(0, len(old), 0, len(new))]
    while pending:
        gap = trim_gap(old, new, pending.pop(), runs)
        size = (gap.old_end - gap.old) * (gap.new_end - gap.new)
        if size < 2:  # one word replaced by another, or a plain insertion or deletion
            continue
        if size <= min(MAX_SEARCH_SIZE, budget):
            budget -= size
            runs += search_gap(old, new, gap)
        elif passes > 0:
            passes -= gap.old_end - gap.old + gap.new_end - gap.new
            pending += split_gap(gap, find_anchors(old, new, gap))
    return merge_runs(sorted(runs))


def trim_gap(old: str, new: str, gap: Gap, runs: list[Run]) -> Gap:
    """Return the gap without the equal words at its two ends, which are appended to `runs`."""
    start, end, new_start, new_end = gap
    if start < end and new_start < new_end and old[start] == new[new_start]:
        length = count_common_prefix(old[start:end], new[new_start:new_end])
        runs.append(Run(start, new_start, length))
        start, new_start = start + length, new_start + length
    if start < end and new_start < new_end and old[end - 1] == new[new_end - 1]:
        length = count_common_prefix(old[start:end][::-1], new[new_start:new_end][::-1])
        end, new_end = end - length, new_end - length
        runs.append(Run(end, new_end, length))
    return Gap(start, end, new_start, new_end)


def count_common_prefix(first: str, second: str) -> int:
    """Return how many characters the two strings have in common at their beginnings."""
    low, high = 0, min(len(first), len(second))
    if first[:high] == second[:high]:
        return high
    while high - low > 1:  # equal up to low, not up to high
        middle = min((low + high) // 2, 2 * low + 8)
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle
    return low


def count_equal_after(old: str, position: int, end: int, new: str, new_position: int, new_end: int) -> int:
    """Return how many words are equal from a position of each sequence on, up to their ends."""
    equal, step = 0, 16
    while True:
        limit = min(step, end - position - equal, new_end - new_position - equal)
        length = count_common_prefix(
            old[position + equal : position + equal + limit], new[new_position + equal : new_position + equal + limit]
        )
        equal += length
        if length < step:
            return equal
        step *= 2


def count_equal_before(old: str, position: int, start: int, new: str, new_position: int, new_start: int) -> int:
    """Return how many words are equal before a position of each sequence, back to their starts."""
    equal, step = 0, 16
    while True:
        limit = min(step, position - equal - start, new_position - equal - new_start)
        old_words, new_words = (
            old[position - equal - limit : position - equal],
            new[new_position - equal - limit : new_position - equal],
        )
        length = count_common_prefix(old_words[::-1], new_words[::-1])
        equal += length
        if length < step:
            return equal
        step *= 2


def search_gap(old: str, new: str, gap: Gap) -> list[Run]:
    """Return the longest common stretch of the gap, then the longest on each side of it, and so on."""
    if min(gap.old_end - gap.old, gap.new_end - gap.new) <= MAX_SHORT_GAP_WORDS:
        return search_short_gap(old, new, gap)
    matcher = SequenceMatcher(None, old[gap.old : gap.old_end], new[gap.new : gap.new_end], autojunk=False)
    return [Run(gap.old + i, gap.new + j, length) for i, j, length in matcher.get_matching_blocks() if length]


def search_short_gap(old: str, new: str, gap: Gap) -> list[Run]:
    """Return the same as `search_gap` for a gap that is at most MAX_SHORT_GAP_WORDS long on one side."""
    if gap.old_end - gap.old > gap.new_end - gap.new:
        swapped = search_short_gap(new, old, Gap(gap.new, gap.new_end, gap.old, gap.old_end))
        return [Run(run.new, run.old, run.length) for run in swapped]
    for length in range(gap.old_end - gap.old, 0, -1):
        for position in range(gap.old, gap.old_end - length + 1):
            new_position = new.find(old[position : position + length], gap.new, gap.new_end)
            if new_position >= 0:
                before = search_short_gap(old, new, Gap(gap.old, position, gap.new, new_position))
                after = search_short_gap(
                    old, new, Gap(position + length, gap.old_end, new_position + length, gap.new_end)
                )
                return [*before, Run(position, new_position, length), *after]
    return []


def find_anchors(old: str, new: str, gap: Gap) -> list[Run]:
    """Return the phrases that occur once on each side of the gap, as many as stand in the same order; single words if possible."""
    old_words, new_words = old[gap.old : gap.old_end], new[gap.new : gap.new_end]
    if set(old_words).isdisjoint(new_words):
        return []
    length, shorter = max(len(old_words), len(new_words)), min(len(old_words), len(new_words))
    sizes = PHRASE_LENGTHS if length <= MAX_MEDIUM_GAP_WORDS else LONG_GAP_PHRASE_LENGTHS
    for size in sizes[:1] if length > MAX_LONG_GAP_WORDS else sizes:
        if size > shorter:
            break
        positions = pair_unique_phrases(list_phrases(old_words, size), list_phrases(new_words, size))
        if positions:
            rising = drop_adjacent_pairs(find_longest_rising_series(positions))
            return [Run(gap.old + i, gap.new + j, 1) for i, j in rising]
    return []


def list_phrases(sequence: str, size: int) -> list[str] | str:
    """Return all phrases of `size` words, in order."""
    return sequence if size == 1 else [sequence[start : start + size] for start in range(len(sequence) - size + 1)]


def pair_unique_phrases(old: list[str] | str, new: list[str] | str) -> list[tuple[int, int]]:
    """Return the positions (old, new) of the phrases that occur once in each list, in the old order."""
    unique = find_unique(old) & find_unique(new)
    if not unique:
        return []
    new_positions = {phrase: position for position, phrase in enumerate(new) if phrase in unique}
    return [(position, new_positions[phrase]) for position, phrase in enumerate(old) if phrase in unique]


def find_unique(phrases: list[str] | str) -> set[str]:
    """Return those that occur once."""
    different = set(phrases)
    if len(different) == len(phrases):
        return different
    return {phrase for phrase, number in Counter(phrases).items() if number == 1}


def find_longest_rising_series(positions: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest series of positions that rises in both sequences (patience sorting)."""
    piles: list[int] = []  # the new position on top of each pile
    last: list[int] = []  # the index of the pair on top of each pile
    before: list[int] = []  # for each pair the index of the pair before it in its series, or -1
    for index, (_, new_position) in enumerate(positions):
        pile = bisect_left(piles, new_position)
        before.append(last[pile - 1] if pile else -1)
        piles[pile : pile + 1] = [new_position]
        last[pile : pile + 1] = [index]
    series, index = [], last[-1]
    while index >= 0:
        series.append(positions[index])
        index = before[index]
    return series[::-1]


def drop_adjacent_pairs(positions: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the positions without those directly after the one before: trimming the gap finds them again."""
    return [
        position
        for last, position in zip([None, *positions], positions, strict=False)
        if last != (position[0] - 1, position[1] - 1)
    ]


def split_gap(gap: Gap, anchors: list[Run]) -> list[Gap]:
    """Return the gaps from one anchor to the next, each beginning with an anchor."""
    if not anchors:
        return []
    starts = [(gap.old, gap.new), *((run.old, run.new) for run in anchors)]
    ends = [*starts[1:], (gap.old_end, gap.new_end)]
    return [Gap(i, i_end, j, j_end) for (i, j), (i_end, j_end) in zip(starts, ends, strict=True)]


def merge_runs(runs: list[Run]) -> list[Run]:
    """Return the runs, those that touch in both sequences merged."""
    merged: list[Run] = []
    start = new_start = length = 0
    for position, new_position, more in [*runs, Run(-1, -1, 0)]:
        if (start + length, new_start + length) == (position, new_position):
            length += more
            continue
        if length:
            merged.append(Run(start, new_start, length))
        start, new_start, length = position, new_position, more
    return merged


def find_gaps(runs: list[Run], old: int, new: int) -> list[Gap]:
    """Return the gaps before, between and after the runs, one more than there are runs; `old` and `new` are the lengths in words."""
    gaps, end, new_end = [], 0, 0
    for start, new_start, length in [*runs, Run(old, new, 0)]:
        gaps.append(Gap(end, start, new_end, new_start))
        end, new_end = start + length, new_start + length
    return gaps
