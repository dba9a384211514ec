"""Krippendorff's alpha for unitising: how far coders who cut passages out of a text themselves cut out the same ones.

Source: Krippendorff 2004, Measuring the Reliability of Qualitative Text Analysis Data, Quality and Quantity 38. For one tag the
text of each coder is a row of sections, which are passages with the tag and the gaps between them.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, combinations
from math import nan
from typing import NamedTuple

Span = tuple[int, int]
Layers = Mapping[str, Sequence[tuple[int, int, str]]]


class Section(NamedTuple):
    """A stretch of the text, from `start` to `end` in code points: a passage, or a gap."""

    start: int
    end: int
    is_passage: bool

    @property
    def length(self) -> int:
        """How many code points it has."""
        return self.end - self.start


class Disagreement(NamedTuple):
    """How much coders disagree about one tag, and how much they would by chance."""

    observed: float
    expected: float

    @property
    def alpha(self) -> float:
        """1 less the observed as a share of the expected; NaN where nothing is expected, since nobody uses the tag."""
        return 1 - self.observed / self.expected if self.expected else nan


def alpha_u(length: int, layers: Layers) -> dict[str, float]:
    """Return alpha of each tag, and under "" that of all tags together.

    `length` is that of the text in code points; `layers` are the (start, end, tag) passages of each coder, start inclusive
    and end exclusive. Overlapping passages of one coder with the same tag are joined. NaN with fewer than two coders.
    """
    tags = sorted({tag for layer in layers.values() for *_, tag in layer})
    found = {tag: measure_disagreement(length, layers, tag) for tag in tags}
    values = {tag: disagreement.alpha for tag, disagreement in found.items()}
    total = Disagreement(sum(one.observed for one in found.values()), sum(one.expected for one in found.values()))
    return {"": total.alpha} | values


def measure_disagreement(length: int, layers: Layers, tag: str) -> Disagreement:
    """Return the disagreement about one tag in a text of so many code points; nothing is expected of a single coder."""
    joined = (join_overlapping((start, end) for start, end, name in layer if name == tag) for layer in layers.values())
    return compare_passages(length, list(joined))


def compare_passages(length: int, passages: Sequence[Sequence[Span]]) -> Disagreement:
    """Return the disagreement about the passages of each coder in a text of so many code points; those of a coder are apart."""
    rows = [list(split_sections(length, spans)) for spans in passages]
    if len(rows) < 2 or length < 1:
        return Disagreement(0, 0)
    number = len(rows)
    differences = 2 * sum(sum_differences(one, other) for one, other in combinations(rows, 2))
    return Disagreement(differences / (number * (number - 1) * length**2), expect_disagreement(length, rows))


def join_overlapping(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, those that overlap joined; those that only touch are two."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif start < end:
            joined.append((start, end))
    return joined


def split_sections(length: int, passages: Sequence[Span]) -> Iterator[Section]:
    """Yield the passages, in order, and the gaps before, between and after them."""
    place = 0
    for start, end in passages:
        if place < start:
            yield Section(place, start, False)
        yield Section(start, end, True)
        place = end
    if place < length:
        yield Section(place, length, False)


def sum_differences(ones: Sequence[Section], others: Sequence[Section]) -> int:
    """Return the sum of the squared differences of all sections of two coders, each of which covers the same text."""
    total = first = 0
    for one in ones:
        while first < len(others) and others[first].end <= one.start:
            first += 1
        index = first
        while index < len(others) and others[index].start < one.end:
            total += measure_difference(one, others[index])
            index += 1
    return total


def measure_difference(one: Section, other: Section) -> int:
    """Return the squared difference of two sections that overlap.

    Of two passages that is the squared difference of their starts and that of their ends; of a passage that lies within a gap of
    the other coder, the square of its length; else 0, as the passages that the gap ends at count.
    """
    if one.is_passage and other.is_passage:
        return (one.start - other.start) ** 2 + (one.end - other.end) ** 2
    if one.is_passage == other.is_passage:
        return 0
    passage, gap = (one, other) if one.is_passage else (other, one)
    return passage.length**2 if gap.start <= passage.start and passage.end <= gap.end else 0


def expect_disagreement(length: int, rows: Sequence[Sequence[Section]]) -> float:
    """Return the disagreement that chance would have if the sections were put together in any order."""
    passages = [section.length for row in rows for section in row if section.is_passage]
    gaps = sorted(section.length for row in rows for section in row if not section.is_passage)
    sums = [0, *accumulate(gaps)]
    numerator = 0.0
    for size in passages:
        index = bisect_left(gaps, size)
        room = sums[-1] - sums[index] - (len(gaps) - index) * (size - 1)  # where it fits into a gap
        numerator += (len(passages) - 1) / 3 * (2 * size**3 - 3 * size**2 + size) + size**2 * room
    total = len(rows) * length
    denominator = total * (total - 1) - sum(size * (size - 1) for size in passages)
    return 2 / length * numerator / denominator if denominator else 0
