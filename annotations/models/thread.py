"""Threads: what readers answer one another under a highlight, or about an article as a whole."""

from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from annotations.identifiers import uuid7
from annotations.models import history
from annotations.models.blindness import seen_by
from annotations.models.highlight import Highlight
from annotations.models.project import Project
from annotations.models.versioned import reload_row
from newsreader.models import Article
from newsreader.models.scopes import is_readable_by
from newsreader.users import AnyUser


class ThreadQuerySet(models.QuerySet["Thread"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Return those that the user may read: of projects and articles that they may see, under highlights that stand."""
        shown = models.Q(highlight=None) | seen_by(user, "highlight__author")
        seen = self.filter(shown, project__in=Project.objects.visible_to(user), highlight__deleted_at=None)
        return seen.filter(is_readable_by(user, "article__"))

    def of_highlight(self, highlight: Highlight) -> "Thread":
        """Return the thread under a highlight, an unsaved one where nobody has replied."""
        return self.filter(highlight=highlight).first() or Thread(
            project=highlight.project, article=highlight.article, highlight=highlight
        )

    def of_article(self, project: Project, article: Article) -> "Thread":
        """Return the thread of a project about an article as a whole, an unsaved one where nobody has written."""
        about = {"project": project, "article": article, "highlight": None}
        return self.filter(**about).first() or Thread(**about)

    def of_subject(self, key: UUID) -> "Thread | None":
        """Return the thread that an event is about: the key is that of its highlight, or its own."""
        return self.filter(models.Q(pk=key) | models.Q(highlight=key)).first()


class Thread(models.Model):
    """The replies to one highlight, or a project's on one article; resolved where nothing is left to say."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("annotations.Project", on_delete=models.CASCADE, related_name="threads", db_index=False)
    article = models.ForeignKey("newsreader.Article", on_delete=models.PROTECT, related_name="+")
    highlight = models.OneToOneField(
        "annotations.Highlight", null=True, on_delete=models.CASCADE, related_name="thread"
    )
    reply_count = models.PositiveIntegerField(default=0, editable=False)
    resolved_at = models.DateTimeField(null=True, editable=False)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ThreadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "article"], name="thread_on_article", condition=models.Q(highlight=None)
            )
        ]
        indexes = [models.Index(fields=["project", "article"], name="thread_by_article")]

    def __str__(self) -> str:
        return str(self.highlight or self.article)

    def get_absolute_url(self) -> str:
        if self.highlight_id:
            return reverse("replies", args=[self.highlight_id])
        return reverse("article-note", args=[self.project.slug, self.article.slug])

    def get_state_url(self) -> str:
        """Return where it is resolved and reopened."""
        return f"{self.get_absolute_url()}state/"

    @property
    def subject(self) -> UUID:
        """The key under which the history keeps what happens to it: its highlight’s, so that its card is drawn anew."""
        return self.highlight_id or self.pk

    def lock(self) -> None:
        """Read the row again for writing; its project stays the one that knows the reader's role."""
        reload_row(self, Thread.objects.select_for_update())

    def count_replies(self) -> None:
        """Count the replies that stand."""
        Thread.objects.filter(pk=self.pk).update(reply_count=self.replies.filter(deleted_at=None).count())

    def resolve(self, *, by: User) -> None:
        """Say that nothing is left to discuss; nothing where that is said."""
        self.set_resolved(gettext_noop("thread resolved"), by, is_resolved=True)

    def reopen(self, *, by: User) -> None:
        """Say that there is something to discuss again; nothing where that is said."""
        self.set_resolved(gettext_noop("thread reopened"), by, is_resolved=False)

    def set_resolved(self, verb: str, by: User, *, is_resolved: bool) -> None:
        """Save whether it is resolved, and record the verb."""
        with transaction.atomic():
            self.lock()
            if bool(self.resolved_at) != is_resolved:
                self.resolved_at, self.resolved_by = (timezone.now(), by) if is_resolved else (None, None)
                self.save(update_fields=["resolved_at", "resolved_by"])
                self.record(verb, by)

    def record(self, verb: str, actor: User | None, **data: Any) -> None:
        """Append an event about it to the history of its project; `note` says that it is about an article as a whole."""
        if not self.highlight_id:
            data["note"] = "article"
        history.record(self.project_id, verb, actor, self.subject, self.article_id, **data)
