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
from newsreader.search.compiler import ranked
from newsreader.search.parser import parse
from newsreader.views.facets import facets_of, published, put_hits
from newsreader.views.filters import SORTS, Filters, address

A_PAGE = 25


def found(user, asked: Filters, fields: dict):
    """The published articles that were asked for, in their order; `fields` are conditions for the fields of a query."""
    articles = published(user).of_sources(asked.sources).in_languages(asked.languages).dated(asked.since, asked.until)
    if "unread" in asked.show:
        articles = articles.unread()
    if "saved" in asked.show:
        articles = articles.saved()
    articles = mentioning(articles, asked, fields).in_order(asked.sort)
    return ranked(articles, asked.q, fields) if asked.sort == "best" else articles


def mentioning(articles, asked: Filters, fields: dict):
    return matching(articles, asked.q, fields) if asked.q else articles


def shelf(request, asked: Filters, articles, counts: dict, fields: dict) -> dict:
    """What the library's page says of `articles`; `counts` are aggregates over all that is published, named as in SHOWN."""
    facets = facets_of(request.user, asked, counts, fields)
    page = page_of(articles, request.GET.get("page"), None if any(asked[1:-1]) else facets["mentioning"])
    query = parse(asked.q)
    put_hits(page.object_list, query)
    return facets | {
        "section": "library",
        "asked": asked,
        "faults": query.problems,
        "sorts": {value: name for value, name in SORTS.items() if asked.q or value != "best"},
        "page": page,
        "pages": links_of(page, request.GET),
        "days": days_of(page.object_list, asked.sort),
        "everything": cleared(request.GET),
        "kept": request.GET.get("project", ""),
        "this_year": localdate().year,
        "searches": SavedSearch.objects.of(request.user),
        "years": [(year, year_at(request.GET, year), number) for year, number in facets["years"]],
        "here": reverse("library") + address(request.GET),
    }


def year_at(query, year: str) -> str:
    """The address of the same articles from that year alone."""
    return address(query, **{"from": f"{year}-01-01", "to": f"{year}-12-31"})


def page_of(articles, number, count: int | None) -> Page:
    """The page of that number, or the nearest there is; its rows are a list."""
    pages = Paginator(articles, A_PAGE)
    if count is not None:
        pages.count = count  # known already: one query less
    page = pages.get_page(number)
    page.object_list = list(page.object_list)
    return page


def links_of(page: Page, query) -> list[tuple]:
    """(number or an ellipsis, address) of the pages around this one."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [(number, address(query, page=number) if isinstance(number, int) else "") for number in numbers]


def days_of(articles: list, sort: str) -> list[tuple]:
    """(day, its articles) where the list goes by date; otherwise one group without a day."""
    if sort not in ("newest", "oldest"):
        return [(None, articles)]
    return [(day, list(rows)) for day, rows in groupby(articles, key=lambda article: localdate(article.dated_at))]


def cleared(query) -> str:
    """The address of the whole library, in the project that was asked for."""
    return "?" + urlencode({"project": query["project"]} if query.get("project") else {})


def answer(request, context: dict, template: str):
    """The whole page, or for htmx the list alone."""
    part = request.htmx and not request.htmx.history_restore_request
    response = render(request, "newsreader/_article_list.html" if part else template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
