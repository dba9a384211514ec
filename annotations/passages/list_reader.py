"""What the list pages of a project depend on: the project at one of its versions, and what kind of reader asks."""

from time import time
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.http import QueryDict

from annotations.models.project import Project
from annotations.models.sight import Sight
from annotations.passages.pivot_queries import LARGE_CACHE_SECONDS
from newsreader.http import Request
from newsreader.models import Article
from newsreader.models.scopes import make_reader
from newsreader.views.filters import clean_words


class ListReader(NamedTuple):
    """A project as readers of one kind find it; two who have the same see the same lists.

    `period` changes from time to time: numbers of very many passages are as old as their cache allows. `article_title` is
    that of the article in the filters, which may have no passages, so that its changes do not change the project's version.
    """

    pk: UUID
    version: int
    codebook: int
    slug: str
    name: str
    may_pin: bool
    is_staff: bool
    is_member: bool
    period: int
    article_title: str | None
    sight: Sight  # what blind reading hides: nobody else's where it hides anything

    @property
    def project(self) -> Project:
        """The project, without a query."""
        fields = {"pk": self.pk, "version": self.version, "codebook": self.codebook}
        project = Project(slug=self.slug, name=self.name, has_blind_articles=bool(self.sight), **fields)
        project.reader_id, project.known_sight = self.sight.reader, self.sight
        return project

    @property
    def user(self) -> User:
        """Somebody who may read as much."""
        scopes = [self.pk] if self.is_member else []
        return make_reader(is_staff=self.is_staff, scopes=scopes, key=self.sight.reader)


def describe_list_reader(request: Request, project: Project, query: QueryDict) -> ListReader:
    """Return what a list of the project depends on besides its query; call it before anything of the list is read."""
    return ListReader(
        pk=project.pk,
        version=project.version,
        codebook=project.codebook,
        slug=project.slug,
        name=project.name,
        may_pin=project.allows("desk"),
        is_staff=request.user.is_staff,
        is_member=bool(project.role),
        period=int(time() // LARGE_CACHE_SECONDS),
        article_title=find_article_title(request, query),
        sight=project.sight,
    )


def find_article_title(request: Request, query: QueryDict) -> str | None:
    """Return the title of the article that the query filters by; None where it names none that the reader may see."""
    slug = clean_words(query.get("article", ""))
    if not slug:
        return None
    titles: Any = Article.objects.visible_to(request.user).filter(slug=slug).values_list("title", flat=True)
    return titles.first()
