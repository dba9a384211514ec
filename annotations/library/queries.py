"""What the library shows of a project's highlights: counts by tag, and where in each article they stand."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from django.db import models
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import ngettext

from annotations.models.codebook import codebook_of, tag_keys
from annotations.models.highlight import Highlight, HighlightQuerySet
from annotations.models.highlight_tag import HighlightTag
from annotations.models.project import Project
from annotations.rendering.minimap import render_minimap
from newsreader.caching import page_cache
from newsreader.fragments import keep
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

    name: str
    colour: int
    number: int


class TagChoice(NamedTuple):
    """A tag that the library can be filtered by; in how many `articles` it is."""

    pk: str
    name: str
    colour: int
    address: str
    articles: int
    is_chosen: bool


class ArticleMarks(NamedTuple):
    """A project's highlights on an article: their number, where they stand (safe SVG), and its tags, commonest first.

    `project` is the slug of the project to which the reader may add the article, "" for none.
    """

    number: int
    strip: str
    uses: tuple[TagUse, ...]
    project: str = ""


def select_highlights(project: Project) -> HighlightQuerySet:
    """Return the project's highlights that are not deleted and that its reader may see, in the layers of people."""
    return Highlight.objects.standing_in(project).order_by()


def filter_by_tags(articles: ArticleQuerySet, project: Project | None, tags: list[UUID]) -> ArticleQuerySet:
    """Return the articles with a highlight that has one of these tags (keys)."""
    pairs = HighlightTag.objects.filter(
        project=project, tag__in=tags, highlight__deleted_at=None, highlight__adjudication=None
    )
    if project and project.sight:
        pairs = pairs.filter(highlight__in=select_highlights(project).values("pk"))
    return articles.filter(pk__in=pairs.values("highlight__article"))


def has_no_highlights(project: Project) -> models.Q:
    """Return the condition that an article has no highlight of the project."""
    return models.Q(~Exists(select_highlights(project).filter(article=OuterRef("pk"))))


def order_by_highlights(articles: ArticleQuerySet, project: Project) -> ArticleQuerySet:
    """Return the articles with most highlights first."""
    highlights = select_highlights(project).filter(article=OuterRef("pk"))
    counts = highlights.values("article").annotate(number=Count("pk")).values("number")
    return articles.annotate(highlighted=Coalesce(Subquery(counts), 0)).order_by("-highlighted", "-dated_at", "-pk")


def list_tags_in_use(project: Project, chosen: Iterable[str] = (), *, with_private: bool = False) -> list[TagChoice]:
    """Return the project's tags that published articles have, commonest first; `chosen` are names or addresses.

    Articles that are private to the project count only for its members, whose role it knows, `with_private`.
    """
    with_private = with_private and bool(project.role)
    if project.sight:
        counts = dict(count_tagged_articles(project, with_private=with_private))
    else:
        counts = dict(count_articles_by_tag(project.pk, project.version, with_private=with_private))
    codebook = codebook_of(project)
    chosen_keys = {key for name in chosen for key in tag_keys(codebook, name)}
    choices = [
        TagChoice(str(UUID(key)), tag.name, tag.colour, tag.address, counts[key], key in chosen_keys)
        for key, tag in codebook.items()
        if key in counts
    ]
    return sorted(choices, key=lambda choice: (-choice.articles, choice.name))


@lru_cache(maxsize=256)
def count_articles_by_tag(project_id: UUID, version: int, *, with_private: bool = False) -> tuple[tuple[str, int], ...]:
    """Return (tag's key, number of published, or also private, articles that have it); the version is there for the cache.

    Counting reads every highlight, so that the processes of a site share the counts, CACHE_SECONDS at most.
    """
    return page_cache.get_or_set(
        f"carried-{project_id}-{version}-{with_private:d}",
        lambda: count_tagged_articles(Project(pk=project_id), with_private=with_private),
        CACHE_SECONDS,
    )


