"""Reads a REFI-QDA project, a .qdpx file: foreign, so every size is checked before it is read."""

import io
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from lxml import etree

from annotations.anchoring.quotes import describe
from annotations.exchange.annotation_json import parse_date
from annotations.exchange.archives import check_entries, unpack_entry
from annotations.exchange.bundle import MAX_ENTRIES, ImportBundle, ImportProblem, TextSource
from annotations.exchange.record import HighlightRecord, TagRecord, UnreadableFileError
from annotations.exchange.refi_write import HUE_COLOURS, XML_NAMESPACE

MAX_PROJECT_BYTES = 60_000_000  # of project.qde, unpacked
MAX_TEXT_LENGTH = 2_000_000  # of one text, unpacked: bytes of a file, or code points within the project
QDA = f"{{{XML_NAMESPACE}}}"


class QdpxFile(NamedTuple):
    """An open .qdpx file; an entry that was read as a text is taken out of `entries`."""

    archive: ZipFile
    entries: dict[str, ZipInfo]


class References(NamedTuple):
    """What selections refer to, by GUID: names of codes and of readers, and the words of notes."""

    codes: dict[str, str]
    readers: dict[str, str]
    notes: dict[str, str]


def read_qdpx(data: bytes) -> ImportBundle:
    """Return what the project in a .qdpx file holds.

    UnreadableFileError, with a sentence for people, where it is none, or is not safe to open.
    """
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            return read_project(QdpxFile(archive, check_entries(archive)))
    except (BadZipFile, NotImplementedError, RuntimeError, ZlibError, EOFError, OSError, OverflowError) as error:
        raise UnreadableFileError("This .qdpx file is damaged, or locked with a password.") from error


def read_project(qdpx: QdpxFile) -> ImportBundle:
    """Return what project.qde and the texts it names hold."""
    name = next((name for name in qdpx.entries if name.lower().endswith(".qde") and "/" not in name), "")
    if not name:
        raise UnreadableFileError("There is no project.qde in this file, so it is no REFI-QDA project.")
    root = parse_project(unpack_entry(qdpx.archive, qdpx.entries[name], MAX_PROJECT_BYTES))
    bundle = ImportBundle("REFI-QDA project", tags=read_tags(root))
    readers = {normalise_guid(user.get("guid")): user.get("name", "") for user in root.iter(f"{QDA}User")}
    references = References({tag.id: tag.name for tag in bundle.tags}, readers, read_notes(root, qdpx))
    for source in root.iterfind(f"{QDA}Sources/*"):
        read_source(bundle, source, qdpx, references)
    return bundle


