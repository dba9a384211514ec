"""The articles of a list: read as rows of values, each of them rendered once for as long as it says the same."""

from collections import defaultdict
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from newsreader.fragments import fill, list_request_fillers, nest, render_kept, slot
from newsreader.models import Article
from newsreader.models.article import ArticleQuerySet
from newsreader.prepared import PreparedQuery
from newsreader.search.snippets import SnippetPart
from newsreader.users import AnyUser

TEMPLATE = "newsreader/_article_row.html"
FACTS = ("pk", "slug", "title", "standfirst", "excerpt", "byline", "language", "direction", "dated_at", "minutes")
FIELDS = (
    *FACTS,
    "length",
    "source__name",
    "source__slug",
    "scope",
    "story",
    "revision",
    "read_at",
    "saved_at",
    "revision_read",
)
COPY_FIELDS = ("slug", "title", "language", "direction", "source__name", "dated_at")
MAX_COPIES = 10  # that a row names


class RowCopy(NamedTuple):
    """Another article of a story, as lists name it."""

    slug: str
    title: str
    language: str
    direction: str
    source: str
    dated_at: datetime

    def get_absolute_url(self) -> str:
        """Return the address of the article."""
        return reverse("article", args=[self.slug])


class RowCopies(NamedTuple):
    """The other articles of a story, the earliest first: how many, how many other `sources` they have, and the first of them."""

    number: int
    sources: int
    shown: tuple[RowCopy, ...]


class ArticleRow(NamedTuple):
    """An article as a list shows it; `read_at` and `saved_at` say only whether its reader has read and saved it.

    `revision_read` is the number of an older text that they read; else 0. The pieces are the title and a stretch of the
    text, split at the words of a query. `marks` is what others show of it: its highlights; `copies` are the others of its story.
    """

    pk: int
    slug: str
    title: str
    standfirst: str
    excerpt: str
    byline: str
    language: str
    direction: str
    dated_at: datetime
    minutes: int
    length: int
    source: str
    source_slug: str
    is_private: bool
    story: int | None
    revision: int
    read_at: bool
    saved_at: bool
    revision_read: int
    title_pieces: tuple[SnippetPart, ...] = ()
    hit_pieces: tuple[SnippetPart, ...] = ()
    marks: Any = None
    copies: RowCopies | None = None

    def get_absolute_url(self) -> str:
        """Return the address of the article."""
        return reverse("article", args=[self.slug])


class RowReader(NamedTuple):
    """What rows show only to some."""

    is_authenticated: bool


def select_published(user: AnyUser) -> ArticleQuerySet:
    """Return what is in the library, with what the user did with each article."""
    return Article.objects.published().with_reading_state(user)


def select_listed(user: AnyUser, scope: UUID | None) -> ArticleQuerySet:
    """Return what is in the library and what is private to this scope, if the user may read that."""
    listed = Q(status=Article.Status.PUBLISHED) | Q(scope=scope) if scope else Q(status=Article.Status.PUBLISHED)
    return Article.objects.visible_to(user).filter(listed).with_reading_state(user)


def read_rows(articles: ArticleQuerySet) -> list[ArticleRow]:
    """Return articles `with_reading_state` of a reader as rows."""
    return [build_row(values) for values in articles.values_list(*FIELDS)]


def add_copies(rows: list[ArticleRow]) -> list[ArticleRow]:
    """Return the rows with the other articles of their stories, which everyone may see."""
    stories = {row.story for row in rows if row.story}
    if not stories:
        return rows
    articles = Article.objects.filter(story__in=stories).order_by("dated_at", "pk")
    copies: dict[int, list[tuple[int, RowCopy]]] = defaultdict(list)
    for story, key, status, *values in articles.values_list("story", "pk", "status", *COPY_FIELDS):
        if status == Article.Status.PUBLISHED:  # as all of a story are
            copies[story].append((key, RowCopy(*values)))
    return [row._replace(copies=list_copies(copies[row.story], row)) if row.story else row for row in rows]


def list_copies(articles: list[tuple[int, RowCopy]], row: ArticleRow) -> RowCopies | None:
    """Return those of a story's articles, each with its key, that are not the one of this row; None where there are none."""
    others = [copy for key, copy in articles if key != row.pk]
    if not others:
        return None
    return RowCopies(len(others), len({copy.source for copy in others} - {row.source}), tuple(others[:MAX_COPIES]))


def read_newest_rows(user: AnyUser, size: int) -> list[ArticleRow]:
    """Return the newest articles of the library as rows, one of each story."""
    query = prepare_newest(size, is_visitor=not user.is_authenticated)
    return [build_row(values) for values in query.list_values(**name_user(user))]


@cache
def prepare_newest(size: int, *, is_visitor: bool) -> PreparedQuery[Any]:
    """Return the query for the newest articles of the library, one of each story, for a visitor or a user."""
    return prepare_for(
        is_visitor, lambda articles: articles.first_copies().sorted_by("newest").values_list(*FIELDS)[:size]
    )


def prepare_for(is_visitor: bool, build: Any) -> PreparedQuery[Any]:
    """Return a query of what is in the library, for a visitor or a user."""
    if is_visitor:
        return PreparedQuery(lambda: build(select_published(AnonymousUser())))
    return PreparedQuery(lambda user: build(select_published(User(pk=user))), user=int)


def name_user(user: AnyUser) -> dict[str, int]:
    """Return the parameter of a query that `prepare_for` returned."""
    return {"user": user.pk} if user.is_authenticated else {}


def build_row(values: tuple[Any, ...]) -> ArticleRow:
    """Return the row of the values of FIELDS."""
    row = ArticleRow(*values)
    older = row.revision_read if row.revision_read and row.revision_read < row.revision else 0
    row = row._replace(read_at=bool(row.read_at), saved_at=bool(row.saved_at), revision_read=older)
    return row._replace(is_private=bool(row.is_private))


def nest_row(row: ArticleRow, has_day: bool, project: str, marks: str, is_authenticated: bool) -> SafeString:
    """Return the row of a list, below a day or not, whose links keep a project; `marks` is the template of its marks."""
    return nest(render_kept(TEMPLATE, build_row_context, row, has_day, project, marks, is_authenticated))


def build_row_context(
    row: ArticleRow, has_day: bool, project: str, marks: str, is_authenticated: bool
) -> dict[str, Any]:
    """Return what a row is rendered with."""
    return {
        "article": row,
        "day": has_day,
        "kept": project,
        "marks": marks,
        "user": RowReader(is_authenticated),
        "next": slot("path"),
    }


def render_row(request: HttpRequest, row: ArticleRow, project: str, marks: str) -> SafeString:
    """Return the row of a list that is rendered for one reader, whose links keep a project; `marks` as `nest_row` has it."""
    fragment = render_kept(TEMPLATE, build_row_context, row, False, project, marks, request.user.is_authenticated)
    return fill(fragment, list_request_fillers(request))
