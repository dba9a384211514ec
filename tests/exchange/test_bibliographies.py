import json

import pytest

from annotations.exchange.bibliographies import export_bibtex, export_csl, export_ris
from annotations.exchange.citations import CitedArticle, Quotation
from exchange.samples import AT, DETAILS, list_passages

DAY = AT.date()
KNOWN = ("Ines Molnar", DAY, "https://quay.example/1", "en", DAY)
LINES = [
    CitedArticle(
        "a", "Harbour reopens", "The Quay", *KNOWN, (Quotation("reopened on Monday", DETAILS.highlights_url),)
    ),
    CitedArticle("a", "Harbour reopens", "The Quay", *KNOWN, (Quotation("Nobody knew", DETAILS.highlights_url),)),
    CitedArticle("b", "Another", "The Quay", "", None, "", "en", DAY, (Quotation("Never", DETAILS.highlights_url),)),
]


@pytest.mark.parametrize(("write", "sign"), [(export_bibtex, "@"), (export_ris, "TY  - ")])
def test_an_article_is_cited_once_with_all_that_is_quoted(write, sign):
    file = "".join(write(list_passages(*LINES), DETAILS))
    assert file.count(sign) == 2
    assert "reopened on Monday" in file and "Nobody knew" in file


def test_csl_tells_the_day_of_publication():
    first, second = json.loads("".join(export_csl(list_passages(*LINES), DETAILS)))
    assert first["issued"]["date-parts"] == [[2026, 11, 20]]
    assert "issued" not in second
