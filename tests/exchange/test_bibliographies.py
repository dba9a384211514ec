import json

import pytest

from annotations.exchange import bibliographies
from annotations.exchange.citations import CitedArticle, Quotation
from exchange.lines import ABOUT, AT, flat

DAY = AT.date()
KNOWN = ("Ines Molnar", DAY, "https://quay.example/1", "en", DAY)
LINES = [
    CitedArticle("a", "Harbour reopens", "The Quay", *KNOWN, (Quotation("reopened on Monday", ABOUT.highlights),)),
    CitedArticle("a", "Harbour reopens", "The Quay", *KNOWN, (Quotation("Nobody knew", ABOUT.highlights),)),
    CitedArticle("b", "Another", "The Quay", "", None, "", "en", DAY, (Quotation("Never", ABOUT.highlights),)),
]


@pytest.mark.parametrize(
    ("write", "sign"), [(bibliographies.export_bibtex, "@"), (bibliographies.export_ris, "TY  - ")]
)
def test_an_article_is_cited_once_with_all_that_is_quoted(write, sign):
    file = "".join(write(flat(*LINES), ABOUT))
    assert file.count(sign) == 2
    assert "reopened on Monday" in file and "Nobody knew" in file


def test_csl_tells_the_day_of_publication():
    first, second = json.loads("".join(bibliographies.export_csl(flat(*LINES), ABOUT)))
    assert first["issued"]["date-parts"] == [[2026, 11, 20]]
    assert "issued" not in second
