"""A .qdpx file that comes in: foreign, so every size is checked before it is read."""

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

MAX_PROJECT_BYTES, MAX_TEXT_LENGTH = 60_000_000, 2_000_000  # bytes, unpacked
QDA = f"{{{XML_NAMESPACE}}}"


class References(NamedTuple):
    """What selections refer to, by GUID: names of codes and of readers, and the words of notes."""

    codes: dict[str, str]
    readers: dict[str, str]
    notes: dict[str, str]


def read_qdpx(data: bytes) -> ImportBundle:
    """The project in a .qdpx; Unreadable with a sentence for people where it is none, or is not safe to open."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            return read_project(archive, check_entries(archive))
    except (BadZipFile, NotImplementedError, RuntimeError, ZlibError, EOFError, OSError, OverflowError) as error:
        raise UnreadableFileError("This .qdpx file is damaged, or locked with a password.") from error


def read_project(archive: ZipFile, entries: dict[str, ZipInfo]) -> ImportBundle:
    name = next((name for name in entries if name.lower().endswith(".qde") and "/" not in name), "")
    if not name:
        raise UnreadableFileError("There is no project.qde in this file, so it is no REFI-QDA project.")
    root = parse_project(unpack_entry(archive, entries[name], MAX_PROJECT_BYTES))
    parcel = ImportBundle("REFI-QDA project", terms=read_tags(root))
    readers = {normalise_guid(user.get("guid")): user.get("name", "") for user in root.iter(f"{QDA}User")}
    named = References({term.id: term.name for term in parcel.terms}, readers, read_notes(root, archive, entries))
    for source in root.iterfind(f"{QDA}Sources/*"):
        read_source(parcel, source, archive, entries, named)
    return parcel


def parse_project(data: bytes):
    """The root of the project's XML, without entities and what they could reach."""
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


def read_tags(root) -> list[TagRecord]:
    """The codes, those above before those below."""
    found = []
    for code in root.iter(f"{QDA}Code"):
        guid, name = normalise_guid(code.get("guid")), code.get("name", "")
        above = code.getparent()
        parent = normalise_guid(above.get("guid")) if above.tag == code.tag else ""
        colour = HUE_COLOURS.index(c) + 1 if (c := code.get("color", "").lower()) in HUE_COLOURS else None
        retired = code.get("isCodable") in ("false", "0")
        found.append(TagRecord(guid, name, parent, *split_description(get_description(code)), colour, retired))
    return found


def read_notes(root, archive, entries) -> dict[str, str]:
    """The notes that stand by themselves; those that cannot be read are left out."""
    found = {}
    for note in root.iterfind(f"{QDA}Notes/{QDA}Note"):
        try:
            found[normalise_guid(note.get("guid"))] = read_text(note, archive, entries).text.strip()
        except UnreadableFileError:
            continue
    return found


def read_selection_note(selection, named: References) -> str:
    """What a selection says itself, then the notes that it refers to."""
    notes = [named.notes.get(normalise_guid(ref.get("targetGUID")), "") for ref in selection.iterfind(f"{QDA}NoteRef")]
    return "\n\n".join(filter(None, [get_description(selection), *notes]))


def split_description(words: str) -> tuple[str, str, str]:
    """Definition, use for, not for, as they were written together."""
    rest, _, not_for = words.partition("\n\nNot for: ") if "\n\nNot for: " in words else (words, "", "")
    definition, _, use_for = rest.partition("\n\nUse for: ")
    return definition, use_for, not_for


def get_description(element) -> str:
    return element.findtext(f"{QDA}Description") or ""


def normalise_guid(guid: str | None) -> str:
    return (guid or "").strip("{} ").lower()


def read_source(parcel, source, archive, entries, named) -> None:
    """A text with its highlights; what is no plain text, or cannot be read, is a fault."""
    title = source.get("name", "")
    if source.tag != f"{QDA}TextSource":
        parcel.faults.append(ImportProblem(title, "It is not a plain text, and only texts can be brought in."))
        return
    try:
        text = read_text(source, archive, entries)
    except UnreadableFileError as error:
        parcel.faults.append(ImportProblem(title, str(error)))
        return
    parcel.texts[text.guid] = text
    for selection in source.iterfind(f"{QDA}PlainTextSelection"):
        read_selection(parcel, text, selection, named)


def read_text(source, archive, entries) -> TextSource:
    path = source.get("plainTextPath", "")
    whole = source.findtext(f"{QDA}PlainTextContent")
    if whole is None:
        if not path.startswith("internal://"):
            raise UnreadableFileError("Its words are not in the file.")
        name = path.removeprefix("internal://")
        # Each may be named once: thousands that name one large file would unpack without end.
        entry = entries.pop(f"sources/{name}", None) or entries.pop(f"Sources/{name}", None)
        try:
            whole = unpack_entry(archive, entry, MAX_TEXT_LENGTH).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise UnreadableFileError("Its words are not written in UTF-8.") from error
    if len(whole) > MAX_TEXT_LENGTH:
        raise UnreadableFileError(f"It has more than {MAX_TEXT_LENGTH:,} characters.")
    words = get_description(source).splitlines()
    address = next((line for line in words if line.startswith(("http://", "https://"))), "")
    outlet = next((line.removeprefix("Source: ") for line in words if line.startswith("Source: ")), "")
    return TextSource(normalise_guid(source.get("guid")), source.get("name", ""), whole, address, outlet)


def read_selection(parcel, text: TextSource, selection, named) -> None:
    if len(parcel.records) >= MAX_ENTRIES:
        raise UnreadableFileError(f"This file has more than {MAX_ENTRIES:,} highlights. Bring it in in parts.")
    start, end = (parse_offset(selection.get(f"{which}Position")) for which in ("start", "end"))
    if start is None or end is None or not start < end <= len(text.text):
        parcel.faults.append(ImportProblem(selection.get("name", ""), f"Its place is not within “{text.title}”."))
        return
    codings = [coding.find(f"{QDA}CodeRef") for coding in selection.iterfind(f"{QDA}Coding")]
    tags = dict.fromkeys(
        named.codes.get(normalise_guid(ref.get("targetGUID")), "") for ref in codings if ref is not None
    )
    record = HighlightRecord(
        id=normalise_guid(selection.get("guid")),
        source=text.address,
        article=text.guid,
        title=text.title,
        tags=tuple(filter(None, tags)),
        note=read_selection_note(selection, named),
        creator=named.readers.get(normalise_guid(selection.get("creatingUser")), ""),
        created=parse_date(selection.get("creationDateTime", "")),
        modified=parse_date(selection.get("modifiedDateTime", "")),
        **describe(text.text, start, end)._asdict(),
    )
    parcel.records.append(record)


def parse_offset(digits: str | None) -> int | None:
    """A place in a text; None for what can be none."""
    return int(digits) if digits and len(digits) < 10 and digits.isascii() and digits.isdecimal() else None
