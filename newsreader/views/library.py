"""The library: what is published, filtered and searched, a page at a time.

Its page is rendered by annotations.library.views, which knows the highlights.
"""

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Aggregate
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.timezone import localdate

from newsreader.http import Request
from newsreader.models import Article, SavedSearch
from newsreader.models.article import ArticleQuerySet
from newsreader.search import matching
from newsreader.search.compiler import FieldConditions, order_by_relevance
from newsreader.search.parser import parse
from newsreader.users import AnyUser
from newsreader.views.facets import attach_snippets, build_facets, select_published
from newsreader.views.filters import SORT_LABELS, LibraryFilters, build_query_string

PAGE_SIZE = 25  # articles


def find_articles(user: AnyUser, filters: LibraryFilters, fields: FieldConditions) -> ArticleQuerySet:
    """Return the published articles that the filters leave, in their order; `fields` are conditions for the fields of a query."""
    articles = select_published(user).of_sources(filters.sources).in_languages(filters.languages)
    articles = articles.dated_between(filters.since, filters.until)
    if "unread" in filters.show:
        articles = articles.unread()
    if "saved" in filters.show:
        articles = articles.saved()
    articles = filter_by_query(articles, filters, fields).sorted_by(filters.sort)
    return order_by_relevance(articles, filters.q, fields) if filters.sort == "best" else articles


def filter_by_query(articles: ArticleQuerySet, filters: LibraryFilters, fields: FieldConditions) -> ArticleQuerySet:
    """Return the articles that match the query, if there is one."""
    return matching(articles, filters.q, fields) if filters.q else articles


def build_library_context(
    request: Request,
    filters: LibraryFilters,
    articles: ArticleQuerySet,
    counts: Mapping[str, Aggregate],
    fields: FieldConditions,
) -> dict[str, Any]:
    """Return the context of the library's page; `counts` are aggregates over all that is published, named as in SHOW_LABELS."""
    facets, query = build_facets(request.user, filters, counts, fields), parse(filters.q)
    page = get_page(articles, request.GET.get("page"), None if any(filters[1:-1]) else facets["mentioning"])
    attach_snippets(list(page.object_list), query)
    return facets | {
        "section": "library",
        "asked": filters,
        "faults": [*request.left_out, *query.problems],
        "sorts": {value: label for value, label in SORT_LABELS.items() if filters.q or value != "best"},
        "page": page,
        "pages": build_page_links(page, request.GET),
        "days": group_by_day(list(page.object_list), filters.sort),
        "everything": build_cleared_address(request.GET),
        "kept": request.GET.get("project", ""),
        "unread": None if filters.q else find_count(facets["states"], "unread"),
        "searches": SavedSearch.objects.owned_by(request.user),
        "years": [(year, build_year_address(request.GET, year), number) for year, number in facets["years"]],
        "here": reverse("library") + build_query_string(request.GET),
    }


def find_count(states: list[tuple[str, str, int]], name: str) -> int | None:
    """Return how many articles are in a state; None where its articles are not counted."""
    return next((number for state, _label, number in states if state == name), None)


def build_year_address(query: QueryDict, year: str) -> str:
    """Return the address of the same articles from that year alone."""
    return build_query_string(query, **{"from": f"{year}-01-01", "to": f"{year}-12-31"})


def get_page(articles: ArticleQuerySet, number: str | None, count: int | None) -> Page[Article]:
    """Return the page of that number, or the nearest there is; its rows are a list."""
    paginator = Paginator(articles, PAGE_SIZE)
    if count is not None:
        paginator.count = count  # known already: one query less
    page = paginator.get_page(number)
    page.object_list = list(page.object_list)
    return page


def build_page_links(page: Page[Article], query: QueryDict) -> list[tuple[int | str, str]]:
    """Return (number or an ellipsis, address) of the pages around this one."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [(number, build_query_string(query, page=number) if isinstance(number, int) else "") for number in numbers]


def group_by_day(articles: list[Article], sort: str) -> list[tuple[date | None, list[Article]]]:
    """Return (day, its articles) where the list goes by date; otherwise one group without a day."""
    if sort not in ("newest", "oldest"):
        return [(None, articles)]
    return [(day, list(rows)) for day, rows in groupby(articles, key=lambda article: localdate(article.dated_at))]


def build_cleared_address(query: QueryDict) -> str:
    """Return the address of the whole library, in the project that was asked for."""
    return "?" + urlencode({"project": query["project"]} if query.get("project") else {})


def render_library(request: Request, context: dict[str, Any], template: str) -> HttpResponse:
    """Return the whole page, or for htmx the list alone."""
    is_fragment = request.htmx and not request.htmx.history_restore_request
    response = render(request, "newsreader/_article_list.html" if is_fragment else template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
