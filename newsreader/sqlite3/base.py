"""The database backend of SQLite.

Django writes parameters as `%s` and SQLite as `?`, and Django converts a query each time it runs. For an article page that
was rendered before, that takes a twentieth of the time.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX, SQLiteCursorWrapper

MAX_QUERIES = 500
MAX_LENGTH = 10_000  # of a query that is kept: those with many values are longer, and run once


class Cursor(SQLiteCursorWrapper):
    """Django's cursor, which converts a query only once."""

    def convert_query(self, query: str, *, param_names: Iterable[str] | None = None) -> str:
        """Return the query with its parameters as SQLite writes them."""
        if param_names is None and len(query) <= MAX_LENGTH:
            return convert(query)
        return super().convert_query(query, param_names=param_names)


@lru_cache(MAX_QUERIES)
def convert(query: str) -> str:
    """Return a query with `?` where it has `%s`."""
    return FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's backend with this cursor."""

    def create_cursor(self, name: str | None = None) -> Any:
        """Return a new cursor; SQLite has no named ones."""
        return self.connection.cursor(factory=Cursor)
