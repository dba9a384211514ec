"""Tables as comma-separated values that a spreadsheet opens as they are, and never runs."""

import csv
import re
from collections.abc import Iterable, Iterator

BYTE_ORDER_MARK = "\ufeff"  # Without it spreadsheets take UTF-8 for something older.
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠\t\r\n]")


class Line:
    """A file that gives back what is written to it."""

    def write(self, line: str) -> str:
        return line


def written(head: Iterable[str], rows: Iterable[Iterable]) -> Iterator[str]:
    """The lines of a table, one at a time, the first with a byte order mark."""
    writer = csv.writer(Line())
    yield BYTE_ORDER_MARK + writer.writerow(head)
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


def harmless(cell) -> str:
    """The cell as text; an apostrophe stands before what a spreadsheet would take for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if FORMULA.match(text) else text
