"""A disk that takes no more, as the operating system and the database say it."""

import json
import os
import resource
import traceback
from collections.abc import Callable
from typing import Any

from django.db import connection


def on_full_disk(act: Callable[[], Any]) -> Any:
    """Return what `act` returns (JSON) in a copy of this process that can write to no file.

    On PostgreSQL, which writes in a process of its own, its database takes no changes either.
    """
    connection.ensure_connection()  # as long as somebody has it open, SQLite has its files for reading
    reader, writer = os.pipe()
    if not (child := os.fork()):
        run_in_child(act, writer)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    value, error = json.loads(said)
    assert not error, error
    return value


def run_in_child(act: Callable[[], Any], writer: int) -> None:
    """Write to the pipe what `act` returns, or the traceback of what it raises, and end this process."""
    inherited, connection.connection = connection.connection, None  # the parent's: neither used nor closed here
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        if connection.vendor == "postgresql":
            connection.cursor().execute("SET default_transaction_read_only = on")
        said = json.dumps([act(), ""])
    except BaseException:
        said = json.dumps([None, traceback.format_exc()])
    os.write(writer, said.encode())
    os.close(writer)
    os._exit(inherited is None)
