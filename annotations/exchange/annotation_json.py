"""Reads Web Annotations, ours and others': what can be used of each, as a record."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from annotations.exchange.record import HighlightRecord, UnreadableFileError

MAX_PARTS = 200  # bodies, targets and selectors that are looked at


def load(annotation: Any) -> HighlightRecord:
    """Return what an annotation says of a passage; UnreadableFileError where it has no target that could be one."""
    if not isinstance(annotation, dict):
        raise UnreadableFileError("This is not an annotation.")
    target = get_first(annotation.get("target"))
    fields: dict[str, Any] = {"id": ensure_text(annotation.get("id")), **read_target(target), **read_bodies(annotation)}
    if not fields["source"] and not fields["article"] and not fields["exact"]:
        raise UnreadableFileError("It does not say what it is about.")
    fields["creator"] = read_name(get_first(annotation.get("creator")))
    return HighlightRecord(**fields | read_dates(annotation))


def read_target(target: Any) -> dict[str, Any]:
    """Return the fields that say where the passage stands: addresses, revision and selectors."""
    if not isinstance(target, dict):
        return {"source": ensure_text(target), "article": "", "exact": ""}
    state = get_first(target.get("state"))
    state = state if isinstance(state, dict) else {}
    fields = {
        "source": read_address(target.get("source", target.get("id"))),
        "article": ensure_text(target.get("newsreader:article")),
        "title": ensure_text(target.get("newsreader:title")),
        "address": ensure_text(state.get("cached")),
        "revision": ensure_number(state.get("newsreader:revision")),
        "digest": ensure_text(state.get("newsreader:digest")),
        "read_at": parse_date(state.get("sourceDate")),
    }
    return fields | read_selectors(target.get("selector"))


def read_address(source: Any) -> str:
    """Return the address of a source, which may be one, an object with one, or a list of either."""
    source = get_first(source)
    return ensure_text(source.get("id") if isinstance(source, dict) else source)


def read_selectors(selectors: Any) -> dict[str, Any]:
    """Return the quote and the position, out of all selectors and what refines them; `exact` is always there."""
    fields: dict[str, Any] = {"exact": ""}
    waiting = ensure_list(selectors)
    for _ in range(MAX_PARTS):
        if not waiting:
            break
        selector = waiting.pop(0)
        if isinstance(selector, dict):
            fields |= SELECTOR_READERS.get(ensure_text(selector.get("type")), read_nothing)(selector)
            waiting += ensure_list(selector.get("refinedBy"))
    return fields


def read_quote(selector: dict[str, Any]) -> dict[str, str]:
    """Return the fields of a TextQuoteSelector."""
    return {name: ensure_text(selector.get(name)) for name in ("exact", "prefix", "suffix")}


def read_position(selector: dict[str, Any]) -> dict[str, int | None]:
    """Return the fields of a TextPositionSelector."""
    return {name: ensure_number(selector.get(name)) for name in ("start", "end")}


def read_nothing(selector: dict[str, Any]) -> dict[str, Any]:
    """Return no fields, for a selector of an unknown type."""
    return {}


SELECTOR_READERS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "TextQuoteSelector": read_quote,
    "TextPositionSelector": read_position,
}


def read_bodies(annotation: dict[str, Any]) -> dict[str, Any]:
    """Return the tags and the note, out of the bodies."""
    tags: list[str] = []
    notes = [ensure_text(annotation.get("bodyValue"))]
    for body in ensure_list(annotation.get("body"))[:MAX_PARTS]:
        if isinstance(body, dict) and (text := ensure_text(body.get("value"))):
            is_tag = "tagging" in ensure_list(body.get("purpose", annotation.get("motivation")))
            (tags if is_tag else notes).append(text)
    return {"tags": tuple(dict.fromkeys(tags)), "note": "\n\n".join(filter(None, notes))}


def read_name(agent: Any) -> str:
    """Return the name of whoever made the annotation; empty where there is none."""
    if not isinstance(agent, dict):
        return ensure_text(agent)
    names = (ensure_text(get_first(agent.get(key))) for key in ("nickname", "name", "id"))
    return next(filter(None, names), "")


def read_dates(annotation: dict[str, Any]) -> dict[str, datetime | None]:
    """Return when the annotation was created and modified, as far as it says so."""
    return {name: parse_date(annotation.get(name)) for name in ("created", "modified")}


def parse_date(value: Any) -> datetime | None:
    """Return the moment that an ISO 8601 text says, with its time zone; None where it says none."""
    try:
        moment = datetime.fromisoformat(ensure_text(value))
        return moment if moment.utcoffset() is not None else None
    except (ValueError, OverflowError):
        return None


def get_first(value: Any) -> Any:
    """Return the first of a list, None for an empty one; any other value as it is."""
    return (value[0] if value else None) if isinstance(value, list) else value


def ensure_list(value: Any) -> list[Any]:
    """Return the value as a list: JSON-LD writes one thing without brackets, and none as null."""
    return value if isinstance(value, list) else [] if value is None else [value]


def ensure_text(value: Any) -> str:
    """Return the value if it is text; else nothing."""
    return value if isinstance(value, str) else ""


def ensure_number(value: Any) -> int | None:
    """Return a number that can be an offset or a revision's; None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31 else None
