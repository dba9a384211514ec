import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from annotations.exchange.csv_table import escape_formula, write_rows
from cases import each

CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def read(lines) -> list[list[str]]:
    """What a program for tables reads."""
    return list(csv.reader(io.StringIO("".join(lines).removeprefix("\ufeff"), newline="")))


def test_a_table_begins_with_a_byte_order_mark_and_its_head():
    assert "".join(write_rows(["id", "quote"], [])) == "\ufeffid,quote\r\n"


@given(st.lists(st.lists(CELL, min_size=2, max_size=2)))
def test_what_is_written_is_read_again(rows):
    assert read(write_rows(["a", "b"], rows))[1:] == [[escape_formula(cell) for cell in row] for row in rows]


@each("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
@each("space", ["", " ", "   ", "\u00a0", "\u2003 ", "\u200b", "\ufeff", "\0", "\u00ad", "\u2066"])
def test_no_cell_is_a_formula(space, sign):
    cell = f"{space}{sign}cmd|' /C calc'!A0"
    assert escape_formula(cell) == f"'{cell}"


@each("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
@each("space", ["", " ", "\u00a0", "\u200b", "\ufeff"])
def test_no_cell_of_a_table_is_a_formula(space, sign):
    cell = f"{space}{sign}1+cmd|' /C calc'!A0"
    assert read(write_rows(["a", "b"], [[7, cell]]))[1] == ["7", f"'{cell}"]


@given(CELL)
def test_only_an_apostrophe_is_ever_added(cell):
    assert escape_formula(cell) in (cell, f"'{cell}")


@given(CELL)
def test_a_harmless_cell_begins_like_no_formula(cell):
    assert not escape_formula(cell).lstrip().startswith(("=", "+", "-", "@"))


@each("cell", ["“=” he wrote", "1 + 1", "– he said", "a\tb", "", "Ω"])
def test_ordinary_words_stay_as_they_are(cell):
    assert escape_formula(cell) == cell


def test_what_is_unknown_is_an_empty_cell():
    assert read(write_rows(["a", "b"], [[None, 7]]))[1] == ["", "7"]


def test_rows_are_written_by_the_hundred():
    lines = write_rows(["a"], ([n] for n in iter(int, 1)))  # rows without end
    assert next(lines) == "\ufeffa\r\n" + "0\r\n" * 100
    assert next(lines) == "0\r\n" * 100
