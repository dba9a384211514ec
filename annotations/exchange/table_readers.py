"""What tables of highlights hold: those of Taguette, and our own exports as CSV or XLSX."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from annotations.exchange.annotation_json import parse_date
from annotations.exchange.bundle import MAX_READ_TAGS, ImportBundle
from annotations.exchange.codebook_csv import is_codebook, read_codebook_csv
from annotations.exchange.csv_table import split_tags, unescape_formula
from annotations.exchange.record import HighlightRecord, UnreadableFileError
from annotations.exchange.tables import Row, Table
from newsreader.text.translation import gettext_noop

HYPOTHESIS_TABLE = gettext_noop(
    "This file cannot be imported: it is an export of Hypothesis as CSV, which does not say where "
    "on the page a quote stands. Export it as JSON and import that."
)
UNKNOWN_TABLE = gettext_noop(
    "This file cannot be imported: it is a table without the columns that are needed. A table needs “document” and “content”, "
    "as highlights from Taguette have them, all columns of a CSV or XLSX export from here, or “name” and “description” of a codebook."
)
TableReader = Callable[[Iterable[Row]], ImportBundle]


def read_table(tables: Iterable[Table]) -> ImportBundle:
    """Return what the first table holds whose columns are known; UnreadableFileError where those of none are."""
    refusal = ""
    for table in tables:
        if reader := find_reader(table.columns):
            return reader(map(unescape_row, table.rows) if table.is_text else table.rows)
        refusal = refusal or describe_table(table.columns)
    raise UnreadableFileError(refusal or UNKNOWN_TABLE)


def find_reader(columns: Iterable[str]) -> TableReader | None:
    """Return what reads a table with these columns; None where nothing does."""
    names = set(columns)
    readers = (reader for needed, reader in TABLE_READERS if needed <= names)
    return next(readers, read_codebook_csv if is_codebook(names) else None)


def describe_table(columns: list[str]) -> str:
    """Return why a table with these columns cannot be imported; "" for an empty one."""
    if {"quote", "comment", "url"} <= set(columns):
        return HYPOTHESIS_TABLE
    return UNKNOWN_TABLE if len(columns) > 1 else ""


def unescape_row(row: Row) -> Row:
    """Return a row without the apostrophes that we write before formulas."""
    return {name: unescape_formula(cell) for name, cell in row.items()}


def read_taguette(rows: Iterable[Row]) -> ImportBundle:
    """Return what a table of Taguette holds: a row for each tag of a highlight; rows of one id are one highlight."""
    records: dict[str, HighlightRecord] = {}
    tags: dict[str, dict[str, None]] = {}
    for row in rows:
        if quote := row.get("content", "").strip():
            key = row.get("id") or f"{row.get('document')}\n{quote}"
            record = records.setdefault(key, HighlightRecord(title=row.get("document", ""), exact=quote))
            records[key] = record._replace(note=row.get("memo", ""))
            tags.setdefault(key, {})[row.get("tag", "")] = None
    bundle = ImportBundle(gettext_noop("Taguette table"))
    for key, record in records.items():
        bundle.add_record(record._replace(tags=tuple(islice(filter(None, tags[key]), MAX_READ_TAGS))))
    return bundle


def read_own_table(rows: Iterable[Row]) -> ImportBundle:
    """Return what an export of ours holds; a passage that stands under several headings is one highlight."""
    bundle = ImportBundle(gettext_noop("Newsreader table"))
    for row in drop_repeated(rows):
        bundle.add_record(read_own_row(row))
    return bundle


def drop_repeated(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows with a quote, of those with one link and place the first."""
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        place = row["permalink"], row.get("quote", ""), row.get("start", "")
        if place[1].strip() and place not in seen:
            seen.add(place)
            yield row


def read_own_row(row: Row) -> HighlightRecord:
    """Return the highlight of a row."""
    start, end = read_number(row.get("start", "")), read_number(row.get("end", ""))
    return HighlightRecord(
        id=row["permalink"],
        source=row.get("original_address", ""),
        title=row.get("article", ""),
        revision=read_number(row.get("revision", "")),
        start=start if end is not None else None,
        end=end if start is not None else None,
        exact=row["quote"],
        prefix=row.get("prefix", ""),
        suffix=row.get("suffix", ""),
        tags=tuple(islice(split_tags(row.get("tags", "")), MAX_READ_TAGS)),
        note=row.get("note", ""),
        creator=row.get("reader", ""),
        created=parse_date(row.get("made_at")),
    )


def read_number(cell: str) -> int | None:
    """Return the whole number in a cell, None where there is none of at most nine digits."""
    return int(cell) if cell.isascii() and cell.isdigit() and len(cell) < 10 else None


TABLE_READERS: list[tuple[frozenset[str], TableReader]] = [  # by the columns that each needs
    (frozenset(["document", "content"]), read_taguette),
    (frozenset(["permalink", "article", "quote", "prefix", "suffix", "tags"]), read_own_table),
]
