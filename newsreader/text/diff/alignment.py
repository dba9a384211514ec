"""Which words of one row stand in another, in the same order: anchored at words that both have once, then refined between.

The rows come as strings with a character for each word (newsreader.text.diff.tokens). Time grows with their length, and a little
faster with what differs: what has no anchor and is too long to be searched through counts as replaced.
"""

from bisect import bisect_left
from collections import Counter
from difflib import SequenceMatcher
from typing import NamedTuple

SEARCHED = 20_000  # words of one stretch times words of the other, up to which the longest of all are sought
SEARCHED_IN_ALL = 1_500_000
PASSES = 6  # how often all words may be looked through for anchors
PHRASES = (1, 2, 4, 8)  # words in a row that may serve as an anchor, where shorter ones stand more than once
SHORT = 6  # words
LONG = 60_000  # words of a stretch in which to look just twice
LONG_PHRASES = (1, 3)
ENDLESS = 250_000  # words of a stretch, more than 1 MB of prose has, in which to look just once


class Run(NamedTuple):
    """So many words, the same in both rows: where they begin in the one and in the other."""

    old: int
    new: int
    length: int

    @property
    def old_end(self) -> int:
        return self.old + self.length

    @property
    def new_end(self) -> int:
        return self.new + self.length


class Gap(NamedTuple):
    """A stretch of either row (start, end) that stands between two runs."""

    old: int
    old_end: int
    new: int
    new_end: int


def runs_of(old: str, new: str) -> list[Run]:
    """The longest runs, in order, none touching the next in both rows."""
    found: list[Run] = []
    left, passes = SEARCHED_IN_ALL, PASSES * (len(old) + len(new) + 1_000)
    waiting = [Gap(0, len(old), 0, len(new))]
    while waiting:
        gap = trimmed(old, new, waiting.pop(), found)
        size = (gap.old_end - gap.old) * (gap.new_end - gap.new)
        if size < 2:  # a word for another, or nothing for something
            continue
        if size <= min(SEARCHED, left):
            left -= size
            found += searched(old, new, gap)
        elif passes > 0:
            passes -= gap.old_end - gap.old + gap.new_end - gap.new
            waiting += between(gap, anchors(old, new, gap))
    return joined(sorted(found))


def trimmed(old: str, new: str, gap: Gap, found: list[Run]) -> Gap:
    """What is left of a gap once the words that both begin and end with are found."""
    start, end, new_start, new_end = gap
    if start < end and new_start < new_end and old[start] == new[new_start]:
        alike = common(old[start:end], new[new_start:new_end])
        found.append(Run(start, new_start, alike))
        start, new_start = start + alike, new_start + alike
    if start < end and new_start < new_end and old[end - 1] == new[new_end - 1]:
        alike = common(old[start:end][::-1], new[new_start:new_end][::-1])
        end, new_end = end - alike, new_end - alike
        found.append(Run(end, new_end, alike))
    return Gap(start, end, new_start, new_end)


