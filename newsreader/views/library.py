"""The library: what is published, filtered and searched, a page at a time.

Its page is rendered by annotations.library.views, which knows the highlights.
"""

from collections.abc import Callable
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.http import QueryDict
from django.urls import reverse
from django.utils.timezone import localdate

from newsreader.article_rows import ArticleRow, add_copies, read_newest_rows, read_rows, select_published
from newsreader.fragments import slot
from newsreader.http import Request
from newsreader.models import SavedSearch
from newsreader.models.article import ArticleQuerySet
from newsreader.prepared import PreparedQuery
from newsreader.search import matching
from newsreader.search.compiler import FieldConditions, order_by_relevance
from newsreader.search.parser import parse
from newsreader.users import AnyUser
from newsreader.views.facets import LibraryNumbers, add_snippets, build_facets
from newsreader.views.filters import SORT_LABELS, LibraryFilters, build_query_string, parse_filters

PAGE_SIZE = 25  # articles


class SearchRow(NamedTuple):
    """A saved search as the library lists it."""

    pk: int
    name: str
    address: str


class FoundArticles(NamedTuple):
    """How many articles the filters leave, how many rows these are with one for each story, and the rows of one page."""

    number: int
    listed: int
    rows: tuple[ArticleRow, ...]


class LibraryReader(NamedTuple):
    """What the library shows only to some."""

    is_authenticated: bool
    is_staff: bool


class LibraryContent(NamedTuple):
    """All that was read for a page of the library: two that are equal are the same page, whoever reads it."""

    reader: LibraryReader
    numbers: LibraryNumbers
    articles: FoundArticles
    searches: tuple[SearchRow, ...]
    left_out: tuple[str, ...]


def find_articles(
    user: AnyUser, filters: LibraryFilters, fields: FieldConditions, listed: ArticleQuerySet | None = None
) -> ArticleQuerySet:
    """Return the articles that the filters leave, in their order; `fields` are conditions for the fields of a query.

    They are of those `listed`, or else of all that are published.
    """
    articles = select_published(user) if listed is None else listed
    articles = articles.of_sources(filters.sources).in_languages(filters.languages)
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


def read_articles(
    request: Request,
    filters: LibraryFilters,
    find: Callable[[], ArticleQuerySet],
    counts: tuple[int, int] | None,
) -> FoundArticles:
    """Return one page of the articles that `find` returns, one of each story.

    `counts` are how many articles there are, and how many of these are later copies of others, if that is known.
    """
    number, copies = counts or count_with_copies(find().order_by())
    page = make_page(request.GET.get("page"), number - copies)
    start = (page.number - 1) * PAGE_SIZE
    if start == 0 and not filters.narrow and filters.sort == "newest":
        rows = read_newest_rows(request.user, PAGE_SIZE)
    else:
        rows = read_rows(find().first_copies()[start : start + PAGE_SIZE])
    return FoundArticles(number, number - copies, tuple(add_copies(add_snippets(rows, parse(filters.q)))))


def count_with_copies(articles: ArticleQuerySet) -> tuple[int, int]:
    """Return how many articles there are, and how many of them are later copies of others."""
    counts = articles.aggregate(number=Count("pk"), copies=Count("pk", filter=articles.is_later_copy()))
    return counts["number"], counts["copies"]


def read_saved_searches(user: AnyUser) -> tuple[SearchRow, ...]:
    """Return the saved searches of a user, by name; none for a visitor."""
    return (
        tuple(SearchRow(*row) for row in prepare_searches().list_values(user=user.pk)) if user.is_authenticated else ()
    )


@cache
def prepare_searches() -> PreparedQuery[Any]:
    """Return the query for the saved searches of a user."""
    return PreparedQuery(
        lambda user: SavedSearch.objects.filter(user=user).values_list("pk", "name", "address"), user=int
    )


def build_library_context(content: LibraryContent, query: QueryDict) -> dict[str, Any]:
    """Return what the page of the library is rendered with."""
    filters = parse_filters(query)
    facets, page = build_facets(content.numbers, filters), make_page(query.get("page"), content.articles.listed)
    page.object_list = list(content.articles.rows)
    return facets | {
        "asked": filters,
        "faults": [*content.left_out, *parse(filters.q).problems],
        "sorts": {value: label for value, label in SORT_LABELS.items() if filters.q or value != "best"},
        "found": content.articles.number,
        "is_folded": content.articles.listed < content.articles.number,
        "page": page,
        "pages": build_page_links(page, query),
        "days": group_by_day(page.object_list, filters.sort),
        "everything": build_cleared_address(query),
        "kept": query.get("project", ""),
        "unread": None if filters.q else find_count(facets["states"], "unread"),
        "searches": content.searches,
        "years": [(year, build_year_address(query, year), number) for year, number in facets["years"]],
        "here": reverse("library") + build_query_string(query),
        "next_path": slot("next"),
        "user": content.reader,
    }


def find_count(states: list[tuple[str, str, int | None]], name: str) -> int | None:
    """Return how many articles are in a state; None where its articles are not counted."""
    return next((number for state, _label, number in states if state == name), None)


def build_year_address(query: QueryDict, year: str) -> str:
    """Return the address of the same articles from that year alone."""
    return build_query_string(query, **{"from": f"{year}-01-01", "to": f"{year}-12-31"})


def make_page(number: str | None, count: int) -> Page[Any]:
    """Return the page of that number of so many articles, or the nearest there is, without its rows."""
    return Paginator(range(count), PAGE_SIZE).get_page(number)


def build_page_links(page: Page[Any], query: QueryDict) -> list[tuple[int | str, str]]:
    """Return (number or an ellipsis, address) of the pages around this one."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [(number, build_query_string(query, page=number) if isinstance(number, int) else "") for number in numbers]


def group_by_day(articles: list[ArticleRow], sort: str) -> list[tuple[date | None, list[ArticleRow]]]:
    """Return (day, its articles) where the list goes by date; otherwise one group without a day."""
    if sort not in ("newest", "oldest"):
        return [(None, articles)]
    return [(day, list(rows)) for day, rows in groupby(articles, key=lambda article: localdate(article.dated_at))]


def build_cleared_address(query: QueryDict) -> str:
    """Return the address of the whole library, in the project that was asked for."""
    return "?" + urlencode({"project": query["project"]} if query.get("project") else {})
