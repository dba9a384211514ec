"""A file that comes in, known by what it holds and not by its name."""

import csv
import io
import json
from collections.abc import Iterator

from annotations.exchange.annotation_json import ensure_list, ensure_text, load, read_dates, read_selectors
from annotations.exchange.bundle import MAX_ENTRIES, MAX_FILE_BYTES, ImportBundle, ImportProblem
from annotations.exchange.record import HighlightRecord, UnreadableFileError
from annotations.exchange.refi_read import read_qdpx
from annotations.exchange.webannotation import load_tag

MAX_FIELD_LENGTH, MAX_COLUMNS = 100_000, 100
UNKNOWN_FORMAT = (
    "This is none of the files that can be brought in: W3C annotations (JSON), an export of Hypothesis (JSON), "
    "an export of Taguette (CSV) or a REFI-QDA project (.qdpx)."
)


def read_bundle(data: bytes) -> ImportBundle:
    """What the file holds; Unreadable with a sentence for people where it cannot be read."""
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
    try:
        data = json.loads(text, parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError("This JSON cannot be read: it is damaged, or nested too deep.") from error
    rows = find_annotations(data)
    theirs = any(isinstance(row, dict) and "uri" in row for row in rows)
    parcel = ImportBundle("Hypothesis export" if theirs else "W3C annotations")
    book = data.get("newsreader:codebook") if isinstance(data, dict) else None
    parcel.terms = [term for term in map(load_tag, ensure_list(book)[:MAX_ENTRIES]) if term]
    for row in rows:
        add_entry(parcel, row)
    return parcel


def refuse_constant(name: str):
    raise ValueError(name)


def find_annotations(data) -> list:
    """The annotations in what may be one of them, a list, a page or a collection."""
    if isinstance(data, dict) and "first" in data:
        data = next(iter(ensure_list(data["first"])), [])
    if not isinstance(data, dict):
        return limit_entries(data)
    if data.get("next"):
        raise UnreadableFileError("This is only the first page of a collection. Put all its pages into one file.")
    lists = (data[name] for name in ("items", "rows", "annotations") if isinstance(data.get(name), list))
    return limit_entries(next(lists, [data]))


def limit_entries(rows) -> list:
    if not isinstance(rows, list) or len(rows) > MAX_ENTRIES:
        raise UnreadableFileError(
            UNKNOWN_FORMAT if not isinstance(rows, list) else f"This file has more than {MAX_ENTRIES:,} entries."
        )
    return rows


def add_entry(parcel: ImportBundle, row) -> None:
    """One entry as a record, or as a fault."""
    try:
        parcel.records.append(read_hypothesis(row) if isinstance(row, dict) and "uri" in row else load(row))
    except (UnreadableFileError, RecursionError) as error:
        parcel.faults.append(ImportProblem("", str(error)))


def read_hypothesis(row: dict) -> HighlightRecord:
    """An annotation as Hypothesis gives it; a reply or a page note has no quote, and is Unreadable."""
    target = next((one for one in ensure_list(row.get("target")) if isinstance(one, dict)), {})
    found = read_selectors(target.get("selector"))
    if not found["exact"]:
        raise UnreadableFileError("It is a note on a whole page, or a reply, and bears no quote.")
    document = row.get("document")
    titles = ensure_list(document.get("title")) if isinstance(document, dict) else []
    return HighlightRecord(
        id=ensure_text(row.get("id")),
        source=ensure_text(row.get("uri")),
        title=ensure_text(titles[0]) if titles else "",
        tags=tuple(dict.fromkeys(filter(None, map(ensure_text, ensure_list(row.get("tags")))))),
        note=ensure_text(row.get("text")),
        creator=ensure_text(row.get("user")).removeprefix("acct:").partition("@")[0],
        created=read_dates(row)["created"],
        modified=read_dates({"modified": row.get("updated")})["modified"],
        **found,
    )


def read_taguette(text: str) -> ImportBundle:
    """Taguette's table: a row for each tag of a highlight; rows of one id are one highlight."""
    records: dict[str, HighlightRecord] = {}
    for row in read_csv_rows(text):
        quote, key = row.get("content", ""), row.get("id", "")
        tags = tuple(filter(None, [row.get("tag", "")]))
        if quote.strip():
            key = key or f"{row.get('document')}\n{quote}"
            known = records.setdefault(key, HighlightRecord(title=row.get("document", ""), exact=quote.strip()))
            records[key] = known._replace(tags=tuple(dict.fromkeys(known.tags + tags)), note=row.get("memo", ""))
    return ImportBundle("Taguette table", list(records.values()))


def read_csv_rows(text: str) -> Iterator[dict[str, str]]:
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
