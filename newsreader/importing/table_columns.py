"""The columns of a table of articles: which heading means which field, and what a preview shows of them."""

import csv
import io
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

COLUMNS = ("title", "url", "source", "byline", "standfirst", "published_at", "language", "status", "html", "text")
# Other headings that tables of articles have, in lower case with single underscores.
OTHER_HEADINGS = {
    "title": ("headline", "heading"),
    "url": ("link", "address", "permalink"),
    "source": ("site", "publisher", "publication", "newspaper", "outlet"),
    "byline": ("author", "authors", "creator"),
    "standfirst": ("subtitle", "summary", "lead", "lede", "deck", "description", "abstract"),
    "published_at": ("published", "date", "publication_date", "published_date", "date_published", "pubdate"),
    "language": ("lang",),
    "html": ("content_html", "body_html"),
    "text": ("body", "content", "full_text", "fulltext", "plain_text"),
}
FIELDS = {other: name for name, others in OTHER_HEADINGS.items() for other in others} | {name: name for name in COLUMNS}
DELIMITERS = (",", ";", "\t")
MAX_SAMPLES, MAX_SAMPLE_LENGTH, MAX_IGNORED, MAX_HEADING_LENGTH = 3, 60, 20, 60  # cells, characters


class Table(NamedTuple):
    """A table that was read: its rows, its columns (`name`, `heading`, `samples`), and the headings that are ignored."""

    rows: list[dict[str, str]]
    columns: list[dict[str, Any]]
    ignored: list[str]


def match_headings(headings: Iterable[str]) -> dict[str, str]:
    """Return the field of each heading that means one; a field's own name goes before other names for it."""
    matched: dict[str, str] = {}
    own_first = sorted(headings, key=lambda heading: simplify(heading) not in COLUMNS)
    for heading in own_first:
        field = FIELDS.get(simplify(heading), "")
        if field and field not in matched.values():
            matched[heading] = field
    return matched


def simplify(heading: str) -> str:
    """Return a heading in lower case, with one underscore between its words."""
    return re.sub(r"[\s_-]+", "_", heading.strip()).casefold()


def find_delimiter(text: str) -> str:
    """Return the delimiter with which the first line has most columns that are known."""
    return max(DELIMITERS, key=lambda delimiter: len(match_headings(read_headings(text, delimiter))))


def read_headings(text: str, delimiter: str) -> list[str]:
    """Return the cells of the first line; none where they cannot be read with this delimiter."""
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []


def describe_columns(rows: list[dict[str, str]]) -> tuple[dict[str, str], list[dict[str, Any]], list[str]]:
    """Return the fields by their headings, the columns with samples, and the headings that are ignored."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    fields = match_headings(headings)
    columns = [
        {
            "name": fields[heading],
            "heading": heading.strip()[:MAX_HEADING_LENGTH],
            "samples": take_samples(rows, heading),
        }
        for heading in headings
        if heading in fields
    ]
    ignored = [heading.strip()[:MAX_HEADING_LENGTH] for heading in headings if heading not in fields]
    return fields, columns, [heading for heading in ignored if heading][:MAX_IGNORED]


def take_samples(rows: list[dict[str, str]], heading: str) -> list[str]:
    """Return what the first rows have in a column, shortened."""
    cells = (" ".join(row.get(heading, "")[:1000].split()) for row in rows[:MAX_SAMPLES])
    return [f"{cell[:MAX_SAMPLE_LENGTH]}…" if len(cell) > MAX_SAMPLE_LENGTH else cell for cell in cells if cell]
