"""What `make bench` prints and writes."""

from benchmarks.report import put_table, verdict, write_line
from benchmarks.run import APART, IN_PROCESS, PURE, SERVED
from benchmarks.timing import Row
from cases import each
from serving import HOUSE

ROW = Row("page, to the floor", 3.5, 4, (3.25, 3.875), "7.0 : 2.0 ms")
DOCUMENT = "Before.\n\n<!-- figures: {} -->\nold\n<!-- end -->\n\nAfter.\n"


def test_a_row_is_a_line_of_a_table():
    assert write_line(ROW) == "| page, to the floor | 3.50 | 3.25 – 3.88 | 4 | reached | 7.0 : 2.0 ms |\n"


@each(
    ("row", "said"),
    [
        (ROW, "reached"),
        (ROW._replace(value=4.1), "NOT reached"),
        (ROW._replace(limit=None), ""),
        (ROW._replace(at_least=True), "NOT reached"),
        (ROW._replace(at_least=True, value=4.1), "reached"),
    ],
)
def test_a_row_says_whether_its_limit_is_kept(row, said):
    assert verdict(row) == said


def test_a_table_replaces_the_last_one_of_its_group_alone():
    document = DOCUMENT.format("reading") + DOCUMENT.format("making")
    written = put_table(document, "reading", [ROW])
    assert written.count("old") == 1 and written.endswith(DOCUMENT.format("making"))
    assert written.startswith("Before.\n\n<!-- figures: reading -->\n| what |")
    assert written.count("| page, to the floor |") == 1
    assert put_table(written, "reading", [ROW]) == written


def test_a_group_without_a_place_stands_at_the_end():
    assert put_table("Before.\n", "reading", [ROW]).startswith(
        "Before.\n\n## reading\n\n<!-- figures: reading -->\n| what |"
    )


@each("group", [*SERVED, *IN_PROCESS, *PURE, *APART])
def test_the_document_has_a_place_for_every_group(group):
    assert f"<!-- figures: {group} -->" in (HOUSE / "docs" / "speed.md").read_text()
