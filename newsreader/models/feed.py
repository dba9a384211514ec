"""Feeds: where articles of a source come from by themselves, and what is known of the requests for them."""

from datetime import datetime, timedelta
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsreader.models.article import Article
from newsreader.models.source import Source
from newsreader.users import AnyUser

NEW_DAYS = 7  # of which lists count the new articles
ALREADY_HERE = _("There is already a feed with this address.")


class FeedQuerySet(models.QuerySet["Feed"]):
    """Feeds: who may see them, and which are to be asked."""

    def visible_to(self, user: AnyUser) -> Self:
        """Return all of them for the staff, none for others."""
        return self if user.is_staff else self.none()

    def active(self) -> Self:
        """Return those that are asked: neither paused nor stopped."""
        return self.filter(state=Feed.State.ACTIVE)

    def due(self, now: datetime) -> Self:
        """Return the active ones whose time has come, the longest due first."""
        return self.active().filter(due_at__lte=now).order_by("due_at", "pk")

    def of_host(self, host: str) -> Self:
        """Return the active ones of one host."""
        return self.active().filter(host=host)

    def with_new_articles(self) -> Self:
        """Annotate `new_articles`: how many articles came from each in the last days."""
        since = timezone.now() - timedelta(days=NEW_DAYS)
        stored = models.Q(entries__stored_at__gte=since)
        return self.annotate(new_articles=models.Count("entries", filter=stored))


class Feed(models.Model):
    """One feed of a source, and how its articles are stored."""

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        PAUSED = "paused", _("paused")
        STOPPED = "stopped", _("stopped")

    class Text(models.TextChoices):
        PAGE = "page", _("Full text, from each article’s page")
        FEED = "feed", _("Text of the feed")

    url = models.URLField(_("address"), max_length=2000, unique=True, error_messages={"unique": ALREADY_HERE})
    host = models.CharField(_("web host"), max_length=253, db_index=True, editable=False)
    title = models.CharField(_("title"), max_length=300, blank=True)
    home = models.URLField(_("address of the site"), max_length=2000, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="feeds", verbose_name=_("source"))
    text = models.CharField(_("text"), max_length=4, choices=Text, default=Text.PAGE)
    article_status = models.CharField(
        _("new articles"),
        max_length=10,
        choices=[(Article.Status.PUBLISHED, _("Publish in the library")), (Article.Status.DRAFT, _("Save as drafts"))],
        default=Article.Status.PUBLISHED,
    )
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.ACTIVE)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    # What is known of the requests: newsreader.feeds.policy reads and writes it.
    etag = models.TextField(blank=True, editable=False)
    modified_since = models.TextField(blank=True, editable=False)
    first_requested_at = models.DateTimeField(null=True, editable=False)
    requested_at = models.DateTimeField(null=True, editable=False)
    not_before = models.DateTimeField(null=True, editable=False)
    due_at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    failures = models.PositiveIntegerField(default=0, editable=False)
    failing_since = models.DateTimeField(null=True, editable=False)
    # What came of the last one.
    fetched_at = models.DateTimeField(_("last fetched"), null=True, editable=False)
    is_waiting = models.BooleanField(default=False, editable=False)  # since its server asked for a pause
    why = models.TextField(blank=True, editable=False)
    moved_at = models.DateTimeField(null=True, editable=False)

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ["source__name", "title", "pk"]

    def __str__(self) -> str:
        return self.title or self.short_url

    def save(self, *args: object, **kwargs: object) -> None:
        """Save the feed with the host of its address."""
        self.host = urlsplit(self.url).hostname or ""
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return reverse("feed", args=[self.pk])

    @property
    def short_url(self) -> str:
        """Return the address without its scheme, as lists show it."""
        return self.url.partition("://")[2]
