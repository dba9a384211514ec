"""What coders decided about a place, as it can be compared with what they decided later: which highlights, as they were made.

Corrections of the article do not change it; an edit, a deletion, a new highlight and other tags do.
"""

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from annotations.agreement.disagreements import CodedPassage, Difference

Version = list[Any]  # the key of a highlight, start and end as it was made, and one of its tags


class Coding(NamedTuple):
    """One highlight: whose it is, where it stands on the article's current text, and its tags by their keys.

    `left_out` is "" where it counts, else the state that it has on the current text: there it stands on other words, or nowhere,
    and `start` and `end` are those on the text that was read.
    """

    article: int
    coder: str
    start: int
    end: int
    tags: tuple[str, ...]
    left_out: str
    key: str = ""
    made: tuple[int, int] = (0, 0)  # where it stands on the text that was read


class AgreedPassage(NamedTuple):
    """A passage that is alike in all layers, and the highlights that it is in them."""

    start: int
    end: int
    tags: list[str]
    versions: list[Version]


class Signer:
    """The highlights of one text by coder and tag, to be looked up by place."""

    def __init__(self, codings: Iterable[Coding]) -> None:
        self.codings = sorted(codings, key=lambda coding: (coding.start, coding.end, coding.key))
        self.by_tag: dict[tuple[str, str], list[Coding]] = {}
        for coding in self.codings:
            for tag in coding.tags or ("",):
                self.by_tag.setdefault((coding.coder, tag), []).append(coding)

    def sign(self, passages: Iterable[CodedPassage]) -> list[Version]:
        """Return the highlights that these passages are made of, in one order."""
        found = {
            (coding.key, *coding.made, passage.tag)
            for passage in passages
            for coding in self.find(passage.coder, passage.tag, passage.start, passage.end)
        }
        return sorted(map(list, found))

    def find(self, coder: str, tag: str, start: int, end: int) -> list[Coding]:
        """Return the highlights of a coder with a tag within a stretch."""
        codings = self.by_tag.get((coder, tag), [])
        first = bisect_left(codings, start, key=lambda coding: coding.start)
        last = bisect_left(codings, end, key=lambda coding: coding.start)
        return [coding for coding in codings[first:last] if coding.end <= end]


def find_agreed(signer: Signer, coders: Sequence[str], differences: Iterable[Difference]) -> list[AgreedPassage]:
    """Return the passages that are alike in all layers, with their tags in order, as the first coder made them.

    A passage of which some tags are in dispute is there with the others. Passages without a tag are alike where all coders
    have them.
    """
    disputed: dict[str, list[CodedPassage]] = {}
    for difference in differences:
        for passage in difference.passages:
            if passage.coder == coders[0]:
                disputed.setdefault(passage.tag, []).append(passage)
    found = []
    for coding in signer.codings:
        if coding.coder != coders[0]:
            continue
        tags = [tag for tag in coding.tags if not is_within(coding, disputed.get(tag, ()))]
        if tags or (not coding.tags and is_everywhere(signer, coders, coding)):
            found.append(AgreedPassage(coding.start, coding.end, tags, sign_agreed(signer, coders, coding, tags)))
    return found


def is_within(coding: Coding, passages: Iterable[CodedPassage]) -> bool:
    """Return whether a highlight is part of one of these passages of its coder."""
    return any(passage.start <= coding.start and coding.end <= passage.end for passage in passages)


def is_everywhere(signer: Signer, coders: Iterable[str], coding: Coding) -> bool:
    """Return whether every coder has a highlight without a tag from the same character to the same."""
    return all(
        any((other.start, other.end) == (coding.start, coding.end) for other in signer.by_tag.get((coder, ""), ()))
        for coder in coders
    )


def sign_agreed(signer: Signer, coders: Iterable[str], coding: Coding, tags: Sequence[str]) -> list[Version]:
    """Return what an agreed passage is in each layer: the highlights there that share a character and a tag with it."""
    found = {
        (other.key, *other.made, tag)
        for coder in coders
        for tag in tags or ("",)
        for other in signer.by_tag.get((coder, tag), ())
        if other.start < coding.end and coding.start < other.end
    }
    return sorted(map(list, found))


def digest(versions: Iterable[Version]) -> Hashable:
    """Return what two lists of versions are compared by."""
    return tuple(map(tuple, versions))


def make_key(versions: Sequence[Version]) -> str:
    """Return what names versions while no coder changes one."""
    return sha256(repr(digest(versions)).encode()).hexdigest()[:20]
