"""That `make bench` runs and prints its table; how fast anything is, only a quiet machine can say."""

import os
import subprocess
import sys

import pytest

from benchmarks.run import sum_up
from benchmarks.timing import Row
from serving import HOUSE

ROWS = [
    "page with 0, drawn before, to the floor",
    "page with 100, its layer changed, to the floor",
    "page with 1,000, drawn before, compressed, to the floor",
    "page with 1,000, its layer changed, to a bare view",
    "page with 1,000, unchanged, asked again, to the floor",
    "page with 1,000 highlights, as sent",
    "50 passages, uncompressed",
    "50 passages, to the floor",
    "library page, to the floor",
    "desk of 6 x 5, to the floor",
    "making a highlight with two tags",
    "making it on 40,000 words against 400",
    "answer, 40,000 words, 1,000 highlights",
    "Chromium paints 1,000 marks against none",
    "Chromium shows 40,000 words with 1,000 against 4,000 with none",
    "first contentful paint against a static page, empty cache",
    "first contentful paint against a static page, warm cache",
    "cumulative layout shift, 1,000 highlights",
    "requests of a first visit to an article",
    "50 of 100,000 passages against 1,000",
    "1,000 spans cut into 46 KB, against a plain sweep",
    "a correction of 40,000 words that bear 1,000 highlights",
    "10,000 highlights from REFI-QDA, previewed and imported",
    "splitting a tag of 10,000 highlights",
    "history of 100,000 events against 1,000",
    "agreement of 12,000 highlights, the first time",
    "1,000 highlights carried over in 40,000 words",
    "carrying in 1,000 KB against 100 KB",
    "the worst pair of 1 MB texts",
    "passage page, 1,000,000 highlights against 1,000",
    "desk of 10 x 10, 1,000,000 highlights against 1,000",
    "100,000 highlights as CSV, against raw SQL plus csv",
    "memory for 100,000 as XLSX, against 10,000",
    "SQLite: 100,000 articles searched for a common word",
    "SQLite: 100,000 articles searched for two words",
    "blind: reading page, with others’ layers against none",
    "blind: history while others work, told from none",
    "story of an article among 100,000 against 1,000",
    "copies found among 20,000, 20 % of words replaced",
    "words lost from bridge, as saved",
    "words lost from 2 pages, no names",
]
TOGETHER = [
    "SQLite: failed writes",
    "SQLite: readers beside 16 writers, to readers alone",
    "SQLite: 95 of 100 writes take at most",
]


TWO = ["1,000 highlights carried over in 40,000 words", "1,000 spans cut into 46 KB, against a plain sweep"]


@pytest.mark.bench
@pytest.mark.parametrize(
    ("groups", "rows"),
    [([], ROWS), (["together"], TOGETHER), (["carrying", "marking"], TWO), (["marking", "carrying"], TWO)],
)
def test_the_bench_prints_every_row_of_its_table(groups, rows):
    paths = os.environ | {"PYTHONPATH": os.pathsep.join([str(HOUSE), str(HOUSE / "tests")])}
    command = [sys.executable, "-m", "benchmarks.run", "--quick", *groups]
    said = subprocess.run(command, cwd=HOUSE, env=paths, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    printed = [line for line in said.stdout.splitlines() if "reached" in line]
    assert [row for row in rows if not any(line.startswith(row) for line in printed)] == []


def test_a_group_that_was_named_and_has_no_row_is_told(capsys):
    rows = [Row("a page", 1, 2, group="blind"), Row("another", 1, 2, group="blind")]
    assert sum_up(rows, ["blind"]) is None
    assert sum_up(rows, ["blind", "agreement"]) == "Not measured: agreement."
    assert capsys.readouterr().out == "Rows: blind 2\nRows: blind 2\n"
