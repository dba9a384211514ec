"""Web Annotations that come in, ours and others': what can be used of each, as a record."""

from datetime import datetime

from annotations.exchange.record import HighlightRecord, UnreadableFileError

MAX_PARTS = 200  # bodies, targets and selectors that are looked at


def load(annotation: dict) -> HighlightRecord:
    """What an annotation says of a passage. Unreadable where it has no target that could be one."""
    if not isinstance(annotation, dict):
        raise UnreadableFileError("This is not an annotation.")
    target = get_first(annotation.get("target"))
    fields = {"id": ensure_text(annotation.get("id")), **read_target(target), **read_bodies(annotation)}
    if not fields["source"] and not fields["article"] and not fields["exact"]:
        raise UnreadableFileError("It does not say what it is about.")
    fields["creator"] = read_name(get_first(annotation.get("creator")))
    return HighlightRecord(**fields, **read_dates(annotation))


def read_target(target) -> dict:
    """Where the passage stands: the addresses, the revision and the selectors."""
    if not isinstance(target, dict):
        return {"source": ensure_text(target), "article": "", "exact": ""}
    state = get_first(target.get("state"))
    state = state if isinstance(state, dict) else {}
    source = target.get("source", target.get("id"))
    found = {"source": read_address(source), "article": ensure_text(target.get("newsreader:article"))}
    found |= {"title": ensure_text(target.get("newsreader:title")), "address": ensure_text(state.get("cached"))}
    found |= {
        "revision": ensure_number(state.get("newsreader:revision")),
        "digest": ensure_text(state.get("newsreader:digest")),
    }
    return found | {"read_at": parse_date(state.get("sourceDate"))} | read_selectors(target.get("selector"))


def read_address(source) -> str:
    source = get_first(source)
    return ensure_text(source.get("id") if isinstance(source, dict) else source)


def read_selectors(selectors) -> dict:
    """The quote and the position, out of all selectors and what refines them."""
    found: dict = {"exact": ""}
    waiting = ensure_list(selectors)
    for _ in range(MAX_PARTS):
        if not waiting:
            break
        selector = waiting.pop(0)
        if isinstance(selector, dict):
            found |= SELECTOR_READERS.get(ensure_text(selector.get("type")), read_nothing)(selector)
            waiting += ensure_list(selector.get("refinedBy"))
    return found


def read_quote(selector: dict) -> dict:
    return {name: ensure_text(selector.get(name)) for name in ("exact", "prefix", "suffix")}


def read_position(selector: dict) -> dict:
    return {name: ensure_number(selector.get(name)) for name in ("start", "end")}


def read_nothing(selector: dict) -> dict:
    return {}


SELECTOR_READERS = {"TextQuoteSelector": read_quote, "TextPositionSelector": read_position}


def read_bodies(annotation: dict) -> dict:
    """The tags and the note, out of the bodies."""
    tags, notes = [], [ensure_text(annotation.get("bodyValue"))]
    for body in ensure_list(annotation.get("body"))[:MAX_PARTS]:
        if isinstance(body, dict) and (text := ensure_text(body.get("value"))):
            (tags if "tagging" in ensure_list(body.get("purpose", annotation.get("motivation"))) else notes).append(
                text
            )
    return {"tags": tuple(dict.fromkeys(tags)), "note": "\n\n".join(filter(None, notes))}


def read_name(agent) -> str:
    """The name of whoever made it."""
    if not isinstance(agent, dict):
        return ensure_text(agent)
    return next((name for key in ("nickname", "name", "id") if (name := ensure_text(get_first(agent.get(key))))), "")


def read_dates(annotation: dict) -> dict:
    return {name: parse_date(annotation.get(name)) for name in ("created", "modified")}


def parse_date(value) -> datetime | None:
    """The moment that a text says, with its time zone; None where it says none."""
    try:
        when = datetime.fromisoformat(ensure_text(value))
        return when if when.utcoffset() is not None else None
    except (ValueError, OverflowError):
        return None


def get_first(value):
    return (value[0] if value else None) if isinstance(value, list) else value


def ensure_list(value) -> list:
    return value if isinstance(value, list) else [] if value is None else [value]


def ensure_text(value) -> str:
    return value if isinstance(value, str) else ""


def ensure_number(value) -> int | None:
    """A number that can be an offset or a revision's; None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31 else None
