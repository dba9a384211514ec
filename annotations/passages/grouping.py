"""Passages in groups: by tag, source, author, reader, week or article; of each group the first ones."""

from typing import Any, NamedTuple
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from annotations.models.codebook import Codebook, CodebookTag
from annotations.models.project import Project
from annotations.passages import pivot_queries
from annotations.passages.filters import PassageFilter, drop_page_parameters
from annotations.passages.passage import Passage
from annotations.passages.queries import PassageQuerySet, all_passages
from newsreader.views.filters import build_query_string

MAX_GROUP_PASSAGES = 10  # the others are one click away
GROUPS_PER_PAGE = 20


class Group(NamedTuple):
    """Passages of one kind; `term` is the tag where they are grouped by tag."""

    label: Any
    term: CodebookTag | None
    number: int
    passages: list[Passage]
    link: str

    @property
    def beyond(self) -> int:
        """How many passages are not shown."""
        return self.number - len(self.passages)


def make_groups_context(
    query: QueryDict, project: Project, passage_filter: PassageFilter, passages: PassageQuerySet, codebook: Codebook
) -> dict[str, Any]:
    """Return one page of groups (`gathered`), and the addresses of the pages around it (`turns`)."""
    axis = passage_filter.group
    numbers = pivot_queries.count_by_kind(project, passages, axis)
    page = Paginator(sort_kinds(numbers, axis, codebook), GROUPS_PER_PAGE).get_page(query.get("page"))
    kinds = list(page.object_list)
    loaded = load_group_passages(project, passages, passage_filter, kinds)
    names = pivot_queries.load_kind_names(axis, kinds)
    groups = [
        Group(
            label=names.get(kind, kind),
            term=codebook.get(kind.hex) if axis == "tag" and kind else None,
            number=numbers[kind],
            passages=group_passages,
            link=build_group_url(query, axis, kind, codebook),
        )
        for kind, group_passages in zip(kinds, loaded, strict=True)
    ]
    return {"gathered": groups, "turns": build_page_links(query, page)}


def load_group_passages(
    project: Project, passages: PassageQuerySet, passage_filter: PassageFilter, kinds: list[Any]
) -> list[list[Passage]]:
    """Return the first passages of each kind."""
    groups = [pivot_queries.filter_by_kind(project, passages, passage_filter.group, kind) for kind in kinds]
    keys_of_groups: list[list[UUID]] = pivot_queries.find_first_keys(groups, MAX_GROUP_PASSAGES)
    loaded = all_passages().load_by_key([key for keys in keys_of_groups for key in keys], passage_filter.context)
    return [[loaded[key] for key in keys if key in loaded] for keys in keys_of_groups]


def sort_kinds(numbers: dict[Any, int], axis: str, codebook: Codebook) -> list[Any]:
    """Return tags as in the codebook, what has none last; weeks from the last one back; all others by name."""
    if axis == "tag":
        positions = {key: position for position, key in enumerate(codebook)}
        return sorted(numbers, key=lambda kind: positions.get(kind.hex, -1) if kind else len(positions))
    if axis == "week":
        return sorted(numbers, reverse=True)
    return sorted(numbers, key=lambda kind: str(kind).casefold())


def build_group_url(query: QueryDict, axis: str, kind: Any, codebook: Codebook) -> str:
    """Return the address of the group alone; empty where no filter means it."""
    bare = drop_page_parameters(query)
    bare.pop("group", None)
    if axis == "tag":
        is_known = kind and kind.hex in codebook
        return build_query_string(add_tag_filter(bare, codebook[kind.hex].address)) if is_known else ""
    return build_query_string(bare, **pivot_queries.make_kind_parameters(axis, kind)) if kind else ""


def add_tag_filter(query: QueryDict, address: str) -> QueryDict:
    """Add the tag to the filters of the query, and return it."""
    if address not in query.getlist("tag"):
        query.appendlist("tag", address)
    return query


def build_page_links(query: QueryDict, page: Page[Any]) -> dict[str, str]:
    """Return the addresses of the pages of groups before and after this one, by what they are called."""
    links = {}
    if page.has_previous():
        links[_("Previous groups")] = build_query_string(query, page=page.previous_page_number())
    if page.has_next():
        links[_("Next groups")] = build_query_string(query, page=page.next_page_number())
    return links
