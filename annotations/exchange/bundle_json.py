"""What an imported file holds as JSON, as the process that reads it hands it over: data, and nothing that could run."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar

from annotations.exchange.bundle import ImportBundle, ImportProblem, TextSource
from annotations.exchange.record import HighlightRecord, ReplyRecord, TagRecord, UnreadableFileError

Row = TypeVar("Row", HighlightRecord, TagRecord, TextSource, ImportProblem)


def dump_bundle(bundle: ImportBundle) -> bytes:
    """Return the bundle as JSON: an object whose rows are lists in the order of their fields."""
    return dump_object(
        kind=bundle.kind,
        records=bundle.records,
        tags=bundle.tags,
        texts=list(bundle.texts.values()),
        problems=bundle.problems,
        notices=bundle.notices,
        host=bundle.host,
    )


def dump_error(message: str, values: dict[str, str] | None = None) -> bytes:
    """Return the answer that says why a file cannot be read: a message of the catalogue and its values."""
    return dump_object(error=message, values=values or {})


def dump_object(**fields: Any) -> bytes:
    """Return an object as JSON in UTF-8; half characters are kept as they are, since texts are cleaned later."""
    return json.dumps(fields, ensure_ascii=False, default=datetime.isoformat).encode("utf-8", "surrogatepass")


def load_answer(answer: bytes) -> ImportBundle:
    """Return the bundle that `dump_bundle` wrote; UnreadableFileError for what `dump_error` wrote."""
    fields = json.loads(answer.decode("utf-8", "surrogatepass"))
    if "error" in fields:
        raise UnreadableFileError(fields["error"], **fields["values"])
    return ImportBundle(
        fields["kind"],
        records=load_rows(HighlightRecord, fields["records"]),
        tags=load_rows(TagRecord, fields["tags"]),
        texts={text.guid: text for text in load_rows(TextSource, fields["texts"])},
        problems=load_rows(ImportProblem, fields["problems"]),
        notices=load_rows(ImportProblem, fields["notices"]),
        host=fields["host"],
    )


def load_rows(kind: type[Row], rows: Iterable[list[Any]]) -> list[Row]:
    """Return rows of a kind from lists of their values, which JSON has made of tuples and moments."""
    converters = [CONVERTERS.get(hint, keep) for hint in kind.__annotations__.values()]
    return [kind(*(convert(value) for convert, value in zip(converters, row, strict=True))) for row in rows]


def keep(value: Any) -> Any:
    """Return the value, which JSON holds as it is."""
    return value


def load_moment(value: str | None) -> datetime | None:
    """Return the moment in an ISO 8601 text; None for None."""
    return datetime.fromisoformat(value) if value else None


def load_replies(rows: list[list[Any]]) -> tuple[ReplyRecord, ...]:
    """Return the replies to a highlight."""
    return tuple(ReplyRecord(key, text, creator, load_moment(created)) for key, text, creator, created in rows)


CONVERTERS: dict[Any, Callable[[Any], Any]] = {
    datetime | None: load_moment,
    tuple[str, ...]: tuple,
    tuple[ReplyRecord, ...]: load_replies,
}
