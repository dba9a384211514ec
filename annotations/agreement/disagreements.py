"""Disagreements: the places of a text that not all of its coders cut out and tagged in the same way."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from annotations.agreement.patterns import CodedText

MISSING, OTHER_TAG, BOUNDARIES = "missing", "tag", "boundaries"
KINDS = (MISSING, OTHER_TAG, BOUNDARIES)


class CodedPassage(NamedTuple):
    """A passage of one coder with one tag, from `start` to before `end` in code points."""

    start: int
    end: int
    tag: str
    coder: str


class Group(NamedTuple):
    """Passages of one tag, each of which overlaps another, by whichever coders."""

    start: int
    end: int
    tag: str
    passages: tuple[CodedPassage, ...]

    @property
    def coders(self) -> set[str]:
        """Who has a passage in it."""
        return {passage.coder for passage in self.passages}


class Difference(NamedTuple):
    """One disagreement: the passages that differ, those of the tag it begins with first, and who coded the text.

    `kind` is "missing" where some have nothing with the tag there, "tag" where they have another one in its place, and
    "boundaries" where all have it, but not from the same character to the same.
    """

    text: int
    kind: str
    start: int
    end: int
    tags: tuple[str, ...]
    passages: tuple[CodedPassage, ...]
    coders: tuple[str, ...]

    def divides(self, first: str, second: str) -> bool:
        """Return whether two coders of the text differ in it."""
        return {first, second} <= set(self.coders) and self.list_of(first) != self.list_of(second)

    def list_of(self, coder: str) -> list[tuple[int, int, str]]:
        """Return the (start, end, tag) that a coder has there."""
        return sorted(passage[:3] for passage in self.passages if passage.coder == coder)


def find_differences(text: CodedText, tags: Sequence[str]) -> list[Difference]:
    """Return the disagreements about these tags, in the order of the text."""
    groups = sorted(group for tag in tags for group in group_passages(text, tag))
    everyone = set(text.coders)
    partial = [group for group in groups if group.coders != everyone]
    found = [
        make_difference(text, BOUNDARIES, [group])
        for group in groups
        if group.coders == everyone and not is_unanimous(group, len(everyone))
    ]
    found += [
        make_difference(text, OTHER_TAG if rest else MISSING, [group, *rest]) for group, rest in pair_off(partial)
    ]
    return sorted(found, key=lambda difference: (difference.start, difference.end, difference.tags))


def group_passages(text: CodedText, tag: str) -> Iterator[Group]:
    """Yield the passages of a tag in groups of those that overlap."""
    passages = sorted(
        CodedPassage(start, end, tag, coder)
        for coder, spans in zip(text.coders, text.passages.get(tag, ()), strict=False)
        for start, end in spans
    )
    group: list[CodedPassage] = []
    reach = 0
    for passage in passages:
        if group and passage.start >= reach:
            yield Group(group[0].start, reach, tag, tuple(group))
            group = []
        group.append(passage)
        reach = max(reach, passage.end) if len(group) > 1 else passage.end
    if group:
        yield Group(group[0].start, reach, tag, tuple(group))


def is_unanimous(group: Group, coders: int) -> bool:
    """Return whether each of so many coders has one passage in the group, all from the same character to the same."""
    return len(group.passages) == coders and len({passage[:2] for passage in group.passages}) == 1


def pair_off(groups: Sequence[Group]) -> Iterator[tuple[Group, list[Group]]]:
    """Yield each group that some coders lack, the longest first, with those of other tags that stand in its place.

    Each group is yielded once. `groups` are in the order of the text.
    """
    starts, taken = [group.start for group in groups], set[int]()
    longest = max((group.end - group.start for group in groups), default=0)
    for index, group in sorted(enumerate(groups), key=lambda pair: pair[1].start - pair[1].end):
        if index in taken:
            continue
        taken.add(index)
        around = range(bisect_left(starts, group.start - longest), bisect_left(starts, group.end))
        rest = [other for other in around if other not in taken and stands_in(groups[other], group)]
        taken.update(rest)
        yield group, [groups[other] for other in rest]


def stands_in(one: Group, other: Group) -> bool:
    """Return whether a coder has the tag of the one where another coder, who lacks it, has that of the other."""
    if one.tag == other.tag:
        return False
    ones, others = one.coders - other.coders, other.coders - one.coders
    mine = [passage for passage in one.passages if passage.coder in ones]
    theirs = [passage for passage in other.passages if passage.coder in others]
    return any(first.start < second.end and second.start < first.end for first in mine for second in theirs)


def make_difference(text: CodedText, kind: str, groups: Sequence[Group]) -> Difference:
    """Return the disagreement of these groups."""
    start, end = min(group.start for group in groups), max(group.end for group in groups)
    passages = tuple(passage for group in groups for passage in group.passages)
    return Difference(text.key, kind, start, end, tuple(group.tag for group in groups), passages, text.coders)


def count_divided(differences: Iterable[Difference]) -> Counter[tuple[str, str]]:
    """Return how many disagreements divide each two coders, in their order."""
    numbers: Counter[tuple[str, str]] = Counter()
    for difference in differences:
        lists: dict[str, set[CodedPassage]] = {coder: set() for coder in difference.coders}
        for passage in difference.passages:
            lists[passage.coder].add(passage._replace(coder=""))
        for first, second in combinations(difference.coders, 2):
            if lists[first] != lists[second]:
                numbers[first, second] += 1
    return numbers


def select_differences(
    differences: Iterable[Difference], kind: str = "", tag: str = "", pair: tuple[str, ...] = ()
) -> list[Difference]:
    """Return those of a kind, about a tag, and that divide two coders; whatever is empty selects all."""
    return [
        difference
        for difference in differences
        if (not kind or difference.kind == kind)
        and (not tag or tag in difference.tags)
        and (len(pair) != 2 or difference.divides(*pair))
    ]
