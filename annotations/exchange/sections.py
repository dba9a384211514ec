"""What is exported: passages in sections, and what is said about all of them together."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple


class TagDefinition(NamedTuple):
    """A tag of the codebook in words; `colour` is the number of its hue."""

    name: str
    parent: str
    colour: int
    definition: str
    status: str


class ExportDetails(NamedTuple):
    """Where an export comes from: project, the choice of passages in words, the site, and the moment."""

    project: str
    asked: str
    highlights: str  # the address of highlights on this site, up to their keys
    at: datetime
    codebook: list[TagDefinition]

    def permalink(self, line) -> str:
        return f"{self.highlights}{line.id}/"


class Section(NamedTuple):
    """Passages under headings: none for a plain list, one for a group, two for the cell of a desk."""

    headings: tuple[str, ...]
    lines: Iterable


def pair_with_headings(sections: Iterable[Section]) -> Iterator[tuple[list[tuple[int, str]], object]]:
    """Each line with the headings (level from 0, words) that begin before it; empty sections say only their headings."""
    said: tuple[str, ...] = ()
    for section in sections:
        fresh, empty = find_new_headings(said, section.headings), True
        for line in section.lines:
            yield fresh, line
            fresh, empty = [], False
        if empty:
            yield fresh, None
        said = section.headings


def find_new_headings(said: tuple[str, ...], headings: tuple[str, ...]) -> list[tuple[int, str]]:
    same = 0
    while same < min(len(said), len(headings)) and said[same] == headings[same]:
        same += 1
    return [(level, headings[level]) for level in range(same, len(headings))]


def format_published(line) -> str:
    """The day an article was published; empty where that is not known."""
    return f"{line.published_at:%Y-%m-%d}" if line.published_at else ""