def parse_project(data: bytes) -> etree._Element:
    """Return the root of the project's XML, without entities and what they could reach."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFileError("The project in this file is no well-formed XML.") from error
    if root.getroottree().docinfo.doctype:
        raise UnreadableFileError("The project in this file declares a document type, which none needs.")
    if root.tag != f"{QDA}Project":
        raise UnreadableFileError("The XML in this file is no REFI-QDA project.")
    return root


def read_tags(root: etree._Element) -> list[TagRecord]:
    """Return the codes as tags, those above before those below."""
    return [read_tag(code) for code in root.iter(f"{QDA}Code")]


def read_tag(code: etree._Element) -> TagRecord:
    """Return a code as a tag; a colour that is none of ours is left out."""
    above = code.getparent()
    parent = normalise_guid(above.get("guid")) if above.tag == code.tag else ""
    colour = code.get("color", "").lower()
    hue = HUE_COLOURS.index(colour) + 1 if colour in HUE_COLOURS else None
    texts = split_description(get_description(code))
    is_retired = code.get("isCodable") in ("false", "0")
    return TagRecord(normalise_guid(code.get("guid")), code.get("name", ""), parent, *texts, hue, is_retired)


def read_notes(root: etree._Element, qdpx: QdpxFile) -> dict[str, str]:
    """Return the words of the notes that stand by themselves, by GUID; those that cannot be read are left out."""
    notes = {}
    for note in root.iterfind(f"{QDA}Notes/{QDA}Note"):
        try:
            notes[normalise_guid(note.get("guid"))] = read_text(note, qdpx).text.strip()
        except UnreadableFileError:
            continue
    return notes


def read_selection_note(selection: etree._Element, references: References) -> str:
    """Return what a selection says itself, then the notes that it refers to."""
    guids = [normalise_guid(note.get("targetGUID")) for note in selection.iterfind(f"{QDA}NoteRef")]
    notes = [references.notes.get(guid, "") for guid in guids]
    return "\n\n".join(filter(None, [get_description(selection), *notes]))


def split_description(words: str) -> tuple[str, str, str]:
    """Return definition, use for and not for, as `refi_write.join_description` wrote them together."""
    rest, _, not_for = words.partition("\n\nNot for: ")
    definition, _, use_for = rest.partition("\n\nUse for: ")
    return definition, use_for, not_for


def get_description(element: etree._Element) -> str:
    """Return the description in an element; empty where it has none."""
    return element.findtext(f"{QDA}Description") or ""


def normalise_guid(guid: str | None) -> str:
    """Return the GUID without braces and in lower case; empty where there is none."""
    return (guid or "").strip("{} ").lower()


def read_source(bundle: ImportBundle, source: etree._Element, qdpx: QdpxFile, references: References) -> None:
    """Add a text with its highlights; what is no plain text, or cannot be read, is a problem."""
    title = source.get("name", "")
    if source.tag != f"{QDA}TextSource":
        reason = "It is not a plain text, and only texts can be brought in."
        bundle.problems.append(ImportProblem(title, reason))
        return
    try:
        text = read_text(source, qdpx)
    except UnreadableFileError as error:
        bundle.problems.append(ImportProblem(title, str(error)))
        return
    bundle.texts[text.guid] = text
    for selection in source.iterfind(f"{QDA}PlainTextSelection"):
        read_selection(bundle, text, selection, references)


def read_text(source: etree._Element, qdpx: QdpxFile) -> TextSource:
    """Return a text with what its description says of its origin; UnreadableFileError where it cannot be read."""
    text = source.findtext(f"{QDA}PlainTextContent")
    if text is None:
        text = unpack_text(source.get("plainTextPath", ""), qdpx)
    if len(text) > MAX_TEXT_LENGTH:
        raise UnreadableFileError(f"It has more than {MAX_TEXT_LENGTH:,} characters.")
    lines = get_description(source).splitlines()
    address = next((line for line in lines if line.startswith(("http://", "https://"))), "")
    outlet = next((line.removeprefix("Source: ") for line in lines if line.startswith("Source: ")), "")
    return TextSource(normalise_guid(source.get("guid")), source.get("name", ""), text, address, outlet)


def unpack_text(path: str, qdpx: QdpxFile) -> str:
    """Return the text in the file of the archive that a source names."""
    if not path.startswith("internal://"):
        raise UnreadableFileError("Its words are not in the file.")
    name = path.removeprefix("internal://")
    # Each may be named once: thousands that name one large file would unpack without end.
    entry = qdpx.entries.pop(f"sources/{name}", None) or qdpx.entries.pop(f"Sources/{name}", None)
    try:
        return unpack_entry(qdpx.archive, entry, MAX_TEXT_LENGTH).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError("Its words are not written in UTF-8.") from error


def read_selection(bundle: ImportBundle, text: TextSource, selection: etree._Element, references: References) -> None:
    """Add a highlight on the text; one whose place is not within it is a problem."""
    if len(bundle.records) >= MAX_ENTRIES:
        raise UnreadableFileError(f"This file has more than {MAX_ENTRIES:,} highlights. Bring it in in parts.")
    start, end = (parse_offset(selection.get(f"{which}Position")) for which in ("start", "end"))
    if start is None or end is None or not start < end <= len(text.text):
        reason = f"Its place is not within “{text.title}”."
        bundle.problems.append(ImportProblem(selection.get("name", ""), reason))
        return
    record = HighlightRecord(
        id=normalise_guid(selection.get("guid")),
        source=text.address,
        article=text.guid,
        title=text.title,
        tags=read_selection_tags(selection, references),
        note=read_selection_note(selection, references),
        creator=references.readers.get(normalise_guid(selection.get("creatingUser")), ""),
        created=parse_date(selection.get("creationDateTime", "")),
        modified=parse_date(selection.get("modifiedDateTime", "")),
        **describe(text.text, start, end)._asdict(),
    )
    bundle.records.append(record)


def read_selection_tags(selection: etree._Element, references: References) -> tuple[str, ...]:
    """Return the names of the codes that are given to a selection, each once."""
    codings = [coding.find(f"{QDA}CodeRef") for coding in selection.iterfind(f"{QDA}Coding")]
    guids = [normalise_guid(code.get("targetGUID")) for code in codings if code is not None]
    return tuple(filter(None, dict.fromkeys(references.codes.get(guid, "") for guid in guids)))


def parse_offset(digits: str | None) -> int | None:
    """Return a place in a text; None for what can be none."""
    return int(digits) if digits and len(digits) < 10 and digits.isascii() and digits.isdecimal() else None
