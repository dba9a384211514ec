"""Publishes the drafts whose time has come."""

from datetime import datetime

from django.db import transaction

from newsreader.curation.history import note
from newsreader.models import Article


def publish_due(now: datetime) -> int:
    """Publish the drafts that were to be published by now, and return how many they were.

    This changes their rows as a curator would, so that pages that are kept, search and the versions of projects follow.
    """
    with transaction.atomic():
        due = list(Article.objects.scheduled().filter(publish_at__lte=now).select_related("publish_by"))
        Article.objects.filter(pk__in=[article.pk for article in due]).set_status("published")
        for by in {article.publish_by for article in due if article.publish_by}:
            note([article for article in due if article.publish_by == by], by, "Published, as scheduled.")
    return len(due)
