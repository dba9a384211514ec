"""Web Annotations that come in, ours and others': what can be used of each, as a record."""

from datetime import datetime

from annotations.exchange.record import Record, Unreadable

MOST = 200  # bodies, targets and selectors that are looked at


def load(annotation: dict) -> Record:
    """What an annotation says of a passage. Unreadable where it has no target that could be one."""
    if not isinstance(annotation, dict):
        raise Unreadable("This is not an annotation.")
    target = first_of(annotation.get("target"))
    fields = {"id": word(annotation.get("id")), **placed(target), **said(annotation)}
    if not fields["source"] and not fields["article"] and not fields["exact"]:
        raise Unreadable("It does not say what it is about.")
    fields["creator"] = named(first_of(annotation.get("creator")))
    return Record(**fields, **dates(annotation))


def placed(target) -> dict:
    """Where the passage stands: the addresses, the revision and the selectors."""
    if not isinstance(target, dict):
        return {"source": word(target), "article": "", "exact": ""}
    state = first_of(target.get("state"))
    state = state if isinstance(state, dict) else {}
    source = target.get("source", target.get("id"))
    found = {"source": address_of(source), "article": word(target.get("newsreader:article"))}
    found |= {"title": word(target.get("newsreader:title")), "address": word(state.get("cached"))}
    found |= {"revision": whole(state.get("newsreader:revision")), "digest": word(state.get("newsreader:digest"))}
    return found | {"read_at": date(state.get("sourceDate"))} | selected(target.get("selector"))


def address_of(source) -> str:
    source = first_of(source)
    return word(source.get("id") if isinstance(source, dict) else source)


def selected(selectors) -> dict:
    """The quote and the position, out of all selectors and what refines them."""
    found: dict = {"exact": ""}
    waiting = listed(selectors)
    for _ in range(MOST):
        if not waiting:
            break
        selector = waiting.pop(0)
        if isinstance(selector, dict):
            found |= READERS.get(word(selector.get("type")), nothing)(selector)
            waiting += listed(selector.get("refinedBy"))
    return found


def quote(selector: dict) -> dict:
    return {name: word(selector.get(name)) for name in ("exact", "prefix", "suffix")}


def position(selector: dict) -> dict:
    return {name: whole(selector.get(name)) for name in ("start", "end")}


def nothing(selector: dict) -> dict:
    return {}


READERS = {"TextQuoteSelector": quote, "TextPositionSelector": position}


def said(annotation: dict) -> dict:
    """The tags and the note, out of the bodies."""
    tags, notes = [], [word(annotation.get("bodyValue"))]
    for body in listed(annotation.get("body"))[:MOST]:
        if isinstance(body, dict) and (text := word(body.get("value"))):
            (tags if "tagging" in listed(body.get("purpose", annotation.get("motivation"))) else notes).append(text)
    return {"tags": tuple(dict.fromkeys(tags)), "note": "\n\n".join(filter(None, notes))}


def named(agent) -> str:
    """The name of whoever made it."""
    if not isinstance(agent, dict):
        return word(agent)
    return next((name for key in ("nickname", "name", "id") if (name := word(first_of(agent.get(key))))), "")


def dates(annotation: dict) -> dict:
    return {name: date(annotation.get(name)) for name in ("created", "modified")}


def date(value) -> datetime | None:
    """The moment that a text says, with its time zone; None where it says none."""
    try:
        when = datetime.fromisoformat(word(value))
        return when if when.utcoffset() is not None else None
    except (ValueError, OverflowError):
        return None


def first_of(value):
    return (value[0] if value else None) if isinstance(value, list) else value


def listed(value) -> list:
    return value if isinstance(value, list) else [] if value is None else [value]


def word(value) -> str:
    return value if isinstance(value, str) else ""


def whole(value) -> int | None:
    """A number that can be an offset or a revision's; None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31 else None
