"""What counts as a busy database, and trying again."""

import sqlite3

import psycopg
import pytest
from django.db import IntegrityError, OperationalError

from cases import each
from newsreader import locks
from newsreader.locks import is_busy, retry_while_busy


def fault(cause: Exception, kind: type = OperationalError) -> Exception:
    """An error as Django raises it for one of the database's driver."""
    error = kind("database is locked")
    error.__cause__ = cause
    return error


def sqlite_error(code: int) -> sqlite3.OperationalError:
    cause = sqlite3.OperationalError("database is locked")
    cause.sqlite_errorcode = code
    return cause


BUSY = fault(sqlite_error(sqlite3.SQLITE_BUSY))
FULL = fault(sqlite_error(sqlite3.SQLITE_FULL))


@each(
    ("error", "busy"),
    [
        (BUSY, True),
        (fault(sqlite_error(sqlite3.SQLITE_BUSY_SNAPSHOT)), True),
        (fault(psycopg.errors.LockNotAvailable()), True),
        (fault(psycopg.errors.DeadlockDetected()), True),
        (fault(BUSY, RuntimeError), True),
        (FULL, False),
        (fault(psycopg.errors.DiskFull()), False),
        (fault(sqlite_error(sqlite3.SQLITE_BUSY), IntegrityError), False),
        (OperationalError("no such table"), False),
        (None, False),
    ],
)
def test_an_error_says_whether_a_lock_was_not_had_in_time(error, busy):
    assert is_busy(error) is busy


def attempts(*errors: Exception | None) -> list[str]:
    """What becomes of a write that meets these errors one after the other, attempt by attempt."""
    waiting, made = iter(errors), []

    def write() -> None:
        error = next(waiting)
        made.append("failed" if error else "written")
        if error:
            raise error

    try:
        retry_while_busy(write)
    except OperationalError as error:
        made.append(str(error))
    return made


@pytest.mark.parametrize(
    ("errors", "becomes"),
    [
        ([BUSY, BUSY, None], ["failed", "failed", "written"]),
        ([BUSY] * locks.MAX_TRIES, ["failed"] * locks.MAX_TRIES + [str(BUSY)]),
        ([FULL, None], ["failed", str(FULL)]),
    ],
)
def test_a_write_is_tried_again_while_the_database_is_busy(errors, becomes, monkeypatch):
    monkeypatch.setattr(locks, "PAUSE_SECONDS", 0)
    assert attempts(*errors) == becomes
