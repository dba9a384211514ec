"""The library: what is published, narrowed by what the reader asked for, a page at a time.

Its page is drawn by annotations.views.library, which knows the highlights.
"""

from itertools import groupby
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.timezone import localdate

from newsreader.models import Article
from newsreader.views.filters import SHOWN, SORTS, Filters, address

A_PAGE = 25
OWN = {"unread": Count("pk", filter=Q(read_at=None)), "saved": Count("pk", filter=~Q(saved_at=None))}


def published(user):
    """What is in the library, with what the user did with each."""
    return Article.objects.visible_to(user).published().known_to(user).select_related("source")


def found(user, asked: Filters):
    """The published articles that were asked for, in their order."""
    articles = published(user).of_sources(asked.sources).dated(asked.since, asked.until).mentioning(asked.q)
    if "unread" in asked.show:
        articles = articles.unread()
    if "saved" in asked.show:
        articles = articles.saved()
    return articles.in_order(asked.sort)


def shelf(request, asked: Filters, articles, counts: dict) -> dict:
    """What the library's page says of `articles`; `counts` are aggregates over all that is published, named as in SHOWN."""
    tallies = tallies_of(request.user, counts)
    page = page_of(articles, request.GET.get("page"), None if asked.narrow else tallies["total"])
    return tallies | {
        "section": "library",
        "asked": asked,
        "sorts": SORTS,
        "page": page,
        "pages": links_of(page, request.GET),
        "days": days_of(page.object_list, asked.sort),
        "everything": cleared(request.GET),
        "kept": request.GET.get("project", ""),
        "this_year": localdate().year,
    }


def tallies_of(user, counts: dict) -> dict:
    """How many articles there are in all, of each source, and in each state."""
    counts = OWN | counts if user.is_authenticated else counts
    sources = list(published(user).tallied(**counts))
    return {
        "sources": sources,
        "total": sum(source["articles"] for source in sources),
        "states": [(name, SHOWN[name], sum(source[name] for source in sources)) for name in counts],
    }


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
    response = render(request, "newsreader/_shelf.html" if part else template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
