"""Pages of articles that are to be fetched again by a worker: for a new text, or to try rules for their source."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsreader.models.article import Article, ArticleQuerySet
from newsreader.models.site_rule import Rules
from newsreader.models.source import Source

LEASE = timedelta(minutes=5)  # after which one of a process that was killed is taken up again
KEPT_FOR = timedelta(days=30)
TRIED_ARTICLES = 5


class RuleTrialManager(models.Manager["RuleTrial"]):
    def start(self, source: Source, rules: Rules, by: User) -> "RuleTrial":
        """Return a new trial of rules on the last articles of a source, in place of the one before."""
        articles = Article.objects.filter(source=source, scope=None).exclude(url="")[:TRIED_ARTICLES]
        with transaction.atomic():
            self.filter(source=source).delete()
            trial = self.create(source=source, rules=rules, made_by=by)
            Refetch.objects.bulk_create(Refetch(article=one, trial=trial, asked_by=by) for one in articles)
        return trial


class RuleTrial(models.Model):
    """Rules for a source that are not saved yet, tried on its last articles."""

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="trial")
    rules = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = RuleTrialManager()

    def __str__(self) -> str:
        return f"{self.source}, {self.made_at}"


class RefetchQuerySet(models.QuerySet["Refetch"]):
    """Pages to fetch again: how they are asked for, and which are waiting."""

    def ask_for(self, articles: ArticleQuerySet, by: User) -> tuple[int, int]:
        """Have these articles fetched again; return how many will be now, and how many have no address."""
        with transaction.atomic():
            waiting = self.filter(trial=None, state=Refetch.State.WAITING).values("article")
            keys = list(articles.exclude(url="").exclude(pk__in=waiting).values_list("pk", flat=True))
            self.filter(trial=None, article__in=keys).delete()
            self.bulk_create([self.model(article_id=key, asked_by=by) for key in keys])
        return len(keys), articles.filter(url="").count()

    def waiting(self) -> Self:
        """Return those that are not done, the first that was asked for first."""
        return self.filter(state=Refetch.State.WAITING).order_by("due_at", "pk")

    def claim(self, refetch: "Refetch", now: datetime) -> bool:
        """Return whether this process may fetch a page, which no other takes up for a while."""
        mine = self.filter(pk=refetch.pk, state=Refetch.State.WAITING, due_at=refetch.due_at)
        return bool(mine.update(due_at=now + LEASE))

    def failed(self) -> Self:
        """Return those that failed and are no trials, the last first."""
        return self.filter(state=Refetch.State.FAILED, trial=None).order_by("-asked_at", "-pk")

    def try_again(self) -> int:
        """Let those that failed wait again, and return how many they are."""
        failed = self.filter(state=Refetch.State.FAILED)
        return failed.update(state=Refetch.State.WAITING, due_at=timezone.now(), why="")

    def remove_expired(self, now: datetime) -> None:
        """Remove those that are done and a month old."""
        self.filter(asked_at__lt=now - KEPT_FOR).exclude(state=Refetch.State.WAITING).delete()


class Refetch(models.Model):
    """The page of one article, fetched again by a worker, and what came of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        REVISED = "revised", _("revised")
        UNCHANGED = "unchanged", _("unchanged")
        FAILED = "failed", _("failed")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="refetches")
    trial = models.ForeignKey(RuleTrial, null=True, on_delete=models.CASCADE, related_name="pages")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)  # of one that failed: when it was tried last
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    why = models.TextField(blank=True)
    found = models.JSONField(default=dict)  # of a trial: `before` and `after`, each with `html` and `byline`

    objects = RefetchQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"], name="refetch_waiting")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.article)

    def finish(self, state: str, **fields: Any) -> None:
        """Keep what came of it."""
        Refetch.objects.filter(pk=self.pk).update(state=state, due_at=timezone.now(), **fields)
