"""The filters in the library's query string."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.formats import date_format

from newsreader.search.query import LONGEST

FILTER_FIELDS = ("q", "show", "source", "tag", "language", "from", "to")
SHOW_LABELS = {"unread": "Unread", "saved": "Saved", "without-highlights": "Without highlights"}
SORT_LABELS = {
    "best": "Best match first",
    "newest": "Newest first",
    "oldest": "Oldest first",
    "longest": "Longest first",
    "most-highlighted": "Most highlighted first",
}
MAX_VALUES = 50  # of one field
MAX_VALUE_LENGTH = 200  # characters


class LibraryFilters(NamedTuple):
    """The filters of one request; whatever is no filter has been left out."""

    q: str
    show: list[str]
    sources: list[str]
    tags: list[str]
    languages: list[str]
    since: date | None
    until: date | None
    sort: str

    @property
    def narrow(self) -> bool:
        """Whether they leave anything out."""
        return any(self[:-1])


class ActiveFilter(NamedTuple):
    """One filter in words, and the address of the same list without it."""

    label: str
    without: str


def parse_filters(query: QueryDict) -> LibraryFilters:
    """Return the filters of a query string; a day that is none and an order that is none are ignored."""
    sort, words = query.get("sort", ""), clean_words(query.get("q", ""), LONGEST + 1)
    return LibraryFilters(
        q=words,
        show=[value for value in query.getlist("show") if value in SHOW_LABELS],
        sources=read_values(query, "source"),
        tags=read_values(query, "tag"),
        languages=read_values(query, "language"),
        since=parse_day(query.get("from", "")),
        until=parse_day(query.get("to", "")),
        sort=sort if sort in SORT_LABELS else "best" if words else "newest",
    )


def read_values(query: QueryDict, field: str) -> list[str]:
    """Return the values of a field that are not blank, each once, in their order."""
    values = [clean_words(value) for value in query.getlist(field)[:MAX_VALUES]]
    return list(dict.fromkeys(value for value in values if value))


def clean_words(words: str, length: int = MAX_VALUE_LENGTH) -> str:
    """Return words as they may go to a database: without NUL, white space collapsed, at most `length` characters."""
    return " ".join(words.replace("\0", "").split())[:length]


def parse_day(value: str) -> date | None:
    """Return the day written as 2026-11-19, from the year 1000 on, when days have a fixed number in every time zone."""
    try:
        day = parse_date(value)
    except ValueError:
        return None
    return day if day and 1000 <= day.year < 9999 else None


def list_active_filters(query: QueryDict, names: Mapping[str, Mapping[str, str]]) -> list[ActiveFilter]:
    """Return every filter that is on. `names` has words for the values of a field, such as {"source": {slug: name}}."""
    values = [
        (field, value) for field in FILTER_FIELDS for value in dict.fromkeys(query.getlist(field)) if clean_words(value)
    ]
    labels = [
        (describe_filter(field, clean_words(value), names.get(field, {})), field, value) for field, value in values
    ]
    return [ActiveFilter(label, build_query_string(query, field, value)) for label, field, value in labels if label]


def describe_filter(field: str, value: str, names: Mapping[str, str]) -> str:
    """Return one filter in words; empty for a day that is none."""
    if field in ("from", "to"):
        day = parse_day(value)
        return f"{field.capitalize()} {date_format(day, 'j F Y')}" if day else ""
    prefix = {"q": "Words: ", "source": "Source: ", "tag": "Tag: ", "language": "Language: "}.get(field, "")
    return prefix + names.get(value, value)


def build_query_string(query: QueryDict, field: str = "", value: str = "", **changed: Any) -> str:
    """Return the query string with `changed`, from its first page on, and without `value` of `field`; blanks are dropped."""
    copy = query.copy()
    copy.pop("page", None)
    if field:
        copy.setlist(field, [other for other in copy.getlist(field) if other != value])
    for name, new_value in changed.items():
        copy[name] = str(new_value)
    for name, values in list(copy.lists()):
        copy.setlist(name, [other for other in values if other.strip()])
    return "?" + copy.urlencode()
