"""A .qdpx file that comes in: foreign, so every size is checked before it is read."""

import io
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from lxml import etree

from annotations.anchoring.quotes import describe
from annotations.exchange.annotation_json import date
from annotations.exchange.archives import checked, unpacked
from annotations.exchange.bundle import MOST_ROWS, Fault, Parcel, Text
from annotations.exchange.record import Record, Term, Unreadable
from annotations.exchange.refi_write import COLOURS, NAMESPACE

QDE_MOST, TEXT_MOST = 60_000_000, 2_000_000  # bytes, unpacked
IN = f"{{{NAMESPACE}}}"


class Named(NamedTuple):
    """What selections refer to, by GUID: names of codes and of readers, and the words of notes."""

    codes: dict[str, str]
    readers: dict[str, str]
    notes: dict[str, str]


def read(data: bytes) -> Parcel:
    """The project in a .qdpx; Unreadable with a sentence for people where it is none, or is not safe to open."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            return read_project(archive, checked(archive))
    except (BadZipFile, NotImplementedError, RuntimeError, ZlibError, EOFError, OSError, OverflowError) as error:
        raise Unreadable("This .qdpx file is damaged, or locked with a password.") from error


def read_project(archive: ZipFile, entries: dict[str, ZipInfo]) -> Parcel:
    name = next((name for name in entries if name.lower().endswith(".qde") and "/" not in name), "")
    if not name:
        raise Unreadable("There is no project.qde in this file, so it is no REFI-QDA project.")
    root = parsed(unpacked(archive, entries[name], QDE_MOST))
    parcel = Parcel("REFI-QDA project", terms=terms_in(root))
    readers = {key(user.get("guid")): user.get("name", "") for user in root.iter(f"{IN}User")}
    named = Named({term.id: term.name for term in parcel.terms}, readers, notes_in(root, archive, entries))
    for source in root.iterfind(f"{IN}Sources/*"):
        read_source(parcel, source, archive, entries, named)
    return parcel


def parsed(data: bytes):
    """The root of the project's XML, without entities and what they could reach."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable("The project in this file is no well-formed XML.") from error
    if root.getroottree().docinfo.doctype:
        raise Unreadable("The project in this file declares a document type, which none needs.")
    if root.tag != f"{IN}Project":
        raise Unreadable("The XML in this file is no REFI-QDA project.")
    return root


def terms_in(root) -> list[Term]:
    """The codes, those above before those below."""
    found = []
    for code in root.iter(f"{IN}Code"):
        guid, name = key(code.get("guid")), code.get("name", "")
        above = code.getparent()
        parent = key(above.get("guid")) if above.tag == code.tag else ""
        colour = COLOURS.index(c) + 1 if (c := code.get("color", "").lower()) in COLOURS else None
        retired = code.get("isCodable") in ("false", "0")
        found.append(Term(guid, name, parent, *parted(said(code)), colour, retired))
    return found


def notes_in(root, archive, entries) -> dict[str, str]:
    """The notes that stand by themselves; those that cannot be read are left out."""
    found = {}
    for note in root.iterfind(f"{IN}Notes/{IN}Note"):
        try:
            found[key(note.get("guid"))] = text_of_source(note, archive, entries).text.strip()
        except Unreadable:
            continue
    return found


def noted(selection, named: Named) -> str:
    """What a selection says itself, then the notes that it refers to."""
    notes = [named.notes.get(key(ref.get("targetGUID")), "") for ref in selection.iterfind(f"{IN}NoteRef")]
    return "\n\n".join(filter(None, [said(selection), *notes]))


def parted(words: str) -> tuple[str, str, str]:
    """Definition, use for, not for, as they were written together."""
    rest, _, not_for = words.partition("\n\nNot for: ") if "\n\nNot for: " in words else (words, "", "")
    definition, _, use_for = rest.partition("\n\nUse for: ")
    return definition, use_for, not_for


def said(element) -> str:
    return element.findtext(f"{IN}Description") or ""


def key(guid: str | None) -> str:
    return (guid or "").strip("{} ").lower()


def read_source(parcel, source, archive, entries, named) -> None:
    """A text with its highlights; what is no plain text, or cannot be read, is a fault."""
    title = source.get("name", "")
    if source.tag != f"{IN}TextSource":
        parcel.faults.append(Fault(title, "It is not a plain text, and only texts can be brought in."))
        return
    try:
        text = text_of_source(source, archive, entries)
    except Unreadable as error:
        parcel.faults.append(Fault(title, str(error)))
        return
    parcel.texts[text.guid] = text
    for selection in source.iterfind(f"{IN}PlainTextSelection"):
        read_selection(parcel, text, selection, named)


def text_of_source(source, archive, entries) -> Text:
    path = source.get("plainTextPath", "")
    whole = source.findtext(f"{IN}PlainTextContent")
    if whole is None:
        if not path.startswith("internal://"):
            raise Unreadable("Its words are not in the file.")
        name = path.removeprefix("internal://")
        # Each may be named once: thousands that name one large file would unpack without end.
        entry = entries.pop(f"sources/{name}", None) or entries.pop(f"Sources/{name}", None)
        try:
            whole = unpacked(archive, entry, TEXT_MOST).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise Unreadable("Its words are not written in UTF-8.") from error
    if len(whole) > TEXT_MOST:
        raise Unreadable(f"It has more than {TEXT_MOST:,} characters.")
    words = said(source).splitlines()
    address = next((line for line in words if line.startswith(("http://", "https://"))), "")
    outlet = next((line.removeprefix("Source: ") for line in words if line.startswith("Source: ")), "")
    return Text(key(source.get("guid")), source.get("name", ""), whole, address, outlet)


def read_selection(parcel, text: Text, selection, named) -> None:
    if len(parcel.records) >= MOST_ROWS:
        raise Unreadable(f"This file has more than {MOST_ROWS:,} highlights. Bring it in in parts.")
    start, end = (offset(selection.get(f"{which}Position")) for which in ("start", "end"))
    if start is None or end is None or not start < end <= len(text.text):
        parcel.faults.append(Fault(selection.get("name", ""), f"Its place is not within “{text.title}”."))
        return
    codings = [coding.find(f"{IN}CodeRef") for coding in selection.iterfind(f"{IN}Coding")]
    tags = dict.fromkeys(named.codes.get(key(ref.get("targetGUID")), "") for ref in codings if ref is not None)
    record = Record(
        id=key(selection.get("guid")),
        source=text.address,
        article=text.guid,
        title=text.title,
        tags=tuple(filter(None, tags)),
        note=noted(selection, named),
        creator=named.readers.get(key(selection.get("creatingUser")), ""),
        created=date(selection.get("creationDateTime", "")),
        modified=date(selection.get("modifiedDateTime", "")),
        **describe(text.text, start, end)._asdict(),
    )
    parcel.records.append(record)


def offset(digits: str | None) -> int | None:
    """A place in a text; None for what can be none."""
    return int(digits) if digits and len(digits) < 10 and digits.isascii() and digits.isdecimal() else None
