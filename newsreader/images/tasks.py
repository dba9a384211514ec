"""What a worker does for images: it fetches those of an article once the article is stored, or has another text."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from newsreader.feeds.policy import BUSY_PAUSE
from newsreader.images.fetching import fetch_article_images
from newsreader.models import Article, ArticleImage, Revision
from newsreader.models.article_image import remove_lost_files

PRIORITY = -20  # below what a person waits for


@task(priority=PRIORITY)
def fetch_images(article_id: int) -> None:
    """Fetch the images of an article, if it is still there and images are kept."""
    article = Article.objects.filter(pk=article_id).first()
    if article and settings.NEWSREADER_IMAGES:
        fetch_article_images(article)
        if article.images.waiting().exists():
            fetch_images.using(run_after=timezone.now() + BUSY_PAUSE).enqueue(article_id)


def follow_text(revision: Revision, **options: Any) -> None:
    """Have a worker fetch the images of a text that are not here; in the transaction that stores the text."""
    if settings.NEWSREADER_IMAGES and "<img" in revision.html and ArticleImage.objects.expect(revision):
        fetch_images.enqueue(revision.article_id)


def queue_waiting_images() -> None:
    """Queue the articles again whose images wait, perhaps since a worker was stopped, and remove what one left."""
    remove_lost_files()
    if settings.NEWSREADER_IMAGES:
        for key in ArticleImage.objects.waiting().order_by().values_list("article", flat=True).distinct():
            fetch_images.enqueue(key)
