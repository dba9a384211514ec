"""The test database, kept as it is at a moment and put back: far quicker than emptying every table."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections

from newsreader.sqlite3.base import DatabaseWrapper

TAKE_LOCK = {
    "sqlite": ["BEGIN IMMEDIATE"],
    "postgresql": ["BEGIN", "LOCK TABLE newsreader_article, annotations_project, newsreader_session IN EXCLUSIVE MODE"],
}
BRIEF_WAIT = {"sqlite": {"timeout": 0.1}, "postgresql": {"options": "-c lock_timeout=100ms"}}  # options of a connection
WAIT_BRIEFLY = {"sqlite": "PRAGMA busy_timeout = 20", "postgresql": "SET lock_timeout = '20ms'"}


class Copy:
    """The whole database at this moment; on PostgreSQL there is no copy, and putting it back means emptying it."""

    def __init__(self):
        self.copy = sqlite3.connect(":memory:") if connection.vendor == "sqlite" else None
        if self.copy:
            connection.ensure_connection()
            connection.connection.backup(self.copy)

    def put_back(self) -> None:
        """Make the database what it was, and forget what was cached of it: its numbers begin again."""
        if self.copy:
            connection.ensure_connection()
            self.copy.backup(connection.connection)
        else:
            call_command("flush", verbosity=0, interactive=False)
        for name in settings.CACHES:
            caches[name].clear()
        ContentType.objects.clear_cache()  # their numbers are others where a test has emptied the tables before


@contextmanager
def connected_to(path: Path) -> Iterator[None]:
    """Work on the SQLite database in this file, as its installation does, instead of on the test database."""
    usual = connections[DEFAULT_DB_ALIAS]
    engine = {"ENGINE": "newsreader.sqlite3", "NAME": str(path), "OPTIONS": settings.SQLITE}
    connections[DEFAULT_DB_ALIAS] = DatabaseWrapper(usual.settings_dict | engine)
    try:
        yield
    finally:
        connection.close()
        connections[DEFAULT_DB_ALIAS] = usual
        ContentType.objects.clear_cache()


@contextmanager
def busy() -> Iterator[None]:
    """Keep others from writing, as somebody does who writes for long; who wants to write here waits for a moment only."""
    other = connection.copy()
    with other.cursor() as cursor:
        for statement in TAKE_LOCK[connection.vendor]:
            cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute(WAIT_BRIEFLY[connection.vendor])
    try:
        yield
    finally:
        other.close()
        connection.close()  # the next one waits as long as the settings say
