"""Uploaded files that wait for their preview to be confirmed: for an hour, for their sender only."""

import os
import re
import time
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User

from annotations.exchange.bundle import ImportBundle
from annotations.exchange.detect import read_bundle
from annotations.exchange.record import UnreadableFileError

KEPT_SECONDS = 3600
FILE_NAME = re.compile(r"\d+-[0-9a-f]{64}(\.part)?")
FILE_GONE = "The file is not kept any more: it waits for an hour. Choose it again."


def get_file_path(user: User, digest: str) -> Path:
    """Return where the user's file with this SHA-256 waits."""
    return Path(settings.DATA_DIR) / "imports" / f"{user.pk}-{digest}"


def store_file(user: User, data: bytes) -> None:
    """Keep the file for an hour, and remove files that have waited longer."""
    path = get_file_path(user, sha256(data).hexdigest())
    path.parent.mkdir(mode=0o700, exist_ok=True)
    remove_expired_files(path.parent)
    partial = path.with_name(f"{path.name}.part")
    partial.write_bytes(data)
    os.replace(partial, path)


def remove_expired_files(folder: Path) -> None:
    """Remove waiting files that are older than an hour."""
    for file in folder.iterdir():
        if FILE_NAME.fullmatch(file.name) and file.stat().st_mtime < time.time() - KEPT_SECONDS:
            file.unlink(missing_ok=True)


def extend_file(user: User, digest: str) -> None:
    """Let the file wait for an hour from now; UnreadableFileError where it is gone."""
    try:
        os.utime(get_file_path(user, digest))
    except OSError as error:
        raise UnreadableFileError(FILE_GONE) from error


def read_file(user: User, digest: str) -> bytes:
    """Return the bytes of the file; UnreadableFileError where it is gone."""
    try:
        return get_file_path(user, digest).read_bytes()
    except OSError as error:
        raise UnreadableFileError(FILE_GONE) from error


def remove_file(user: User, digest: str) -> None:
    """Remove the file, if it is still there."""
    get_file_path(user, digest).unlink(missing_ok=True)


def parse_bundle(data: bytes, host: str) -> ImportBundle:
    """Parse a file for the library that is known under this host; UnreadableFileError where its format is unknown or broken."""
    bundle = read_bundle(data)
    bundle.host = host
    return bundle
