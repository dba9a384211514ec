"""Tables from others, with whatever delimiter and encoding, and what is said of files that are none."""

import io
import zipfile
from datetime import datetime

from openpyxl import Workbook

from annotations.exchange.csv_table import join_tags, split_tags, write_csv
from annotations.exchange.detect import read_bundle
from annotations.exchange.file_kinds import is_project_name
from annotations.exchange.record import UnreadableFileError
from annotations.exchange.xlsx import write_xlsx
from cases import each
from exchange.samples import DETAILS, make_desk, make_passage

HEAD = ["id", "document", "tag", "content"]
ROWS = [
    ["1", "Café, Straße; “Hafen”", "loss", "Two cranes, they say; fell"],
    ["1", "Café, Straße; “Hafen”", "a, b", "Two cranes, they say; fell"],
    ["2", "Port", "=cmd()", 'He said "so"\nand left'],
]
READ = [
    ("Café, Straße; “Hafen”", "Two cranes, they say; fell", ("loss", "a, b")),
    ("Port", 'He said "so"\nand left', ("=cmd()",)),
]


def write_table(delimiter: str, rows: list[list[str]] | None = None) -> str:
    quoted = (['"' + cell.replace('"', '""') + '"' for cell in row] for row in rows or [HEAD, *ROWS])
    return "\r\n".join(delimiter.join(row) for row in quoted) + "\r\n"


