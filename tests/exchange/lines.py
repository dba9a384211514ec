"""Passages for tests of formats, as the product reads them."""

from datetime import UTC, datetime
from uuid import UUID

from annotations.exchange.sections import ExportDetails, Section, TagDefinition
from annotations.passages.passage import Line

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
CODEBOOK = [
    TagDefinition("Positions", "", 1, "What somebody wants.", "active"),
    TagDefinition("red line", "Positions", 4, "=1+1", "active"),
]
ABOUT = ExportDetails("Harbour study", "All passages.", "https://reader.example/highlights/", AT, CODEBOOK)


def line(number: int = 1, **fields) -> Line:
    """A passage; what is not said is ordinary."""
    usual = {
        "id": UUID(int=number),
        "article": "Harbour reopens",
        "slug": "harbour-reopens",
        "source": "The Quay",
        "byline": "Ines Molnar",
        "language": "en",
        "direction": "ltr",
        "published_at": datetime(2026, 11, 18, 9, 30, tzinfo=UTC),
        "url": "https://quay.example/1",
        "revision": 1,
        "reader": "alice",
        "created_at": AT,
        "start": 3,
        "end": 20,
        "exact": "reopened on Monday",
        "prefix": "Brevik ",
        "suffix": " after",
        "note": "Who *says* so?",
        "note_html": "<p>Who <em>says</em> so?</p>",
        "tags": ["red line"],
    }
    return Line(**usual | fields)


def flat(*lines: Line) -> list[Section]:
    return [Section((), lines)]


def desk(cells: dict[tuple[str, str], list[Line]]) -> list[Section]:
    return [Section(headings, lines) for headings, lines in cells.items()]
