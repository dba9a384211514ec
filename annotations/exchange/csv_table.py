"""Tables as comma-separated values that a spreadsheet opens as they are, and never runs."""

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import chain, islice
from string import ascii_letters, digits

from annotations.exchange.sections import About, Section

BYTE_ORDER_MARK = "\ufeff"  # Without it spreadsheets take UTF-8 for something older.
UNSEEN = r"[\s\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]*"
FORMULA = re.compile(UNSEEN + r"[=+\-@＝＋－＠\t\r\n]")
COLUMNS = (
    "id permalink project article source published original_address reader made_at start end quote prefix suffix tags note "
    "byline language revision"
).split()
AT_ONCE = 100  # lines
PLAIN = frozenset(["", "“", "„", "‘", "«", *ascii_letters, *digits])  # begins no formula
HEADINGS = {0: [], 1: ["group"], 2: ["row", "column"]}


def write(sections: Iterable[Section], about: About) -> Iterator[str]:
    """The passages as comma-separated values; their headings, if they have any, stand in the last columns."""
    names, rows = table(sections, about)
    return written(names, rows)


def table(sections: Iterable[Section], about: About) -> tuple[list[str], Iterator[list]]:
    """The names of the columns, and the values of each passage in their order."""
    sections = iter(sections)
    first = next(sections, Section((), ()))
    return COLUMNS + HEADINGS[len(first.headings)], rows_of(chain([first], sections), about)


def rows_of(sections: Iterable[Section], about: About) -> Iterator[list]:
    for section in sections:
        for line in section.lines:
            yield [*row_of(line, about), *section.headings]


def row_of(line, about: About) -> list:
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


def written(head: Iterable[str], rows: Iterable[Iterable]) -> Iterator[str]:
    """The lines of a table, some at a time, the first with a byte order mark."""
    page = StringIO()
    writer = csv.writer(page)
    page.write(BYTE_ORDER_MARK)
    writer.writerow(head)
    rows = iter(rows)
    while some := list(islice(rows, AT_ONCE)):
        writer.writerows(
            [cell if type(cell) is int or (type(cell) is str and cell[:1] in PLAIN) else harmless(cell) for cell in row]
            for row in some
        )
        yield page.getvalue()
        page.seek(0)
        page.truncate()
    if left := page.getvalue():
        yield left


def harmless(cell) -> str:
    """The cell as text; an apostrophe stands before what a spreadsheet would take for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if not text[:1].isalnum() and FORMULA.match(text) else text
