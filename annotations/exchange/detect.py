"""Reads an imported file, whose format is known by what it holds and not by its name."""

import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from importlib import import_module
from zipfile import BadZipFile, ZipFile

from annotations.exchange.annotation_files import read_json
from annotations.exchange.archives import MAX_ARCHIVE_ENTRIES
from annotations.exchange.bundle import (
    FILE_TOO_LARGE,
    MAX_FILE_BYTES,
    ImportBundle,
    break_circles,
    require_shallow_tags,
)
from annotations.exchange.file_kinds import UNKNOWN_FORMAT, describe_archive, describe_file
from annotations.exchange.record import UnreadableFileError
from annotations.exchange.table_readers import find_reader, read_table
from annotations.exchange.tables import read_text_table, read_workbook
from newsreader.text.translation import gettext_noop

NOT_UTF8 = gettext_noop("This file is not encoded in UTF-8.")


def read_bundle(data: bytes) -> ImportBundle:
    """Return what the file holds; UnreadableFileError, with a sentence for people, where it cannot be read."""
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableFileError(FILE_TOO_LARGE, megabytes=MAX_FILE_BYTES // 1_000_000)
    if data.startswith(b"PK\x03\x04"):
        bundle = read_archive(data)
    else:
        bundle = (
            read_codebook_xml(data) if b"urn:QDA-XML:" in data[:10_000].replace(b"\0", b"") else read_text_file(data)
        )
    require_shallow_tags(bundle.tags)
    break_circles(bundle)
    return bundle


def read_archive(data: bytes) -> ImportBundle:
    """Return what a zip file holds; its reader is loaded here, since the process that reads one file seldom needs it."""
    names = list_entries(data)
    if "xl/workbook.xml" in names:
        return read_table(read_workbook(data))
    if not 0 < len(names) <= MAX_ARCHIVE_ENTRIES or any(name.lower().endswith(".qde") for name in names):
        return import_module("annotations.exchange.refi_read").read_qdpx(data)
    raise UnreadableFileError(describe_archive(names))


def list_entries(data: bytes) -> list[str]:
    """Return the names of the first entries of a zip file; none where it is damaged."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()[: MAX_ARCHIVE_ENTRIES + 1]
    except (BadZipFile, NotImplementedError, ValueError, OSError):
        return []


def read_codebook_xml(data: bytes) -> ImportBundle:
    """Return what XML of REFI-QDA holds; its reader is loaded here, as that of an archive."""
    return import_module("annotations.exchange.refi_codebook").read_qdc(data)


def read_text_file(data: bytes) -> ImportBundle:
    """Return what JSON or a table holds."""
    message = describe_file(data)
    if message != UNKNOWN_FORMAT:
        raise UnreadableFileError(message)
    text, encoding = decode_text(data)
    if text.lstrip()[:1] in ("{", "["):
        if encoding != "utf-8-sig":
            raise UnreadableFileError(UNKNOWN_FORMAT if encoding else NOT_UTF8)
        return read_json(text)
    table = read_text_table(text)
    if not find_reader(table.columns) and (len(table.columns) < 2 or not encoding):
        raise UnreadableFileError(UNKNOWN_FORMAT if encoding else NOT_UTF8)
    return read_table([table])


def decode_text(data: bytes) -> tuple[str, str]:
    """Return the text of a file, and its encoding: "" where some bytes are bad, or it is taken for that of Windows."""
    encoding = "utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text, encoding = replace_bad_bytes(data), ""
    if "\0" in text:
        raise UnreadableFileError(UNKNOWN_FORMAT)
    return text, encoding


def replace_bad_bytes(data: bytes) -> str:
    """Return the text of a file that is not all UTF-8: as UTF-8 where its mark or most letters say so, else as Windows-1252."""
    text = data.decode("utf-8-sig", "replace")
    bad, rare = text.count("\ufffd"), sum(character > "\x7f" for character in text)
    return text if data.startswith(BOM_UTF8) or bad < rare - bad else data.decode("cp1252", "replace")
