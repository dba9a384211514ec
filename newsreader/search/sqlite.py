"""SQLite: an entry is a row of an FTS5 table, whose tokenizer only splits the terms at their spaces and knows no language.

A word is looked up among the stems, where a text in a language without stems has its words with a mark before them: so one long
list is read for a word, not two. Phrases and prefixes are looked up in the columns themselves.
"""

from typing import Any

from django.db.backends.utils import CursorWrapper

from newsreader.search.documents import IndexEntry, SearchIndex
from newsreader.search.engine_query import AllOf, AndNot, AnyOf, EngineQuery, EngineTerms
from newsreader.text.language.stems import STEM_MARK

UNSTEMMED_MARK = STEM_MARK + STEM_MARK  # before a word that has no stem


def upsert_rows(cursor: CursorWrapper, index: SearchIndex, entries: list[IndexEntry]) -> None:
    """Write these entries in place of older ones with their keys."""
    keys = ["rowid"] if index.key_column == "rowid" else ["rowid", index.key_column]
    names = [*keys, *index.columns, "stems"]
    # FTS5 is quicker in the order of the numbers.
    rows = sorted((build_row(index, entry) for entry in entries), key=lambda row: row[0])
    placeholders = ", ".join(["%s"] * len(names))
    cursor.executemany(f"INSERT OR REPLACE INTO {index.table}({', '.join(names)}) VALUES ({placeholders})", rows)  # noqa: S608


def delete_rows(cursor: CursorWrapper, index: SearchIndex, keys: list[Any]) -> None:
    """Delete the entries with these keys, by their numbers: no other column of an FTS5 table has an index."""
    numbers = [[index.number_key(key)] for key in keys]
    cursor.executemany(f"DELETE FROM {index.table} WHERE rowid = %s", numbers)  # noqa: S608


def build_row(index: SearchIndex, entry: IndexEntry) -> list[Any]:
    """Return the values of an entry's row: its number, its key where that is another, its columns and its stems."""
    number = index.number_key(entry.key)
    keys = [number] if index.key_column == "rowid" else [number, entry.key.hex]
    return [*keys, *(entry.columns[name] for name in index.columns), build_stems_column(index, entry)]


def build_stems_column(index: SearchIndex, entry: IndexEntry) -> str:
    """Return the stems of an entry; where its language has none, its words, marked, as if they were."""
    unstemmed = [] if entry.family else [entry.columns[name] for name in index.stemmed_columns]
    marked_words = (UNSTEMMED_MARK + term for terms in unstemmed for term in terms.split())
    return " ".join([*marked_words, *entry.stems.values()])


def build_match(query: EngineQuery, index: SearchIndex) -> str:
    """Return the query as FTS5 reads it; terms hold no quotation marks."""
    match query:
        case EngineTerms():
            return build_terms_match(query, index)
        case AllOf(parts):
            return f"({' AND '.join(build_match(part, index) for part in parts)})"
        case AnyOf(parts):
            return f"({' OR '.join(build_match(part, index) for part in parts)})"
        case AndNot(wanted, unwanted):
            return f"({build_match(wanted, index)} NOT {build_match(unwanted, index)})"


def build_terms_match(query: EngineTerms, index: SearchIndex) -> str:
    """Return the terms in their columns, or any of the stems, as FTS5 reads it."""
    unstemmed = [UNSTEMMED_MARK + term for term in query.terms] if query.stems else []
    stems = [f'stems : "{stem}"' for stem in [*unstemmed, *query.stems]]
    return f"({' OR '.join(filter(None, [build_columns_match(query, index), *stems]))})"


def build_columns_match(query: EngineTerms, index: SearchIndex) -> str:
    """Return the terms in the columns that are to be read for them; empty where there are none."""
    skipped = index.long_columns if query.stems else ()
    columns = [query.column] if query.column else [name for name in index.columns if name not in skipped]
    if not (query.terms and columns):
        return ""
    return f'{{{" ".join(columns)}}} : "{" ".join(query.terms)}"{" *" * query.prefix}'
