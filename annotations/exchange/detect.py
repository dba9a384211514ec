"""Reads an imported file, whose format is known by what it holds and not by its name."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any, NoReturn

from annotations.exchange.annotation_json import ensure_list, ensure_text, load, parse_date, read_selectors
from annotations.exchange.bundle import MAX_ENTRIES, MAX_FILE_BYTES, ImportBundle, ImportProblem
from annotations.exchange.record import HighlightRecord, UnreadableFileError
from annotations.exchange.refi_read import read_qdpx
from annotations.exchange.webannotation import load_tag

MAX_FIELD_LENGTH, MAX_COLUMNS = 100_000, 100  # of a table
UNKNOWN_FORMAT = (
    "This is none of the files that can be brought in: W3C annotations (JSON), an export of Hypothesis (JSON), "
    "an export of Taguette (CSV) or a REFI-QDA project (.qdpx)."
)


def read_bundle(data: bytes) -> ImportBundle:
    """Return what the file holds; UnreadableFileError, with a sentence for people, where it cannot be read."""
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableFileError(f"This file is larger than {MAX_FILE_BYTES // 1_000_000} MB. Bring it in in parts.")
    if data.startswith(b"PK\x03\x04"):
        return read_qdpx(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(UNKNOWN_FORMAT if b"\0" in data else "This file is not written in UTF-8.") from error
    if "\0" in text:
        raise UnreadableFileError(UNKNOWN_FORMAT)
    return read_json(text) if text.lstrip()[:1] in ("{", "[") else read_taguette(text)


def read_json(text: str) -> ImportBundle:
    """Return what W3C annotations or an export of Hypothesis hold."""
    try:
        data = json.loads(text, parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError("This JSON cannot be read: it is damaged, or nested too deep.") from error
    entries = find_annotations(data)
    is_hypothesis = any(isinstance(entry, dict) and "uri" in entry for entry in entries)
    bundle = ImportBundle("Hypothesis export" if is_hypothesis else "W3C annotations")
    codebook = data.get("newsreader:codebook") if isinstance(data, dict) else None
    bundle.tags = [tag for tag in map(load_tag, ensure_list(codebook)[:MAX_ENTRIES]) if tag]
    for entry in entries:
        add_entry(bundle, entry)
    return bundle


def refuse_constant(name: str) -> NoReturn:
    """Raise ValueError for NaN and Infinity, which JSON has not."""
    raise ValueError(name)


def find_annotations(data: Any) -> list[Any]:
    """Return the annotations in what may be one of them, a list, a page or a collection."""
    if isinstance(data, dict) and "first" in data:
        data = next(iter(ensure_list(data["first"])), [])
    if not isinstance(data, dict):
        return limit_entries(data)
    if data.get("next"):
        raise UnreadableFileError("This is only the first page of a collection. Put all its pages into one file.")
    lists = (data[name] for name in ("items", "rows", "annotations") if isinstance(data.get(name), list))
    return limit_entries(next(lists, [data]))


def limit_entries(entries: Any) -> list[Any]:
    """Return the entries; UnreadableFileError where they are no list, or too many."""
    if not isinstance(entries, list):
        raise UnreadableFileError(UNKNOWN_FORMAT)
    if len(entries) > MAX_ENTRIES:
        raise UnreadableFileError(f"This file has more than {MAX_ENTRIES:,} entries.")
    return entries


def add_entry(bundle: ImportBundle, entry: Any) -> None:
    """Add one entry as a record, or as a problem."""
    try:
        is_hypothesis = isinstance(entry, dict) and "uri" in entry
        bundle.records.append(read_hypothesis(entry) if is_hypothesis else load(entry))
    except (UnreadableFileError, RecursionError) as error:
        bundle.problems.append(ImportProblem("", str(error)))


def read_hypothesis(entry: dict[str, Any]) -> HighlightRecord:
    """Return an annotation of Hypothesis; UnreadableFileError for a reply or a page note, which have no quote."""
    target = next((target for target in ensure_list(entry.get("target")) if isinstance(target, dict)), {})
    selection = read_selectors(target.get("selector"))
    if not selection["exact"]:
        raise UnreadableFileError("It is a note on a whole page, or a reply, and bears no quote.")
    document = entry.get("document")
    titles = ensure_list(document.get("title")) if isinstance(document, dict) else []
    return HighlightRecord(
        id=ensure_text(entry.get("id")),
        source=ensure_text(entry.get("uri")),
        title=ensure_text(titles[0]) if titles else "",
        tags=tuple(dict.fromkeys(filter(None, map(ensure_text, ensure_list(entry.get("tags")))))),
        note=ensure_text(entry.get("text")),
        creator=ensure_text(entry.get("user")).removeprefix("acct:").partition("@")[0],
        created=parse_date(entry.get("created")),
        modified=parse_date(entry.get("updated")),
        **selection,
    )


def read_taguette(text: str) -> ImportBundle:
    """Return what a table of Taguette holds: a row for each tag of a highlight; rows of one id are one highlight."""
    records: dict[str, HighlightRecord] = {}
    for row in read_csv_rows(text):
        quote, key = row.get("content", ""), row.get("id", "")
        tags = tuple(filter(None, [row.get("tag", "")]))
        if quote.strip():
            key = key or f"{row.get('document')}\n{quote}"
            record = records.setdefault(key, HighlightRecord(title=row.get("document", ""), exact=quote.strip()))
            records[key] = record._replace(tags=tuple(dict.fromkeys(record.tags + tags)), note=row.get("memo", ""))
    return ImportBundle("Taguette table", list(records.values()))


def read_csv_rows(text: str) -> Iterator[dict[str, str]]:
    """Yield the rows by the names of their columns, in lower case; UnreadableFileError where it is no such table."""
    csv.field_size_limit(MAX_FIELD_LENGTH)
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = [name.strip().lower() for name in next(rows, [])[: MAX_COLUMNS + 1]]
        if len(head) > MAX_COLUMNS or not {"document", "content"} <= set(head):
            raise UnreadableFileError(UNKNOWN_FORMAT)
        for number, row in enumerate(rows):
            if number >= MAX_ENTRIES or len(row) > MAX_COLUMNS:
                raise UnreadableFileError(f"This table has more than {MAX_ENTRIES:,} rows or {MAX_COLUMNS} columns.")
            yield dict(zip(head, row, strict=False))
    except csv.Error as error:
        raise UnreadableFileError("This table is damaged, or a cell of it is too large.") from error
