"""Tables as comma-separated values that a spreadsheet opens as they are, and never runs."""

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import chain, islice
from string import ascii_letters, digits
from typing import Any

from annotations.exchange.sections import ExportDetails, ExportedPassage, Section

BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets take UTF-8 for something older
INVISIBLE_CHARACTERS = r"[\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*"
# Behind apostrophes, too: so one that we wrote is told from one that was there.
FORMULA_START = re.compile("'*" + INVISIBLE_CHARACTERS + r"[=+\-@＝＋－＠\t\r\n]")
COLUMNS = (
    "id permalink project article source published original_address reader made_at start end quote prefix suffix tags note "
    "byline language revision"
).split()
ROWS_PER_CHUNK = 100
SAFE_FIRST_CHARACTERS = frozenset(["", "“", "„", "‘", "«", *ascii_letters, *digits])  # begin no formula
HEADING_COLUMNS: dict[int, list[str]] = {0: [], 1: ["group"], 2: ["row", "column"]}

Sections = Iterable[Section[ExportedPassage]]


def write_csv(sections: Sections, details: ExportDetails) -> Iterator[str]:
    """Yield the passages as comma-separated values; their headings, if they have any, are in the last columns."""
    return write_rows(*make_table(sections, details))


def make_table(sections: Sections, details: ExportDetails) -> tuple[list[str], Iterator[list[Any]]]:
    """Return the names of the columns, and the values of each passage in their order."""
    sections = iter(sections)
    first = next(sections, Section((), ()))
    return COLUMNS + HEADING_COLUMNS[len(first.headings)], iterate_rows(chain([first], sections), details)


def iterate_rows(sections: Sections, details: ExportDetails) -> Iterator[list[Any]]:
    """Yield the row of each passage, its headings at the end."""
    for section in sections:
        for passage in section.items:
            yield [*make_row(passage, details), *section.headings]


def make_row(passage: ExportedPassage, details: ExportDetails) -> list[Any]:
    """Return the values of a passage in the order of COLUMNS."""
    return [
        *(str(passage.id), details.make_permalink(passage), details.project, passage.article, passage.source),
        *(passage.published_at and passage.published_at.isoformat(), passage.url, passage.reader),
        *(passage.created_at.isoformat(), passage.start, passage.end, passage.exact, passage.prefix, passage.suffix),
        *(join_tags(passage.tags), passage.note, passage.byline, passage.language, passage.revision),
    ]


def write_rows(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Yield the lines of a table, ROWS_PER_CHUNK at a time, the first with a byte order mark."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    buffer.write(BYTE_ORDER_MARK)
    writer.writerow(head)
    rows = iter(rows)
    while chunk := list(islice(rows, ROWS_PER_CHUNK)):
        writer.writerows(escape_row(row) for row in chunk)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    if rest := buffer.getvalue():
        yield rest


def escape_row(row: Iterable[Any]) -> list[Any]:
    """Return the row with nothing in it that a spreadsheet would take for a formula."""
    return [
        cell if type(cell) is int or (type(cell) is str and cell[:1] in SAFE_FIRST_CHARACTERS) else escape_formula(cell)
        for cell in row
    ]


def join_tags(names: Iterable[str]) -> str:
    """Return tag names for one cell, with semicolons between; a name with one stands in quotation marks."""
    return "; ".join('"' + name.replace('"', '""') + '"' if set(';"') & set(name) else name for name in names)


def split_tags(cell: str) -> list[str]:
    """Return the names in a cell as `join_tags` writes it."""
    names = next(csv.reader([cell.replace("\n", " ")], delimiter=";", skipinitialspace=True), [])
    return [name.strip() for name in names if name.strip()]


def unescape_formula(text: str) -> str:
    """Return a cell without the apostrophe that `escape_formula` writes."""
    return text[1:] if text.startswith("'") and FORMULA_START.match(text[1:]) else text


def escape_formula(cell: Any) -> str:
    """Return the cell as text; an apostrophe stands before what a spreadsheet would take for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if not text[:1].isalnum() and FORMULA_START.match(text) else text
