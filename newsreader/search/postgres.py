"""PostgreSQL: entries are rows with a tsvector that is made of the same terms, and the terms in their order for phrases."""

from newsreader.search.documents import Entry, Index
from newsreader.search.engine_query import All, Any, Asked, Leaf, Without

KEPT = 6  # places of a term in a column: enough to rank it; phrases are looked up in the columns themselves
LAST = 16_383  # the last place that a tsvector knows


def write(cursor, index: Index, entries: list[Entry]) -> None:
    """Keeps these entries in place of older ones with their keys."""
    names = [index.key, "words", *index.columns]
    places = ", ".join(["%s", "%s::tsvector", *["%s"] * len(index.columns)])
    renewed = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
    rows = [[entry.key, vector_of(index, entry), *(entry.columns[name] for name in index.columns)] for entry in entries]
    cursor.executemany(
        f"INSERT INTO {index.table} ({', '.join(names)}) VALUES ({places}) "  # noqa: S608
        f"ON CONFLICT ({index.key}) DO UPDATE SET {renewed}",
        rows,
    )


def vector_of(index: Index, entry: Entry) -> str:
    """The entry as a tsvector is written; terms hold neither quotation marks nor backslashes."""
    places: dict[str, list[str]] = {}
    begin = 0
    for name, label in index.columns.items():
        terms = entry.columns[name].split(" ")
        for column in (terms, entry.stems.get(name, "").split(" ")):
            put(places, column, begin, label)
        begin += len(terms)
    for name in entry.stems.keys() - index.columns.keys():
        put(places, [entry.stems[name]], begin, "D")
    places.pop("", None)
    return " ".join(f"'{term}':{','.join(found[:250])}" for term, found in places.items())


def put(places: dict[str, list[str]], terms: list[str], begin: int, label: str) -> None:
    counts: dict[str, int] = {}
    for place, term in enumerate(terms, begin + 1):
        counts[term] = counts.get(term, 0) + 1
        if counts[term] <= KEPT:
            places.setdefault(term, []).append(f"{min(place, LAST)}{label}")


def remove(cursor, index: Index, keys: list) -> None:
    cursor.execute(f"DELETE FROM {index.table} WHERE {index.key} = ANY(%s)", [list(keys)])  # noqa: S608


def condition(asked: Asked, index: Index, table: str) -> tuple[str, list]:
    """The same as a condition on a row of that table, with its parameters."""
    sql, parameters = f"{table}.words @@ %s::tsquery", [expression(asked, index)]
    if has_phrase(asked):
        again, more = checked(asked, index, table)
        return f"({sql} AND {again})", parameters + more
    return sql, parameters


def expression(asked: Asked, index: Index) -> str:
    """The same as a tsquery that finds at least as much: of a phrase all the words, wherever they stand."""
    match asked:
        case Leaf():
            return leaf(asked, index)
        case All(parts):
            return f"({' & '.join(expression(part, index) for part in parts)})"
        case Any(parts):
            return f"({' | '.join(expression(part, index) for part in parts)})"
        case Without(wanted, unwanted) if has_phrase(unwanted):
            return expression(wanted, index)
        case Without(wanted, unwanted):
            return f"({expression(wanted, index)} & !{expression(unwanted, index)})"


def leaf(asked: Leaf, index: Index) -> str:
    label = index.columns[asked.column] if asked.column else ""
    terms = [lexeme(term, label) for term in asked.terms[:-1]]
    terms += [lexeme(term, "*" * asked.prefix + label) for term in asked.terms[-1:]]
    words = " & ".join(dict.fromkeys(terms))
    return f"({' | '.join(filter(None, [words, *map(lexeme, asked.stems)]))})"


def lexeme(term: str, label: str = "") -> str:
    return f"'{term}':{label}" if label else f"'{term}'"


def has_phrase(asked: Asked) -> bool:
    if isinstance(asked, Leaf):
        return len(asked.terms) > 1
    return any(map(has_phrase, asked.parts if isinstance(asked, All | Any) else asked))


def checked(asked: Asked, index: Index, table: str) -> tuple[str, list]:
    """The same to the letter, phrases read in the columns."""
    if isinstance(asked, Leaf) and len(asked.terms) > 1:
        return phrase(asked, index, table)
    if isinstance(asked, Leaf):
        return f"{table}.words @@ %s::tsquery", [leaf(asked, index)]
    parts = [checked(part, index, table) for part in (asked.parts if isinstance(asked, All | Any) else asked)]
    parameters = [one for _, more in parts for one in more]
    if isinstance(asked, Without):
        return f"({parts[0][0]} AND NOT {parts[1][0]})", parameters
    return f"({(' OR ' if isinstance(asked, Any) else ' AND ').join(sql for sql, _ in parts)})", parameters


def phrase(asked: Leaf, index: Index, table: str) -> tuple[str, list]:
    columns = [asked.column] if asked.column else list(index.columns)
    places = [f"(' ' || {table}.{name} || ' ') LIKE %s" for name in columns]
    words = f"% {' '.join(asked.terms)}{'' if asked.prefix else ' '}%"
    return f"({' OR '.join(places)})", [words] * len(columns)
