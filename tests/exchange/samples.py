"""Sample passages for the tests of formats."""

from datetime import UTC, datetime
from uuid import UUID

from annotations.exchange.sections import ExportDetails, ExportedPassage, Section, TagDefinition

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
CODEBOOK = [
    TagDefinition("Positions", "", 1, "What somebody wants.", "active"),
    TagDefinition("red line", "Positions", 4, "=1+1", "active"),
]
DETAILS = ExportDetails("Harbour study", "All passages.", "https://reader.example/highlights/", AT, CODEBOOK)


def make_passage(number: int = 1, **fields) -> ExportedPassage:
    """Return a passage; fields that are not given are ordinary."""
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
    return ExportedPassage(**usual | fields)


def list_passages(*passages: ExportedPassage) -> list[Section]:
    """Return one section without headings."""
    return [Section((), passages)]


def make_desk(cells: dict[tuple[str, str], list[ExportedPassage]]) -> list[Section]:
    """Return a section for each cell, by the headings of its row and its column."""
    return [Section(headings, passages) for headings, passages in cells.items()]
