"""The files in an archive (ZIP), each with a name that is shown and never used as a path. Everything is bounded while it is read."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from stat import S_ISLNK
from typing import BinaryIO, NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from newsreader.importing.documents import DOCUMENT_TYPES
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.file_types import PAGE_SUFFIXES
from newsreader.importing.limits import FILE_TOO_LARGE, MAX_FILE_BYTES
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop

MAX_ENTRIES, MAX_FILES, MAX_UNPACKED_BYTES = 50_000, 10_000, 500_000_000
MAX_RATIO, RATIO_BYTES = 200, 1_000_000  # of unpacked to packed bytes, of what is larger than that
MAX_NAMES, MAX_NAME = 5, 100  # of files that are left out: how many are named, and with how many characters
SUFFIXES = {*PAGE_SUFFIXES, *(document.suffix for document in DOCUMENT_TYPES.values())}
ARCHIVE_SUFFIXES = {".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz"}
UNREADABLE = gettext_noop("This archive is damaged or not a ZIP file.")
TOO_MANY_FILES = gettext_noop("This archive has more than 10,000 files. Divide it.")
TOO_LARGE = gettext_noop("Unpacked, this archive is larger than 500 MB. Divide it.")
NO_FILES = gettext_noop("This archive has no file that can be read here.")
NESTED = gettext_noop("Archives within an archive are not opened. Add it by itself.")
ENCRYPTED = gettext_noop("This file is protected by a password.")
LINKED = gettext_noop("This is a link to another file, and not a file.")
PACKED_TOO_MUCH = gettext_noop("Unpacked, this file is more than 200 times as large.")
DAMAGED = gettext_noop("This file is damaged.")


class ArchivedFile(NamedTuple):
    """A file in an archive: its bytes, or the sentence for which it is refused, in English."""

    name: str
    data: bytes
    error: str = ""


class LeftOut(NamedTuple):
    """The files in an archive that are of no kind that is read: how many they are, and the names of the first."""

    number: int
    names: list[str]


def read_archive(file: BinaryIO) -> Iterator[ArchivedFile | LeftOut]:
    """Yield the files that may be articles, and at last the others; raise ArticleImportError past a cap."""
    try:
        with ZipFile(file) as archive:
            entries = [entry for entry in archive.infolist() if not is_clutter(entry)]
            chosen = [entry for entry in entries if get_suffix(entry) in SUFFIXES | ARCHIVE_SUFFIXES]
            refuse_large_archive(entries, chosen)
            yield from read_files(archive, chosen)
            yield describe_others(entries, chosen)
    except (BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise ArticleImportError(_(UNREADABLE)) from error


def describe_others(entries: list[ZipInfo], chosen: list[ZipInfo]) -> LeftOut:
    """Return what is left out of an archive where these entries are read."""
    read = {id(entry) for entry in chosen}
    names = [entry.filename[:MAX_NAME] for entry in entries if id(entry) not in read]
    return LeftOut(len(names), names[:MAX_NAMES])


def refuse_large_archive(entries: list[ZipInfo], chosen: list[ZipInfo]) -> None:
    """Raise ArticleImportError for an archive that has no files or too many, or unpacks to too much."""
    if len(entries) > MAX_ENTRIES or len(chosen) > MAX_FILES:
        raise ArticleImportError(_(TOO_MANY_FILES))
    if not chosen:
        raise ArticleImportError(_(NO_FILES))
    if sum(entry.file_size for entry in chosen if not find_error(entry)) > MAX_UNPACKED_BYTES:
        raise ArticleImportError(_(TOO_LARGE))


def is_clutter(entry: ZipInfo) -> bool:
    """Return whether an entry is a folder, what a system leaves in archives, or belongs to a page that was saved with its files."""
    path = PurePosixPath(entry.filename)
    is_beside_page = any(part.endswith(("_files", ".fld")) for part in path.parts[:-1])
    return entry.is_dir() or "__MACOSX" in path.parts or path.name.startswith("._") or is_beside_page


def get_suffix(entry: ZipInfo) -> str:
    """Return the ending of the name of an entry."""
    return PurePosixPath(entry.filename).suffix.lower()


def read_files(archive: ZipFile, entries: list[ZipInfo]) -> Iterator[ArchivedFile]:
    """Yield each file, or why it is refused."""
    for entry in entries:
        error = find_error(entry)
        data = b"" if error else read_file(archive, entry)
        yield ArchivedFile(entry.filename, data or b"", DAMAGED if data is None else error)


def find_error(entry: ZipInfo) -> str:
    """Return the reason for which an entry is not even opened; "" where there is none."""
    if get_suffix(entry) in ARCHIVE_SUFFIXES:
        return NESTED
    if S_ISLNK(entry.external_attr >> 16):
        return LINKED
    if entry.flag_bits & 1:
        return ENCRYPTED
    if entry.file_size > MAX_FILE_BYTES:
        return FILE_TOO_LARGE
    is_bomb = entry.file_size > RATIO_BYTES and entry.file_size > MAX_RATIO * entry.compress_size
    return PACKED_TOO_MUCH if is_bomb else ""


def read_file(archive: ZipFile, entry: ZipInfo) -> bytes | None:
    """Return the bytes of an entry, never more than it states; None where it is damaged."""
    try:
        with archive.open(entry) as file:
            return file.read(MAX_FILE_BYTES)
    except (BadZipFile, ZlibError, EOFError, NotImplementedError, OSError, RuntimeError):
        return None
