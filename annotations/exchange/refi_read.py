"""Reads a REFI-QDA project, a .qdpx file: foreign, so every size is checked before it is read."""

import io
from collections.abc import Iterator
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from lxml import etree

from annotations.exchange.archives import unpack_entry
from annotations.exchange.bundle import ImportBundle, TextSource, make_problem
from annotations.exchange.record import UnreadableFileError
from annotations.exchange.refi_archive import MAX_XML_BYTES, QdpxFile, open_qdpx, parse_xml, read_raw_text
from annotations.exchange.refi_codes import get_description, read_codes
from annotations.exchange.refi_notes import Notes
from annotations.exchange.refi_selections import SelectionReader, parse_offset
from annotations.exchange.refi_terms import ORIGIN, XML_NAMESPACE, normalise_guid
from annotations.exchange.text_encoding import DecodedText
from annotations.exchange.text_places import Place, PlacedText
from newsreader.text.translation import gettext_noop

MAX_ADDRESS_LENGTH = 2_000
MAX_SHOWN_DESCRIPTION = 300  # code points of a description in the list of what is left out
ONE_COUNT_PROGRAMS = "ATLAS.ti"  # which counts a line end once, whatever the file has
OUTLET = "Source: "
GUESSED_ENCODING = gettext_noop("“%(title)s” was read as %(encoding)s, which is a guess: check its letters.")
WHOLE_TEXT = gettext_noop("“%(title)s” as a whole has the tag “%(tag)s”; only passages can have tags.")
TEXT_DESCRIPTION = gettext_noop("The description of “%(title)s” is left out.")
PROJECT_DESCRIPTION = gettext_noop("The description of the project is left out.")
LEFT_OUT = {
    "{*}Variables/{*}Variable": gettext_noop("Variables are left out: %(number)s."),
    "{*}Cases/{*}Case": gettext_noop("Cases are left out: %(number)s."),
    "{*}Graphs/{*}Graph": gettext_noop("Graphs are left out: %(number)s."),
}


def read_qdpx(data: bytes) -> ImportBundle:
    """Return what the project in a .qdpx file holds.

    UnreadableFileError, with a sentence for people, where it is none, or is not safe to open.
    """
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            return read_project(open_qdpx(archive))
    except (BadZipFile, NotImplementedError, RuntimeError, ZlibError, EOFError, OSError, OverflowError) as error:
        raise UnreadableFileError(gettext_noop("This .qdpx file is damaged or password-protected.")) from error


def read_project(qdpx: QdpxFile) -> ImportBundle:
    """Return what project.qde and the texts it names hold."""
    name = next((name for name in qdpx.entries if name.endswith(".qde") and "/" not in name), "")
    if not name:
        raise UnreadableFileError(gettext_noop("This is not a REFI-QDA project: it contains no project.qde."))
    root = parse_xml(unpack_entry(qdpx.archive, qdpx.entries[name], MAX_XML_BYTES))
    if root.tag != f"{{{XML_NAMESPACE}}}Project":
        raise UnreadableFileError(gettext_noop("The XML in this file is not a REFI-QDA project."))
    bundle = ImportBundle(gettext_noop("REFI-QDA project"))
    notes = Notes(bundle, root, qdpx)
    read_codes(bundle, root, set(iterate_codings(root)), notes.take_words)
    ProjectReader(bundle, root, qdpx, notes).read_sources()
    report_left_out(bundle, root)
    notes.report_rest(root)
    return bundle


def iterate_codings(element: etree._Element) -> Iterator[str]:
    """Yield the GUIDs of the codes that are given to anything in an element."""
    for code in element.iterfind(".//{*}Coding/{*}CodeRef"):
        yield normalise_guid(code.get("targetGUID"))


