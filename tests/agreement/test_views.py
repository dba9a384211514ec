"""The agreement page: its figures, the disagreements behind them, its file, and what it says where there is nothing to measure."""

import re

import pytest

from annotations.models import Highlight, Tag
from markup import markup
from newsreader.models import Article
from storm import STORM, marked, report
from texts import extracted

AGREEMENT = "/projects/harbour-study/agreement/"


@pytest.fixture
def tags(project, alice) -> list[Tag]:
    return Tag.objects.get_or_create_named(project, ["loss", "cost", "place"], by=alice)


def coded(article, project, coder, *marks: tuple[str, Tag]) -> list[Highlight]:
    return [marked(article, project, coder, words, tags=[tag]) for words, tag in marks]


@pytest.fixture
def storm(project, alice, bob, tags) -> Article:
    """Two articles: on the first Alice and Bob differ in each way, on the second in none."""
    loss, cost, place = tags
    first = report()
    coded(
        first,
        project,
        alice,
        ("At least 12 people were killed", loss),
        ("Two cranes fell", loss),
        ("Insurers came", cost),
    )
    coded(first, project, bob, ("At least 12 people", loss), ("Two cranes", cost), ("Brevik", place))
    second = Article.objects.store(extracted(STORM, title="Second storm", site="The Pier")).article
    for coder in (alice, bob):
        coded(second, project, coder, ("officials said", cost), ("northern pier", place), ("Nobody was hurt", loss))
    return first


def shown(client, **query) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", markup(client.get(AGREEMENT, query))))


def test_the_page_shows_each_kind_of_disagreement(alice_client, storm):
    page = shown(alice_client)
    assert "Other boundaries 1" in page and "Other tag 1" in page and "Missing 2" in page and "All 4" in page
