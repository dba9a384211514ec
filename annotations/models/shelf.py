"""What the library says of a project's highlights. Articles are always given as a queryset or as keys."""

from typing import NamedTuple

from django.db import models
from django.db.models import Count, F, Max, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce

from .highlight import Highlight, HighlightTag
from .tag import Tag

PIECES = 80  # A strip is some 160 pixels wide: finer than this nothing can be told apart.


class Stroke(NamedTuple):
    """Highlights of one hue that begin within the same piece of an article."""

    article: int
    start: int
    end: int
    hue: int
    number: int


class Use(NamedTuple):
    """How many highlights of an article carry a tag."""

    article: int
    tag: Tag
    number: int


def standing(project):
    return Highlight.objects.standing().filter(project=project)


def carrying(articles, project, tags: list):
    """The articles with a highlight that has one of these tags."""
    pairs = HighlightTag.objects.filter(project=project, tag__in=tags, highlight__deleted_at=None)
    return articles.filter(pk__in=pairs.values("highlight__article"))


def without_highlights(project) -> models.Q:
    """The condition that an article carries nothing of the project."""
    return ~models.Q(pk__in=standing(project).order_by().values("article"))


def most_highlighted_first(articles, project):
    counted = standing(project).filter(article=OuterRef("pk")).order_by().values("article").annotate(number=Count("pk"))
    number = Coalesce(Subquery(counted.values("number")), 0)
    return articles.annotate(highlighted=number).order_by("-highlighted", "-dated_at", "-pk")


def tags_in_use(project, articles) -> list[Tag]:
    """The project's tags that published articles carry, each knowing how many (`articles`), most carried first."""
    carried = models.Q(highlights__deleted_at=None, highlights__article__in=articles)
    number = Count("highlights__article", filter=carried, distinct=True)
    tags = Tag.objects.without_tree_fields().filter(project=project).annotate(articles=number)
    return list(tags.filter(articles__gt=0).order_by("-articles", "name"))


def strokes(project, articles: list[int]) -> list[Stroke]:
    """The highlights of these articles, gathered by hue and by place, in the order of the text."""
    first = HighlightTag.objects.filter(highlight=OuterRef("pk")).order_by("position").values("tag__colour")[:1]
    rows = standing(project).filter(article__in=articles).order_by()
    rows = rows.annotate(piece=F("start") * PIECES / (F("article__length") + 1), hue=Coalesce(Subquery(first), 0))
    rows = rows.values("article", "hue", "piece").annotate(first=Min("start"), last=Max("end"), number=Count("pk"))
    return [
        Stroke(*row)
        for row in rows.order_by("article", "first").values_list("article", "first", "last", "hue", "number")
    ]


def uses(project, articles: list[int], tags: dict) -> list[Use]:
    """How often each of `tags` (by key) stands on each of these articles, most used first."""
    pairs = HighlightTag.objects.filter(
        project=project, highlight__project=project, highlight__article__in=articles, highlight__deleted_at=None
    )
    rows = pairs.order_by().values_list("highlight__article", "tag").annotate(number=Count("pk")).order_by("-number")
    return [Use(article, tags[tag], number) for article, tag, number in rows if tag in tags]
