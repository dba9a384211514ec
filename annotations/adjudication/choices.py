"""What can be taken where coders disagree: the version of each, alike ones as one, and all of them together."""

from collections.abc import Iterable
from typing import NamedTuple

from annotations.adjudication.cases import Case
from annotations.agreement.disagreements import OTHER_TAG
from annotations.models.adjudication import Passage
from annotations.models.codebook import Codebook, CodebookTag

ALL = "all"


class ShownPassage(NamedTuple):
    """A passage of a version: its words, shortened, and its tags."""

    start: int
    end: int
    tags: list[CodebookTag]


class Choice(NamedTuple):
    """A version that can be taken; `value` is what the form sends, `key` what is pressed."""

    value: str
    key: str
    coders: list[str]
    passages: list[Passage]
    shown: list[ShownPassage]


def list_choices(case: Case, codebook: Codebook) -> list[Choice]:
    """Return the versions that can be taken, each with its coders, and where their tags differ the one of them all."""
    versions: dict[tuple, list[str]] = {}
    for coder in case.difference.coders:
        if spans := case.difference.list_of(coder):
            versions.setdefault(tuple(spans), []).append(coder)
    choices = [
        make_choice(str(number), str(number), coders, spans, codebook)
        for number, (spans, coders) in enumerate(versions.items(), 1)
    ]
    if len(versions) > 1 and case.difference.kind == OTHER_TAG:
        everyone = [coder for coders in versions.values() for coder in coders]
        spans = sorted({span for version in versions for span in version})
        choices.append(make_choice(ALL, str(len(choices) + 1), everyone, spans, codebook))
    return choices


def make_choice(
    value: str, key: str, coders: list[str], spans: Iterable[tuple[int, int, str]], codebook: Codebook
) -> Choice:
    """Return a version; tags from the same character to the same are those of one passage."""
    passages = stack(spans, list(codebook))
    shown = [ShownPassage(start, end, [codebook[tag] for tag in tags]) for start, end, tags in passages]
    return Choice(value, key if len(key) == 1 else "", coders, passages, shown)


def stack(spans: Iterable[tuple[int, int, str]], order: list[str]) -> list[Passage]:
    """Return (start, end, tag) as passages with all tags that stand on the same words, in the order of the codebook."""
    tags: dict[tuple[int, int], set[str]] = {}
    for start, end, tag in spans:
        tags.setdefault((start, end), set()).add(tag)
    return [[*place, sorted(found, key=order.index)] for place, found in sorted(tags.items())]
