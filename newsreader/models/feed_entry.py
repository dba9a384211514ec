"""What feeds brought: their entries, each known for good, so that nothing comes twice."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsreader.models.article import Article
from newsreader.models.feed import Feed
from newsreader.models.feed_fetch import FeedFetch


class FeedEntryQuerySet(models.QuerySet["FeedEntry"]):
    """Entries: which of them wait to become articles."""

    def waiting(self, now: datetime) -> Self:
        """Return those whose turn it is, the first that came first; none of a feed that is paused."""
        waiting = self.filter(state=FeedEntry.State.WAITING, due_at__lte=now).order_by("due_at", "pk")
        return waiting.exclude(feed__state=Feed.State.PAUSED)

    def failed(self) -> Self:
        """Return those that were given up, the last first."""
        return self.filter(state=FeedEntry.State.FAILED).order_by("-seen_at", "-pk")

    def try_again(self) -> int:
        """Let those that were given up and have an address wait again, and return how many they are."""
        number = 0
        for entry in self.filter(state=FeedEntry.State.FAILED).exclude(url=""):
            content = {"key": entry.url, "url": entry.url, "title": entry.title}
            fields = {"state": FeedEntry.State.WAITING, "attempts": 0, "due_at": timezone.now(), "content": content}
            number += FeedEntry.objects.filter(pk=entry.pk, state=FeedEntry.State.FAILED).update(**fields)
        return number

    def claim(self, entry: "FeedEntry", until: datetime) -> bool:
        """Return whether this process may work on an entry, which no other takes up until then."""
        mine = self.filter(pk=entry.pk, state=FeedEntry.State.WAITING, due_at=entry.due_at)
        return bool(mine.update(due_at=until))


class FeedEntry(models.Model):
    """One entry of a feed, and the article that it became."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        STORED = "stored", _("stored")  # as a new article
        KNOWN = "known", _("here already")
        FAILED = "failed", _("failed")

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="entries")
    fetch = models.ForeignKey(FeedFetch, null=True, on_delete=models.SET_NULL, related_name="entries")
    key = models.CharField(max_length=64)  # the SHA-256 of what the feed knows it by
    digest = models.CharField(max_length=64)  # of what it said last
    url = models.URLField(max_length=2000, blank=True)
    title = models.CharField(max_length=500, blank=True)
    content = models.JSONField(default=dict)  # what the feed said, until it is an article
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    due_at = models.DateTimeField(default=timezone.now)  # of one that failed: when it was tried last
    attempts = models.PositiveSmallIntegerField(default=0)
    why = models.TextField(blank=True)
    article = models.ForeignKey(Article, null=True, on_delete=models.SET_NULL, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)
    stored_at = models.DateTimeField(null=True)

    objects = FeedEntryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "key"], name="feed_entry_key")]
        indexes = [models.Index(fields=["state", "due_at"], name="feed_entry_waiting")]
        ordering = ["-seen_at", "-pk"]

    def __str__(self) -> str:
        return self.title or self.url
