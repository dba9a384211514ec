import json

import pytest

from annotations.exchange import bibliographies
from exchange.lines import ABOUT, flat, line

LINES = [line(1), line(2, exact="Nobody knew"), line(3, slug="b", article="Another", published_at=None)]


@pytest.mark.parametrize(("write", "sign"), [(bibliographies.bib, "@"), (bibliographies.ris, "TY  - ")])
def test_an_article_is_cited_once_with_all_that_is_quoted(write, sign):
    file = "".join(write(flat(*LINES), ABOUT))
    assert file.count(sign) == 2
    assert "reopened on Monday" in file and "Nobody knew" in file


def test_csl_tells_the_day_of_publication():
    first, second = json.loads("".join(bibliographies.csl(flat(*LINES), ABOUT)))
    assert first["issued"]["date-parts"] == [[2026, 11, 18]]
    assert "issued" not in second
