"""Read how members coded: their highlights with tags, on the current texts of articles, in a constant number of queries."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import CharField, Count, F
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from annotations.agreement.signing import Coding
from annotations.models.access import CONSENSUS
from annotations.models.highlight import Highlight, HighlightQuerySet
from annotations.models.highlight_tag import HighlightTag
from annotations.models.placement import Placement
from annotations.models.project import Project
from newsreader.models import Article, Revision
from newsreader.users import AnyUser

COUNTED_STATES = ("same", "moved")
UNPLACED = "unplaced"  # made on an earlier text, and not looked for in the current one


class CodedArticle(NamedTuple):
    """An article that coders highlighted."""

    key: int
    slug: str
    title: str
    source: str
    source_slug: str
    dated_at: datetime


class CurrentText(NamedTuple):
    """The current text of an article, and where its blocks start."""

    text: str
    blocks: list[int]


def list_coders(project: Project, user: AnyUser) -> list[str]:
    """Return everybody with a highlight that the user may read, by name, and the consensus where there is one."""
    highlights = Highlight.objects.readable_by(user, project).order_by()
    names = sorted(
        highlights.values_list("author__username", flat=True).distinct(), key=lambda name: (name.casefold(), name)
    )
    has_consensus = Highlight.objects.readable_by(user, project, CONSENSUS).order_by().exists()
    return [*names, name_consensus()] if has_consensus else names


def name_consensus() -> str:
    """Return how the consensus is called among the coders; no user has a name with a space."""
    return _("the consensus")


def list_members(project: Project) -> set[str]:
    """Return the user names of the members."""
    return set(project.memberships.values_list("user__username", flat=True))


def list_shared_articles(project: Project, user: AnyUser, coders: Collection[str]) -> list[int]:
    """Return the articles on which at least two of these coders have a highlight, the latest first."""
    highlights = Highlight.objects.readable_by(user, project).filter(author__username__in=coders).order_by()
    grouped = highlights.values_list("article__dated_at", "article").annotate(number=Count("author", distinct=True))
    numbers = Counter({(dated_at, article): number for dated_at, article, number in grouped})
    if name_consensus() in coders:
        consensus = Highlight.objects.readable_by(user, project, CONSENSUS).order_by()
        numbers.update(consensus.values_list("article__dated_at", "article").distinct())
    shared = sorted(place for place, number in numbers.items() if number > 1)
    return [article for _date, article in sorted(shared, key=lambda place: place[0], reverse=True)]


def find_articles(project: Project, user: AnyUser, slugs: Collection[str]) -> dict[str, int]:
    """Return those of the articles that have a highlight that the user may read; no query for no slugs."""
    if not slugs:
        return {}
    highlights = Highlight.objects.readable_by(user, project).filter(article__slug__in=slugs).order_by()
    return dict(highlights.values_list("article__slug", "article").distinct())


def load_codings(project: Project, user: AnyUser, articles: Collection[int], coders: Collection[str]) -> list[Coding]:
    """Return the highlights of these coders on these articles that the user may read; three queries, six with the consensus."""
    highlights = Highlight.objects.readable_by(user, project).filter(author__username__in=coders)
    codings, consensus = make_codings(highlights, project, articles), name_consensus()
    if consensus in coders:
        codings += [coding._replace(coder=consensus) for coding in load_consensus(project, user, articles)]
    return codings


def load_consensus(project: Project, user: AnyUser, articles: Collection[int]) -> list[Coding]:
    """Return the passages of the consensus layer of these articles; three queries."""
    return make_codings(Highlight.objects.readable_by(user, project, CONSENSUS), project, articles)


def make_codings(highlights: HighlightQuerySet, project: Project, articles: Collection[int]) -> list[Coding]:
    """Return those of the highlights that are on these articles."""
    tags, places = load_tags(project, articles), load_places(project, articles)
    highlights = highlights.filter(article__in=articles)
    rows = highlights.order_by("article", "start", "-end", "pk").values_list(
        *(select_key("pk"), "article_id", "author__username", "start", "end"),
        F("article__revision") - F("revision__number"),
    )
    return [
        make_coding(
            *(key, article, coder, start, end, tags.get(key, ())),
            places.get(key) if is_old else ("same", start, end),
        )
        for key, article, coder, start, end, is_old in rows
    ]


def make_coding(
    key: str, article: int, coder: str, start: int, end: int, tags: tuple[str, ...], place: tuple[Any, ...] | None
) -> Coding:
    """Return a highlight; `place` is the state, start and end that it has on the current text."""
    state, *span = place or (UNPLACED, None, None)
    key, made = key.replace("-", ""), (start, end)
    if state in COUNTED_STATES and None not in span:
        start, end = span
        return Coding(article, coder, start, end, tags, "", key, made)
    return Coding(article, coder, start, end, tags, state, key, made)


def select_key(field: str) -> Cast:
    """Return the expression for a key as text, as the database writes it: ten thousand UUID objects take half a second."""
    return Cast(field, CharField())


def load_tags(project: Project, articles: Collection[int]) -> dict[str, tuple[str, ...]]:
    """Return the keys of the tags of each highlight, those without hyphens."""
    standing = {"highlight__article__in": articles, "highlight__deleted_at": None}
    pairs = HighlightTag.objects.filter(project=project, **standing).order_by("position")
    tags: dict[str, tuple[str, ...]] = {}
    for highlight, tag in pairs.values_list(select_key("highlight_id"), select_key("tag_id")):
        tags[highlight] = (*tags.get(highlight, ()), tag.replace("-", ""))
    return tags


def load_places(project: Project, articles: Collection[int]) -> dict[str, tuple[str, int | None, int | None]]:
    """Return the state, start and end that highlights made on earlier texts have on the current ones."""
    current = Placement.objects.filter(project=project, revision__number=F("highlight__article__revision"))
    rows = current.filter(highlight__article__in=articles, highlight__deleted_at=None).order_by()
    return {key: place for key, *place in rows.values_list(select_key("highlight_id"), "state", "start", "end")}


def load_articles(keys: Collection[int]) -> dict[int, CodedArticle]:
    """Return the articles of these keys, the latest first."""
    articles = Article.objects.filter(pk__in=keys).order_by("-dated_at", "pk")
    rows = articles.values_list("pk", "slug", "title", "source__name", "source__slug", "dated_at")
    return {row[0]: CodedArticle(*row) for row in rows}


def load_texts(keys: Collection[int]) -> dict[int, CurrentText]:
    """Return the current texts of articles."""
    revisions = Revision.objects.filter(article__in=keys, number=F("article__revision")).order_by()
    rows = revisions.values_list("article_id", "text", "blocks")
    return {key: CurrentText(text, [start for _, start in blocks]) for key, text, blocks in rows}
