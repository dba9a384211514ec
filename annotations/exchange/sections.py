"""What is exported: passages in sections, and the details of the export as a whole."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

from newsreader.text.dates import format_day

Item = TypeVar("Item")


class TagDefinition(NamedTuple):
    """A tag of the codebook in words; `colour` is the number of its hue, `parent` the name of another tag."""

    name: str
    parent: str
    colour: int
    definition: str
    status: str


class ExportedReply(NamedTuple):
    """A reply to a highlight, as it is exported."""

    reader: str
    text: str
    made: datetime


class ExportedPassage(NamedTuple):
    """A highlight as it is exported, whole; start and end are code points of its revision's text."""

    id: UUID
    article: str
    slug: str
    source: str
    byline: str
    language: str
    direction: str
    published_at: datetime | None
    url: str
    revision: int
    reader: str
    created_at: datetime
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    note: str
    note_html: str
    tags: list[str]
    replies: list[ExportedReply] = []  # never changed


class ExportDetails(NamedTuple):
    """Where an export comes from: the project, which passages were selected in words, the site, the moment, the codebook."""

    project: str
    selection: str
    highlights_url: str  # the address of highlights on this site, up to their keys
    exported_at: datetime
    codebook: list[TagDefinition]
    language: str = "en"  # in which the selection is described

    def make_permalink(self, passage: ExportedPassage) -> str:
        """Return the address of the passage on this site."""
        return f"{self.highlights_url}{passage.id}/"


class Section(NamedTuple, Generic[Item]):
    """Passages, or cited articles, under headings: none for a plain list, one for a group, two for the cell of a desk."""

    headings: tuple[str, ...]
    items: Iterable[Item]


def pair_with_headings(sections: Iterable[Section[Item]]) -> Iterator[tuple[list[tuple[int, str]], Item | None]]:
    """Yield each item with the (level from 0, words) headings that begin before it; for an empty section, None."""
    previous: tuple[str, ...] = ()
    for section in sections:
        headings, is_empty = find_new_headings(previous, section.headings), True
        for item in section.items:
            yield headings, item
            headings, is_empty = [], False
        if is_empty:
            yield headings, None
        previous = section.headings


def find_new_headings(previous: tuple[str, ...], headings: tuple[str, ...]) -> list[tuple[int, str]]:
    """Return the (level, words) headings that differ from those before, and all below the first of them."""
    level = 0
    while level < min(len(previous), len(headings)) and previous[level] == headings[level]:
        level += 1
    return list(enumerate(headings))[level:]


def format_published(passage: ExportedPassage) -> str:
    """Return the day on which the article was published; empty where that is not known."""
    return format_day(passage.published_at) if passage.published_at else ""


def format_origin(passage: ExportedPassage) -> str:
    """Return source, byline and day of the article, as far as they are known."""
    return ", ".join(filter(None, [passage.source, passage.byline, format_published(passage)]))


def drop_empty_lines(quote: str) -> str:
    """Return the quote without the empty lines that lists and tables leave."""
    return "\n".join(line for line in quote.splitlines() if line.strip())
