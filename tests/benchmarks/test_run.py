"""That `make bench` runs and prints its table; how fast anything is, only a quiet machine can say."""

import os
import subprocess
import sys

import pytest

from serving import HOUSE

ROWS = [
    "reading page, 4,000 words, 0 highlights",
    "reading page, 4,000 words, 100 highlights",
    "reading page, 4,000 words, 1,000 highlights",
    "the page with 1,000 again, unchanged since",
    "making a highlight with two tags",
    "making it on 40,000 words against 400",
    "answer, 40,000 words, 1,000 highlights",
    "Chromium paints 1,000 marks against none",
    "50 of 100,000 passages against 1,000",
    "1,000 spans cut into 46 KB, against a plain sweep",
    "a correction of 40,000 words that bear 1,000 highlights",
    "1,000 highlights carried over in 40,000 words",
    "carrying in 1,000 KB against 100 KB",
    "the worst pair of 1 MB texts",
    "passage page, 1,000,000 highlights against 1,000",
    "desk of 10 x 10, 1,000,000 highlights against 1,000",
    "100,000 highlights as CSV, against raw SQL plus csv",
    "memory for 100,000 as XLSX, against 10,000",
    "search of 100,000 articles for a common word",
    "search of 100,000 articles for two words",
    "words lost from bridge, as saved",
    "words lost from 2 pages, no names",
]


@pytest.mark.bench
def test_the_bench_prints_every_row_of_its_table():
    paths = os.environ | {"PYTHONPATH": os.pathsep.join([str(HOUSE), str(HOUSE / "tests")])}
    command = [sys.executable, "-m", "benchmarks.run", "--quick"]
    said = subprocess.run(command, cwd=HOUSE, env=paths, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    printed = [line for line in said.stdout.splitlines() if "reached" in line]
    assert [row for row in ROWS if not any(line.startswith(row) for line in printed)] == []
