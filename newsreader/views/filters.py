"""What the library's query string asks for."""

from datetime import date
from typing import NamedTuple

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


def parse_filters(query) -> LibraryFilters:
    """The filters in a QueryDict; a day that is none and an order that is none are passed over."""
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


def read_values(query, name: str) -> list[str]:
    values = [clean_words(value) for value in query.getlist(name)[:50]]
    return list(dict.fromkeys(value for value in values if value))


def clean_words(words: str, length: int = 200) -> str:
    """Words as they may go to a database: without NUL, white space folded, 200 characters at most."""
    return " ".join(words.replace("\0", "").split())[:length]


def parse_day(value: str) -> date | None:
    """The day written as 2026-11-19, from the year 1000 on, when days have a fixed number in every time zone."""
    try:
        day = parse_date(value)
    except ValueError:
        return None
    return day if day and 1000 <= day.year < 9999 else None


def list_active_filters(query, names: dict[str, dict[str, str]]) -> list[ActiveFilter]:
    """Every filter that is on. `names` gives the words for the values of a field, such as {"source": {slug: name}}."""
    values = [
        (field, value) for field in FILTER_FIELDS for value in dict.fromkeys(query.getlist(field)) if clean_words(value)
    ]
    labels = [
        (describe_filter(field, clean_words(value), names.get(field, {})), field, value) for field, value in values
    ]
    return [ActiveFilter(label, build_query_string(query, field, value)) for label, field, value in labels if label]


def describe_filter(field: str, value: str, names: dict[str, str]) -> str:
    """One filter in words; empty for a day that is none."""
    if field in ("from", "to"):
        day = parse_day(value)
        return f"{field.capitalize()} {date_format(day, 'j F Y')}" if day else ""
    kind = {"q": "Words: ", "source": "Source: ", "tag": "Tag: ", "language": "Language: "}.get(field, "")
    return kind + names.get(value, value)


def build_query_string(query, field: str = "", value: str = "", **changed) -> str:
    """The query string with `changed`, from its first page on, and without `value` of `field`; blanks are dropped."""
    copy = query.copy()
    copy.pop("page", None)
    if field:
        copy.setlist(field, [one for one in copy.getlist(field) if one != value])
    for name, new in changed.items():
        copy[name] = str(new)
    for name, values in list(copy.lists()):
        copy.setlist(name, [one for one in values if one.strip()])
    return "?" + copy.urlencode()
