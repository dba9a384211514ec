"""SQLite: entries are rows of an FTS5 table. Its tokenizer only parts the terms at their spaces; it knows no language.

A word is looked for among the stems, where a text in a language without stems has its words with a sign before them: so one long
list is read for a word, not two. Phrases and beginnings are looked for in the columns themselves.
"""

from newsreader.search.documents import Entry, Index
from newsreader.search.engine_query import All, Any, Asked, Leaf, Without
from newsreader.text.language.stems import STEM_MARK

STEMS_WEIGHT = 1.0
PLAIN = STEM_MARK + STEM_MARK  # before a word that has no stem


def create(run, index: Index) -> None:
    """Makes the table; `words` stays empty and is there because PostgreSQL has it."""
    own = ["words UNINDEXED"] if index.key == "rowid" else ["words UNINDEXED", f"{index.key} UNINDEXED"]
    columns = ", ".join([*own, *index.columns, "stems"])
    run(f"CREATE VIRTUAL TABLE {index.table} USING fts5({columns}, tokenize='ascii', prefix='2 3')")
    weights = [0.0] * len(own) + [weight for weight, _ in index.columns.values()] + [STEMS_WEIGHT]
    ranking = f"bm25({', '.join(map(str, weights))})"
    run(f"INSERT INTO {index.table}({index.table}, rank) VALUES ('rank', '{ranking}')")  # noqa: S608


def write(cursor, index: Index, entries: list[Entry]) -> None:
    """Keeps these entries in place of older ones with their keys."""
    own = ["rowid"] if index.key == "rowid" else ["rowid", index.key]
    names = [*own, *index.columns, "stems"]
    rows = sorted((row_of(index, entry) for entry in entries), key=lambda row: row[0])  # FTS5 is quicker in this order
    places = ", ".join(["%s"] * len(names))
    cursor.executemany(f"INSERT OR REPLACE INTO {index.table}({', '.join(names)}) VALUES ({places})", rows)  # noqa: S608


def row_of(index: Index, entry: Entry) -> list:
    own = [index.number(entry.key)] if index.key == "rowid" else [index.number(entry.key), entry.key.hex]
    return [*own, *(entry.columns[name] for name in index.columns), stems_of(index, entry)]


def stems_of(index: Index, entry: Entry) -> str:
    """The stems of an entry; where its language has none, its words as if they were."""
    plain = [] if entry.family else [entry.columns[name] for name in index.stemmed]
    return " ".join([*(PLAIN + term for terms in plain for term in terms.split()), *entry.stems.values()])


def remove(cursor, index: Index, keys: list) -> None:
    cursor.executemany(f"DELETE FROM {index.table} WHERE rowid = %s", [[index.number(key)] for key in keys])  # noqa: S608


def expression(asked: Asked, index: Index) -> str:
    """The same as FTS5 reads it. Terms hold no quotation marks."""
    match asked:
        case Leaf():
            return leaf(asked, index)
        case All(parts):
            return f"({' AND '.join(expression(part, index) for part in parts)})"
        case Any(parts):
            return f"({' OR '.join(expression(part, index) for part in parts)})"
        case Without(wanted, unwanted):
            return f"({expression(wanted, index)} NOT {expression(unwanted, index)})"


def leaf(asked: Leaf, index: Index) -> str:
    columns = (
        [asked.column] if asked.column else [name for name in index.columns if not (asked.stems and name in index.long)]
    )
    words = (
        f'{{{" ".join(columns)}}} : "{" ".join(asked.terms)}"{" *" * asked.prefix}' if asked.terms and columns else ""
    )
    plain = [PLAIN + term for term in asked.terms] if asked.stems else []
    stems = [f'stems : "{stem}"' for stem in [*plain, *asked.stems]]
    return f"({' OR '.join(filter(None, [words, *stems]))})"
