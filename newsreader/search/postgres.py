"""PostgreSQL: an entry is a row with a tsvector made of its terms, and the terms in their order for phrases."""

from typing import Any

from django.db.backends.utils import CursorWrapper

from newsreader.search.documents import IndexEntry, SearchIndex
from newsreader.search.engine_query import AllOf, AndNot, AnyOf, EngineQuery, EngineTerms, get_parts

MAX_TERM_POSITIONS = 6  # of a term in a column: enough to rank it; phrases are looked up in the columns themselves
MAX_LEXEME_POSITIONS = 250  # of a term in an entry; PostgreSQL keeps 256
MAX_POSITION = 16_383  # the last position that a tsvector knows


def upsert_rows(cursor: CursorWrapper, index: SearchIndex, entries: list[IndexEntry]) -> None:
    """Write these entries in place of older ones with their keys."""
    names = [index.key_column, "words", *index.columns]
    placeholders = ", ".join(["%s", "%s::tsvector", *["%s"] * len(index.columns)])
    updates = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
    rows = [
        [entry.key, build_tsvector(index, entry), *(entry.columns[name] for name in index.columns)] for entry in entries
    ]
    cursor.executemany(
        f"INSERT INTO {index.table} ({', '.join(names)}) VALUES ({placeholders}) "  # noqa: S608
        f"ON CONFLICT ({index.key_column}) DO UPDATE SET {updates}",
        rows,
    )


def delete_rows(cursor: CursorWrapper, index: SearchIndex, keys: list[Any]) -> None:
    """Delete the entries with these keys."""
    cursor.execute(f"DELETE FROM {index.table} WHERE {index.key_column} = ANY(%s)", [keys])  # noqa: S608


def build_tsvector(index: SearchIndex, entry: IndexEntry) -> str:
    """Return the entry as a tsvector is written; terms hold neither quotation marks nor backslashes."""
    positions: dict[str, list[str]] = {}
    begin = 0
    for name, label in index.columns.items():
        terms = entry.columns[name].split(" ")
        for column in (terms, entry.stems.get(name, "").split(" ")):
            add_positions(positions, column, begin, label)
        begin += len(terms)
    for name in entry.stems.keys() - index.columns.keys():
        add_positions(positions, [entry.stems[name]], begin, "D")
    positions.pop("", None)
    return " ".join(f"'{term}':{','.join(places[:MAX_LEXEME_POSITIONS])}" for term, places in positions.items())


def add_positions(positions: dict[str, list[str]], terms: list[str], begin: int, label: str) -> None:
    """Add to `positions`, by term, where the terms of a column stand, counted on from `begin`."""
    counts: dict[str, int] = {}
    for position, term in enumerate(terms, begin + 1):
        counts[term] = counts.get(term, 0) + 1
        if counts[term] <= MAX_TERM_POSITIONS:
            positions.setdefault(term, []).append(f"{min(position, MAX_POSITION)}{label}")


def build_condition(query: EngineQuery, index: SearchIndex, table: str) -> tuple[str, list[Any]]:
    """Return the query as a condition on a row of that table, with its parameters."""
    sql, parameters = f"{table}.words @@ %s::tsquery", [build_tsquery(query, index)]
    if has_phrase(query):
        exact_sql, exact_parameters = build_exact_condition(query, index, table)
        return f"({sql} AND {exact_sql})", parameters + exact_parameters
    return sql, parameters


def build_tsquery(query: EngineQuery, index: SearchIndex) -> str:
    """Return a tsquery that finds at least what the query means: of a phrase all the words, wherever they stand."""
    match query:
        case EngineTerms():
            return build_terms_tsquery(query, index)
        case AllOf(parts):
            return f"({' & '.join(build_tsquery(part, index) for part in parts)})"
        case AnyOf(parts):
            return f"({' | '.join(build_tsquery(part, index) for part in parts)})"
        case AndNot(wanted, unwanted) if has_phrase(unwanted):
            return build_tsquery(wanted, index)
        case AndNot(wanted, unwanted):
            return f"({build_tsquery(wanted, index)} & !{build_tsquery(unwanted, index)})"


def build_terms_tsquery(query: EngineTerms, index: SearchIndex) -> str:
    """Return a tsquery of all the terms, or of any of the stems."""
    label = index.columns[query.column] if query.column else ""
    lexemes = [quote_lexeme(term, label) for term in query.terms[:-1]]
    lexemes += [quote_lexeme(term, "*" * query.prefix + label) for term in query.terms[-1:]]
    words = " & ".join(dict.fromkeys(lexemes))
    return f"({' | '.join(filter(None, [words, *map(quote_lexeme, query.stems)]))})"


def quote_lexeme(term: str, label: str = "") -> str:
    """Return a term as a tsquery is written, with the columns (labels) in which it may stand."""
    return f"'{term}':{label}" if label else f"'{term}'"


def has_phrase(query: EngineQuery) -> bool:
    """Return whether there is a phrase in the query."""
    if isinstance(query, EngineTerms):
        return len(query.terms) > 1
    return any(map(has_phrase, get_parts(query)))


def build_exact_condition(query: EngineQuery, index: SearchIndex, table: str) -> tuple[str, list[Any]]:
    """Return the query as a condition, phrases read in the columns, with its parameters."""
    if isinstance(query, EngineTerms) and len(query.terms) > 1:
        return build_phrase_condition(query, index, table)
    if isinstance(query, EngineTerms):
        return f"{table}.words @@ %s::tsquery", [build_terms_tsquery(query, index)]
    conditions = [build_exact_condition(part, index, table) for part in get_parts(query)]
    sqls, parameters = [sql for sql, _ in conditions], [value for _, values in conditions for value in values]
    if isinstance(query, AndNot):
        return f"({sqls[0]} AND NOT {sqls[1]})", parameters
    return f"({(' OR ' if isinstance(query, AnyOf) else ' AND ').join(sqls)})", parameters


def build_phrase_condition(query: EngineTerms, index: SearchIndex, table: str) -> tuple[str, list[Any]]:
    """Return the condition that the terms stand side by side in a column, with its parameters."""
    columns = [query.column] if query.column else list(index.columns)
    conditions = [f"(' ' || {table}.{name} || ' ') LIKE %s" for name in columns]
    pattern = f"% {' '.join(query.terms)}{'' if query.prefix else ' '}%"
    return f"({' OR '.join(conditions)})", [pattern] * len(columns)