class ProjectReader:
    """Reads the sources of a project whose codes and notes are read already."""

    def __init__(self, bundle: ImportBundle, root: etree._Element, qdpx: QdpxFile, notes: Notes) -> None:
        self.bundle, self.root, self.qdpx, self.notes = bundle, root, qdpx, notes
        self.origin = root.get("origin") or ""
        self.code_names = {tag.id: tag.name for tag in bundle.tags}
        readers = {normalise_guid(user.get("guid")): user.get("name") or "" for user in root.iter("{*}User")}
        self.selections = SelectionReader(bundle, self.code_names, readers, notes, merges=self.origin != ORIGIN)

    def read_sources(self) -> None:
        """Add the texts with their highlights; what is no plain text, or cannot be read, is a problem."""
        for source in self.root.iterfind("{*}Sources/*"):
            self.report_source(source)
            try:
                decoded = read_source_text(source, self.qdpx)
            except UnreadableFileError as error:
                codings = sum(1 for _ in source.iter("{*}Coding"))
                self.bundle.add_problem(make_problem(source.get("name") or "", error, codings))
            else:
                self.add_text(source, decoded)
        self.selections.report_unknown_codes()

    def report_source(self, source: etree._Element) -> None:
        """Add notices for what is said of a source as a whole."""
        self.notes.report_text(source)
        title, description = source.get("name") or "", get_description(source)
        if description.strip() and parse_origin(description) is None:
            self.bundle.add_notice(description[:MAX_SHOWN_DESCRIPTION], TEXT_DESCRIPTION, title=title)
        for code in source.iterfind("{*}Coding/{*}CodeRef"):
            tag = self.code_names.get(normalise_guid(code.get("targetGUID")), "")
            self.bundle.add_notice("", WHOLE_TEXT, title=title, tag=tag)

    def add_text(self, source: etree._Element, decoded: DecodedText) -> None:
        """Add a text with its highlights."""
        selections = list(source.iterfind("{*}PlainTextSelection"))
        placed = self.place_text(decoded, selections)
        address, outlet = parse_origin(get_description(source)) or ("", "")
        guid, title = normalise_guid(source.get("guid")), source.get("name") or ""
        is_free = guid and guid not in self.bundle.texts
        text = TextSource(guid if is_free else f"text {len(self.bundle.texts)}", title, placed.text, address, outlet)
        self.bundle.add_text(text)
        if not decoded.is_certain:
            self.bundle.add_notice("", GUESSED_ENCODING, title=title, encoding=decoded.encoding)
        self.selections.read_text(text, placed, selections)

    def place_text(self, decoded: DecodedText, selections: list[etree._Element]) -> PlacedText:
        """Return a text with the way in which the offsets of its selections are counted."""
        counts_once = self.origin.startswith(ONE_COUNT_PROGRAMS)
        return PlacedText(decoded.text, list_places(selections), counts_once=counts_once, has_mark=decoded.has_mark)


def read_source_text(source: etree._Element, qdpx: QdpxFile) -> DecodedText:
    """Return the text of a source as the file has it; UnreadableFileError where it is none, or cannot be read."""
    if source.tag != f"{{{XML_NAMESPACE}}}TextSource":
        raise UnreadableFileError(gettext_noop("It is not plain text; only plain text can be imported."))
    return read_raw_text(source, qdpx)


def list_places(selections: list[etree._Element]) -> Iterator[Place]:
    """Yield where selections stand, with what may be their words."""
    for selection in selections:
        start, end = parse_offset(selection.get("startPosition")), parse_offset(selection.get("endPosition"))
        names = (selection.get("name") or "", get_description(selection))
        if start is not None and end is not None:
            yield Place(start, end, tuple(filter(None, names)))


def parse_origin(description: str) -> tuple[str, str] | None:
    """Return address and outlet of a text from the description that `refi_write.describe_origin` wrote; None for any other."""
    address = outlet = ""
    for line in description.strip().splitlines():
        if line.startswith(OUTLET) and not outlet:
            outlet = line.removeprefix(OUTLET)
        elif is_address(line) and not address:
            address = line
        else:
            return None
    return address, outlet


def is_address(line: str) -> bool:
    """Return whether a line is nothing but an address."""
    is_short = len(line) <= MAX_ADDRESS_LENGTH and len(line.split()) == 1
    return is_short and line.startswith(("http://", "https://"))


def report_left_out(bundle: ImportBundle, root: etree._Element) -> None:
    """Add a notice for each kind of thing that a project here has no place for."""
    for path, message in LEFT_OUT.items():
        if number := sum(1 for _ in root.iterfind(path)):
            bundle.add_notice("", message, number=number)
    description = get_description(root).strip()
    if description and root.get("origin") != ORIGIN:
        bundle.add_notice(description[:MAX_SHOWN_DESCRIPTION], PROJECT_DESCRIPTION)
