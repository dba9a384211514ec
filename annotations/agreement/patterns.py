"""What coders decided about each unit of a text, in runs of units alike: a text of a thousand words has some dozens of them."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from annotations.agreement.unitising import Span, join_overlapping

Passage = tuple[int, int, str]  # start, end, tag
Pattern = tuple[int, ...]  # the tags that each coder gave, as bits


class CodedText:
    """A text of `length` code points, its units, and the passages of each coder who coded it; others have no place in it."""

    def __init__(self, key: int, length: int, units: Sequence[Span], layers: Mapping[str, Sequence[Passage]]) -> None:
        self.key, self.length, self.units, self.layers = key, length, units, layers
        self.coders = tuple(layers)

    @cached_property
    def passages(self) -> dict[str, list[list[Span]]]:
        """The passages with each tag that is used, a list for each coder; overlapping ones of one coder are joined."""
        found: dict[str, list[list[Span]]] = {}
        for place, layer in enumerate(self.layers.values()):
            for start, end, tag in layer:
                if tag not in found:
                    found[tag] = [[] for _ in self.coders]
                found[tag][place].append((start, end))
        return {tag: list(map(join_overlapping, spans)) for tag, spans in found.items()}

    @cached_property
    def ranges(self) -> dict[str, list[tuple[int, int, int]]]:
        """The units that have each tag: (place of the coder, first, last), last exclusive; those of one coder are apart.

        A unit has a tag if any character of it is in the passage.
        """
        starts, ends = [start for start, _ in self.units], [end for _, end in self.units]
        found: dict[str, list[tuple[int, int, int]]] = {}
        for tag, passages in self.passages.items():
            for place, spans in enumerate(passages):
                ranges = join_ranges((bisect_right(ends, start), bisect_left(starts, end)) for start, end in spans)
                found.setdefault(tag, []).extend((place, first, last) for first, last in ranges)
        return found

    def iterate_runs(self, tags: Sequence[str]) -> Iterator["Run"]:
        """Yield all units in order, those in a row together about which the coders decided the same of these tags."""
        changes: dict[int, list[tuple[int, int]]] = {}
        for number, tag in enumerate(tags):
            for place, first, last in self.ranges.get(tag, ()):
                changes.setdefault(first, []).append((place, 1 << number))
                changes.setdefault(last, []).append((place, 1 << number))
        state, done = [0] * len(self.coders), 0
        for index in sorted(changes):
            if index > done:
                yield Run(done, index, tuple(state))
                done = index
            for place, bit in changes[index]:
                state[place] ^= bit
        if done < len(self.units):
            yield Run(done, len(self.units), tuple(state))

    def count_patterns(self, tags: Sequence[str]) -> "Tally":
        """Return about how many units the coders decided what of these tags."""
        counts: Counter[Pattern] = Counter()
        for first, last, pattern in self.iterate_runs(tags):
            counts[pattern] += last - first
        return Tally(self.coders, counts)


class Run(NamedTuple):
    """Units from `first` to before `last`, and which tags each coder gave them."""

    first: int
    last: int
    pattern: Pattern


class Tally(NamedTuple):
    """How many units of one text have each pattern; the values of a pattern are those of the coders, in their order."""

    coders: tuple[str, ...]
    counts: Counter[Pattern]

    def of_pair(self, first: str, second: str) -> "Tally | None":
        """Return the decisions of two of the coders; None where one of them did not code the text."""
        if first not in self.coders or second not in self.coders:
            return None
        one, other = self.coders.index(first), self.coders.index(second)
        counts: Counter[Pattern] = Counter()
        for pattern, number in self.counts.items():
            counts[pattern[one], pattern[other]] += number
        return Tally((first, second), counts)

    @property
    def values(self) -> Counter[Hashable]:
        """How often each value was given."""
        values: Counter[Hashable] = Counter()
        for pattern, number in self.counts.items():
            for value in pattern:
                values[value] += number
        return values


def join_ranges(ranges: Iterable[Span]) -> list[Span]:
    """Return ranges of units in order, those that overlap or touch as one; empty ones are dropped."""
    joined: list[Span] = []
    for first, last in sorted(ranges):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        elif first < last:
            joined.append((first, last))
    return joined
