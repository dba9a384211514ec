"""Uploaded files that wait for their preview to be confirmed: for an hour, for their sender only, and not too many of them.

What waits is what a file holds, as `dump_bundle` writes it: so each is read once, by a process that can be killed.
"""

import os
import re
import time
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.utils.translation import gettext_noop

from annotations.exchange.bundle import ImportBundle
from annotations.exchange.bundle_json import load_answer
from annotations.exchange.reading import read_safely
from annotations.exchange.record import UnreadableFileError
from annotations.models import ImportJob, quota
from newsreader.private_files import open_private

KEPT_SECONDS = 3600
FILE_NAME = re.compile(r"\d+-[0-9a-f]{64}(\.part)?")
FILE_GONE = gettext_noop(
    "The uploaded file has expired (after one hour), or newer uploads replaced it. Choose it again."
)
TOO_MUCH = gettext_noop(
    "Each user can keep %(files)s uploaded files of %(megabytes)s MB in total. Together with the files that are being "
    "imported for you, this one exceeds that. Wait until they are imported, or import it in smaller parts."
)


def get_file_path(user: User, digest: str) -> Path:
    """Return where the user's file with this SHA-256 waits."""
    return Path(settings.DATA_DIR) / "imports" / f"{user.pk}-{digest}"


def store_file(user: User, data: bytes) -> None:
    """Keep the file for an hour, and remove files that have waited longer; UnreadableFileError where there is no room for it."""
    path = get_file_path(user, sha256(data).hexdigest())
    path.parent.mkdir(mode=0o700, exist_ok=True)
    remove_expired_files(path.parent)
    make_room(user, path, len(data))
    partial = path.with_name(f"{path.name}.part")
    try:
        with open_private(partial) as file:
            file.write(data)
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def remove_expired_files(folder: Path) -> None:
    """Remove waiting files that are older than an hour."""
    for file in folder.iterdir():
        if FILE_NAME.fullmatch(file.name) and file.stat().st_mtime < time.time() - KEPT_SECONDS:
            file.unlink(missing_ok=True)


def make_room(user: User, path: Path, size: int) -> None:
    """Remove the user's oldest files until this one fits, but none that is being imported; UnreadableFileError where it never does."""
    digests = ImportJob.objects.unfinished().filter(made_by=user).values_list("digest", flat=True)
    held = {get_file_path(user, digest) for digest in digests}
    files = [(file, stat) for file, stat in list_files(user) if file != path]
    free = [(file, stat.st_size) for file, stat in files if file not in held]
    wanted = [size, *(stat.st_size for file, stat in files if file in held)]
    number = quota.count_superseded([size for _, size in free], wanted)
    if number is None:
        raise UnreadableFileError(TOO_MUCH, files=settings.NEWSREADER_KEPT_FILES, megabytes=settings.NEWSREADER_KEPT_MB)
    for file, _ in free[:number]:
        file.unlink(missing_ok=True)


def list_files(user: User) -> list[tuple[Path, os.stat_result]]:
    """Return the user's files, whole or in part, the oldest first."""
    entries = [entry for entry in os.scandir(get_file_path(user, "").parent) if entry.name.startswith(f"{user.pk}-")]
    return sorted(((Path(entry), entry.stat()) for entry in entries), key=lambda file: file[1].st_mtime)


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


def parse_bundle(data: bytes, host: str, name: str = "") -> ImportBundle:
    """Parse a file for the library that is known under this host; UnreadableFileError where its format is unknown or broken."""
    bundle = read_safely(data, name)
    bundle.host = host
    return bundle


def load_waiting(user: User, digest: str, host: str) -> ImportBundle:
    """Return what the user's waiting file with this SHA-256 holds; UnreadableFileError where it is gone, or of another release."""
    try:
        bundle = load_answer(read_file(user, digest))
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableFileError(FILE_GONE) from error
    bundle.host = host
    return bundle
