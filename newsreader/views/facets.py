"""What stands beside and within the library's list: counts for each filter, and the words that were looked for."""

from collections import Counter

from django.db.models import Count, F, Q
from django.db.models.functions import Substr

from newsreader.models import Article, Revision
from newsreader.search import matching
from newsreader.search.ast import Query
from newsreader.search.snippets import MAX_SEARCHED_LENGTH, HitFinder
from newsreader.templatetags.languages import language_name
from newsreader.views.filters import SHOW_LABELS, LibraryFilters

READING_STATE_COUNTS = {"unread": Count("pk", filter=Q(read_at=None)), "saved": Count("pk", filter=~Q(saved_at=None))}


def select_published(user):
    """What is in the library, with what the user did with each."""
    return Article.objects.visible_to(user).published().with_reading_state(user).select_related("source")


def build_facets(user, asked: LibraryFilters, counts: dict, fields: dict) -> dict:
    """How many articles there are in all, and of each source, language, state and year; where words were asked for, with these."""
    counts = READING_STATE_COUNTS | counts if user.is_authenticated else counts
    every = list(select_published(user).count_by_facet(**({} if asked.q else counts)))
    rows = every
    if asked.q:
        rows = list(matching(select_published(user), asked.q, fields).with_year().count_by_facet("year", **counts))
    return {
        "total": sum(row["articles"] for row in every),
        "outlets": len({row["source__slug"] for row in every}),
        "mentioning": sum(row["articles"] for row in rows),
        "sources": count_sources(rows, every, asked),
        "languages": count_languages(rows, asked),
        "years": count_years(rows) if asked.q else [],
        "states": [(name, SHOW_LABELS[name], sum(row[name] for row in rows)) for name in counts],
    }


def count_sources(rows: list[dict], every: list[dict], asked: LibraryFilters) -> list[dict]:
    """The sources by name, each with the number of its articles; those that were chosen in any case."""
    numbers, names = sum_articles(rows, "source__slug"), {row["source__slug"]: row["source__name"] for row in every}
    chosen = [slug for slug in names if slug in numbers or slug in asked.sources]
    found = [{"source__slug": slug, "source__name": names[slug], "articles": numbers[slug]} for slug in chosen]
    return sorted(found, key=lambda source: source["source__name"])


def count_languages(rows: list[dict], asked: LibraryFilters) -> list[dict]:
    """The languages, the commonest first; none where there is but one."""
    numbers = sum_articles(rows, "language")
    codes = [code for code, _ in numbers.most_common() if code] + [
        code for code in asked.languages if code not in numbers
    ]
    found = [{"code": code, "name": language_name(code), "articles": numbers[code]} for code in codes]
    return found if len(found) > 1 or asked.languages else []


def count_years(rows: list[dict]) -> list[tuple[str, int]]:
    """The years, the latest first, where there are several."""
    years = sorted(sum_articles(rows, "year").items(), reverse=True)
    return years if len(years) > 1 else []


def sum_articles(rows: list[dict], name: str) -> Counter:
    numbers = Counter()
    for row in rows:
        numbers[row[name]] += row["articles"]
    return numbers


def attach_snippets(articles: list, query: Query) -> None:
    """Gives each article its title (`title_pieces`) and a stretch of its text (`hit_pieces`) with the words that were looked for."""
    hits = HitFinder(query.words)
    if not hits.words:
        return
    current = Revision.objects.filter(article__in=articles, number=F("article__revision")).order_by()
    texts = dict(current.values_list("article", Substr("text", 1, MAX_SEARCHED_LENGTH)))
    for article in articles:
        article.title_pieces = hits.split_text(article.title, article.language)
        in_text = hits.make_snippet(texts.get(article.pk, ""), article.language)
        article.hit_pieces = in_text or hits.make_snippet(article.standfirst, article.language)