def count_tagged_articles(project: Project, *, with_private: bool) -> tuple[tuple[str, int], ...]:
    """Return (tag's key, number of published articles that have it), or also of those that are private to the project."""
    statuses = ["published", "private"] if with_private else ["published"]
    published = select_highlights(project).filter(article__status__in=statuses, highlighttag__isnull=False)
    pairs = published.values_list("highlighttag__tag").annotate(number=Count("article", distinct=True))
    return tuple((key.hex, number) for key, number in pairs)


def count_highlighted_articles(project: Project) -> int:
    """Return the number of published articles with highlights that the project’s reader may see."""
    if project.sight:
        return count_articles(project)
    return count_all_highlighted_articles(project.pk, project.version)


@lru_cache(maxsize=256)
def count_all_highlighted_articles(project_id: UUID, version: int) -> int:
    """Return the number of published articles with highlights; the version is there for the cache."""
    return count_articles(Project(pk=project_id))


def count_articles(project: Project) -> int:
    """Return the number of published articles with highlights."""
    published = select_highlights(project).filter(article__status="published")
    return published.aggregate(number=Count("article", distinct=True))["number"]


def count_found_articles_by_tag(
    project: Project, articles: models.QuerySet, words: str, user: AnyUser
) -> dict[str, int]:
    """Return the number of these articles, found by `words`, that have each tag, by the tag's key.

    The counts of a search are kept until the project changes, CACHE_SECONDS at most.
    """
    pairs = select_highlights(project).filter(article__in=articles).values_list("highlighttag__tag")
    counts = pairs.annotate(number=Count("article", distinct=True))
    if project.sight:
        return name_keys(counts)
    search = sha256(f"{words} {user.pk}".encode()).hexdigest()
    key = f"found-{project.pk}-{project.version}-{search}"
    return page_cache.get_or_set(key, lambda: name_keys(counts), CACHE_SECONDS)


def name_keys(counts: Iterable[tuple[UUID | None, int]]) -> dict[str, int]:
    """Return the numbers of tags by their keys as text."""
    return {str(tag): number for tag, number in counts if tag}


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


def load_tag_uses(project: Project, article_ids: list[int]) -> dict[int, list[TagUse]]:
    """Return how often each tag was given in each article, commonest first."""
    codebook = codebook_of(project)
    pairs = select_highlights(project).filter(article__in=article_ids).values_list("article", "highlighttag__tag")
    uses: dict[int, list[TagUse]] = defaultdict(list)
    for article_id, tag_id, number in pairs.annotate(number=Count("pk")).order_by("-number"):
        if tag_id and (tag := codebook.get(tag_id.hex)):
            uses[article_id].append(TagUse(tag.name, tag.colour, number))
    return uses


def load_marks(project: Project, article_ids: list[int], lengths: list[int]) -> list[ArticleMarks]:
    """Return the marks of each of these articles, whose texts have these lengths; kept until the project changes."""
    if project.sight:
        return build_marks(project, article_ids, lengths)
    values = (project.pk, project.version, tuple(article_ids))
    return keep("annotations/library/marks", lambda: build_marks(project, article_ids, lengths), *values)


def build_marks(project: Project, article_ids: list[int], lengths: list[int]) -> list[ArticleMarks]:
    """Return the marks of each of these articles."""
    strokes, uses = load_strokes(project, article_ids), load_tag_uses(project, article_ids)
    return [
        make_marks(length, strokes[article_id], tuple(uses[article_id]))
        for article_id, length in zip(article_ids, lengths, strict=True)
    ]


def make_marks(length: int, strokes: list[Stroke], uses: tuple[TagUse, ...]) -> ArticleMarks:
    """Return the marks of a text of that length."""
    number = sum(stroke.number for stroke in strokes)
    return ArticleMarks(
        number, render_minimap(length, [stroke[:3] for stroke in strokes], describe_strip(number)), uses
    )


def describe_strip(number: int) -> str:
    """Return what an article's line with so many highlights shows, for who does not see it."""
    message = ngettext(
        "%(number)s highlight, by position in the text", "%(number)s highlights, by position in the text", number
    )
    return message % {"number": number}
