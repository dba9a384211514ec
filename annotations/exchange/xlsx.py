"""Workbooks (XLSX): the passages, the codebook, and the details of the export.

No cell is a formula, a link or a number that was text.
"""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.format import Format as CellFormat
from xlsxwriter.worksheet import Worksheet

from annotations.exchange.csv_table import make_table
from annotations.exchange.files import read_chunks
from annotations.exchange.sections import ExportDetails, ExportedPassage, Section
from annotations.exchange.xml_text import replace_illegal
from newsreader.text.language.direction import detect_direction
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop

RIGHT_TO_LEFT = 2  # a reading order
MAX_CELL_LENGTH = 32_767  # UTF-16 units a cell may hold: an emoji counts twice
CUT_NOTICE = gettext_noop(" … (cut: cell limit reached)")
MAX_ROWS = 1_048_575  # that a sheet may hold, besides its head
WIDE_COLUMNS = ("quote", "definition", "note", "is")
WORKBOOK_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Styles(NamedTuple):
    """How cells look."""

    bold: CellFormat
    right_to_left: CellFormat


def write_xlsx(sections: Iterable[Section[ExportedPassage]], details: ExportDetails) -> Iterator[bytes]:
    """Yield the workbook, made in a temporary file, in chunks."""
    with tempfile.TemporaryDirectory(prefix="newsreader-") as folder:
        path = Path(folder) / "passages.xlsx"
        with xlsxwriter.Workbook(path, WORKBOOK_OPTIONS | {"tmpdir": folder}) as book:
            add_sheets(book, sections, details)
        yield from read_chunks(path)


def add_sheets(book: xlsxwriter.Workbook, sections: Iterable[Section[ExportedPassage]], details: ExportDetails) -> None:
    """Write sheet by sheet; a row that was written is not kept in memory."""
    styles = Styles(book.add_format({"bold": True}), book.add_format({"reading_order": RIGHT_TO_LEFT}))
    names, rows = make_table(sections, details)
    sheet = begin_sheet(book, "passages", names, styles)
    number = 0
    for number, row in enumerate(rows, 1):
        if number > MAX_ROWS:
            break
        write_row(sheet, number, row, styles)
    add_sheet(book, "codebook", ["tag", "under", "colour", "definition", "status"], details.codebook, styles)
    add_sheet(book, "about", ["what", "is"], describe_export(details, number), styles)


def describe_export(details: ExportDetails, number: int) -> list[tuple[str, str]]:
    """Return the rows of the last sheet; `number` is that of the passages, more than MAX_ROWS if some are left out."""
    full = _("%(number)s; the rest did not fit on the sheet") % {"number": MAX_ROWS}
    count = full if number > MAX_ROWS else str(number)
    return [
        ("project", details.project),
        ("passages", count),
        ("chosen by", details.selection),
        ("at", details.exported_at.isoformat()),
    ]


def add_sheet(
    book: xlsxwriter.Workbook, name: str, head: list[str], rows: Iterable[Iterable[Any]], styles: Styles
) -> None:
    """Add a sheet with these rows."""
    sheet = begin_sheet(book, name, head, styles)
    for number, row in enumerate(rows, 1):
        write_row(sheet, number, row, styles)


def begin_sheet(book: xlsxwriter.Workbook, name: str, head: list[str], styles: Styles) -> Worksheet:
    """Add a sheet with its first row, which stays in sight."""
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for column, word in enumerate(head):
        sheet.set_column(column, column, 60 if word in WIDE_COLUMNS else 18)
        sheet.write_string(0, column, word, styles.bold)
    return sheet


def write_row(sheet: Worksheet, number: int, row: Iterable[Any], styles: Styles) -> None:
    """Write a row; whole numbers as numbers, all else as text, in its direction."""
    for column, cell in enumerate(row):
        if type(cell) is int:
            sheet.write_number(number, column, cell)
        elif text := fit_cell("" if cell is None else str(cell)):
            sheet.write_string(number, column, text, styles.right_to_left if is_right_to_left(text) else None)


def is_right_to_left(text: str) -> bool:
    """Return whether a text is read from right to left."""
    return not text.isascii() and detect_direction("", text) == "rtl"


def fit_cell(text: str) -> str:
    """Return the text as a cell may hold it; what is too long is cut, and says so."""
    text = replace_illegal(text)
    if 2 * len(text) <= MAX_CELL_LENGTH or count_utf16_units(text) <= MAX_CELL_LENGTH:
        return text
    notice = _(CUT_NOTICE)
    kept = text.encode("utf-16-le")[: 2 * (MAX_CELL_LENGTH - count_utf16_units(notice))]
    return kept.decode("utf-16-le", "ignore") + notice  # half a pair is dropped


def count_utf16_units(text: str) -> int:
    """Return the length of the text in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
