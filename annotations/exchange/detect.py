"""A file that comes in, known by what it holds and not by its name."""

import csv
import io
import json
from collections.abc import Iterator

from annotations.exchange.annotation_json import dates, listed, load, selected, word
from annotations.exchange.bundle import MOST_BYTES, MOST_ROWS, Fault, Parcel
from annotations.exchange.record import Record, Unreadable
from annotations.exchange.refi_read import read
from annotations.exchange.webannotation import term_in

FIELD_MOST, COLUMNS_MOST = 100_000, 100
UNKNOWN = (
    "This is none of the files that can be brought in: W3C annotations (JSON), an export of Hypothesis (JSON), "
    "an export of Taguette (CSV) or a REFI-QDA project (.qdpx)."
)


def opened(data: bytes) -> Parcel:
    """What the file holds; Unreadable with a sentence for people where it cannot be read."""
    if len(data) > MOST_BYTES:
        raise Unreadable(f"This file is larger than {MOST_BYTES // 1_000_000} MB. Bring it in in parts.")
    if data.startswith(b"PK\x03\x04"):
        return read(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(UNKNOWN if b"\0" in data else "This file is not written in UTF-8.") from error
    if "\0" in text:
        raise Unreadable(UNKNOWN)
    return of_json(text) if text.lstrip()[:1] in ("{", "[") else of_table(text)


def of_json(text: str) -> Parcel:
    try:
        data = json.loads(text, parse_constant=refused)
    except (ValueError, RecursionError) as error:
        raise Unreadable("This JSON cannot be read: it is damaged, or nested too deep.") from error
    rows = annotations_in(data)
    theirs = any(isinstance(row, dict) and "uri" in row for row in rows)
    parcel = Parcel("Hypothesis export" if theirs else "W3C annotations")
    book = data.get("newsreader:codebook") if isinstance(data, dict) else None
    parcel.terms = [term for term in map(term_in, listed(book)[:MOST_ROWS]) if term]
    for row in rows:
        take(parcel, row)
    return parcel


def refused(name: str):
    raise ValueError(name)


def annotations_in(data) -> list:
    """The annotations in what may be one of them, a list, a page or a collection."""
    if isinstance(data, dict) and "first" in data:
        data = next(iter(listed(data["first"])), [])
    if not isinstance(data, dict):
        return within(data)
    if data.get("next"):
        raise Unreadable("This is only the first page of a collection. Put all its pages into one file.")
    lists = (data[name] for name in ("items", "rows", "annotations") if isinstance(data.get(name), list))
    return within(next(lists, [data]))


def within(rows) -> list:
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        raise Unreadable(UNKNOWN if not isinstance(rows, list) else f"This file has more than {MOST_ROWS:,} entries.")
    return rows


def take(parcel: Parcel, row) -> None:
    """One entry as a record, or as a fault."""
    try:
        parcel.records.append(hypothesis(row) if isinstance(row, dict) and "uri" in row else load(row))
    except (Unreadable, RecursionError) as error:
        parcel.faults.append(Fault("", str(error)))


def hypothesis(row: dict) -> Record:
    """An annotation as Hypothesis gives it; a reply or a page note has no quote, and is Unreadable."""
    target = next((one for one in listed(row.get("target")) if isinstance(one, dict)), {})
    found = selected(target.get("selector"))
    if not found["exact"]:
        raise Unreadable("It is a note on a whole page, or a reply, and bears no quote.")
    document = row.get("document")
    titles = listed(document.get("title")) if isinstance(document, dict) else []
    return Record(
        id=word(row.get("id")),
        source=word(row.get("uri")),
        title=word(titles[0]) if titles else "",
        tags=tuple(dict.fromkeys(filter(None, map(word, listed(row.get("tags")))))),
        note=word(row.get("text")),
        creator=word(row.get("user")).removeprefix("acct:").partition("@")[0],
        created=dates(row)["created"],
        modified=dates({"modified": row.get("updated")})["modified"],
        **found,
    )


def of_table(text: str) -> Parcel:
    """Taguette's table: a row for each tag of a highlight; rows of one id are one highlight."""
    records: dict[str, Record] = {}
    for row in rows_of(text):
        quote, key = row.get("content", ""), row.get("id", "")
        tags = tuple(filter(None, [row.get("tag", "")]))
        if quote.strip():
            key = key or f"{row.get('document')}\n{quote}"
            known = records.setdefault(key, Record(title=row.get("document", ""), exact=quote.strip()))
            records[key] = known._replace(tags=tuple(dict.fromkeys(known.tags + tags)), note=row.get("memo", ""))
    return Parcel("Taguette table", list(records.values()))


def rows_of(text: str) -> Iterator[dict[str, str]]:
    csv.field_size_limit(FIELD_MOST)
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = [name.strip().lower() for name in next(rows, [])[: COLUMNS_MOST + 1]]
        if len(head) > COLUMNS_MOST or not {"document", "content"} <= set(head):
            raise Unreadable(UNKNOWN)
        for number, row in enumerate(rows):
            if number >= MOST_ROWS or len(row) > COLUMNS_MOST:
                raise Unreadable(f"This table has more than {MOST_ROWS:,} rows or {COLUMNS_MOST} columns.")
            yield dict(zip(head, row, strict=False))
    except csv.Error as error:
        raise Unreadable("This table is damaged, or a cell of it is too large.") from error
