"""What stands beside and within the library's list: counts for each filter, and the words that were looked for."""

from collections import Counter

from django.db.models import Count, F, Q
from django.db.models.functions import Substr

from newsreader.models import Article, Revision
from newsreader.search import matching
from newsreader.search.ast import Query
from newsreader.search.snippets import READ, Hits
from newsreader.templatetags.languages import language
from newsreader.views.filters import SHOWN, Filters

OWN = {"unread": Count("pk", filter=Q(read_at=None)), "saved": Count("pk", filter=~Q(saved_at=None))}


def published(user):
    """What is in the library, with what the user did with each."""
    return Article.objects.visible_to(user).published().known_to(user).select_related("source")


def facets_of(user, asked: Filters, counts: dict, fields: dict) -> dict:
    """How many articles there are in all, and of each source, language, state and year; where words were asked for, with these."""
    counts = OWN | counts if user.is_authenticated else counts
    every = list(published(user).tallied(**({} if asked.q else counts)))
    rows = every
    if asked.q:
        rows = list(matching(published(user), asked.q, fields).by_year().tallied("year", **counts))
    return {
        "total": sum(row["articles"] for row in every),
        "outlets": len({row["source__slug"] for row in every}),
        "mentioning": sum(row["articles"] for row in rows),
        "sources": sources_of(rows, every, asked),
        "languages": languages_of(rows, asked),
        "years": years_of(rows) if asked.q else [],
        "states": [(name, SHOWN[name], sum(row[name] for row in rows)) for name in counts],
    }


def sources_of(rows: list[dict], every: list[dict], asked: Filters) -> list[dict]:
    """The sources by name, each with the number of its articles; those that were chosen in any case."""
    numbers, names = summed(rows, "source__slug"), {row["source__slug"]: row["source__name"] for row in every}
    chosen = [slug for slug in names if slug in numbers or slug in asked.sources]
    found = [{"source__slug": slug, "source__name": names[slug], "articles": numbers[slug]} for slug in chosen]
    return sorted(found, key=lambda source: source["source__name"])


def languages_of(rows: list[dict], asked: Filters) -> list[dict]:
    """The languages, the commonest first; none where there is but one."""
    numbers = summed(rows, "language")
    codes = [code for code, _ in numbers.most_common() if code] + [
        code for code in asked.languages if code not in numbers
    ]
    found = [{"code": code, "name": language(code), "articles": numbers[code]} for code in codes]
    return found if len(found) > 1 or asked.languages else []


def years_of(rows: list[dict]) -> list[tuple[str, int]]:
    """The years, the latest first, where there are several."""
    years = sorted(summed(rows, "year").items(), reverse=True)
    return years if len(years) > 1 else []


def summed(rows: list[dict], name: str) -> Counter:
    numbers = Counter()
    for row in rows:
        numbers[row[name]] += row["articles"]
    return numbers


def put_hits(articles: list, query: Query) -> None:
    """Gives each article its title (`title_pieces`) and a stretch of its text (`hit_pieces`) with the words that were looked for."""
    hits = Hits(query.words)
    if not hits.words:
        return
    current = Revision.objects.filter(article__in=articles, number=F("article__revision")).order_by()
    texts = dict(current.values_list("article", Substr("text", 1, READ)))
    for article in articles:
        article.title_pieces = hits.whole(article.title, article.language)
        in_text = hits.context(texts.get(article.pk, ""), article.language)
        article.hit_pieces = in_text or hits.context(article.standfirst, article.language)
