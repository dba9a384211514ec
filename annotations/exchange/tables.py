"""Tables from others: text with commas, semicolons or tabs, and the sheets of a workbook (XLSX); all sizes are capped."""

import csv
import io
import re
import warnings
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from annotations.exchange.archives import MAX_ARCHIVE_ENTRIES
from annotations.exchange.bundle import MAX_ENTRIES
from annotations.exchange.file_kinds import UNKNOWN_FORMAT
from annotations.exchange.record import UnreadableFileError
from newsreader.text.translation import gettext_noop

MAX_CELL_LENGTH, MAX_COLUMNS = 100_000, 100  # of a table
MAX_SHEETS, MAX_WORKBOOK_BYTES = 20, 200_000_000  # of a workbook, unpacked
DELIMITERS = ",;\t"
DELIMITER_LINE = re.compile(r"sep=([,;\t])\s*$", re.IGNORECASE)  # which Excel writes and reads above a table
# What a workbook writes for a carriage return, and for the underscore of words that look like such a code.
CODED_CHARACTER = re.compile("_x(000D|005F)_", re.IGNORECASE)
TABLE_TOO_LARGE = gettext_noop("This table has more than %(rows)s rows or %(columns)s columns.")
TABLE_DAMAGED = gettext_noop("This table is damaged, or a cell of it is too large.")
WORKBOOK_DAMAGED = gettext_noop("This workbook is damaged or password-protected.")
WORKBOOK_TOO_LARGE = gettext_noop("Unpacked, this workbook would be larger than %(megabytes)s MB.")

Row = dict[str, str]  # cells by the names of their columns, in lower case


class Table(NamedTuple):
    """A table: the names of its columns in lower case, and its rows; those of text may have apostrophes before formulas."""

    columns: list[str]
    rows: Iterator[Row]
    is_text: bool = True


def read_text_table(text: str) -> Table:
    """Return the table that a text is; its first line decides about the delimiter. UnreadableFileError where it is too wide."""
    csv.field_size_limit(MAX_CELL_LENGTH)
    text = text.lstrip("\ufeff\r\n")
    first = io.StringIO(text, newline="").readline()
    stated = DELIMITER_LINE.match(first)
    text, delimiter = (text[len(first) :], stated[1]) if stated else (text, find_delimiter(first))
    return make_table(read_text_rows(text, delimiter), is_text=True)


def find_delimiter(head: str) -> str:
    """Return the delimiter that makes most columns of the first line."""
    return max(DELIMITERS, key=lambda delimiter: count_columns(head[:MAX_CELL_LENGTH], delimiter))


def count_columns(head: str, delimiter: str) -> int:
    """Return how many columns a delimiter makes of the first line; 0 where it cannot be read so."""
    try:
        return len(next(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), []))
    except csv.Error:
        return 0


def read_text_rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """Yield the cells of each row; UnreadableFileError where the text is no such table."""
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise UnreadableFileError(TABLE_DAMAGED) from error


def make_table(rows: Iterator[list[str]], *, is_text: bool) -> Table:
    """Return a table whose first row names its columns; UnreadableFileError where these are too many."""
    columns = [name.strip().lower() for name in next(rows, [])[: MAX_COLUMNS + 1]]
    if len(columns) > MAX_COLUMNS:
        raise UnreadableFileError(UNKNOWN_FORMAT)
    return Table(columns, name_cells(columns, rows), is_text)


def name_cells(columns: list[str], rows: Iterator[list[str]]) -> Iterator[Row]:
    """Yield the rows by the names of their columns; UnreadableFileError where they are too many or too wide."""
    for number, row in enumerate(filter(any, rows)):
        if number >= MAX_ENTRIES or len(row) > MAX_COLUMNS:
            raise make_size_error()
        yield dict(zip(columns, row, strict=False))


def make_size_error() -> UnreadableFileError:
    """Return the error that a table is too large."""
    return UnreadableFileError(TABLE_TOO_LARGE, rows=f"{MAX_ENTRIES:,}", columns=MAX_COLUMNS)


def read_workbook(data: bytes) -> Iterator[Table]:
    """Yield the sheets of a workbook as tables, each to be read before the next; UnreadableFileError where it is unsafe."""
    from openpyxl import load_workbook  # noqa: PLC0415  takes a tenth of a second, and seldom a file is a workbook

    warnings.filterwarnings("ignore", module="openpyxl")  # about parts of a workbook that nothing here reads
    refuse_large_workbook(data)
    try:
        # Formulas as they are written: a program may have taken a tag such as =cmd() for one.
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        for sheet in islice(book.worksheets, MAX_SHEETS):
            sheet.reset_dimensions()  # what a file says of its size may be wrong
            cells = sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1)
            yield make_table(map(read_cells, require_sound(cells)), is_text=False)
    except (UnreadableFileError, MemoryError):
        raise
    except Exception as error:  # openpyxl has no class of errors of its own
        raise UnreadableFileError(WORKBOOK_DAMAGED) from error


def require_sound(rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """Yield the rows of a sheet, which is read while its rows are used; UnreadableFileError where it is damaged."""
    try:
        yield from rows
    except MemoryError:
        raise
    except Exception as error:
        raise UnreadableFileError(WORKBOOK_DAMAGED) from error


def refuse_large_workbook(data: bytes) -> None:
    """Raise UnreadableFileError where a workbook has too many parts, or unpacks to too much."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            sizes = [entry.file_size for entry in archive.infolist()]
    except BadZipFile as error:
        raise UnreadableFileError(WORKBOOK_DAMAGED) from error
    if len(sizes) > MAX_ARCHIVE_ENTRIES or sum(sizes) > MAX_WORKBOOK_BYTES:
        raise UnreadableFileError(WORKBOOK_TOO_LARGE, megabytes=MAX_WORKBOOK_BYTES // 1_000_000)


def read_cells(cells: tuple[object, ...]) -> list[str]:
    """Return the cells of a row as text, without the empty ones at its end."""
    texts = [read_cell(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def read_cell(cell: object) -> str:
    """Return a cell as text: a whole number without a fraction, a day in its ISO form."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = CODED_CHARACTER.sub(lambda code: "" if code[1].upper() == "000D" else "_", str(cell))
    if len(text) > MAX_CELL_LENGTH:
        raise UnreadableFileError(TABLE_DAMAGED)
    return text
