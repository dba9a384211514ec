"""What the library's query string asks for."""

from datetime import date
from typing import NamedTuple

from django.utils.dateparse import parse_date
from django.utils.formats import date_format

from newsreader.search.parser import MAX_CHARACTERS

FIELDS = ("q", "show", "source", "tag", "language", "from", "to")
SHOWN = {"unread": "Unread", "saved": "Saved", "without-highlights": "Without highlights"}
SORTS = {
    "best": "Best match first",
    "newest": "Newest first",
    "oldest": "Oldest first",
    "longest": "Longest first",
    "most-highlighted": "Most highlighted first",
}


class Filters(NamedTuple):
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


class Chosen(NamedTuple):
    """One filter in words, and the address of the same list without it."""

    label: str
    without: str


def filters_of(query) -> Filters:
    """The filters in a QueryDict; a day that is none and an order that is none are passed over."""
    sort, words = query.get("sort", ""), plain(query.get("q", ""), MAX_CHARACTERS + 1)
    return Filters(
        q=words,
        show=[value for value in query.getlist("show") if value in SHOWN],
        sources=named(query, "source"),
        tags=named(query, "tag"),
        languages=named(query, "language"),
        since=day_of(query.get("from", "")),
        until=day_of(query.get("to", "")),
        sort=sort if sort in SORTS else "best" if words else "newest",
    )


def named(query, name: str) -> list[str]:
    values = [plain(value) for value in query.getlist(name)[:50]]
    return list(dict.fromkeys(value for value in values if value))


def plain(words: str, length: int = 200) -> str:
    """Words as they may go to a database: without NUL, white space folded, 200 characters at most."""
    return " ".join(words.replace("\0", "").split())[:length]


def day_of(value: str) -> date | None:
    """The day written as 2026-11-19, from the year 1000 on, when days have a fixed number in every time zone."""
    try:
        day = parse_date(value)
    except ValueError:
        return None
    return day if day and 1000 <= day.year < 9999 else None


def chosen(query, names: dict[str, dict[str, str]]) -> list[Chosen]:
    """Every filter that is on. `names` gives the words for the values of a field, such as {"source": {slug: name}}."""
    values = [(field, value) for field in FIELDS for value in dict.fromkeys(query.getlist(field)) if plain(value)]
    labels = [(spoken(field, plain(value), names.get(field, {})), field, value) for field, value in values]
    return [Chosen(label, address(query, field, value)) for label, field, value in labels if label]


def spoken(field: str, value: str, names: dict[str, str]) -> str:
    """One filter in words; empty for a day that is none."""
    if field in ("from", "to"):
        day = day_of(value)
        return f"{field.capitalize()} {date_format(day, 'j F Y')}" if day else ""
    kind = {"q": "Words: ", "source": "Source: ", "tag": "Tag: ", "language": "Language: "}.get(field, "")
    return kind + names.get(value, value)


def address(query, field: str = "", value: str = "", **changed) -> str:
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
