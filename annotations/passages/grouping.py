"""Passages in groups: by tag, source, author, reader, week or article; of each group the first ones."""

from typing import NamedTuple

from django.core.paginator import Paginator

from annotations.models.codebook import Codebook, CodebookTag
from annotations.passages import pivot_queries as laying
from annotations.passages.filters import Wanted, narrowed
from annotations.passages.queries import all_passages
from newsreader.views.filters import build_query_string

IN_A_GROUP = 10  # passages; the others are one click away
A_PAGE = 20  # groups


class Group(NamedTuple):
    """Passages of one kind; `term` is the tag where they are grouped by tag."""

    label: object
    term: CodebookTag | None
    number: int
    passages: list
    link: str

    @property
    def beyond(self) -> int:
        return self.number - len(self.passages)


def gather(request, project, wanted: Wanted, passages, codebook: Codebook) -> dict:
    """One page of groups, and the pages around it."""
    numbers = laying.numbers(project, passages, wanted.group)
    page = Paginator(in_order(numbers, wanted.group, codebook), A_PAGE).get_page(request.GET.get("page"))
    kinds = list(page.object_list)
    cells = [laying.of_kind(project, passages, wanted.group, kind) for kind in kinds]
    keys = laying.firsts(cells, IN_A_GROUP)
    known = all_passages().by_key([key for some in keys for key in some], wanted.context)
    names = laying.names(wanted.group, kinds)
    gathered = [
        Group(
            label=names.get(kind, kind),
            term=codebook.get(kind.hex) if wanted.group == "tag" and kind else None,
            number=numbers[kind],
            passages=[known[key] for key in some if key in known],
            link=link(request.GET, wanted, kind, codebook),
        )
        for kind, some in zip(kinds, keys, strict=True)
    ]
    return {"gathered": gathered, "turns": turns(request.GET, page)}


def in_order(numbers: dict, axis: str, codebook: Codebook) -> list:
    """Tags as in the codebook, what has none last; weeks from the last one back; all others by name."""
    if axis == "tag":
        places = {key: place for place, key in enumerate(codebook)}
        return sorted(numbers, key=lambda kind: places.get(kind.hex, -1) if kind else len(places))
    if axis == "week":
        return sorted(numbers, reverse=True)
    return sorted(numbers, key=lambda kind: str(kind).casefold())


def link(query, wanted: Wanted, kind, codebook: Codebook) -> str:
    """The address of the group alone; empty where no filter says it."""
    bare = narrowed(query)
    bare.pop("group", None)
    if wanted.group == "tag":
        return build_query_string(with_tag(bare, codebook[kind.hex].slug)) if kind and kind.hex in codebook else ""
    return build_query_string(bare, **laying.address(wanted.group, kind)) if kind else ""


def with_tag(query, slug: str):
    if slug not in query.getlist("tag"):
        query.appendlist("tag", slug)
    return query


def turns(query, page) -> dict[str, str]:
    """The addresses of the pages of groups before and after this one."""
    found = {}
    if page.has_previous():
        found["Previous groups"] = build_query_string(query, page=page.previous_page_number())
    if page.has_next():
        found["Next groups"] = build_query_string(query, page=page.next_page_number())
    return found
