"""The fields of a query: which there are, and what may stand behind each."""

import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from newsreader.search.ast import Field
from newsreader.text.diff.summary import join_choices, join_list
from newsreader.text.language.analyzer import extract_words
from newsreader.text.translation import gettext as _

FIELDS: dict[str, tuple[str, ...]] = {  # name: the values it may have, none where it may be anything
    **dict.fromkeys(("source", "author", "tag", "by", "in", "before", "after", "lang"), ()),
    "is": ("unread", "saved"),
    "has": ("notes", "highlights"),
}
DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


def read_field(name: str, text: str) -> Field | str:
    """Return the field of that name with the value that was written, or what is wrong with it, in a sentence."""
    return read_day(name, text) if name in ("before", "after") else read_value(name, text)


def read_value(name: str, text: str) -> Field | str:
    """Return the field with a text as its value, or what is wrong with it."""
    allowed, text = FIELDS[name], " ".join(text.split())
    if allowed and text.lower() not in allowed:
        choices = join_choices([f"{name}:{value}" for value in allowed])
        values = {"name": name, "text": text[:40], "choices": choices}
        return _("Ignored: “%(name)s:%(text)s” has no meaning. Use %(choices)s.") % values
    if not extract_words(text):
        return _("“%(name)s:” needs a word after it.") % {"name": name}
    return Field(name, text.lower() if allowed else text)


def read_day(name: str, text: str) -> Field | str:
    """Return the field with a day as its value, or what is wrong with it."""
    day = parse_day(text)
    if not day:
        message = _("Ignored: “%(name)s:%(text)s” is not a date. Use 2026, 2026-11 or 2026-11-19.")
        return message % {"name": name, "text": text[:40]}
    return Field(name, day)


def parse_day(text: str) -> date | None:
    """Return the day, or the first one of a month or year; None where it names none."""
    match = DAY.fullmatch(text.strip())
    if not match:
        return None
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        return date(year, month, day) if 1000 <= year < 9999 else None
    except ValueError:
        return None


def explain_unknown(name: str, fields: Iterable[str]) -> str:
    """Return a sentence about a field that is none of these, with those that there are."""
    if name in FIELDS:
        problem = _("“%(name)s:” cannot be used here, so it was searched as words.") % {"name": name}
    else:
        problem = _("“%(name)s:” is not a field, so it was searched as words.") % {"name": name}
    return f"{problem} {suggest_field(name, fields)}"


def suggest_field(name: str, fields: Iterable[str]) -> str:
    """Return a sentence about the field that has nearly this name, or about all that there are."""
    if nearest := get_close_matches(name, fields, 1):
        return _("Did you mean “%(name)s:”?") % {"name": nearest[0]}
    return _("There are %(fields)s.") % {"fields": list_fields(fields)}


def list_fields(fields: Iterable[str]) -> str:
    """Return these fields as a sentence lists them, in the order of FIELDS."""
    return join_list([_("“%(name)s:”") % {"name": name} for name in FIELDS if name in fields])
