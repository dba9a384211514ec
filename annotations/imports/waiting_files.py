"""Files that were sent to be imported: they wait for an hour, for their sender only."""

import os
import re
import time
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from annotations.exchange.bundle import ImportBundle
from annotations.exchange.detect import read_bundle
from annotations.exchange.record import UnreadableFileError

AN_HOUR = 3600
GONE = "The file is not kept any more: it waits for an hour. Choose it again."


def path_of(user, digest: str) -> Path:
    return Path(settings.DATA_DIR) / "imports" / f"{user.pk}-{digest}"


def keep_file(user, data: bytes) -> None:
    """Keep the file for an hour, and remove what has waited longer."""
    path = path_of(user, sha256(data).hexdigest())
    path.parent.mkdir(mode=0o700, exist_ok=True)
    for old in path.parent.iterdir():
        if re.fullmatch(r"\d+-[0-9a-f]{64}(\.part)?", old.name) and old.stat().st_mtime < time.time() - AN_HOUR:
            old.unlink(missing_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(data)
    os.replace(part, path)


def keep_longer(user, digest: str) -> None:
    """Let the file wait for an hour from now; UnreadableFileError where it is gone."""
    try:
        os.utime(path_of(user, digest))
    except OSError as error:
        raise UnreadableFileError(GONE) from error


def read_file(user, digest: str) -> bytes:
    """Return the bytes of the file; UnreadableFileError where it is gone."""
    try:
        return path_of(user, digest).read_bytes()
    except OSError as error:
        raise UnreadableFileError(GONE) from error


def remove_file(user, digest: str) -> None:
    path_of(user, digest).unlink(missing_ok=True)


def parcel_of(data: bytes, host: str) -> ImportBundle:
    """Parse a file for the library that is known under this host; UnreadableFileError where nobody can."""
    parcel = read_bundle(data)
    parcel.host = host
    return parcel
