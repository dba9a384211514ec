"""Tables as comma-separated values that a spreadsheet opens as they are, and never runs."""

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from .sections import About, Section

BYTE_ORDER_MARK = "\ufeff"  # Without it spreadsheets take UTF-8 for something older.
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠\t\r\n]")
COLUMNS = (
    "id permalink project article source published original_address reader made_at start end quote prefix suffix tags note "
    "byline language revision"
).split()
HEADINGS = {0: [], 1: ["group"], 2: ["row", "column"]}


class Line:
    """A file that gives back what is written to it."""

    def write(self, line: str) -> str:
        return line


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
    facts = [line.id, about.permalink(line), about.project, line.article, line.source, published, line.url, line.reader]
    quote = [line.created_at.isoformat(), line.start, line.end, line.exact, line.prefix, line.suffix]
    return [*facts, *quote, "; ".join(line.tags), line.note, line.byline, line.language, line.revision]


def written(head: Iterable[str], rows: Iterable[Iterable]) -> Iterator[str]:
    """The lines of a table, one at a time, the first with a byte order mark."""
    writer = csv.writer(Line())
    yield BYTE_ORDER_MARK + writer.writerow(head)
    for row in rows:
        yield writer.writerow([cell if type(cell) is int else harmless(cell) for cell in row])


def harmless(cell) -> str:
    """The cell as text; an apostrophe stands before what a spreadsheet would take for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if FORMULA.match(text) else text
