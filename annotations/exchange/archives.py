"""Zip files of others: every size is checked before anything is unpacked."""

from zipfile import ZipFile, ZipInfo

from annotations.exchange.record import Unreadable

ENTRIES_MOST, RATIO_MOST = 10_000, 200
ALL_MOST = 200_000_000  # bytes, unpacked


def checked(archive: ZipFile) -> dict[str, ZipInfo]:
    """The entries by name; Unreadable where they are too many, too large, or named so as to leave the archive."""
    entries = archive.infolist()
    if len(entries) > ENTRIES_MOST:
        raise Unreadable(f"This .qdpx file has more than {ENTRIES_MOST:,} entries.")
    if sum(entry.file_size for entry in entries) > ALL_MOST:
        raise Unreadable(f"Unpacked, this .qdpx file would have more than {ALL_MOST // 1_000_000} MB.")
    for entry in entries:
        refuse_bad(entry)
    return {entry.filename: entry for entry in entries}


def refuse_bad(entry: ZipInfo) -> None:
    name = entry.filename.replace("\\", "/")
    if len(name) > 300 or name.startswith("/") or ":" in name or ".." in name.split("/"):
        raise Unreadable("An entry of this .qdpx file is named so as to leave the archive.")
    if entry.file_size > 100_000 and entry.file_size > RATIO_MOST * max(entry.compress_size, 1):
        raise Unreadable("This .qdpx file unpacks to far more than it can honestly hold.")


def unpacked(archive: ZipFile, entry: ZipInfo | None, most: int) -> bytes:
    """The bytes of an entry, never more than `most` of them."""
    if entry is None:
        raise Unreadable("A file that the project names is missing, or named twice.")
    with archive.open(entry) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise Unreadable(f"An entry of this .qdpx file is larger than {most // 1_000_000} MB.")
    return data
