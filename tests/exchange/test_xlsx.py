import io
import zipfile

from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from annotations.exchange import csv_table as tables
from annotations.exchange import xlsx as spreadsheets
from annotations.exchange.xlsx import CUT_NOTICE, MAX_CELL_LENGTH
from annotations.exchange.xml_text import replace_illegal
from cases import each
from exchange.samples import DETAILS, list_passages, make_desk, make_passage

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "=cmd|' /C calc'!A0",
    "{=1}",
    "http://evil.example",
    "0012",
    "1e5",
]
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def read(sections) -> dict[str, list[tuple]]:
    """What openpyxl reads on each sheet."""
    book = load_workbook(io.BytesIO(b"".join(spreadsheets.write_xlsx(sections, DETAILS))))
    for sheet in book.worksheets:
        assert all(cell.data_type != "f" and cell.hyperlink is None for row in sheet.rows for cell in row)
    return {sheet.title: list(sheet.values) for sheet in book.worksheets}


def test_every_field_is_read_back():
    first, second = (
        make_passage(1),
        make_passage(2, exact="Ελλάδα 日本 🚢\nsecond", note="", tags=["a", "b"], published_at=None),
    )
    head, *rows = read(list_passages(first, second))["passages"]
    wanted = [tables.make_row(one, DETAILS) for one in (first, second)]
    assert list(head) == tables.COLUMNS
    assert [list(row) for row in rows] == [
        [cell if type(cell) is int else str(cell) if cell not in (None, "") else None for cell in row] for row in wanted
    ]


@each("words", HOSTILE)
def test_no_cell_is_a_formula_a_link_or_a_number(words):
    fields = {"article": words, "source": words, "byline": words, "exact": words, "note": words, "tags": [words]}
    _, row = read(list_passages(make_passage(**fields)))["passages"]
    assert row.count(words.replace("\r", "_x000D_")) + row.count(words) >= 6


@given(TEXT, TEXT)
@example("_x0000_", "")  # which stands for itself, as the file says
def test_any_words_are_kept_but_for_what_xml_forbids(quote, note):
    _, row = read(list_passages(make_passage(exact=f"q{quote}q", note=f"n{note}n")))["passages"]
    for words, column in ((f"q{quote}q", "quote"), (f"n{note}n", "note")):
        kept = replace_illegal(words).replace("\r", "")
        assert unescape(row[tables.COLUMNS.index(column)] or "").replace("\r", "") == kept


def test_a_cell_that_holds_no_more_says_so():
    _, row = read(list_passages(make_passage(exact="x" * 40_000)))["passages"]
    quote = row[tables.COLUMNS.index("quote")]
    assert len(quote) == MAX_CELL_LENGTH and quote.endswith(CUT_NOTICE)


def test_the_codebook_and_the_choice_are_told():
    sheets = read(list_passages(make_passage()))
    assert sheets["codebook"][2] == ("red line", "Positions", 4, "=1+1", "active")
    assert ("passages", "1") in sheets["about"]


def test_a_desk_names_row_and_column():
    head, row = read(make_desk({("red line", "The Quay"): [make_passage()], ("red line", "The Pier"): []}))["passages"]
    assert (head[-2:], row[-2:]) == (("row", "column"), ("red line", "The Quay"))


def test_nothing_makes_a_workbook_with_heads_alone():
    assert len(read(list_passages())["passages"]) == 1


def test_a_cell_is_measured_as_spreadsheets_do():
    _, row = read(list_passages(make_passage(exact="🚢" * 20_000)))["passages"]
    quote = row[tables.COLUMNS.index("quote")]
    assert quote.endswith(CUT_NOTICE) and spreadsheets.count_utf16_units(quote) <= MAX_CELL_LENGTH


def test_words_that_look_like_an_escaped_sign_are_read_as_they_are():
    content = b"".join(spreadsheets.write_xlsx(list_passages(make_passage(exact="_x0041_")), DETAILS))
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert b"_x005F_x0041_" in sheet


def test_cells_are_read_in_the_direction_of_their_words():
    passage = make_passage(exact="أعيد فتح الميناء", article="הנמל", note="خط")
    sheet = load_workbook(io.BytesIO(b"".join(spreadsheets.write_xlsx(list_passages(passage), DETAILS))))["passages"]
    read = {head.value: cell.alignment.readingOrder for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert {name for name, order in read.items() if order == 2} == {"quote", "article", "note"}
