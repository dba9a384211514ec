"""Fetches the images of an article, one after another, after it was stored: whatever becomes of them, the article is there."""

import logging
import time
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from newsreader.feeds.policy import HOST_REQUESTS
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.fetching.image_client import fetch_image
from newsreader.importing.sandbox.image_runner import read_image_safely
from newsreader.models import Article, ArticleImage, HostSlot
from newsreader.models.article_image import MAX_BYTES
from newsreader.text.html.images import compute_image_key, list_image_addresses

MAX_SECONDS = 300  # for the images of one article


def fetch_article_images(article: Article) -> None:
    """Fetch the images of an article's current text that wait for it; those of a host stay that has all its requests."""
    addresses = {compute_image_key(address): address for address in list_image_addresses(article.current().html)}
    article.images.waiting().exclude(key__in=addresses).delete()  # of a text that is replaced already
    due = list(article.images.waiting().order_by("pk"))
    deadline = time.monotonic() + MAX_SECONDS
    for image in due:
        address = addresses[image.key]
        with HostSlot.objects.hold(urlsplit(address).hostname or "", HOST_REQUESTS, timezone.now()) as is_free:
            if is_free:
                fetch_one(image, address, is_late=time.monotonic() > deadline)
    if due:
        Article.objects.filter(pk=article.pk).update(version=F("version") + 1)  # kept pages are drawn anew


def fetch_one(image: ArticleImage, address: str, *, is_late: bool) -> None:
    """Fetch and keep an image, or write down why there is none."""
    try:
        if is_late:
            raise ArticleImportError(_("The images of this article take too long to fetch."))
        file = fetch_image(address, allow_loopback=settings.NEWSREADER_ALLOW_LOOPBACK)
        plain = read_image_safely(file)
        refuse_many_bytes(image.article_id, len(plain.file))
    except ArticleImportError as error:
        image.refuse(str(error))
    except Exception:  # of one image; the others are fetched
        logging.getLogger(__name__).exception("An image could not be fetched: %s", address)
        image.refuse(_("This image could not be fetched."))
    else:
        image.keep(*plain)


def refuse_many_bytes(article_id: int, more: int) -> None:
    """Raise ArticleImportError if the images of an article would take more than 20 MB."""
    size = ArticleImage.objects.filter(article=article_id).aggregate(size=Sum("size"))["size"] or 0
    if size + more > MAX_BYTES:
        raise ArticleImportError(_("The images of this article are larger than 20 MB."))
