"""What the library says of a project's highlights."""

from collections import defaultdict
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from django.core.cache import cache
from django.db import models
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce

from annotations.models.highlight import Highlight
from annotations.models.highlight_tag import HighlightTag
from annotations.models.tag import Tag

PIECES = 80  # A strip is some 160 pixels wide: finer than this nothing can be told apart.
A_MINUTE = 60


class Stroke(NamedTuple):
    """Highlights of one hue that begin within the same piece of an article."""

    start: int
    end: int
    hue: int
    number: int


class Use(NamedTuple):
    """How many highlights of an article carry a tag."""

    tag: Tag
    number: int


def standing(project):
    return Highlight.objects.standing().filter(project=project).order_by()


def carrying(articles, project, tags: list):
    """The articles with a highlight that has one of these tags."""
    pairs = HighlightTag.objects.filter(project=project, tag__in=tags, highlight__deleted_at=None)
    return articles.filter(pk__in=pairs.values("highlight__article"))


def without_highlights(project) -> models.Q:
    """The condition that an article carries nothing of the project."""
    return models.Q(~Exists(standing(project).filter(article=OuterRef("pk"))))


def most_highlighted_first(articles, project):
    counted = standing(project).filter(article=OuterRef("pk")).values("article").annotate(number=Count("pk"))
    number = Coalesce(Subquery(counted.values("number")), 0)
    return articles.annotate(highlighted=number).order_by("-highlighted", "-dated_at", "-pk")


def tags_in_use(project) -> list[Tag]:
    """The project's tags that published articles carry, each knowing how many (`articles`), most carried first.

    Counting reads every highlight, so the counts are kept until the project changes, a minute at most.
    """
    counts = cache.get_or_set(f"carried-{project.pk}-{project.version}", lambda: carried(project), A_MINUTE)
    tags = list(Tag.objects.without_tree_fields().filter(project=project))
    for tag in tags:
        tag.articles = counts.get(tag.pk, 0)
    return sorted((tag for tag in tags if tag.articles), key=lambda tag: (-tag.articles, tag.name))


def carried(project) -> dict[UUID, int]:
    """For each tag in use the number of published articles that carry it."""
    published = standing(project).filter(article__status="published")
    return dict(published.values_list("highlighttag__tag").annotate(number=Count("article", distinct=True)))


def carried_among(project, articles, words: str, user) -> dict[UUID, int]:
    """For each tag the number of these articles that carry it; kept for each search until the project changes, a minute at most."""
    asked = sha256(f"{words} {user.pk}".encode()).hexdigest()
    pairs = standing(project).filter(article__in=articles).values_list("highlighttag__tag")
    count = lambda: dict(pairs.annotate(number=Count("article", distinct=True)))  # noqa: E731
    return cache.get_or_set(f"carried-{project.pk}-{project.version}-{asked}", count, A_MINUTE)


def strokes(project, articles: list[int]) -> dict[int, list[Stroke]]:
    """The highlights of each of these articles, gathered by hue and by place, in the order of the text."""
    first = HighlightTag.objects.filter(highlight=OuterRef("pk")).order_by("position").values("tag__colour")[:1]
    rows = standing(project).filter(article__in=articles)
    rows = rows.annotate(piece=F("start") * PIECES / (F("article__length") + 1), hue=Coalesce(Subquery(first), 0))
    rows = rows.values("article", "hue", "piece").annotate(first=Min("start"), last=Max("end"), number=Count("pk"))
    gathered: dict[int, list[Stroke]] = defaultdict(list)
    for article, *stroke in rows.order_by("first").values_list("article", "first", "last", "hue", "number"):
        gathered[article].append(Stroke(*stroke))
    return gathered


def uses(project, articles: list[int], tags: dict[UUID, Tag]) -> dict[int, list[Use]]:
    """How often `tags` (by key) stand on each of these articles, most used first."""
    rows = standing(project).filter(article__in=articles).values_list("article", "highlighttag__tag")
    gathered: dict[int, list[Use]] = defaultdict(list)
    for article, tag, number in rows.annotate(number=Count("pk")).order_by("-number"):
        if tag in tags:
            gathered[article].append(Use(tags[tag], number))
    return gathered
