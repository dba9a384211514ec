"""A disagreement as the page shows it: the passage of each coder, side by side in the same words."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from annotations.agreement.disagreements import CodedPassage, Difference
from annotations.agreement.queries import CodedArticle, CurrentText
from annotations.agreement.wording import KIND_LABELS, describe_difference
from annotations.models.codebook import Codebook, CodebookTag
from annotations.rendering.cards import find_block_index
from annotations.rendering.context import SENTENCE_WINDOW, get_sentence_after, get_sentence_before

MAX_LENGTH = 1_200  # code points of a disagreement that are shown


class Piece(NamedTuple):
    """Some words of a version, with the classes and the label of their mark; both are "" where nothing is marked."""

    words: str
    classes: str
    label: str


class Version(NamedTuple):
    """What one coder marked there; no pieces where that is nothing."""

    coder: str
    tags: list[CodebookTag]
    pieces: list[Piece]


class ShownDifference(NamedTuple):
    """A disagreement with its article, and the versions of all coders of the article."""

    difference: Difference
    label: str
    sentence: str
    article: CodedArticle
    block: int
    tags: list[CodebookTag]
    versions: list[Version]


def show_difference(
    difference: Difference, articles: Mapping[int, CodedArticle], texts: Mapping[int, CurrentText], codebook: Codebook
) -> ShownDifference:
    """Return a disagreement as the page shows it."""
    text = texts[difference.text]
    return ShownDifference(
        difference,
        str(KIND_LABELS[difference.kind]),
        describe_difference(difference),
        articles[difference.text],
        find_block_index(text.blocks, difference.start) + 1,
        [codebook[tag] for tag in difference.tags],
        [make_version(coder, difference, text.text, codebook) for coder in difference.coders],
    )


def make_version(coder: str, difference: Difference, text: str, codebook: Codebook) -> Version:
    """Return what a coder marked, between the sentences around the whole disagreement."""
    passages = [passage for passage in difference.passages if passage.coder == coder]
    tags = list(dict.fromkeys(passage.tag for passage in passages))
    if not passages:
        return Version(coder, [], [])
    start, end = difference.start, min(difference.end, difference.start + MAX_LENGTH)
    exact = text[start:end]
    before = get_sentence_before(text[max(0, start - SENTENCE_WINDOW) : start], exact)
    after = get_sentence_after(exact, text[end : end + SENTENCE_WINDOW]) if end == difference.end else " …"
    pieces = [make_piece(text, part, passages, coder, codebook) for part in cut_up(start, end, passages)]
    return Version(coder, [codebook[tag] for tag in tags], [Piece(before, "", ""), *pieces, Piece(after, "", "")])


def cut_up(start: int, end: int, passages: Sequence[CodedPassage]) -> list[tuple[int, int]]:
    """Return the stretches of the text between which marks begin or end."""
    places = {start, end, *(place for passage in passages for place in passage[:2] if start < place < end)}
    return list(pairwise(sorted(places)))


def make_piece(
    text: str, part: tuple[int, int], passages: Sequence[CodedPassage], coder: str, codebook: Codebook
) -> Piece:
    """Return some words with the marks that are on them."""
    here = [codebook[one.tag] for one in passages if one.start <= part[0] and part[1] <= one.end]
    lanes = zip(here[:3], ("", "-b", "-c"), strict=False)
    classes = " ".join(
        [f"hue-{tag.colour}{lane}" for tag, lane in lanes] + ([f"depth-{min(len(here), 3)}"] if here else [])
    )
    names = ", ".join(tag.name for tag in here)
    return Piece(text[slice(*part)], classes, f"{coder}: {names}" if here else "")
