"""The test database, kept as it is at a moment and put back: far quicker than emptying every table."""

import sqlite3

from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection


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
