"""What the query string of the passages asks for: in the list, on the desk, in charts and exports alike."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from annotations.errors import TooManyPassagesError
from annotations.models.codebook import Codebook, tag_keys
from annotations.passages.passage import CONTEXTS
from annotations.passages.queries import ORDERS
from annotations.passages.search_fields import OF_PASSAGES
from annotations.tag_query.ast import Fault, Node, Tag, tags_in
from annotations.tag_query.parser import parse
from newsreader.search import query as language
from newsreader.views.filters import ActiveFilter, build_query_string, clean_words, parse_day, read_values

SPOKEN = {
    "tag": "Tag: {}",
    "any": "One of: {}",
    "not": "Not: {}",
    "tags": "Tags: {}",
    "source": "Source: {}",
    "author": "Author: {}",
    "reader": "Reader: {}",
    "article": "Article: {}",
    "state": "{}",
    "q": "Words: {}",
    "from": "From {}",
    "to": "To {}",
}
STATES = {
    "same": "On the same words",
    "moved": "Moved",
    "edited": "Edited since",
    "ambiguous": "In more than one place",
    "gone": "Gone",
    "waiting": "Waiting for a decision",
}
OF_PAGES = ("after", "before", "format")
TOO_MANY = (
    "Too many passages would have to be measured to say how many sentences lie between them. "
    "Choose a source, an article or a span of days as well."
)


class Wanted(NamedTuple):
    """The filters of one request, as they were written; whatever is no filter has been left out."""

    tags: list[str]
    any: list[str]
    none: list[str]
    written: str
    source: str
    author: str
    reader: str
    article: str
    state: str
    q: str
    since: date | None
    until: date | None
    tree: Node | None
    order: str
    group: str
    context: str
    after: UUID | None
    before: UUID | None
    faults: list[str]

    @property
    def narrow(self) -> bool:
        """Whether they leave anything out."""
        return any(self[:12])

    @property
    def names(self) -> list[str]:
        """Every tag that is named, in whatever way."""
        spoken = [tag.name for tag in tags_in(self.tree)] if self.tree else []
        return [*self.tags, *self.any, *self.none, *spoken]


GROUPS = {
    "": "not grouped",
    "tag": "by tag",
    "source": "by source",
    "author": "by author",
    "reader": "by reader",
    "week": "by week",
    "article": "by article",
}


def wanted_in(query) -> Wanted:
    """The filters in a QueryDict; what cannot be read is passed over, and told of in `faults`."""
    days = {name: parse_day(query.get(name, "")) for name in ("from", "to")}
    written = " ".join(query.get("tags", "").replace("\0", "").split())
    tree, faults = read(written)
    words = clean_words(query.get("q", ""), language.LONGEST + 1)
    return Wanted(
        *(read_values(query, name) for name in ("tag", "any", "not")),
        written,
        *(clean_words(query.get(name, "")) for name in ("source", "author", "reader", "article")),
        one_of(STATES, query.get("state", "")),
        words,
        *days.values(),
        tree=tree,
        order=one_of(ORDERS, query.get("order", ""), "latest"),
        group=one_of(GROUPS, query.get("group", "")),
        context=one_of(CONTEXTS, query.get("context", ""), "sentence"),
        after=key_of(query.get("after", "")),
        before=key_of(query.get("before", "")),
        faults=faults
        + (language.parse(words, OF_PASSAGES).faults if words else [])
        + [
            f"“{clean_words(query[name])[:40]}” is no day, so it was passed over. Write it as 2026-11-19."
            for name, day in days.items()
            if query.get(name, "").strip() and not day
        ],
    )


def read(written: str) -> tuple[Node | None, list[str]]:
    """The tree of a tag expression, and what is wrong with it."""
    try:
        return (parse(written), []) if written else (None, [])
    except Fault as fault:
        return None, [f"“{written[:80]}” was passed over. {fault}"]


def one_of(choices: dict, value: str, otherwise: str = "") -> str:
    return value if value in choices else otherwise


def key_of(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


def found(highlights, project, wanted: Wanted, codebook: Codebook):
    """Those highlights of the project that were asked for."""
    groups = [tag_keys(codebook, name) for name in wanted.tags]
    any_of = [key for name in wanted.any for key in tag_keys(codebook, name)]
    groups += [any_of] if wanted.any else []
    if isinstance(wanted.tree, Tag):  # as quick as a tag that was chosen
        groups.append(tag_keys(codebook, wanted.tree.name, deep=wanted.tree.deep))
    if not all(groups):
        return highlights.keyed().none()
    highlights = (
        highlights.of(project, groups, wanted.order).dated(wanted.since, wanted.until).mentioning(project, wanted.q)
    )
    highlights = highlights.lacking(project, [key for name in wanted.none for key in tag_keys(codebook, name)])
    return meeting(placed(highlights, project, wanted), project, wanted, codebook)


def placed(highlights, project, wanted: Wanted):
    """Those in the places, by the people and in the state that were asked for."""
    places = {
        "article__source__slug": wanted.source,
        "article__byline": wanted.author,
        "author__username": wanted.reader,
        "article__slug": wanted.article,
    }
    highlights = highlights.filter(**{field: value for field, value in places.items() if value})
    return highlights.faring(project, wanted.state) if wanted.state else highlights


def meeting(highlights, project, wanted: Wanted, codebook: Codebook):
    """Those that the tag expression means; none, and a word about it, where that would take too long."""
    if not wanted.tree or isinstance(wanted.tree, Tag):
        return highlights
    try:
        return highlights.meeting(project, wanted.tree, codebook)
    except TooManyPassagesError:
        wanted.faults.append(TOO_MANY)
        return highlights.none()


def chosen(query, wanted: Wanted, names: dict[str, dict[str, str]]) -> list[ActiveFilter]:
    """Every filter that is on, in words, with the address of the passages without it."""
    bare = narrowed(query)
    known = {"from": wanted.since, "to": wanted.until, "state": wanted.state, "tags": wanted.tree}
    return [
        ActiveFilter(
            words.format(names.get(field, {}).get(clean_words(value), value)), build_query_string(bare, field, value)
        )
        for field, words in SPOKEN.items()
        for value in dict.fromkeys(query.getlist(field))
        if value.strip() and known.get(field, True)
    ]


def narrowed(query, **changed):
    """The query without its place in the pages, and with `changed`."""
    copy = query.copy()
    for name in OF_PAGES:
        copy.pop(name, None)
    for name, value in changed.items():
        copy[name] = str(value)
    return copy
