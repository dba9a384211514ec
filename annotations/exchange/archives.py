"""Zip files of others: every size is checked before anything is unpacked."""

from zipfile import ZipFile, ZipInfo

from annotations.exchange.record import UnreadableFileError

MAX_ARCHIVE_ENTRIES, MAX_COMPRESSION_RATIO = 10_000, 200
MAX_UNPACKED_BYTES = 200_000_000  # bytes, unpacked


def check_entries(archive: ZipFile) -> dict[str, ZipInfo]:
    """The entries by name; Unreadable where they are too many, too large, or named so as to leave the archive."""
    entries = archive.infolist()
    if len(entries) > MAX_ARCHIVE_ENTRIES:
        raise UnreadableFileError(f"This .qdpx file has more than {MAX_ARCHIVE_ENTRIES:,} entries.")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise UnreadableFileError(
            f"Unpacked, this .qdpx file would have more than {MAX_UNPACKED_BYTES // 1_000_000} MB."
        )
    for entry in entries:
        refuse_unsafe_entry(entry)
    return {entry.filename: entry for entry in entries}


def refuse_unsafe_entry(entry: ZipInfo) -> None:
    name = entry.filename.replace("\\", "/")
    if len(name) > 300 or name.startswith("/") or ":" in name or ".." in name.split("/"):
        raise UnreadableFileError("An entry of this .qdpx file is named so as to leave the archive.")
    if entry.file_size > 100_000 and entry.file_size > MAX_COMPRESSION_RATIO * max(entry.compress_size, 1):
        raise UnreadableFileError("This .qdpx file unpacks to far more than it can honestly hold.")


def unpack_entry(archive: ZipFile, entry: ZipInfo | None, most: int) -> bytes:
    """The bytes of an entry, never more than `most` of them."""
    if entry is None:
        raise UnreadableFileError("A file that the project names is missing, or named twice.")
    with archive.open(entry) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise UnreadableFileError(f"An entry of this .qdpx file is larger than {most // 1_000_000} MB.")
    return data
