"""The fields of a query: which there are, and what may stand behind each."""

import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from newsreader.search.ast import Field
from newsreader.text.language.analyzer import extract_words

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
        choices = " or ".join(f"{name}:{value}" for value in allowed)
        return f"“{name}:{text[:40]}” means nothing, so it was passed over. Write {choices}."
    if not extract_words(text):
        return f"“{name}:” needs a word after it."
    return Field(name, text.lower() if allowed else text)


def read_day(name: str, text: str) -> Field | str:
    """Return the field with a day as its value, or what is wrong with it."""
    day = parse_day(text)
    if not day:
        return f"“{name}:{text[:40]}” names no day, so it was passed over. Write 2026, 2026-11 or 2026-11-19."
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
    nearest = get_close_matches(name, fields, 1)
    hint = f"Did you mean “{nearest[0]}:”?" if nearest else f"There are {list_fields(fields)}."
    what = "is of no use here" if name in FIELDS else "is no field"
    return f"“{name}:” {what}, so it was taken as words. {hint}"


def list_fields(fields: Iterable[str]) -> str:
    """Return these fields as a sentence lists them, in the order of FIELDS."""
    names = [f"“{name}:”" for name in FIELDS if name in fields]
    return f"{', '.join(names[:-1])} and {names[-1]}"
