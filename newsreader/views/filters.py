"""The filters in the library's query string."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from typing import Any, NamedTuple

from django.http import HttpResponseBase, QueryDict
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from newsreader.search.grammar import MAX_CHARACTERS
from newsreader.templatetags.languages import language_name
from newsreader.text.translation import format_number

FILTER_FIELDS = ("q", "show", "source", "tag", "language", "from", "to")
NAMED_FIELDS = ("source", "tag", "language", "reader", "author", "article")  # whose values are names
# `shorten_label` drops what stands before the first ": ".
FILTER_LABELS = {
    "q": gettext_noop("Words: %(value)s"),
    "source": gettext_noop("Source: %(value)s"),
    "tag": gettext_noop("Tag: %(value)s"),
    "language": gettext_noop("Language: %(value)s"),
}
SHOW_LABELS = {"unread": _("Unread"), "saved": _("Saved"), "without-highlights": _("Without highlights")}
SHOW_LABELS |= {"in-project": _("In this project")}
SORT_LABELS = {
    "best": _("Best match first"),
    "newest": _("Newest first"),
    "oldest": _("Oldest first"),
    "longest": _("Longest first"),
    "most-highlighted": _("Most highlighted first"),
}
MAX_VALUES = 20  # of one field
MAX_VALUE_LENGTH = 200  # characters
View = Callable[..., HttpResponseBase]


LIBRARY_LIMITS = dict.fromkeys(("show", "source", "tag", "language"), MAX_VALUES)
LIBRARY_LIMITS |= dict.fromkeys(("q", "from", "to", "sort", "page", "project"), 1)


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
    """One filter in words, and the address of the same list without it; `value` is what it asks for, in fewest words."""

    label: str
    without: str
    value: str


def limit_query(limits: Mapping[str, int]) -> Callable[[View], View]:
    """Let a view see no more of the query string than `limit_values` leaves, and what that left out as `request.left_out`."""

    def decorate(view: View) -> View:
        @wraps(view)
        def run(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.GET, request.left_out = limit_values(request.GET, limits)
            return view(request, *args, **kwargs)

        return run

    return decorate


def limit_values(query: QueryDict, limits: Mapping[str, int]) -> tuple[QueryDict, list[str]]:
    """Return the query with the fields that `limits` names, and a sentence for each that had too many values.

    Each value is kept once, the first ones of a field up to its limit; of a field that takes one, the last. A page
    repeats its query in every link, so that it has to be short however long the address was.
    """
    limited, left_out = QueryDict(mutable=True), []
    for field in [name for name in query if name in limits]:
        limit = limits[field]
        values = [value for value in dict.fromkeys(query.getlist(field)) if value.strip()]
        if len(values) > limit:
            left_out.append(describe_left_out(field, limit, len(values)))
        if kept := query.getlist(field)[-1:] if limit == 1 else values[:limit]:
            limited.setlist(field, kept)
    return limited, left_out


def describe_left_out(field: str, limit: int, number: int) -> str:
    """Return a sentence about a field with so many values, more than the limit."""
    if limit == 1:
        message = gettext("Ignored: all but the last of %(number)s values of “%(field)s”.")
    else:
        message = gettext("Ignored: all but the first %(limit)s of %(number)s values of “%(field)s”.")
    return message % {"limit": limit, "number": format_number(number), "field": field}


def parse_filters(query: QueryDict) -> LibraryFilters:
    """Return the filters of a query string; a day that is none and an order that is none are ignored."""
    sort, words = query.get("sort", ""), clean_words(query.get("q", ""), MAX_CHARACTERS + 1)
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
    values = [clean_words(value) for value in query.getlist(field)]
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
    return [
        ActiveFilter(label, build_query_string(query, field, value), shorten_label(label, field))
        for label, field, value in labels
        if label
    ]


def describe_query(query: QueryDict, sources: Mapping[str, str]) -> str:
    """Return the filters of the library in words; `sources` has the names of sources by their slugs."""
    languages = {code: language_name(code) for code in query.getlist("language")}
    names = {"source": sources, "language": languages}
    return ", ".join(active.label for active in list_active_filters(query, names))


def shorten_label(label: str, field: str) -> str:
    """Return what a filter asks for: its value alone where that says what it is a value of, words in quotation marks."""
    value = label.partition(": ")[2] or label
    return f"“{value}”" if field == "q" else value if field in NAMED_FIELDS else label[:1].lower() + label[1:]


def describe_filter(field: str, value: str, names: Mapping[str, str]) -> str:
    """Return one filter in words; empty for a day that is none."""
    if field in ("from", "to"):
        day = parse_day(value)
        message = gettext("From %(day)s") if field == "from" else gettext("To %(day)s")
        return message % {"day": date_format(day, "DATE_FORMAT")} if day else ""
    message = gettext(FILTER_LABELS[field]) if field in FILTER_LABELS else "%(value)s"
    return message % {"value": names.get(value, value)}


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
