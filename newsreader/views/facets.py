"""What stands beside and within the library's list: counts for each filter, and snippets with the words of a query."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db.models import Aggregate, Count, F, Q
from django.db.models.functions import Substr

from newsreader.models import Article, Revision
from newsreader.models.article import ArticleQuerySet
from newsreader.search import matching
from newsreader.search.ast import Query
from newsreader.search.compiler import FieldConditions
from newsreader.search.snippets import MAX_SEARCHED_LENGTH, HitFinder
from newsreader.templatetags.languages import language_name
from newsreader.users import AnyUser
from newsreader.views.filters import SHOW_LABELS, LibraryFilters

READING_STATE_COUNTS = {"unread": Count("pk", filter=Q(read_at=None)), "saved": Count("pk", filter=~Q(saved_at=None))}
FacetRow = dict[str, Any]  # a source and language (and year), its number of `articles` and of each state


def select_published(user: AnyUser) -> ArticleQuerySet:
    """Return what is in the library, with what the user did with each article."""
    return Article.objects.visible_to(user).published().with_reading_state(user).select_related("source")


def build_facets(
    user: AnyUser, filters: LibraryFilters, counts: Mapping[str, Aggregate], fields: FieldConditions
) -> dict[str, Any]:
    """Return how many articles there are of each source, language, state and year; of those that match the query, if there is one."""
    counts = {**READING_STATE_COUNTS, **counts} if user.is_authenticated else counts
    all_rows = list(select_published(user).count_by_facet(**({} if filters.q else counts)))
    rows = all_rows
    if filters.q:
        matches = matching(select_published(user), filters.q, fields)
        rows = list(matches.with_year().count_by_facet("year", **counts))
    return {
        "total": sum(row["articles"] for row in all_rows),
        "outlets": len({row["source__slug"] for row in all_rows}),
        "mentioning": sum(row["articles"] for row in rows),
        "sources": count_sources(rows, all_rows, filters),
        "languages": count_languages(rows, filters),
        "years": count_years(rows) if filters.q else [],
        "states": [(name, SHOW_LABELS[name], sum(row[name] for row in rows)) for name in counts],
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


def attach_snippets(articles: list[Any], query: Query) -> None:
    """Give each article its title (`title_pieces`) and a stretch of its text (`hit_pieces`), split at the words of the query."""
    finder = HitFinder(query.words)
    if not finder.words:
        return
    current = Revision.objects.filter(article__in=articles, number=F("article__revision")).order_by()
    texts = dict(current.values_list("article", Substr("text", 1, MAX_SEARCHED_LENGTH)))
    for article in articles:
        article.title_pieces = finder.split_text(article.title, article.language)
        in_text = finder.make_snippet(texts.get(article.pk, ""), article.language)
        article.hit_pieces = in_text or finder.make_snippet(article.standfirst, article.language)
