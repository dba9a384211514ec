"""The same queries find the same on every engine: the suite runs on SQLite and on PostgreSQL, against one table."""

import pytest

from newsreader.models import Article
from newsreader.search import matching
from newsreader.search.compiler import order_by_relevance
from search.corpus import FOUND, stored


@pytest.fixture
def library(db):
    return stored()


def found(library, query: str) -> set[str]:
    keys = {article.pk: key for key, article in library.items()}
    return {keys[pk] for pk in matching(Article.objects.all(), query).values_list("pk", flat=True)}


def test_every_query_finds_what_it_has_to(library):
    expected = {query: set(filter(None, keys.split(", "))) for query, keys in FOUND.items()}
    assert {query: found(library, query) for query in FOUND} == expected


def test_there_are_enough_queries():
    assert len(FOUND) >= 60


def test_words_in_the_title_come_first(library):
    articles = Article.objects.all()
    best = order_by_relevance(matching(articles, "cranes lang:en"), "cranes lang:en")
    assert best.first() == library["cranes"]


def test_results_can_be_counted_narrowed_and_cut(library):
    articles = matching(Article.objects.filter(source__slug="the-quay"), "again")
    assert articles.count() == 2
    assert len(order_by_relevance(articles, "again")[:1]) == 1


def test_a_query_without_words_leaves_nothing_out(library):
    assert matching(Article.objects.all(), "!!!").count() == len(library)
