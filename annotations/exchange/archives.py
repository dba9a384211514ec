"""Zip files from others: every size is checked before anything is unpacked."""

from zipfile import BadZipFile, ZipFile, ZipInfo

from annotations.exchange.record import UnreadableFileError
from newsreader.text.translation import gettext_noop

MAX_ARCHIVE_ENTRIES, MAX_COMPRESSION_RATIO = 10_000, 200
MAX_UNPACKED_BYTES = 200_000_000
MAX_ENTRY_NAME_LENGTH = 300
SMALL_ENTRY_BYTES = 100_000  # so small an entry may be compressed as much as it likes


def check_entries(archive: ZipFile) -> dict[str, ZipInfo]:
    """Return the entries by name.

    UnreadableFileError where they are too many, too large, or named so as to leave the archive.
    """
    entries = archive.infolist()
    if len(entries) > MAX_ARCHIVE_ENTRIES:
        message = gettext_noop("This .qdpx file has more than %(number)s entries.")
        raise UnreadableFileError(message, number=f"{MAX_ARCHIVE_ENTRIES:,}")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        message = gettext_noop("Unpacked, this .qdpx file would be larger than %(megabytes)s MB.")
        raise UnreadableFileError(message, megabytes=MAX_UNPACKED_BYTES // 1_000_000)
    for entry in entries:
        refuse_unsafe_entry(entry)
    return {entry.filename: entry for entry in entries}


def refuse_unsafe_entry(entry: ZipInfo) -> None:
    """Raise UnreadableFileError where the entry's name leaves the archive, or it unpacks to far too much."""
    name = entry.filename.replace("\\", "/")
    if len(name) > MAX_ENTRY_NAME_LENGTH or name.startswith("/") or ":" in name or ".." in name.split("/"):
        raise UnreadableFileError(gettext_noop("A file name in this .qdpx archive points outside the archive."))
    largest = max(SMALL_ENTRY_BYTES, MAX_COMPRESSION_RATIO * max(entry.compress_size, 1))
    if entry.file_size > largest:
        raise UnreadableFileError(gettext_noop("This .qdpx file unpacks to much more than its stated size."))


def unpack_entry(archive: ZipFile, entry: ZipInfo | None, max_bytes: int) -> bytes:
    """Return the bytes of an entry; UnreadableFileError where it is missing or has more than `max_bytes`.

    BadZipFile where it is damaged.
    """
    if entry is None:
        raise UnreadableFileError(gettext_noop("A file that the project refers to is missing, or occurs twice."))
    try:
        with archive.open(entry) as file:
            data = file.read(max_bytes + 1)
    except ValueError as error:  # where the directory names a place before the beginning
        raise BadZipFile from error
    if len(data) > max_bytes:
        message = gettext_noop("An entry of this .qdpx file is larger than %(megabytes)s MB.")
        raise UnreadableFileError(message, megabytes=max_bytes // 1_000_000)
    return data
