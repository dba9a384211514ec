"""Disks that take no more: how an error says so, and a look before anybody needs to write."""

import errno
import sqlite3
from pathlib import Path
from tempfile import TemporaryFile

from django.conf import settings
from django.db import DatabaseError, connection

PROBE_BYTES = 65_536
FULL_ERRNOS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}
# SQLITE_IOERR_WRITE, _FSYNC, _DIR_FSYNC, _TRUNCATE, _SHMOPEN, _SHMSIZE: what a full disk is where the system says no more.
SQLITE_WRITE_ERRORS = {778, 1034, 1290, 1546, 4618, 4874}
SQLITE_CODES = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY}
# PostgreSQL: disk_full, read_only_sql_transaction.
POSTGRES_CODES = {"53100", "25006"}


def is_disk_full(error: BaseException | None) -> bool:
    """Return whether an error, or one that led to it, says that nothing can be written."""
    while error is not None:
        if isinstance(error, DatabaseError) and has_full_code(error.__cause__):
            return True
        if isinstance(error, OSError) and error.errno in FULL_ERRNOS:
            return True
        error = error.__cause__ or error.__context__
    return False


def has_full_code(error: BaseException | None) -> bool:
    """Return whether an error of the database's driver has one of the codes."""
    code = getattr(error, "sqlite_errorcode", 0)
    is_full = code in SQLITE_WRITE_ERRORS or code & 0xFF in SQLITE_CODES
    if code == sqlite3.SQLITE_IOERR:  # from a full-text index, which does not say whether it read or wrote
        is_full = bool(list_full_folders())
    return is_full or getattr(error, "sqlstate", None) in POSTGRES_CODES


def is_writable(folder: Path) -> bool:
    """Return whether a file of PROBE_BYTES can be written in a folder; it has no name and is gone at once."""
    try:
        with TemporaryFile(dir=folder) as file:
            file.write(bytes(PROBE_BYTES))
            file.flush()
    except OSError:
        return False
    return True


def list_full_folders() -> list[str]:
    """Return what the folders are for in which the site has to write and cannot."""
    folders = {"data": Path(settings.DATA_DIR)}
    if connection.vendor == "sqlite":
        folders["database"] = Path(connection.settings_dict["NAME"]).parent
    return [name for name, folder in folders.items() if not is_writable(folder)]
