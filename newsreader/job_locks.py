"""Locks of jobs: files in the data folder. A lock ends with the process that holds it, however that ends."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings

MAX_LOCK_TRIES, LOCK_PAUSE_SECONDS = 10, 0.05  # a page that asks whether a lock is held holds it for a moment itself


def get_lock_path(key: UUID | str) -> Path:
    """Return the file whose lock is held while the job with this key runs."""
    return settings.DATA_DIR / "jobs" / str(key)


@contextmanager
def hold_lock(path: Path) -> Iterator[int | None]:
    """Hold the lock of an emptied file while the block runs, and yield its descriptor; None where another process holds it."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        locked = any(try_lock(descriptor) for _try in range(MAX_LOCK_TRIES))
        if locked:
            os.ftruncate(descriptor, 0)
        yield descriptor if locked else None
    finally:
        os.close(descriptor)


def try_lock(descriptor: int) -> bool:
    """Lock the file and return True; where another process holds the lock, pause and return False."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        time.sleep(LOCK_PAUSE_SECONDS)
        return False
    return True


def is_locked(path: Path) -> bool:
    """Return whether a living process holds the lock of this file."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False
