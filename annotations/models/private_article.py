"""Articles that members add to a project: private to it until a curator publishes them in the library."""

from django.contrib.auth.models import User
from django.db import transaction

from annotations.errors import NotAllowedError
from annotations.models.project import Project
from annotations.models.project_article import ArticleState, ProjectArticle
from newsreader.models import Article
from newsreader.models.article import ArticleContent, StoredArticle


def add_private_article(project: Project, content: ArticleContent, *, source: str, by: User) -> StoredArticle:
    """Store an article for the members of a project alone, and add it to the project's articles.

    Where the library or the project has it already, that one is added. NotAllowedError where the user may not highlight
    in the project any more.
    """
    with transaction.atomic():
        lock_project(project, by)
        stored = Article.objects.store(content, source=source, scope=project.pk, created_by=by)
        ProjectArticle.objects.set_state(project, stored.article.pk, ArticleState.ADDED, by=by)
    return stored


def lock_project(project: Project, user: User) -> None:
    """Lock a project, as long as the user may highlight in it."""
    try:
        project.lock()
    except Project.DoesNotExist as error:
        raise NotAllowedError from error
    if not project.with_role_of(user).allows("highlight"):
        raise NotAllowedError
