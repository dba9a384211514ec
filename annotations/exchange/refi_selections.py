"""Reads the selections of a REFI-QDA text as highlights: those of the same words by the same reader are one, with several tags."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from lxml import etree

from annotations.anchoring.selectors import describe
from annotations.exchange.annotation_json import parse_date
from annotations.exchange.bundle import (
    MAX_FIELD_LENGTH,
    MAX_READ_TAGS,
    ImportBundle,
    TextSource,
    make_length_error,
    make_problem,
)
from annotations.exchange.record import HighlightRecord, UnreadableFileError
from annotations.exchange.refi_codes import get_description
from annotations.exchange.refi_notes import Notes
from annotations.exchange.refi_terms import normalise_guid
from annotations.exchange.text_places import PlacedText
from newsreader.text.translation import gettext_noop

MAX_MERGED_TAGS, MAX_MERGED_NOTE = 30, 10_000  # of one highlight; code points
OUTSIDE_TEXT = gettext_noop("Its position is outside “%(title)s”.")
A_POINT = gettext_noop("It is a point in “%(title)s”, without any words.")
UNKNOWN_CODES = gettext_noop("Tags that the file does not define are left out: %(number)s.")


@dataclass
class Draft:
    """A highlight while it is read: the codes given by one reader to one passage."""

    guid: str
    start: int
    end: int
    creator: str
    created: datetime | None
    modified: datetime | None
    tags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def can_take(self, other: "Draft") -> bool:
        """Return whether another one of the same words by the same reader fits into this."""
        tags, notes = set(self.tags + other.tags), self.notes + other.notes
        return len(tags) <= MAX_MERGED_TAGS and sum(len(note) + 2 for note in notes) <= MAX_MERGED_NOTE

    def take(self, other: "Draft") -> None:
        """Add the tags and the notes of another one."""
        self.tags = list(dict.fromkeys(self.tags + other.tags))
        self.notes = list(dict.fromkeys(self.notes + other.notes))
        self.created = min(filter(None, [self.created, other.created]), default=None)
        self.modified = max(filter(None, [self.modified, other.modified]), default=None)


class SelectionReader:
    """Reads the selections of a project's texts; with `merges`, those of the same words by the same reader become one."""

    def __init__(
        self, bundle: ImportBundle, codes: dict[str, str], readers: dict[str, str], notes: Notes, *, merges: bool
    ) -> None:
        self.bundle, self.codes, self.readers, self.notes, self.merges = bundle, codes, readers, notes, merges
        self.unknown_codes = 0

    def read_text(self, text: TextSource, placed: PlacedText, selections: Iterable[etree._Element]) -> None:
        """Add the highlights on a text, each where its first selection stands; what cannot be read is a problem."""
        drafts: dict[tuple[Any, ...], Draft] = {}
        for selection in selections:
            try:
                read = self.read_selection(text, placed, selection)
            except UnreadableFileError as error:
                self.bundle.add_problem(make_problem(get_label(selection), error))
                continue
            for draft in read:
                self.add_draft(drafts, text, draft)
        for draft in drafts.values():
            self.bundle.add_record(build_record(text, draft))

    def add_draft(self, drafts: dict[tuple[Any, ...], Draft], text: TextSource, draft: Draft) -> None:
        """Add a draft, or what is in it to the one of the same words and reader."""
        key = (draft.start, draft.end, draft.creator)
        if self.merges and key in drafts and drafts[key].can_take(draft):
            self.bundle.count(text.title, text.address, *draft.tags, *draft.notes)
            drafts[key].take(draft)
        else:
            drafts[key if self.merges and key not in drafts else (*key, len(drafts))] = draft

    def read_selection(self, text: TextSource, placed: PlacedText, selection: etree._Element) -> list[Draft]:
        """Return a draft for each reader who gave codes to a selection; UnreadableFileError where it has no place, or is too long."""
        start, end = locate(text, placed, selection)
        owner = normalise_guid(selection.get("creatingUser"))
        codings = list(selection.iterfind("{*}Coding"))
        by_reader: dict[str, list[etree._Element]] = {} if codings else {owner: []}
        for coding in codings:
            by_reader.setdefault(normalise_guid(coding.get("creatingUser")) or owner, []).append(coding)
        notes = self.read_notes(selection, codings)
        noted = owner if owner in by_reader else next(iter(by_reader))
        return [
            Draft(
                normalise_guid(selection.get("guid")) if reader == noted else "",
                start,
                end,
                self.readers.get(reader, ""),
                parse_date(selection.get("creationDateTime", "")),
                parse_date(selection.get("modifiedDateTime", "")),
                self.read_tags(given),
                notes if reader == noted else [],
            )
            for reader, given in by_reader.items()
        ]

    def read_notes(self, selection: etree._Element, codings: list[etree._Element]) -> list[str]:
        """Return what a selection says itself, and each note that belongs to it; UnreadableFileError where that is too long."""
        notes = [note for note in (get_description(selection), *self.notes.take_words([selection, *codings])) if note]
        if sum(map(len, notes)) > MAX_FIELD_LENGTH:
            raise make_length_error("note")
        return notes

    def read_tags(self, codings: list[etree._Element]) -> list[str]:
        """Return the names of the codes that are given, each once; codes that the file has not are counted."""
        references = (coding.find("{*}CodeRef") for coding in codings)
        guids = dict.fromkeys(normalise_guid(code.get("targetGUID")) for code in references if code is not None)
        self.unknown_codes += sum(guid not in self.codes for guid in guids)
        return list(islice((self.codes[guid] for guid in guids if guid in self.codes), MAX_READ_TAGS))

    def report_unknown_codes(self) -> None:
        """Add a notice of the codes that selections have and the file has not."""
        if self.unknown_codes:
            self.bundle.add_notice("", UNKNOWN_CODES, number=self.unknown_codes)


def locate(text: TextSource, placed: PlacedText, selection: etree._Element) -> tuple[int, int]:
    """Return the passage of a selection without white space at its ends; UnreadableFileError where it is none."""
    start, end = (parse_offset(selection.get(f"{which}Position")) for which in ("start", "end"))
    place = None if start is None or end is None else placed.locate(start, end)
    if place is None:
        raise UnreadableFileError(OUTSIDE_TEXT, title=text.title)
    words = text.text[slice(*place)]
    if not words.strip():
        raise UnreadableFileError(A_POINT, title=text.title)
    if len(words) > MAX_FIELD_LENGTH:
        raise make_length_error("exact")
    first = place[0] + len(words) - len(words.lstrip())
    return first, first + len(words.strip())


def parse_offset(digits: str | None) -> int | None:
    """Return a place in a text; None for what can be none."""
    return int(digits) if digits and len(digits) < 10 and digits.isascii() and digits.isdecimal() else None


def get_label(selection: etree._Element) -> str:
    """Return by what people know a selection that has no words: its note, or its name."""
    return get_description(selection)[:MAX_FIELD_LENGTH] or selection.get("name") or ""


def build_record(text: TextSource, draft: Draft) -> HighlightRecord:
    """Return a draft as a highlight on its text."""
    return HighlightRecord(
        id=draft.guid,
        source=text.address,
        article=text.guid,
        title=text.title,
        tags=tuple(draft.tags),
        note="\n\n".join(draft.notes),
        creator=draft.creator,
        created=draft.created,
        modified=draft.modified,
        **describe(text.text, draft.start, draft.end)._asdict(),
    )
