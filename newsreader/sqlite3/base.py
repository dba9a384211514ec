"""The database backend of SQLite.

Django writes its parameters as `%s`, SQLite as `?`, and Django replaces them whenever a query is asked. For the queries
of a page that is drawn already, that is a twentieth of the time of its answer.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.base import FORMAT_QMARK_REGEX, SQLiteCursorWrapper

MAX_QUERIES = 500
MAX_LENGTH = 10_000  # of a query that is kept: those with many values are longer, and asked once


class Cursor(SQLiteCursorWrapper):
    """Django's own, but for the queries that it keeps."""

    def convert_query(self, query: str, *, param_names: Iterable[str] | None = None) -> str:
        """Return the query with its parameters as SQLite writes them."""
        if param_names is None and len(query) <= MAX_LENGTH:
            return convert(query)
        return super().convert_query(query, param_names=param_names)


@lru_cache(MAX_QUERIES)
def convert(query: str) -> str:
    """Return a query with `%s` for its parameters with `?`."""
    return FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with the cursor above."""

    def create_cursor(self, name: str | None = None) -> Any:
        """Return a cursor; SQLite has none with names."""
        return self.connection.cursor(factory=Cursor)