def write_workbook(*sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def break_sheet(*changes: str) -> bytes:
    """A workbook whose first sheet has these words replaced by those after them."""
    whole, broken = io.BytesIO(write_workbook([HEAD, *ROWS])), io.BytesIO()
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            if name.endswith("sheet1.xml"):
                for old, new in zip(changes[::2], changes[1::2], strict=True):
                    text = text.replace(old, new)
            target.writestr(name, text)
    return broken.getvalue()


def read(data: bytes) -> list[tuple]:
    return [(record.title, record.exact, record.tags) for record in read_bundle(data).records]


def refusal(data: bytes) -> str:
    try:
        read_bundle(data)
    except UnreadableFileError as error:
        return str(error)
    return ""


TABLES = {
    "commas": write_table(",").encode(),
    "semicolons": write_table(";").encode(),
    "tabs": write_table("\t").encode(),
    "semicolons, UTF-8 with a mark": write_table(";").encode("utf-8-sig"),
    "tabs, UTF-16": write_table("\t").encode("utf-16"),
    "tabs, UTF-16 of big ends": b"\xfe\xff" + write_table("\t").encode("utf-16-be"),
    "semicolons, Windows": write_table(";").encode("cp1252"),
    "a line for Excel": b"sep=;\r\n" + write_table(";").encode(),
    "empty lines": b"\r\n" + write_table(";").replace("\r\n", "\r\n;;;\r\n").encode(),
    "capitals, no quotes in the head": write_table(";").replace('"id";"document"', "ID;Document").encode(),
    "a workbook": write_workbook([list(HEAD), *map(list, ROWS)]),
    "a workbook with numbers": write_workbook(
        [["id", "document", "tag", "content"], *([int(row[0]), *row[1:]] for row in ROWS)]
    ),
    "a second sheet": write_workbook(
        [["about", "this"], ["x", datetime(2026, 1, 1)]], [], [list(HEAD), *map(list, ROWS)]
    ),
}


@each("name", TABLES)
def test_a_table_is_read_with_any_delimiter_and_encoding(name):
    assert read(TABLES[name]) == READ


@each("mark", [b"", b"\xef\xbb\xbf"])
def test_a_bad_byte_in_a_table_garbles_no_other_letter(mark):
    table = write_table(",", [HEAD, ["1", "Café", "Größe", "Höfe, Häuser | Türme"]]).encode()
    read_titles = [("Café", "Höfe, Häuser \ufffd Türme", ("Größe",))]
    assert read(mark + table.replace(b"|", b"\xfc")) == read_titles


PASSAGES = [
    make_passage(1, exact="=Two cranes\nfell", tags=["a; b", 'the "deal"', "loss", "'x; y'"], note="-1\n'=2"),
    make_passage(2, exact="'=so", url="", tags=[], prefix="@", suffix="'"),
    make_passage(3, exact="the code _x000D_ and _x005f_", note="_x0000_"),  # which a workbook could take for its own
]


@each("write", [write_csv, write_xlsx])
def test_our_own_tables_are_read_again(write):
    chunks = list(write(make_desk({("row", "one"): PASSAGES, ("row", "two"): PASSAGES[:1]}), DETAILS))
    data = "".join(chunks).encode() if isinstance(chunks[0], str) else b"".join(chunks)
    for record, passage in zip(read_bundle(data).records, PASSAGES, strict=True):
        assert record.id == DETAILS.make_permalink(passage)
        assert (record.exact, record.prefix, record.suffix) == (passage.exact, passage.prefix, passage.suffix)
        assert (record.start, record.end, record.revision) == (passage.start, passage.end, passage.revision)
        assert (record.note, list(record.tags), record.creator) == (passage.note, passage.tags, passage.reader)
        assert (record.title, record.source, record.created) == (passage.article, passage.url, passage.created_at)


def test_a_row_that_was_copied_or_added_by_hand_is_a_highlight_of_its_own():
    passages = [make_passage(1, exact="one"), make_passage(1, exact="two"), make_passage(1, exact="two")]
    head, *rows = "".join(write_csv(make_desk({("row", "one"): passages}), DETAILS)).splitlines()
    link = DETAILS.make_permalink(passages[0])
    rows += [row.replace(link, "") for row in rows]
    found = read_bundle("\n".join([head, *rows]).encode()).records
    assert [(record.id, record.exact) for record in found] == [(link, "one"), (link, "two"), ("", "one"), ("", "two")]


@each("names", [["a"], ["a; b", "c"], ['"', ";", '";"'], ["the “deal”", "x;y;z", " '"], []])
def test_tags_in_a_cell_are_told_apart_again(names):
    assert split_tags(join_tags(names)) == [name.strip() for name in names]


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


REFUSED = {
    "PDF": (b"%PDF-1.7\n%\xe2\xe3", "it is a document"),
    "RTF": (b"{\\rtf1\\ansi", "it is a document"),
    "DOCX": (zipped("[Content_Types].xml", "word/document.xml"), "it is a document"),
    "EPUB": (zipped("mimetype", "META-INF/container.xml"), "it is a document"),
    "ODS": (zipped("mimetype", "content.xml"), "OpenDocument"),
    "ZIP": (zipped("notes.txt"), "no project.qde"),
    "JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF", "it is an image"),
    "WebP": (b"RIFF\x10\0\0\0WEBPVP8 ", "it is an image"),
    "SVG": (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "it is an image"),
    "database of MAXQDA or Taguette": (b"SQLite format 3\0" + bytes(100), "Export it there as REFI-QDA"),
    "old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "older Office"),
    "page": (b"<!DOCTYPE html><html><body>Hi", "it is a web page"),
    "RIS": (b"TY  - NEWS\r\nTI  - x\r\n", "list of references"),
    "BibTeX": (b"@article{key,\n title={x}}", "list of references"),
    "Hypothesis table": (
        b"Created at,Author,Page,URL,Group,Type,Quote,Comment,Tags\n1,2,3,4,5,6,7,8,9\n",
        "Export it as JSON",
    ),
    "other table": (b"number;value\na;b\n", "without the columns"),
    "other workbook": (write_workbook([["name", "value"], ["a", 1]]), "without the columns"),
    "empty workbook": (write_workbook([]), "without the columns"),
    "workbook that ends within a sheet": (break_sheet('<row r="3">', '<row r="3"'), "workbook is damaged"),
    "workbook with a number that is none": (
        break_sheet('<c r="A2" t="inlineStr">', '<c r="A2" t="n"><v>x</v>'),
        "workbook is damaged",
    ),
    "broken workbook": (zipped("xl/workbook.xml", "[Content_Types].xml"), "workbook is damaged"),
    "other words of Windows": ("Straße".encode("cp1252"), "not encoded in UTF-8"),
    "wide workbook": (write_workbook([[f"c{n}" for n in range(101)]]), "not supported"),
}


@each("name", REFUSED)
def test_a_file_that_cannot_be_imported_is_told_what_it_is(name):
    data, words = REFUSED[name]
    assert words in refusal(data)


def test_a_workbook_of_too_many_rows_or_columns_is_refused(monkeypatch):
    monkeypatch.setattr("annotations.exchange.tables.MAX_ENTRIES", 3)
    assert "more than" in refusal(write_workbook([list(HEAD), *map(list, ROWS * 2)]))
    monkeypatch.setattr("annotations.exchange.tables.MAX_WORKBOOK_BYTES", 100)
    assert "larger than" in refusal(TABLES["a workbook"])


def test_projects_of_other_programs_are_known_by_their_names():
    names = "study.nvp study.nvpx Study.MX22 study.mx24 study.atlproj study.atlproj23 study.hpr7 study.sqlite3"
    assert [name for name in names.split() if not is_project_name(name)] == []
    assert [name for name in ("study.qdpx", "study.csv", "nvp", "study.mxf") if is_project_name(name)] == []
