"""Workbooks: the passages, the codebook, and what is said about both. No cell is a formula, a link or a number that was text."""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import xlsxwriter

from annotations.exchange.csv_table import table
from annotations.exchange.files import pieces
from annotations.exchange.sections import About, Section
from annotations.exchange.xml_text import legal

LONGEST = 32_767  # UTF-16 units a cell may hold: an emoji counts twice
CUT = " … (cut here: a cell holds no more)"
MOST = 1_048_575  # rows a sheet may hold, besides its head
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write(sections: Iterable[Section], about: About) -> Iterator[bytes]:
    """The workbook, made in a temporary file and sent piece by piece."""
    with tempfile.TemporaryDirectory(prefix="newsreader-") as folder:
        path = Path(folder) / "passages.xlsx"
        with xlsxwriter.Workbook(path, OPTIONS | {"tmpdir": folder}) as book:
            fill(book, sections, about)
        yield from pieces(path)


def fill(book, sections: Iterable[Section], about: About) -> None:
    """Sheet by sheet; a row that was written is not kept in memory."""
    bold = book.add_format({"bold": True})
    names, rows = table(sections, about)
    sheet = begin(book, "passages", names, bold)
    number = 0
    for number, row in enumerate(rows, 1):
        if number > MOST:
            break
        line_up(sheet, number, row)
    add(book, "codebook", ["tag", "under", "colour", "definition", "status"], about.codebook, bold)
    add(book, "about", ["what", "is"], told(about, number), bold)


def told(about: About, number: int) -> list[tuple]:
    """What the last sheet says."""
    left = f"{MOST}; the others did not fit on a sheet" if number > MOST else str(number)
    return [("project", about.project), ("passages", left), ("chosen by", about.asked), ("at", about.at.isoformat())]


def add(book, name: str, head: list[str], rows: Iterable[Iterable], bold) -> None:
    sheet = begin(book, name, head, bold)
    for number, row in enumerate(rows, 1):
        line_up(sheet, number, row)


def begin(book, name: str, head: list[str], bold):
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for column, word in enumerate(head):
        sheet.set_column(column, column, 60 if word in ("quote", "definition", "note", "is") else 18)
        sheet.write_string(0, column, word, bold)
    return sheet


def line_up(sheet, number: int, row: Iterable) -> None:
    for column, cell in enumerate(row):
        if type(cell) is int:
            sheet.write_number(number, column, cell)
        elif text := fitting("" if cell is None else str(cell)):
            sheet.write_string(number, column, text)


def fitting(text: str) -> str:
    """The text as a cell may hold it."""
    text = legal(text)
    if 2 * len(text) <= LONGEST or units(text) <= LONGEST:
        return text
    kept = text.encode("utf-16-le")[: 2 * (LONGEST - len(CUT))]
    return kept.decode("utf-16-le", "ignore") + CUT  # half a pair is dropped


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
