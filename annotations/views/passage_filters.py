"""What the query string of the passages asks for."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from annotations.models.codebook import Term
from annotations.models.passage import ORDERS
from newsreader.views.filters import Chosen, address, day_of, named, plain

SPOKEN = {
    "tag": "Tag: {}",
    "any": "One of: {}",
    "not": "Not: {}",
    "source": "Source: {}",
    "author": "Reader: {}",
    "article": "Article: {}",
    "q": "Words: {}",
    "from": "From {}",
    "to": "To {}",
}
OF_PAGES = ("after", "before", "format")


class Wanted(NamedTuple):
    """The filters of one request, as they were written; whatever is no filter has been left out."""

    tags: list[str]
    any: list[str]
    none: list[str]
    source: str
    author: str
    article: str
    q: str
    since: date | None
    until: date | None
    order: str
    after: UUID | None
    before: UUID | None
    faults: list[str]

    @property
    def narrow(self) -> bool:
        """Whether they leave anything out."""
        return any(self[:9])


def wanted_in(query) -> Wanted:
    """The filters in a QueryDict; a day that is none is passed over, and told of in `faults`."""
    days = {name: day_of(query.get(name, "")) for name in ("from", "to")}
    order = query.get("order", "")
    return Wanted(
        *(named(query, name) for name in ("tag", "any", "not")),
        *(plain(query.get(name, "")) for name in ("source", "author", "article", "q")),
        *days.values(),
        order=order if order in ORDERS else "latest",
        after=key_of(query.get("after", "")),
        before=key_of(query.get("before", "")),
        faults=[
            f"“{plain(query[name])[:40]}” is no day, so it was passed over. Write it as 2026-11-19."
            for name, day in days.items()
            if query.get(name, "").strip() and not day
        ],
    )


def key_of(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


def found(highlights, project, wanted: Wanted, codebook: dict[str, Term]):
    """Those highlights of the project that were asked for."""
    groups = [keys_of(codebook, name) for name in wanted.tags]
    any_of = [key for name in wanted.any for key in keys_of(codebook, name)]
    groups += [any_of] if wanted.any else []
    if not all(groups):
        return highlights.keyed().none()
    highlights = highlights.of(project, groups, wanted.order).dated(wanted.since, wanted.until).mentioning(wanted.q)
    highlights = highlights.lacking(project, [key for name in wanted.none for key in keys_of(codebook, name)])
    places = {
        "article__source__slug": wanted.source,
        "author__username": wanted.author,
        "article__slug": wanted.article,
    }
    return highlights.filter(**{field: value for field, value in places.items() if value})


def keys_of(codebook: dict[str, Term], name: str) -> list[str]:
    """The tags that an address means: two of them where their names make one slug."""
    return [term.key for term in codebook.values() if name in (term.slug, term.name)]


def chosen(query, wanted: Wanted, names: dict[str, dict[str, str]]) -> list[Chosen]:
    """Every filter that is on, in words, with the address of the passages without it."""
    bare, days = narrowed(query), {"from": wanted.since, "to": wanted.until}
    return [
        Chosen(words.format(names.get(field, {}).get(plain(value), value)), address(bare, field, value))
        for field, words in SPOKEN.items()
        for value in dict.fromkeys(query.getlist(field))
        if value.strip() and days.get(field, True)
    ]


def narrowed(query, **changed):
    """The query without its place in the pages, and with `changed`."""
    copy = query.copy()
    for name in OF_PAGES:
        copy.pop(name, None)
    for name, value in changed.items():
        copy[name] = str(value)
    return copy
