"""The library: what is published, narrowed by what the reader asked for, a page at a time.

Its page is drawn by annotations.library.views, which knows the highlights.
"""

from itertools import groupby
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.timezone import localdate

from newsreader.models import SavedSearch
from newsreader.search import matching
from newsreader.search.compiler import order_by_relevance
from newsreader.search.query import parse
from newsreader.views.facets import attach_snippets, build_facets, select_published
from newsreader.views.filters import SORT_LABELS, LibraryFilters, build_query_string

PAGE_SIZE = 25


def find_articles(user, asked: LibraryFilters, fields: dict):
    """The published articles that were asked for, in their order; `fields` are conditions for the fields of a query."""
    articles = (
        select_published(user)
        .of_sources(asked.sources)
        .in_languages(asked.languages)
        .dated_between(asked.since, asked.until)
    )
    if "unread" in asked.show:
        articles = articles.unread()
    if "saved" in asked.show:
        articles = articles.saved()
    articles = filter_by_query(articles, asked, fields).sorted_by(asked.sort)
    return order_by_relevance(articles, asked.q, fields) if asked.sort == "best" else articles


def filter_by_query(articles, asked: LibraryFilters, fields: dict):
    return matching(articles, asked.q, fields) if asked.q else articles


def build_library_context(request, asked: LibraryFilters, articles, counts: dict, fields: dict) -> dict:
    """What the library's page says of `articles`; `counts` are aggregates over all that is published, named as in SHOWN."""
    facets = build_facets(request.user, asked, counts, fields)
    page = get_page(articles, request.GET.get("page"), None if any(asked[1:-1]) else facets["mentioning"])
    query = parse(asked.q)
    attach_snippets(page.object_list, query)
    return facets | {
        "section": "library",
        "asked": asked,
        "faults": query.faults,
        "sorts": {value: name for value, name in SORT_LABELS.items() if asked.q or value != "best"},
        "page": page,
        "pages": build_page_links(page, request.GET),
        "days": group_by_day(page.object_list, asked.sort),
        "everything": build_cleared_address(request.GET),
        "kept": request.GET.get("project", ""),
        "this_year": localdate().year,
        "searches": SavedSearch.objects.owned_by(request.user),
        "years": [(year, build_year_address(request.GET, year), number) for year, number in facets["years"]],
        "here": reverse("library") + build_query_string(request.GET),
    }


def build_year_address(query, year: str) -> str:
    """The address of the same articles from that year alone."""
    return build_query_string(query, **{"from": f"{year}-01-01", "to": f"{year}-12-31"})


def get_page(articles, number, count: int | None) -> Page:
    """The page of that number, or the nearest there is; its rows are a list."""
    pages = Paginator(articles, PAGE_SIZE)
    if count is not None:
        pages.count = count  # known already: one query less
    page = pages.get_page(number)
    page.object_list = list(page.object_list)
    return page


def build_page_links(page: Page, query) -> list[tuple]:
    """(number or an ellipsis, address) of the pages around this one."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [(number, build_query_string(query, page=number) if isinstance(number, int) else "") for number in numbers]


def group_by_day(articles: list, sort: str) -> list[tuple]:
    """(day, its articles) where the list goes by date; otherwise one group without a day."""
    if sort not in ("newest", "oldest"):
        return [(None, articles)]
    return [(day, list(rows)) for day, rows in groupby(articles, key=lambda article: localdate(article.dated_at))]


def build_cleared_address(query) -> str:
    """The address of the whole library, in the project that was asked for."""
    return "?" + urlencode({"project": query["project"]} if query.get("project") else {})


def render_library(request, context: dict, template: str):
    """The whole page, or for htmx the list alone."""
    part = request.htmx and not request.htmx.history_restore_request
    response = render(request, "newsreader/_article_list.html" if part else template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
