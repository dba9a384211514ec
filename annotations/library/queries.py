"""What the library shows of a project's highlights: counts by tag, and where in each article they stand."""

from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from django.db import models
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce

from annotations.models.codebook import codebook_of, find_address, tag_keys
from annotations.models.highlight import Highlight, HighlightQuerySet
from annotations.models.highlight_tag import HighlightTag
from annotations.models.project import Project
from annotations.models.tag import Tag
from newsreader.caching import page_cache
from newsreader.models.article import ArticleQuerySet
from newsreader.users import AnyUser

STRIP_SEGMENTS = 80  # A strip is some 160 pixels wide: finer than this nothing can be distinguished.
CACHE_SECONDS = 60


class Stroke(NamedTuple):
    """Highlights of one hue that begin within the same segment of an article; start and end in code points."""

    start: int
    end: int
    hue: int
    number: int


class TagUse(NamedTuple):
    """How many highlights of an article have a tag."""

    tag: Tag
    number: int


def select_highlights(project: Project) -> HighlightQuerySet:
    """Return the project's highlights that are not deleted."""
    return Highlight.objects.standing().filter(project=project).order_by()


def filter_by_tags(articles: ArticleQuerySet, project: Project | None, tags: list[Tag]) -> ArticleQuerySet:
    """Return the articles with a highlight that has one of these tags."""
    pairs = HighlightTag.objects.filter(project=project, tag__in=tags, highlight__deleted_at=None)
    return articles.filter(pk__in=pairs.values("highlight__article"))


def has_no_highlights(project: Project) -> models.Q:
    """Return the condition that an article has no highlight of the project."""
    return models.Q(~Exists(select_highlights(project).filter(article=OuterRef("pk"))))


def order_by_highlights(articles: ArticleQuerySet, project: Project) -> ArticleQuerySet:
    """Return the articles with most highlights first."""
    highlights = select_highlights(project).filter(article=OuterRef("pk"))
    counts = highlights.values("article").annotate(number=Count("pk")).values("number")
    return articles.annotate(highlighted=Coalesce(Subquery(counts), 0)).order_by("-highlighted", "-dated_at", "-pk")


def load_tags_in_use(project: Project, chosen: Iterable[str] = ()) -> list[Tag]:
    """Return the project's tags that published articles have, commonest first.

    Each knows in how many (`articles`), its `address`, and whether one of the names or addresses `chosen` means it.

    Counting reads every highlight, so the counts are kept until the project changes, CACHE_SECONDS at most.
    """
    key = f"carried-{project.pk}-{project.version}"
    counts = page_cache.get_or_set(key, lambda: count_articles_by_tag(project), CACHE_SECONDS)
    tags = list(Tag.objects.without_tree_fields().filter(project=project))
    codebook = codebook_of(project)
    chosen_keys = {key for name in chosen for key in tag_keys(codebook, name)}
    for tag in tags:
        tag.articles, tag.is_chosen = counts.get(tag.pk, 0), tag.pk.hex in chosen_keys
        tag.address = find_address(codebook, tag)
    return sorted((tag for tag in tags if tag.articles), key=lambda tag: (-tag.articles, tag.name))


def count_articles_by_tag(project: Project) -> dict[UUID, int]:
    """Return the number of published articles that have each tag, by the tag's key."""
    published = select_highlights(project).filter(article__status="published")
    return dict(published.values_list("highlighttag__tag").annotate(number=Count("article", distinct=True)))


def count_found_articles_by_tag(
    project: Project, articles: models.QuerySet, words: str, user: AnyUser
) -> dict[UUID, int]:
    """Return the number of these articles, found by `words`, that have each tag, by the tag's key.

    The counts of a search are kept until the project changes, CACHE_SECONDS at most.
    """
    search = sha256(f"{words} {user.pk}".encode()).hexdigest()
    pairs = select_highlights(project).filter(article__in=articles).values_list("highlighttag__tag")
    counts = pairs.annotate(number=Count("article", distinct=True))
    key = f"carried-{project.pk}-{project.version}-{search}"
    return page_cache.get_or_set(key, lambda: dict(counts), CACHE_SECONDS)


def load_strokes(project: Project, article_ids: list[int]) -> dict[int, list[Stroke]]:
    """Return the highlights of each article, gathered by hue and segment, in the order of the text."""
    hues = HighlightTag.objects.filter(highlight=OuterRef("pk")).order_by("position").values("tag__colour")[:1]
    segment = F("start") * STRIP_SEGMENTS / (F("article__length") + 1)
    highlights = select_highlights(project).filter(article__in=article_ids)
    placed = highlights.annotate(piece=segment, hue=Coalesce(Subquery(hues), 0))
    groups = (
        placed.values("article", "hue", "piece")
        .annotate(first=Min("start"), last=Max("end"), number=Count("pk"))
        .order_by("first")
    )
    strokes: dict[int, list[Stroke]] = defaultdict(list)
    for article_id, *stroke in groups.values_list("article", "first", "last", "hue", "number"):
        strokes[article_id].append(Stroke(*stroke))
    return strokes


def load_tag_uses(project: Project, article_ids: list[int], tags: dict[UUID, Tag]) -> dict[int, list[TagUse]]:
    """Return how often each of `tags` (by key) was given in each article, commonest first."""
    pairs = select_highlights(project).filter(article__in=article_ids).values_list("article", "highlighttag__tag")
    uses: dict[int, list[TagUse]] = defaultdict(list)
    for article_id, tag_id, number in pairs.annotate(number=Count("pk")).order_by("-number"):
        if tag_id in tags:
            uses[article_id].append(TagUse(tags[tag_id], number))
    return uses
