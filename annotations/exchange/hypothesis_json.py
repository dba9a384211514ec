"""Reads annotations of Hypothesis, as its exports and its API have them."""

from typing import Any

from annotations.exchange.annotation_target import read_selectors
from annotations.exchange.json_values import ensure_list, ensure_object, ensure_text, get_first, parse_date
from annotations.exchange.record import HighlightRecord, UnreadableFileError
from newsreader.text.translation import gettext_noop

PUBLIC_GROUP = "__world__"
MAX_SHOWN_TEXT = 300  # code points of a note in a problem
REPLY = gettext_noop("A reply by “%(name)s” has no quote and is not imported: “%(text)s”.")
PAGE_NOTE = gettext_noop("A note on the whole page has no quote and is not imported: “%(text)s”.")


def read_hypothesis(entry: dict[str, Any]) -> HighlightRecord:
    """Return an annotation of Hypothesis; UnreadableFileError for a reply or a page note, which have no quote."""
    selection = read_selectors(next(filter(None, map(get_selectors, ensure_list(entry.get("target")))), []), {})
    name = read_user(entry)
    if not selection["exact"]:
        text = ensure_text(entry.get("text")) or ", ".join(map(ensure_text, ensure_list(entry.get("tags"))))
        shown = " ".join(text[:MAX_SHOWN_TEXT].split())
        raise UnreadableFileError(REPLY if entry.get("references") else PAGE_NOTE, name=name or "?", text=shown)
    titles = ensure_list(ensure_object(entry.get("document")).get("title"))
    return HighlightRecord(
        id=ensure_text(entry.get("id")),
        source=ensure_text(entry.get("uri")),
        title=ensure_text(titles[0]) if titles else "",
        tags=tuple(dict.fromkeys(filter(None, map(ensure_text, ensure_list(entry.get("tags")))))),
        note=ensure_text(entry.get("text")),
        creator=name,
        created=parse_date(entry.get("created")),
        modified=parse_date(entry.get("updated")),
        private=is_private(entry),
        **selection,
    )


def get_selectors(target: Any) -> Any:
    """Return the selectors of a target; None where it has none."""
    return ensure_object(target).get("selector")


def read_user(entry: dict[str, Any]) -> str:
    """Return the name of who made an annotation, without that of the server."""
    return ensure_text(entry.get("user")).removeprefix("acct:").partition("@")[0]


def is_private(entry: dict[str, Any]) -> bool:
    """Return whether an annotation was not for everybody: for its author, for a group, or hidden by a moderator."""
    readers = list(map(ensure_text, ensure_list(ensure_object(entry.get("permissions")).get("read"))))
    is_closed = bool(readers) and f"group:{PUBLIC_GROUP}" not in readers
    group = ensure_text(get_first(entry.get("group"))) or PUBLIC_GROUP
    return is_closed or group != PUBLIC_GROUP or entry.get("hidden") is True
