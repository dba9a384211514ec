"""The database backend of SQLite: it answers as Django's own does, also when a query is asked again."""

from collections.abc import Iterator

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from newsreader.sqlite3.base import MAX_LENGTH, convert

pytestmark = pytest.mark.django_db
LONG = ", ".join(["%s"] * (MAX_LENGTH // 3))  # longer than what is kept


@pytest.fixture(params=["newsreader.sqlite3", "django.db.backends.sqlite3"])
def database(request: pytest.FixtureRequest) -> Iterator[BaseDatabaseWrapper]:
    """A database in memory, by the backend and by Django's own, which have to agree."""
    connections = ConnectionHandler({"default": {"ENGINE": request.param, "NAME": ":memory:"}})
    yield connections["default"]
    connections["default"].close()


@pytest.mark.parametrize(
    ("query", "values", "row"),
    [
        ("SELECT %s, %s", ["?", "%s"], ("?", "%s")),
        ("SELECT '50 %%', %s", [1], ("50 %", 1)),
        ("SELECT '50 %'", None, ("50 %",)),
        ("SELECT %(two)s, %(one)s, %(two)s", {"one": 1, "two": 2}, (2, 1, 2)),
        (f"SELECT 1 WHERE 0 IN ({LONG})", list(range(MAX_LENGTH // 3)), (1,)),
    ],
)
def test_parameters_are_written_as_django_writes_them(
    database: BaseDatabaseWrapper, query: str, values: list | dict | None, row: tuple
) -> None:
    with database.cursor() as cursor:
        cursor.execute("SELECT 1")
        for _ in range(2):
            assert cursor.execute(query, values).fetchone() == row


def test_many_rows_are_written_at_once(database: BaseDatabaseWrapper) -> None:
    with database.cursor() as cursor:
        cursor.execute("CREATE TABLE word (name text, share text DEFAULT '5 %')")
        cursor.executemany("INSERT INTO word (name) VALUES (%s)", [["a"], ["?"], ["%s"]])
        assert cursor.execute("SELECT name FROM word WHERE share LIKE '%5 %'").fetchall() == [("a",), ("?",), ("%s",)]


def test_a_query_with_very_many_values_is_not_kept() -> None:
    before = convert.cache_info().currsize
    connections = ConnectionHandler({"default": {"ENGINE": "newsreader.sqlite3", "NAME": ":memory:"}})
    with connections["default"].cursor() as cursor:
        cursor.execute(f"SELECT 1 WHERE 0 IN ({LONG})", list(range(MAX_LENGTH // 3)))
    connections["default"].close()
    assert convert.cache_info().currsize == before
