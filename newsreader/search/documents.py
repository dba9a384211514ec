"""The index entry of a row: the terms of its columns, and the stems of some of them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import Q

from newsreader.text.language.analyzer import FOLDED_WORDS, WordCache, split_words
from newsreader.text.language.stems import STEM_MARK, find_family, load_stem_cache

MAX_ENTRY_BYTES = 900_000  # of all different terms and stems of one entry; PostgreSQL keeps a megabyte
MAX_UNCOUNTED_LENGTH = 15_000  # characters; a shorter entry has room whatever is in it
TERM_OVERHEAD_BYTES = 16  # that a term takes beside its letters
PIECE_SEPARATOR = f" {STEM_MARK} "  # stands between pieces of a column, so that no phrase crosses them


class SearchIndex(NamedTuple):
    """A kind of entries: its table, the column with the key of the row it finds, and its columns, most telling first.

    `columns` gives each column's weight for PostgreSQL, a letter (SQLite keeps its own in the table, which migrations make);
    `field_columns` names the column that a field of a query searches, `field_conditions` makes the conditions of other fields;
    `load_entries` yields the entries of the rows with these keys.
    Words of `stemmed_columns` have stems; of these, `long_columns` are read for phrases and prefixes alone where an engine can.
    """

    table: str
    key_column: str
    columns: dict[str, str]
    field_columns: dict[str, str]
    load_entries: Callable[[list[Any]], Iterable["IndexEntry"]]
    field_conditions: Mapping[str, Callable[[Any], Q]] = {}
    stemmed_columns: tuple[str, ...] = ()
    long_columns: tuple[str, ...] = ()
    number_key: Callable[[Any], int] = int  # the whole number that stands for a key
    build_row_entry: Callable[[Any], "IndexEntry"] | None = None  # the entry of a row of which everything is known


class IndexEntry(NamedTuple):
    """The terms of one row, each column's with a space between, and the stems of columns.

    `stems` may also have marked terms under other names, which nobody can type: by them the product itself narrows a search.
    """

    key: Any
    columns: dict[str, str]
    stems: dict[str, str]
    family: str


def build_index_entry(
    key: Any, columns: dict[str, list[str]], language: str, stemmed_columns: tuple[str, ...]
) -> IndexEntry:
    """Return the entry of a row whose columns have these pieces of text, in that language."""
    family = find_family(language)
    caches = [FOLDED_WORDS, load_stem_cache(family)] if family else [FOLDED_WORDS]
    length = sum(len(piece) for pieces in columns.values() for piece in pieces)
    budget = TermBudget(caches) if length > MAX_UNCOUNTED_LENGTH else None
    terms, stems = {}, {}
    for name, pieces in columns.items():
        words = [budget.take(split_words(piece)) if budget else split_words(piece) for piece in pieces if piece]
        terms[name] = PIECE_SEPARATOR.join(" ".join([FOLDED_WORDS[word] for word in of_piece]) for of_piece in words)
        if family and name in stemmed_columns:
            stems[name] = " ".join([caches[-1][word] for of_piece in words for word in of_piece])
    return IndexEntry(key, terms, stems, family)


class TermBudget:
    """How many bytes of different terms and stems a long entry may still have."""

    def __init__(self, caches: list[WordCache]) -> None:
        self.bytes_left, self.counted_terms, self.caches = MAX_ENTRY_BYTES, set[str](), caches

    def take(self, words: list[str]) -> list[str]:
        """Return as many of the first words as there is room for."""
        for index, word in enumerate(words):
            new_terms = {cache[word] for cache in self.caches} - self.counted_terms
            self.bytes_left -= sum(len(term.encode()) + TERM_OVERHEAD_BYTES for term in new_terms)
            if self.bytes_left < 0:
                self.bytes_left = 0
                return words[:index]
            self.counted_terms |= new_terms
        return words
