"""What is kept of a row so that it can be found: the terms of its columns, and the stems of some of them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from newsreader.text.language.analyzer import FOLDED, parts_of
from newsreader.text.language.stems import SIGN, family_of, memory_of

MOST_BYTES = 900_000  # of all different terms and stems of one entry; PostgreSQL keeps a megabyte
SHORT = 15_000  # characters; what is shorter has room, whatever is in it
OVERHEAD = 16  # bytes that a term takes beside its letters
BREAK = f" {SIGN} "  # stands between pieces of a column, so that no phrase crosses them


class Index(NamedTuple):
    """A kind of entries: its table, the column with the key of what it finds, and its columns, most telling first.

    `columns` gives each one's weight for PostgreSQL, a letter (SQLite keeps its own in the table, which migrations make);
    `fields` says which of them a field of the query means, `own` gives the conditions for other fields; `entries` reads the
    entries of these keys.
    Words of `stemmed` columns have stems; of these, `long` ones are read for phrases and beginnings alone where an engine can.
    """

    table: str
    key: str
    columns: dict[str, str]
    fields: dict[str, str]
    entries: Callable[[list], Iterable["Entry"]]
    own: Mapping[str, Callable] = {}
    stemmed: tuple[str, ...] = ()
    long: tuple[str, ...] = ()
    number: Callable[[Any], int] = int  # the whole number that stands for a key
    entry_of_row: Callable[[Any], "Entry"] | None = None  # the entry of a row of which everything is known


class Entry(NamedTuple):
    """The terms of one row, each column's with a space between, and the stems of columns.

    `stems` may also have signs under other names: terms that nobody can write, by which the product itself narrows a search.
    """

    key: object
    columns: dict[str, str]
    stems: dict[str, str]
    family: str


def entry_of(key, columns: dict[str, list[str]], language: str, stemmed: tuple[str, ...]) -> Entry:
    """The entry of a row whose columns have these pieces of text, in that language."""
    family = family_of(language)
    memories = [FOLDED, memory_of(family)] if family else [FOLDED]
    room = Room(memories) if sum(len(piece) for pieces in columns.values() for piece in pieces) > SHORT else None
    terms, stems = {}, {}
    for name, pieces in columns.items():
        parts = [room.first(parts_of(piece)) if room else parts_of(piece) for piece in pieces if piece]
        terms[name] = BREAK.join(" ".join([FOLDED[part] for part in some]) for some in parts)
        if family and name in stemmed:
            stems[name] = " ".join([memories[-1][part] for some in parts for part in some])
    return Entry(key, terms, stems, family)


class Room:
    """How many bytes of different terms and stems a long entry may still have."""

    def __init__(self, memories: list):
        self.bytes, self.seen, self.memories = MOST_BYTES, set(), memories

    def first(self, parts: list[str]) -> list[str]:
        """The first of these words, as many as there is room for."""
        for place, part in enumerate(parts):
            new = {memory[part] for memory in self.memories} - self.seen
            self.bytes -= sum(len(term.encode()) + OVERHEAD for term in new)
            if self.bytes < 0:
                self.bytes = 0
                return parts[:place]
            self.seen |= new
        return parts
