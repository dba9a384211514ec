"""`manage.py reindex`."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, models

from newsreader.models import Article, ArticleEntry
from search.keeping import find_stale_entries


def reindex(*arguments) -> list[str]:
    said = StringIO()
    call_command("reindex", *arguments, stdout=said)
    return said.getvalue().splitlines()


@pytest.fixture
def neglected(highlight, article):
    """An index with everything that can be wrong with one: what is outdated, missing, and left over."""
    models.QuerySet(Article).update(title="Lighthouse opens")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM annotations_highlightentry")
        cursor.execute("INSERT INTO newsreader_articleentry (rowid, title) VALUES (987654, 'nothing')")
    return article


def test_everything_is_written_anew(neglected):
    assert len(find_stale_entries()) == 3
    assert reindex() == ["articles: 1 indexed, 1 removed.", "highlights: 1 indexed."]
    assert find_stale_entries() == []


def test_only_what_is_missing_is_written(neglected):
    assert reindex("--missing") == ["articles: 0 indexed, 1 removed.", "highlights: 1 indexed."]
    assert len(find_stale_entries()) == 1


def test_it_may_be_done_again(neglected):
    reindex()
    assert reindex() == ["articles: 1 indexed.", "highlights: 1 indexed."]
    assert ArticleEntry.objects.count() == 1
