"""Imports of many articles: files and addresses that a worker makes articles of, one after the other."""

from datetime import timedelta
from pathlib import Path
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsreader.job_locks import get_lock_path, is_locked
from newsreader.models.article import Article
from newsreader.users import AnyUser

KEPT_FOR = timedelta(days=7)
MAX_NAMED = 5  # files that were left out of archives
MAX_UNFINISHED_IMPORTS = 3  # of one person


class ArticleImportQuerySet(models.QuerySet["ArticleImport"]):
    """Imports: who may see them, and which are not done."""

    def visible_to(self, user: AnyUser) -> Self:
        """Return all of them for the staff, none for others."""
        return self if user.is_staff else self.none()

    def unfinished(self) -> Self:
        """Return those that wait or run."""
        return self.filter(state__in=(ArticleImport.State.WAITING, ArticleImport.State.RUNNING))

    def interrupted(self) -> list["ArticleImport"]:
        """Return the unfinished ones on which no process works."""
        return [one for one in self.unfinished() if not one.is_at_work]

    def expired(self) -> Self:
        """Return those that are kept no longer."""
        return self.exclude(pk__in=self.unfinished()).filter(made_at__lt=timezone.now() - KEPT_FOR)

    def with_counts(self) -> Self:
        """Annotate how many items each has in all (`total`), and how many are `done`, `added`, and `bad`: refused or failed."""
        done = models.Q(items__state__in=ImportItem.DONE_STATES)
        return self.annotate(
            total=models.Count("items", filter=~models.Q(items__state=ImportItem.State.UNPACKED)),
            done=models.Count("items", filter=done),
            added=models.Count("items", filter=models.Q(items__state=ImportItem.State.ADDED)),
            bad=models.Count("items", filter=models.Q(items__state__in=ImportItem.BAD_STATES)),
        )


class ArticleImport(models.Model):
    """Files and addresses that a curator or a command gave to be imported, and how far that is."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        CANCELLED = "cancelled", _("cancelled")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.CASCADE, related_name="+"
    )  # None: by a command
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING, editable=False)
    source = models.CharField(max_length=120, blank=True)
    article_status = models.CharField(max_length=10, default=Article.Status.PUBLISHED)
    left_out = models.PositiveIntegerField(default=0)  # files of other kinds in its archives
    task = models.UUIDField(null=True, editable=False)  # its entry in the queue
    first_item = models.PositiveIntegerField(default=0)  # with which a worker began last
    tries = models.PositiveSmallIntegerField(default=0)  # since then by workers that got no further

    objects = ArticleImportQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("article-import", args=[self.pk])

    @property
    def folder(self) -> Path:
        """Where its files wait."""
        return Path(settings.DATA_DIR) / "article-imports" / str(self.pk)

    @property
    def is_unfinished(self) -> bool:
        """Whether it waits or runs."""
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def is_at_work(self) -> bool:
        """Whether a living process works on it."""
        return is_locked(get_lock_path(self.pk))

    def next_item(self) -> "ImportItem | None":
        """Return the first item that waits; None where there is none, or the import was cancelled."""
        waiting = ImportItem.objects.filter(job=self.pk, state=ImportItem.State.WAITING)
        return waiting.filter(job__in=ArticleImport.objects.unfinished()).order_by("number").first()

    def count_states(self) -> dict[str, int]:
        """Return how many items are in each state that any is in."""
        rows = self.items.order_by().values_list("state").annotate(number=models.Count("pk"))
        return dict(rows)

    def list_left_out(self) -> list[str]:
        """Return the names of the first files that were left out of its archives."""
        unpacked = self.items.filter(state=ImportItem.State.UNPACKED).exclude(why="").values_list("why", flat=True)
        return [name for names in unpacked[:MAX_NAMED] for name in names.split("\n") if name][:MAX_NAMED]

    def end(self, state: str) -> None:
        """Keep that nothing more is to be done; what still waits is cancelled."""
        with transaction.atomic():
            unfinished = ArticleImport.objects.unfinished().filter(pk=self.pk)
            if unfinished.update(state=state, finished_at=timezone.now()):
                waiting = self.items.filter(state=ImportItem.State.WAITING)
                waiting.update(state=ImportItem.State.CANCELLED)

    def retry(self, number: int | None = None) -> int:
        """Let the items wait again that were not added, or the one of this number; return how many they are."""
        with transaction.atomic():
            bad = self.items.filter(ImportItem.can_be_retried())
            chosen = bad if number is None else bad.filter(number=number)
            retried = chosen.update(state=ImportItem.State.WAITING, why="")
            if retried:
                ArticleImport.objects.filter(pk=self.pk).update(
                    state=self.State.WAITING, finished_at=None, first_item=0, tries=0
                )
        self.refresh_from_db()
        return retried


class ImportItem(models.Model):
    """A file or an address of an import, and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        UNPACKED = "unpacked", _("unpacked")
        ADDED = "added", _("added")
        PRESENT = "present", _("already here")
        REFUSED = "refused", _("refused")
        FAILED = "failed", _("failed")  # for a reason that may pass
        CANCELLED = "cancelled", _("cancelled")

    BAD_STATES = (State.REFUSED, State.FAILED)
    RETRIED_STATES = (*BAD_STATES, State.CANCELLED)
    DONE_STATES = (State.ADDED, State.PRESENT, *RETRIED_STATES)

    job = models.ForeignKey(ArticleImport, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=300)  # of the file, as it is shown; or the address
    url = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the file, and the name under which it waits
    is_archive = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    # The reason why it was not added, or what is missing of its article; of an unpacked archive, the names left out, by line.
    why = models.TextField(blank=True)
    article = models.ForeignKey(Article, null=True, on_delete=models.SET_NULL, related_name="+")
    articles = models.PositiveIntegerField(default=0)  # that it brought: a book has several

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="import_item_number")]
        indexes = [models.Index(fields=["job", "state", "number"], name="import_item_state")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def can_be_retried(cls) -> models.Q:
        """Return the condition that an item was not added, and may be tried again: what is no file of its own may not."""
        return models.Q(state__in=cls.RETRIED_STATES) & ~models.Q(digest="", url="")

    @property
    def is_retriable(self) -> bool:
        """Whether it may be tried again."""
        return self.state in self.RETRIED_STATES and bool(self.digest or self.url)

    @property
    def path(self) -> Path:
        """Where its file waits."""
        return self.job.folder / self.digest

    @property
    def is_bad(self) -> bool:
        """Whether it was not added for a reason that people are told."""
        return self.state in self.BAD_STATES

    def finish(self, state: str, **fields: object) -> bool:
        """Keep what became of it; return False where it waits no longer, or its import was cancelled."""
        waiting = ImportItem.objects.filter(pk=self.pk, state=self.State.WAITING)
        waiting = waiting.filter(job__in=ArticleImport.objects.unfinished())
        return bool(waiting.update(state=state, **fields))
