"""Locks of the database that were not had in time: how an error says so, and trying again."""

import time
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError

Result = TypeVar("Result")

SQLITE_CODES = {5, 6}  # SQLITE_BUSY, SQLITE_LOCKED; their extended codes end in the same byte
# PostgreSQL: lock_not_available, deadlock_detected, serialization_failure, query_canceled (by statement_timeout).
POSTGRES_CODES = {"55P03", "40P01", "40001", "57014"}
MAX_TRIES = 6
PAUSE_SECONDS = 0.5  # between two tries; each has waited for the lock already


def is_busy(error: BaseException | None) -> bool:
    """Return whether an error, or the one that led to it, says that a lock was not had in time: the same may be tried again."""
    while error is not None:
        if isinstance(error, OperationalError) and has_busy_code(error.__cause__):
            return True
        error = error.__cause__ or error.__context__
    return False


def has_busy_code(error: BaseException | None) -> bool:
    """Return whether an error of the database's driver has one of the codes."""
    code = getattr(error, "sqlite_errorcode", 0)
    return getattr(error, "sqlstate", None) in POSTGRES_CODES or code & 0xFF in SQLITE_CODES


def retry_while_busy(write: Callable[[], Result]) -> Result:
    """Return what `write` returns, which is one transaction, tried again where the database is busy; its error after MAX_TRIES."""
    for _ in range(MAX_TRIES - 1):
        try:
            return write()
        except OperationalError as error:
            if not is_busy(error):
                raise
            time.sleep(PAUSE_SECONDS)
    return write()
