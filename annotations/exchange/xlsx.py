"""Workbooks: the passages, the codebook, and what is said about both. No cell is a formula, a link or a number that was text."""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import xlsxwriter

from annotations.exchange.csv_table import make_table
from annotations.exchange.files import read_chunks
from annotations.exchange.sections import ExportDetails, Section
from annotations.exchange.xml_text import replace_illegal

MAX_CELL_LENGTH = 32_767  # UTF-16 units a cell may hold: an emoji counts twice
CUT_NOTICE = " … (cut here: a cell holds no more)"
MAX_ROWS = 1_048_575  # rows a sheet may hold, besides its head
WORKBOOK_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_xlsx(sections: Iterable[Section], about: ExportDetails) -> Iterator[bytes]:
    """The workbook, made in a temporary file and sent piece by piece."""
    with tempfile.TemporaryDirectory(prefix="newsreader-") as folder:
        path = Path(folder) / "passages.xlsx"
        with xlsxwriter.Workbook(path, WORKBOOK_OPTIONS | {"tmpdir": folder}) as book:
            add_sheets(book, sections, about)
        yield from read_chunks(path)


def add_sheets(book, sections: Iterable[Section], about: ExportDetails) -> None:
    """Sheet by sheet; a row that was written is not kept in memory."""
    bold = book.add_format({"bold": True})
    names, rows = make_table(sections, about)
    sheet = begin_sheet(book, "passages", names, bold)
    number = 0
    for number, row in enumerate(rows, 1):
        if number > MAX_ROWS:
            break
        write_row(sheet, number, row)
    add_sheet(book, "codebook", ["tag", "under", "colour", "definition", "status"], about.codebook, bold)
    add_sheet(book, "about", ["what", "is"], describe_export(about, number), bold)


def describe_export(about: ExportDetails, number: int) -> list[tuple]:
    """What the last sheet says."""
    left = f"{MAX_ROWS}; the others did not fit on a sheet" if number > MAX_ROWS else str(number)
    return [("project", about.project), ("passages", left), ("chosen by", about.asked), ("at", about.at.isoformat())]


def add_sheet(book, name: str, head: list[str], rows: Iterable[Iterable], bold) -> None:
    sheet = begin_sheet(book, name, head, bold)
    for number, row in enumerate(rows, 1):
        write_row(sheet, number, row)


def begin_sheet(book, name: str, head: list[str], bold):
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for column, word in enumerate(head):
        sheet.set_column(column, column, 60 if word in ("quote", "definition", "note", "is") else 18)
        sheet.write_string(0, column, word, bold)
    return sheet


def write_row(sheet, number: int, row: Iterable) -> None:
    for column, cell in enumerate(row):
        if type(cell) is int:
            sheet.write_number(number, column, cell)
        elif text := fit_cell("" if cell is None else str(cell)):
            sheet.write_string(number, column, text)


def fit_cell(text: str) -> str:
    """The text as a cell may hold it."""
    text = replace_illegal(text)
    if 2 * len(text) <= MAX_CELL_LENGTH or count_utf16_units(text) <= MAX_CELL_LENGTH:
        return text
    kept = text.encode("utf-16-le")[: 2 * (MAX_CELL_LENGTH - len(CUT_NOTICE))]
    return kept.decode("utf-16-le", "ignore") + CUT_NOTICE  # half a pair is dropped


def count_utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
