"""The notes of a REFI-QDA project: memos of passages, codes, texts and the project, named there or tied by links."""

from collections.abc import Iterable
from typing import NamedTuple

from lxml import etree

from annotations.exchange.bundle import ImportBundle, make_problem
from annotations.exchange.record import UnreadableFileError
from annotations.exchange.refi_archive import QdpxFile, read_raw_text
from annotations.exchange.refi_terms import normalise_guid
from newsreader.text.characters import clean_characters
from newsreader.text.translation import gettext_noop

MAX_SHOWN_MEMO = 300  # code points of a memo in the list of what is left out
MEMO_OF_TEXT = gettext_noop("The memo “%(name)s” of the text “%(title)s” is left out.")
MEMO_OF_PROJECT = gettext_noop("The memo “%(name)s” of the project is left out.")
MEMO_ALONE = gettext_noop("The memo “%(name)s” is left out: it belongs to no highlight and no tag.")
CODED_MEMO = gettext_noop("Tags within the memo “%(name)s” are left out: %(number)s.")
OTHER_LINKS = gettext_noop("Links between passages, texts or tags are left out: %(number)s.")


class Note(NamedTuple):
    """A note with its name and its words."""

    name: str
    words: str


class Notes:
    """The notes of a project by GUID, and which of them belong to what; those that nothing took up are reported at the end."""

    def __init__(self, bundle: ImportBundle, root: etree._Element, qdpx: QdpxFile) -> None:
        self.bundle, self.notes = bundle, dict[str, Note]()
        for note in root.iterfind("{*}Notes/{*}Note"):
            self.read_note(note, qdpx)
        self.linked: dict[str, list[str]] = {}
        self.used: set[str] = set()
        self.read_links(root.iterfind("{*}Links/{*}Link"))

    def read_note(self, note: etree._Element, qdpx: QdpxFile) -> None:
        """Keep a note; one that cannot be read is a notice."""
        name = note.get("name") or ""
        try:
            words = clean_characters(read_raw_text(note, qdpx).text).strip()
        except UnreadableFileError as error:
            problem = make_problem(name, error)
            self.bundle.add_notice(name, problem.message, **problem.values)
            return
        self.bundle.count(words)
        self.notes[normalise_guid(note.get("guid"))] = Note(name, words)
        if codings := sum(1 for _ in note.iter("{*}Coding")):
            self.bundle.add_notice("", CODED_MEMO, name=name, number=codings)

    def read_links(self, links: Iterable[etree._Element]) -> None:
        """Keep which notes are tied to what by links; other links are counted in a notice."""
        others = 0
        for link in links:
            ends = [normalise_guid(link.get(name)) for name in ("originGUID", "targetGUID")]
            notes = [guid for guid in ends if guid in self.notes]
            if len(notes) == 1:
                other = ends[1 - ends.index(notes[0])]
                self.linked.setdefault(other, []).extend([*notes, *list_note_refs(link)])
            else:
                others += 1
        if others:
            self.bundle.add_notice("", OTHER_LINKS, number=others)

    def list_guids(self, element: etree._Element) -> list[str]:
        """Return the GUIDs of the notes that belong to an element, each once."""
        linked = self.linked.get(normalise_guid(element.get("guid")), [])
        return [guid for guid in dict.fromkeys([*list_note_refs(element), *linked]) if guid in self.notes]

    def take_words(self, elements: Iterable[etree._Element]) -> list[str]:
        """Return the words of the notes that belong to elements, each once; they are held somewhere from now on."""
        guids = dict.fromkeys(guid for element in elements for guid in self.list_guids(element))
        self.used.update(guids)
        return [words for guid in guids if (words := self.notes[guid].words)]

    def report_text(self, source: etree._Element) -> None:
        """Add a notice for each note of a text."""
        for guid in self.list_guids(source):
            self.report(guid, MEMO_OF_TEXT, title=source.get("name") or "")

    def report_rest(self, project: etree._Element) -> None:
        """Add a notice for each note of the project, and for each that belongs to nothing that was read."""
        for guid in self.list_guids(project):
            self.report(guid, MEMO_OF_PROJECT)
        for guid in [guid for guid in self.notes if guid not in self.used]:
            self.report(guid, MEMO_ALONE)

    def report(self, guid: str, message: str, **values: str) -> None:
        """Add a notice that a note is left out, with its first words."""
        note = self.notes[guid]
        self.used.add(guid)
        self.bundle.add_notice(note.words[:MAX_SHOWN_MEMO], message, name=note.name, **values)


def list_note_refs(element: etree._Element) -> list[str]:
    """Return the GUIDs that an element names as its notes."""
    return [normalise_guid(note.get("targetGUID")) for note in element.iterfind("{*}NoteRef")]
