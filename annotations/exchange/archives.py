"""Zip files from others: every size is checked before anything is unpacked."""

from zipfile import ZipFile, ZipInfo

from annotations.exchange.record import UnreadableFileError

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
        raise UnreadableFileError(f"This .qdpx file has more than {MAX_ARCHIVE_ENTRIES:,} entries.")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        megabytes = MAX_UNPACKED_BYTES // 1_000_000
        raise UnreadableFileError(f"Unpacked, this .qdpx file would have more than {megabytes} MB.")
    for entry in entries:
        refuse_unsafe_entry(entry)
    return {entry.filename: entry for entry in entries}


def refuse_unsafe_entry(entry: ZipInfo) -> None:
    """Raise UnreadableFileError where the entry's name leaves the archive, or it unpacks to far too much."""
    name = entry.filename.replace("\\", "/")
    if len(name) > MAX_ENTRY_NAME_LENGTH or name.startswith("/") or ":" in name or ".." in name.split("/"):
        raise UnreadableFileError("An entry of this .qdpx file is named so as to leave the archive.")
    largest = max(SMALL_ENTRY_BYTES, MAX_COMPRESSION_RATIO * max(entry.compress_size, 1))
    if entry.file_size > largest:
        raise UnreadableFileError("This .qdpx file unpacks to far more than it can honestly hold.")


def unpack_entry(archive: ZipFile, entry: ZipInfo | None, max_bytes: int) -> bytes:
    """Return the bytes of an entry; UnreadableFileError where it is missing or has more than `max_bytes`."""
    if entry is None:
        raise UnreadableFileError("A file that the project names is missing, or named twice.")
    with archive.open(entry) as file:
        data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise UnreadableFileError(f"An entry of this .qdpx file is larger than {max_bytes // 1_000_000} MB.")
    return data
