"""Tables as comma-separated values that a spreadsheet opens as they are, and never runs."""

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import chain, islice
from string import ascii_letters, digits

from annotations.exchange.sections import ExportDetails, Section

BYTE_ORDER_MARK = "\ufeff"  # Without it spreadsheets take UTF-8 for something older.
INVISIBLE_CHARACTERS = r"[\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*"
FORMULA_START = re.compile(INVISIBLE_CHARACTERS + r"[=+\-@＝＋－＠\t\r\n]")
COLUMNS = (
    "id permalink project article source published original_address reader made_at start end quote prefix suffix tags note "
    "byline language revision"
).split()
ROWS_PER_CHUNK = 100  # lines
SAFE_FIRST_CHARACTERS = frozenset(["", "“", "„", "‘", "«", *ascii_letters, *digits])  # begins no formula
HEADING_COLUMNS = {0: [], 1: ["group"], 2: ["row", "column"]}


def write_csv(sections: Iterable[Section], about: ExportDetails) -> Iterator[str]:
    """The passages as comma-separated values; their headings, if they have any, stand in the last columns."""
    names, rows = make_table(sections, about)
    return write_rows(names, rows)


def make_table(sections: Iterable[Section], about: ExportDetails) -> tuple[list[str], Iterator[list]]:
    """The names of the columns, and the values of each passage in their order."""
    sections = iter(sections)
    first = next(sections, Section((), ()))
    return COLUMNS + HEADING_COLUMNS[len(first.headings)], iterate_rows(chain([first], sections), about)


def iterate_rows(sections: Iterable[Section], about: ExportDetails) -> Iterator[list]:
    for section in sections:
        for line in section.lines:
            yield [*make_row(line, about), *section.headings]


def make_row(line, about: ExportDetails) -> list:
    """One passage in the order of COLUMNS."""
    published = line.published_at and line.published_at.isoformat()
    facts = [
        str(line.id),
        about.permalink(line),
        about.project,
        line.article,
        line.source,
        published,
        line.url,
        line.reader,
    ]
    quote = [line.created_at.isoformat(), line.start, line.end, line.exact, line.prefix, line.suffix]
    return [*facts, *quote, "; ".join(line.tags), line.note, line.byline, line.language, line.revision]


def write_rows(head: Iterable[str], rows: Iterable[Iterable]) -> Iterator[str]:
    """The lines of a table, some at a time, the first with a byte order mark."""
    page = StringIO()
    writer = csv.writer(page)
    page.write(BYTE_ORDER_MARK)
    writer.writerow(head)
    rows = iter(rows)
    while some := list(islice(rows, ROWS_PER_CHUNK)):
        writer.writerows(
            [
                cell
                if type(cell) is int or (type(cell) is str and cell[:1] in SAFE_FIRST_CHARACTERS)
                else escape_formula(cell)
                for cell in row
            ]
            for row in some
        )
        yield page.getvalue()
        page.seek(0)
        page.truncate()
    if left := page.getvalue():
        yield left


def escape_formula(cell) -> str:
    """The cell as text; an apostrophe stands before what a spreadsheet would take for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if not text[:1].isalnum() and FORMULA_START.match(text) else text
