"""What the query string of the passages asks for: in the list, on the desk, in charts and exports alike."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from annotations.errors import TooManyPassagesError
from annotations.models.access import CONSENSUS, PEOPLE
from annotations.models.codebook import Codebook, tag_keys
from annotations.models.project import Project
from annotations.passages.copies import leave_out_copies
from annotations.passages.passage import CONTEXT_SIZES
from annotations.passages.queries import ORDER_FIELDS, PassageQuerySet
from annotations.passages.search_fields import parse_passage_query, parse_tag_expression
from newsreader.search.ast import Node, Query, Tag, find_tags
from newsreader.search.grammar import MAX_CHARACTERS
from newsreader.views.filters import (
    ActiveFilter,
    build_query_string,
    clean_words,
    parse_day,
    read_values,
    shorten_label,
)

FILTER_LABELS = {
    "tag": gettext_noop("Tag: %(value)s"),
    "any": gettext_noop("One of: %(value)s"),
    "not": gettext_noop("Not: %(value)s"),
    "tags": gettext_noop("Tags: %(value)s"),
    "source": gettext_noop("Source: %(value)s"),
    "author": gettext_noop("Author: %(value)s"),
    "reader": gettext_noop("Reader: %(value)s"),
    "layer": gettext_noop("Layer: %(value)s"),
    "article": gettext_noop("Article: %(value)s"),
    "state": "%(value)s",
    "q": gettext_noop("Words: %(value)s"),
    "from": gettext_noop("From %(value)s"),
    "to": gettext_noop("To %(value)s"),
    "distinct": gettext_noop("Copies of a story counted once"),
}
STATE_LABELS = {
    "same": _("Unchanged"),
    "moved": _("Moved"),
    "edited": _("Edited since"),
    "ambiguous": _("Several matches"),
    "gone": _("Gone"),
    "waiting": _("Needs review"),
}
GROUP_LABELS = {
    "": _("not grouped"),
    "tag": _("by tag"),
    "source": _("by source"),
    "author": _("by author"),
    "reader": _("by reader"),
    "week": _("by week"),
    "article": _("by article"),
}
MAX_TAGS = 10  # of one kind, each a field with the whole codebook
PASSAGE_LIMITS = dict.fromkeys(
    (*FILTER_LABELS, "order", "group", "context", "after", "before", "page", "format", "options"), 1
)
PASSAGE_LIMITS |= {"tag": MAX_TAGS, "any": MAX_TAGS, "not": MAX_TAGS}
PAGE_PARAMETERS = ("after", "before", "format")
TOO_MANY_COPIES_MESSAGE = gettext_noop("Too many passages on articles with copies: all of them are counted.")
TOO_MANY_MESSAGE = gettext_noop(
    "Too many passages to compare by distance in sentences. Add a source, article or date filter."
)


class PassageFilter(NamedTuple):
    """The filters of one request, as they were written; whatever is no filter has been left out.

    With `options` the fields have the tags that may be chosen, which otherwise come when somebody turns to them.
    """

    tags: list[str]
    any: list[str]
    none: list[str]
    written: str
    source: str
    author: str
    reader: str
    layer: str
    article: str
    state: str
    q: str
    since: date | None
    until: date | None
    distinct: bool
    tree: Node | None
    order: str
    group: str
    context: str
    after: UUID | None
    before: UUID | None
    faults: list[str]
    options: bool

    @property
    def narrow(self) -> bool:
        """Whether they leave anything out."""
        return any(self[: self._fields.index("tree")])

    @property
    def tag_names(self) -> list[str]:
        """Every tag that is named, in whatever way."""
        in_expression = [tag.name for tag in find_tags(self.tree)] if self.tree else []
        return [*self.tags, *self.any, *self.none, *in_expression]


def read_filter(query: QueryDict, left_out: Sequence[str] = ()) -> PassageFilter:
    """Return the filters of a query string; what cannot be read is ignored, and explained in `faults` after `left_out`."""
    days = {name: parse_day(query.get(name, "")) for name in ("from", "to")}
    expression = " ".join(query.get("tags", "").replace("\0", "").split())
    tree, faults = parse_tag_expression(expression)
    words = clean_words(query.get("q", ""), MAX_CHARACTERS + 1)
    return PassageFilter(
        tags=read_values(query, "tag"),
        any=read_values(query, "any"),
        none=read_values(query, "not"),
        written=expression,
        source=clean_words(query.get("source", "")),
        author=clean_words(query.get("author", "")),
        reader=clean_words(query.get("reader", "")),
        layer=read_choice((CONSENSUS,), query.get("layer", ""), PEOPLE),
        article=clean_words(query.get("article", "")),
        state=read_choice(STATE_LABELS, query.get("state", "")),
        q=words,
        since=days["from"],
        until=days["to"],
        distinct=query.get("distinct", "") == "1",
        tree=tree,
        order=read_choice(ORDER_FIELDS, query.get("order", ""), "latest"),
        group=read_choice(GROUP_LABELS, query.get("group", "")),
        context=read_choice(CONTEXT_SIZES, query.get("context", ""), "sentence"),
        after=parse_uuid(query.get("after", "")),
        before=parse_uuid(query.get("before", "")),
        options=bool(query.get("options", "")),
        faults=[*left_out, *faults, *parse_passage_query(words).problems, *describe_wrong_days(query, days)],
    )


def read_choice(choices: Collection[str], value: str, default: str = "") -> str:
    """Return the value if it is one of the choices, else the default."""
    return value if value in choices else default


def parse_uuid(value: str) -> UUID | None:
    """Return the key that is written here, None where it is none."""
    try:
        return UUID(value)
    except ValueError:
        return None


def describe_wrong_days(query: QueryDict, days: dict[str, date | None]) -> list[str]:
    """Return a sentence for each field that holds something else than a day."""
    wrong = [name for name, day in days.items() if query.get(name, "").strip() and not day]
    message = gettext("Ignored: “%(words)s” is not a date. Use the form 2026-11-19.")
    return [message % {"words": clean_words(query.get(name, ""))[:40]} for name in wrong]


def select_passages(
    highlights: PassageQuerySet, project: Project, passage_filter: PassageFilter, codebook: Codebook
) -> PassageQuerySet:
    """Return those highlights of the project that pass the filter, out of those of its layer."""
    groups = list_tag_groups(passage_filter, codebook)
    if not all(groups):
        return highlights.with_order_key().none()
    unwanted = [key for name in passage_filter.none for key in tag_keys(codebook, name)]
    everything = highlights.in_layer(passage_filter.layer)
    highlights = highlights.with_tags(project, groups).in_layer(passage_filter.layer)
    highlights = highlights.dated_between(passage_filter.since, passage_filter.until).without_tags(project, unwanted)
    highlights = filter_by_origin(highlights, project, passage_filter)
    if passage_filter.distinct:
        highlights = filter_copies(highlights, everything, project, passage_filter)
    return filter_by_query(highlights, project, passage_filter)


def filter_copies(
    highlights: PassageQuerySet, everything: PassageQuerySet, project: Project, passage_filter: PassageFilter
) -> PassageQuerySet:
    """Return the highlights without later copies; all of them, and a sentence in `faults`, where there are too many."""
    try:
        return leave_out_copies(highlights, everything, project)
    except TooManyPassagesError:
        passage_filter.faults.append(gettext(TOO_MANY_COPIES_MESSAGE))
        return highlights


def list_tag_groups(passage_filter: PassageFilter, codebook: Codebook) -> list[list[str]]:
    """Return groups of tags (keys), of each of which a passage needs one; a group is empty where the codebook has no such tag."""
    groups = [tag_keys(codebook, name) for name in passage_filter.tags]
    if passage_filter.any:
        groups.append([key for name in passage_filter.any for key in tag_keys(codebook, name)])
    if isinstance(passage_filter.tree, Tag):  # as quick as a tag that was chosen
        groups.append(tag_keys(codebook, passage_filter.tree.name, deep=passage_filter.tree.with_children))
    return groups


def filter_by_origin(highlights: PassageQuerySet, project: Project, passage_filter: PassageFilter) -> PassageQuerySet:
    """Return those of the source, author, reader, article and placement state of the filter."""
    origins = {
        "article__source__slug": passage_filter.source,
        "article__byline": passage_filter.author,
        "author__username": passage_filter.reader,
        "article__slug": passage_filter.article,
    }
    highlights = highlights.filter(**{field: value for field, value in origins.items() if value})
    return highlights.with_placement_state(project, passage_filter.state) if passage_filter.state else highlights


def filter_by_query(highlights: PassageQuerySet, project: Project, passage_filter: PassageFilter) -> PassageQuerySet:
    """Return those that match the words and the tag expression; none, and a sentence in `faults`, where that takes too long."""
    try:
        highlights = highlights.matching_words(project, passage_filter.q, passage_filter.layer)
        if not passage_filter.tree or isinstance(passage_filter.tree, Tag):
            return highlights
        return highlights.matching_query(project, Query(passage_filter.tree), passage_filter.layer)
    except TooManyPassagesError:
        passage_filter.faults.append(gettext(TOO_MANY_MESSAGE))
        return highlights.none()


def list_passage_filters(
    query: QueryDict, passage_filter: PassageFilter, names: Mapping[str, Mapping[str, str]]
) -> list[ActiveFilter]:
    """Return every filter that is on, with the address of the passages without it; `names` as `load_filter_names` gives them."""
    bare = drop_page_parameters(query)
    parsed: dict[str, object] = {
        "from": passage_filter.since,
        "to": passage_filter.until,
        "state": passage_filter.state,
        "layer": passage_filter.layer,
        "distinct": passage_filter.distinct,
        "tags": passage_filter.tree,
    }
    labels = [
        (gettext(label) % {"value": names.get(field, {}).get(clean_words(value), value)}, field, value)
        for field, label in FILTER_LABELS.items()
        for value in dict.fromkeys(query.getlist(field))
        if value.strip() and parsed.get(field, True)
    ]
    return [
        ActiveFilter(label, build_query_string(bare, field, value), shorten_label(label, field))
        for label, field, value in labels
    ]


def drop_page_parameters(query: QueryDict, **changed: Any) -> QueryDict:
    """Return a copy of the query without its place in the pages, and with `changed`."""
    copy = query.copy()
    for name in PAGE_PARAMETERS:
        copy.pop(name, None)
    for name, value in changed.items():
        copy[name] = str(value)
    return copy
