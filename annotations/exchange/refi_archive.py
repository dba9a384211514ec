"""An open .qdpx file: its XML and its texts, unpacked with limits."""

from typing import NamedTuple
from zipfile import ZipFile, ZipInfo

from lxml import etree

from annotations.exchange.archives import check_entries, unpack_entry
from annotations.exchange.record import UnreadableFileError
from annotations.exchange.text_encoding import DecodedText, decode_text
from newsreader.text.translation import gettext_noop

MAX_XML_BYTES = 60_000_000  # of project.qde, unpacked
MAX_ELEMENTS = 2_000_000  # of project.qde: each takes far more memory than its letters
PROLOGUE_BYTES = 10_000  # in which a document type is looked for before the XML is parsed
MAX_TEXT_LENGTH = 2_000_000  # of one text, unpacked: bytes of a file, or code points within the project
DOCUMENT_TYPE = gettext_noop("The XML in this file contains a document type declaration, which is not allowed.")


class QdpxFile(NamedTuple):
    """An open .qdpx file; an entry, by its name in small letters, that was read as a text is taken out of `entries`."""

    archive: ZipFile
    entries: dict[str, ZipInfo]


def open_qdpx(archive: ZipFile) -> QdpxFile:
    """Return an archive whose entries are safe to unpack; else UnreadableFileError."""
    entries = check_entries(archive)
    return QdpxFile(archive, {name.replace("\\", "/").lower(): entry for name, entry in entries.items()})


def parse_xml(data: bytes) -> etree._Element:
    """Return the root of XML, without entities and what they could reach."""
    refuse_before_parsing(data)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFileError(gettext_noop("This file is not well-formed XML.")) from error
    if root.getroottree().docinfo.doctype:
        raise UnreadableFileError(DOCUMENT_TYPE)
    return root


def refuse_before_parsing(data: bytes) -> None:
    """Raise UnreadableFileError where the XML has entities to expand, or more elements than memory for them."""
    if b"<!DOCTYPE" in data[:PROLOGUE_BYTES].replace(b"\0", b""):  # in UTF-16 too
        raise UnreadableFileError(DOCUMENT_TYPE)
    if data.count(b"<") > MAX_ELEMENTS:
        message = gettext_noop("The XML in this file has more than %(number)s elements.")
        raise UnreadableFileError(message, number=f"{MAX_ELEMENTS:,}")


def read_raw_text(source: etree._Element, qdpx: QdpxFile) -> DecodedText:
    """Return the text of a source or a note as the file has it; UnreadableFileError where it has none, or too much."""
    content = source.findtext("{*}PlainTextContent")
    if content is not None:
        decoded = DecodedText(content, "utf-8", has_mark=False, is_certain=True)
    else:
        path = source.get("plainTextPath", "")
        if not path and source.get("richTextPath"):
            raise UnreadableFileError(
                gettext_noop("It is only in the file as a formatted document, not as plain text.")
            )
        decoded = unpack_text(path, qdpx)
    if len(decoded.text) > MAX_TEXT_LENGTH:
        message = gettext_noop("It has more than %(number)s characters.")
        raise UnreadableFileError(message, number=f"{MAX_TEXT_LENGTH:,}")
    return decoded


def unpack_text(path: str, qdpx: QdpxFile) -> DecodedText:
    """Return the text in the file of the archive that a source names."""
    if not path.startswith("internal://"):
        raise UnreadableFileError(gettext_noop("Its text is not in the file."))
    name = path.removeprefix("internal://").lower()
    # Each may be named once: thousands that name one large file would unpack without end.
    return decode_text(unpack_entry(qdpx.archive, qdpx.entries.pop(f"sources/{name}", None), MAX_TEXT_LENGTH))
