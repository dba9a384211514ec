"""That `make kills` kills, and finds the same library in the end."""

import pytest

from benchmarks.killing import main


@pytest.mark.bench
def test_an_import_whose_worker_is_killed_leaves_the_same_library(capsys):
    assert main(files=20, kills=2, seed=1) == 0
    assert "killed 2 times" in capsys.readouterr().out