def common(one: str, other: str) -> int:
    """How many characters the two begin with alike."""
    low, high = 0, min(len(one), len(other))
    if one[:high] == other[:high]:
        return high
    while high - low > 1:  # alike up to low, not up to high
        middle = min((low + high) // 2, 2 * low + 8)
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle
    return low


def ahead(old: str, place: int, end: int, new: str, there: int, new_end: int) -> int:
    """How many words are alike from a place of either row on."""
    known, step = 0, 16
    while True:
        most = min(step, end - place - known, new_end - there - known)
        alike = common(old[place + known : place + known + most], new[there + known : there + known + most])
        known += alike
        if alike < step:
            return known
        step *= 2


def behind(old: str, place: int, start: int, new: str, there: int, new_start: int) -> int:
    """How many words are alike before a place of either row, back to their starts."""
    known, step = 0, 16
    while True:
        most = min(step, place - known - start, there - known - new_start)
        one, other = old[place - known - most : place - known], new[there - known - most : there - known]
        alike = common(one[::-1], other[::-1])
        known += alike
        if alike < step:
            return known
        step *= 2


def searched(old: str, new: str, gap: Gap) -> list[Run]:
    """The longest stretch that both have, then the longest on either side of it, and so on."""
    if min(gap.old_end - gap.old, gap.new_end - gap.new) <= SHORT:
        return sought(old, new, gap)
    matcher = SequenceMatcher(None, old[gap.old : gap.old_end], new[gap.new : gap.new_end], autojunk=False)
    return [Run(gap.old + i, gap.new + j, length) for i, j, length in matcher.get_matching_blocks() if length]


def sought(old: str, new: str, gap: Gap) -> list[Run]:
    """The same where one of the two has but a few words."""
    if gap.old_end - gap.old > gap.new_end - gap.new:
        turned = sought(new, old, Gap(gap.new, gap.new_end, gap.old, gap.old_end))
        return [Run(run.new, run.old, run.length) for run in turned]
    for length in range(gap.old_end - gap.old, 0, -1):
        for place in range(gap.old, gap.old_end - length + 1):
            there = new.find(old[place : place + length], gap.new, gap.new_end)
            if there >= 0:
                left = sought(old, new, Gap(gap.old, place, gap.new, there))
                right = sought(old, new, Gap(place + length, gap.old_end, there + length, gap.new_end))
                return [*left, Run(place, there, length), *right]
    return []


def anchors(old: str, new: str, gap: Gap) -> list[Run]:
    """Phrases that both stretches have just once, as many as stand in the same order; of one word if possible."""
    length = max(gap.old_end - gap.old, gap.new_end - gap.new)
    for size in PHRASES if length <= LONG else LONG_PHRASES[: 1 if length > ENDLESS else None]:
        places = shared(phrases(old[gap.old : gap.old_end], size), phrases(new[gap.new : gap.new_end], size))
        if places:
            return [Run(gap.old + i, gap.new + j, 1) for i, j in first_ones(in_order(places))]
    return []


def phrases(row: str, size: int) -> list[str] | str:
    return row if size == 1 else [row[start : start + size] for start in range(len(row) - size + 1)]


def shared(old: list[str] | str, new: list[str] | str) -> list[tuple[int, int]]:
    """Where the phrases stand that each has once, in the order of the old."""
    once = {phrase for phrase, number in Counter(old).items() if number == 1}
    once &= {phrase for phrase, number in Counter(new).items() if number == 1}
    there = {phrase: place for place, phrase in enumerate(new) if phrase in once}
    return [(place, there[phrase]) for place, phrase in enumerate(old) if phrase in once]


def in_order(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest series of places that rises in both rows (patience sorting)."""
    piles: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, there) in enumerate(places):
        pile = bisect_left(piles, there)
        before.append(last[pile - 1] if pile else -1)
        piles[pile : pile + 1] = [there]
        last[pile : pile + 1] = [index]
    series, index = [], last[-1]
    while index >= 0:
        series.append(places[index])
        index = before[index]
    return series[::-1]


def first_ones(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places without those that only come next to the one before: they are found from there."""
    return [place for last, place in zip([None, *places], places, strict=False) if last != (place[0] - 1, place[1] - 1)]


def between(gap: Gap, anchors: list[Run]) -> list[Gap]:
    """The stretches from one anchor to the next, each beginning with an anchor."""
    if not anchors:
        return []
    starts = [(gap.old, gap.new), *((run.old, run.new) for run in anchors)]
    ends = [*starts[1:], (gap.old_end, gap.new_end)]
    return [Gap(i, i_end, j, j_end) for (i, j), (i_end, j_end) in zip(starts, ends, strict=True)]


def joined(runs: list[Run]) -> list[Run]:
    """The runs, those that touch in both rows made one."""
    whole: list[Run] = []
    start = new_start = length = 0
    for place, there, more in [*runs, Run(-1, -1, 0)]:
        if (start + length, new_start + length) == (place, there):
            length += more
            continue
        if length:
            whole.append(Run(start, new_start, length))
        start, new_start, length = place, there, more
    return whole


def gaps_of(runs: list[Run], old: int, new: int) -> list[Gap]:
    """The gaps before, between and after the runs, one more than there are runs; `old` and `new` are the rows' lengths."""
    gaps, end, new_end = [], 0, 0
    for start, new_start, length in [*runs, Run(old, new, 0)]:
        gaps.append(Gap(end, start, new_end, new_start))
        end, new_end = start + length, new_start + length
    return gaps
