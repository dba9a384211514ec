"""Finds the stories of published articles that are in no index yet: of those from before there were stories, and of loaded files."""

from typing import cast

from django.db import transaction
from django.db.models import Exists, OuterRef
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from newsreader.models import Article, Shingle
from newsreader.models.article import ArticleQuerySet
from newsreader.models.story import settle

BATCH_SIZE = 20  # articles in a transaction, so that others can write in between
PRIORITY = -60  # below everything that a person waits for


def select_waiting() -> ArticleQuerySet:
    """Return the published articles that are in no index."""
    return Article.objects.published().filter(story_revision=None).order_by("pk")


def find_stories() -> int:
    """Put all published articles that are in no index into it and into their stories, and return their number."""
    number, last = 0, cast("int | None", 0)
    while last is not None:
        with transaction.atomic():
            batch = list(Article.objects.filter(pk__gt=last, story_revision=None).order_by("pk")[:BATCH_SIZE])
            published = [article for article in batch if article.is_published]
            settle(published)
        number, last = number + len(published), batch[-1].pk if batch else None
    return number


def remove_rows_without_article() -> int:
    """Remove the rows of the index whose articles are gone, and return their number."""
    articles = Article.objects.order_by().filter(pk=OuterRef("article"))
    return Shingle.objects.exclude(Exists(articles)).delete()[0]


@task(priority=PRIORITY)
def find_waiting_stories() -> None:
    """Find the stories of what is in no index."""
    find_stories()


def queue_finding() -> None:
    """Have a worker find the stories of what is in no index, if there is anything, and that is not queued."""
    waiting = DBTaskResult.objects.filter(task_path=find_waiting_stories.module_path, status=TaskResultStatus.READY)
    if select_waiting().exists() and not waiting.exists():
        find_waiting_stories.enqueue()
