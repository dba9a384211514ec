"""Many rows inserted at once: they are those that `bulk_create` makes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from annotations.identifiers import uuid7
from annotations.models import Event, Highlight, HighlightTag
from newsreader.inserts import insert_rows, update_rows

MOMENT = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def make_rows(project, revision, author, number: int) -> list[Highlight]:
    """Unsaved highlights."""
    fields = {"project": project, "article": revision.article, "revision": revision, "author": author}
    fields |= {"start": 0, "end": 3, "exact": "Two’s", "prefix": "", "suffix": "👍", "note": "", "note_html": ""}
    moments = {"created_at": MOMENT, "updated_at": MOMENT, "deleted_at": None}
    return [Highlight(pk=uuid7(), **fields, **moments) for _ in range(number)]


def values_of(row) -> dict:
    """What the database has of a row, without its key."""
    stored = type(row)._default_manager.values().get(pk=row.pk)
    return {name: value for name, value in stored.items() if name not in ("id", "at")}


def test_they_have_the_values_that_bulk_create_stores(project, revision, alice):
    one, other = make_rows(project, revision, alice, 2)
    insert_rows([one])
    Highlight.objects.bulk_create([other])
    assert values_of(one) == values_of(other)


def test_the_database_gives_keys_and_the_model_times(project, revision, alice):
    fields = {"project": project, "article": revision.article, "actor": alice, "verb": "highlight imported"}
    insert_rows([Event(**fields, subject=uuid7(), data={"file": "“a” \\ 'b'", "rows": [1, None]}) for _ in range(2)])
    (one, other) = Event.objects.order_by("pk").filter(verb="highlight imported")
    assert one.pk != other.pk and one.data == {"file": "“a” \\ 'b'", "rows": [1, None]}
    assert abs(one.at - datetime.now(UTC)) < timedelta(minutes=1)


def test_one_statement_inserts_however_many(project, revision, alice):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        insert_rows(make_rows(project, revision, alice, 200))
        insert_rows([])
    assert (len(queries), Highlight.objects.count()) == (1, 200)


def test_the_same_row_twice_is_refused(project, highlight, tag):
    pair = {"project": project, "highlight": highlight, "tag": tag}
    HighlightTag.objects.get_or_create(**pair)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows([HighlightTag(**pair)])


def test_rows_are_updated_each_with_its_own_values_and_nothing_else(project, revision, alice):
    rows = make_rows(project, revision, alice, 3)
    insert_rows(rows)
    for number, row in enumerate(rows[:2]):
        row.exact, row.version, row.note, row.updated_at = (
            f"“{number}” %s 👍",
            number + 5,
            "",
            MOMENT + timedelta(days=number),
        )
        row.suffix = "not written"
    with CaptureQueriesContext(connection) as queries:
        update_rows(rows[:2], ["exact", "version", "note", "updated_at"])
        update_rows([], ["exact"])
    assert len(queries) == 1
    fields = ("exact", "version", "updated_at", "suffix")
    stored = [Highlight.objects.values_list(*fields).get(pk=row.pk) for row in rows]
    expected = [(f"“{n}” %s 👍", n + 5, MOMENT + timedelta(days=n), "👍") for n in range(2)]
    assert stored == [*expected, ("Two’s", 1, MOMENT, "👍")]
