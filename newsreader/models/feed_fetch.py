"""The history of a feed: what came of each request."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models

from newsreader.models.feed import Feed

KEPT_FETCHES = timedelta(days=90)


class FeedFetchQuerySet(models.QuerySet["FeedFetch"]):
    """Requests that were made."""

    def with_waiting(self) -> Self:
        """Return them with the number of their entries that wait to become articles for the first time."""
        first = models.Q(entries__state="waiting", entries__attempts=0, entries__article=None)
        return self.annotate(waiting=models.Count("entries", filter=first)).order_by("-at", "-pk")

    def remove_before(self, now: datetime) -> None:
        """Remove those that are older than 90 days by now."""
        self.filter(at__lt=now - KEPT_FETCHES).delete()


class FeedFetch(models.Model):
    """One request for a feed: when, how long it took, and what it brought."""

    class Outcome(models.TextChoices):
        READ = "read"
        UNCHANGED = "unchanged"
        FAILED = "failed"
        WAITING = "waiting"
        STOPPED = "stopped"

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="fetches")
    at = models.DateTimeField()
    seconds = models.FloatField(default=0)
    status = models.PositiveSmallIntegerField(default=0)  # of the answer; 0 where there was none
    outcome = models.CharField(max_length=9, choices=Outcome)
    why = models.TextField(blank=True)
    created = models.PositiveIntegerField(default=0)  # articles
    revised = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)  # entries that became none

    waiting: int  # entries that wait, of rows `with_waiting`

    objects = FeedFetchQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["feed", "-at"], name="feed_fetch_newest")]

    def __str__(self) -> str:
        return f"{self.feed_id} {self.at:%Y-%m-%d %H:%M}"
