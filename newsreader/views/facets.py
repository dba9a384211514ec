"""What stands beside and within the library's list: counts for each filter, and snippets with the words of a query."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Aggregate, Count, F, Q, QuerySet
from django.db.models.functions import Substr

from newsreader.article_rows import ArticleRow, name_user, prepare_for, select_published
from newsreader.models import Revision
from newsreader.models.article import ArticleQuerySet
from newsreader.prepared import PreparedQuery
from newsreader.search import matching
from newsreader.search.ast import Query
from newsreader.search.compiler import FieldConditions
from newsreader.search.snippets import MAX_SEARCHED_LENGTH, HitFinder
from newsreader.templatetags.languages import language_name
from newsreader.users import AnyUser
from newsreader.views.filters import SHOW_LABELS, LibraryFilters

READING_STATE_COUNTS = {"unread": Count("pk", filter=Q(read_at=None)), "saved": Count("pk", filter=~Q(saved_at=None))}
FACET_FIELDS = ("source__slug", "source__name", "language")
FacetRow = dict[str, Any]  # a source and language (and year), its number of `articles` and of each state
FacetRows = tuple[tuple[tuple[str, Any], ...], ...]  # the items of such rows


class LibraryNumbers(NamedTuple):
    """The numbers of all that is published, of what was found, and how many of these are in each state."""

    all_rows: FacetRows
    found_rows: FacetRows
    states: tuple[tuple[str, int | None], ...]  # None where its articles are not counted

    @property
    def total(self) -> int:
        """How many articles are published."""
        return sum(dict(row)["articles"] for row in self.all_rows)

    @property
    def copies(self) -> int:
        """How many of those that match the query are later copies of others."""
        return sum(dict(row)["copies"] for row in self.found_rows)

    @property
    def found(self) -> int:
        """How many articles match the query; all where there is none."""
        return sum(dict(row)["articles"] for row in self.found_rows)


def read_numbers(
    user: AnyUser,
    filters: LibraryFilters,
    counts: Mapping[str, Aggregate],
    fields: FieldConditions,
    listed: ArticleQuerySet | None = None,
) -> LibraryNumbers:
    """Return the numbers of all that is published and of what matches the query; `counts` are only counted of matches.

    With `listed`, they are the numbers of these articles in place of all that is published.
    """
    state_counts = READING_STATE_COUNTS if user.is_authenticated else {}
    if listed is not None and not filters.q:
        rows = freeze_rows(count_copies(listed, **state_counts))
        return LibraryNumbers(rows, rows, sum_states(rows, state_counts))
    if not filters.q:
        names = (*FACET_FIELDS, "articles", "copies", *state_counts)
        query = prepare_facets(is_visitor=not user.is_authenticated)
        rows = tuple(tuple(zip(names, row, strict=True)) for row in query.list_values(**name_user(user)))
        return LibraryNumbers(rows, rows, sum_states(rows, state_counts))
    counts = {**state_counts, **counts}
    everything = select_published(user) if listed is None else listed
    matches = matching(everything, filters.q, fields)
    found = freeze_rows(count_copies(matches.with_year(), "year", **counts))
    return LibraryNumbers(freeze_rows(everything.count_by_facet()), found, sum_states(found, counts))


def sum_states(rows: FacetRows, names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Return the number of articles in each state."""
    return tuple((name, sum(dict(row)[name] for row in rows)) for name in names)


@cache
def prepare_facets(*, is_visitor: bool) -> PreparedQuery[Any]:
    """Return the query for the numbers of all that is published, for a visitor or a user."""
    counts = {} if is_visitor else READING_STATE_COUNTS
    names = (*FACET_FIELDS, "articles", "copies", *counts)
    return prepare_for(is_visitor, lambda articles: count_copies(articles, **counts).values_list(*names))


def count_copies(articles: ArticleQuerySet, *more_fields: str, **counts: Any) -> QuerySet[Any, FacetRow]:
    """Return the rows of `count_by_facet`, each also with the number of later `copies` of others of these articles."""
    copies = Count("pk", filter=articles.is_later_copy())
    return articles.count_by_facet(*more_fields, copies=copies, **counts)


def freeze_rows(rows: Iterable[FacetRow]) -> FacetRows:
    """Return rows as values that never change."""
    return tuple(tuple(row.items()) for row in rows)


def build_facets(numbers: LibraryNumbers, filters: LibraryFilters) -> dict[str, Any]:
    """Return how many articles there are of each source, language, state and year; of those that match the query, if there is one."""
    all_rows, rows = list(map(dict, numbers.all_rows)), list(map(dict, numbers.found_rows))
    return {
        "total": numbers.total,
        "outlets": len({row["source__slug"] for row in all_rows}),
        "sources": count_sources(rows, all_rows, filters),
        "languages": count_languages(rows, filters),
        "years": count_years(rows) if filters.q else [],
        "states": [(name, SHOW_LABELS[name], number) for name, number in numbers.states],
    }


def count_sources(rows: list[FacetRow], all_rows: list[FacetRow], filters: LibraryFilters) -> list[dict[str, Any]]:
    """Return the sources by name, each with the number of its articles; those that are filtered by in any case."""
    counts, names = sum_articles(rows, "source__slug"), {row["source__slug"]: row["source__name"] for row in all_rows}
    slugs = [slug for slug in names if slug in counts or slug in filters.sources]
    sources = [{"source__slug": slug, "source__name": names[slug], "articles": counts[slug]} for slug in slugs]
    return sorted(sources, key=lambda source: source["source__name"])


def count_languages(rows: list[FacetRow], filters: LibraryFilters) -> list[dict[str, Any]]:
    """Return the languages, the commonest first; none where there is but one."""
    counts = sum_articles(rows, "language")
    codes = [code for code, _ in counts.most_common() if code]
    codes += [code for code in filters.languages if code not in counts]
    languages = [{"code": code, "name": language_name(code), "articles": counts[code]} for code in codes]
    return languages if len(languages) > 1 or filters.languages else []


def count_years(rows: list[FacetRow]) -> list[tuple[str, int]]:
    """Return (year, number of articles), the latest first, where there are several."""
    years = sorted(sum_articles(rows, "year").items(), reverse=True)
    return years if len(years) > 1 else []


def sum_articles(rows: list[FacetRow], field: str) -> Counter[str]:
    """Return the number of articles for each value of a field."""
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row[field]] += row["articles"]
    return counts


def add_snippets(articles: list[ArticleRow], query: Query) -> list[ArticleRow]:
    """Return the articles with their titles and a stretch of their texts, split at the words of the query."""
    finder = HitFinder(query.words)
    if not finder.words:
        return articles
    keys = [article.pk for article in articles]
    current = Revision.objects.filter(article__in=keys, number=F("article__revision")).order_by()
    texts = dict(current.values_list("article", Substr("text", 1, MAX_SEARCHED_LENGTH)))
    return [add_snippet(article, finder, texts.get(article.pk, "")) for article in articles]


def add_snippet(article: ArticleRow, finder: HitFinder, text: str) -> ArticleRow:
    """Return the article with its title and a stretch of its text, split at the words that the finder knows."""
    in_text = finder.make_snippet(text, article.language)
    hit_pieces = in_text or finder.make_snippet(article.standfirst, article.language)
    title_pieces = finder.split_text(article.title, article.language)
    return article._replace(title_pieces=tuple(title_pieces), hit_pieces=tuple(hit_pieces))
