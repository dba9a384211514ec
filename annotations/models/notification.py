"""What concerns one reader: where others name them, answer them, or an edited article changes their passages."""

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from annotations.models.blindness import seen_by_its_user
from annotations.models.membership import Membership
from annotations.models.placement import Placement
from newsreader.inserts import insert_rows
from newsreader.models import Revision

UNCERTAIN = (Placement.State.EDITED, Placement.State.AMBIGUOUS, Placement.State.GONE)


class NotificationQuerySet(models.QuerySet["Notification"]):
    def unread(self) -> Self:
        """Return those that nobody has marked as read."""
        return self.filter(read_at=None)

    def showable(self) -> Self:
        """Return those that their readers may still see: nothing deleted, settled, withdrawn or of a project they left."""
        mine = Membership.objects.filter(project=OuterRef("project"), user=OuterRef("user"))
        return self.filter(
            Q(project__public=True) | Exists(mine),
            Q(article__status="published")
            | Q(user__is_staff=True) & ~Q(article__status="private")
            | Q(article__status="private", article__scope=F("project")) & Exists(mine),
            Q(reply=None) | Q(reply__deleted_at=None, reply__thread__highlight__deleted_at=None),
            Q(placement=None) | Q(placement__open=True, placement__highlight__deleted_at=None),
            Q(reply=None) | Q(reply__thread__highlight__author=F("user")) | seen_by_its_user("reply__author"),
        )

    def of(self, user: User) -> Self:
        """Return those of a user that can be shown, the latest first."""
        return self.filter(user=user).showable().order_by("-pk")

    def notify_of_reply(self, reply: Any, mentioned: Iterable[User]) -> None:
        """Tell those whom a new reply names, whose highlight it answers, and who wrote in its thread."""
        named = {user.pk for user in mentioned}
        concerned = named | set(reply.thread.replies.filter(deleted_at=None).values_list("author", flat=True))
        if reply.thread.highlight_id:
            concerned.add(reply.thread.highlight.author_id)
        readers = set(reply.list_readers().values_list("pk", flat=True))
        self.add(reply, (concerned & readers) - {reply.author_id}, named)

    def notify_of_edit(self, reply: Any, mentioned: Iterable[User]) -> None:
        """Tell those whom an edited reply names for the first time; forget that it named those whom it does not name now."""
        named = {user.pk for user in mentioned} - {reply.author_id}
        told = self.filter(reply=reply)
        told.filter(is_mention=True).exclude(user__in=named).update(is_mention=False)
        fresh = named - set(told.filter(is_mention=True).values_list("user", flat=True))
        known = told.filter(user__in=fresh)
        self.add(reply, fresh - set(known.values_list("user", flat=True)), named)
        known.update(is_mention=True, read_at=None)

    def add(self, reply: Any, users: Iterable[int], named: set[int]) -> None:
        """Add a row for each of these users."""
        about = {"project_id": reply.project_id, "article_id": reply.article_id, "reply": reply}
        Notification.objects.bulk_create(
            [Notification(user_id=user, is_mention=user in named, **about) for user in sorted(users)]
        )

    def notify_of_revision(self, revision: Revision) -> None:
        """Tell those whose passages a new text changed."""
        rows = Placement.objects.filter(revision=revision, open=True, state__in=UNCERTAIN, highlight__deleted_at=None)
        about: dict[str, Any] = {"article_id": revision.article_id}
        insert_rows(
            Notification(user_id=user, project_id=project, placement_id=key, **about)
            for key, project, user in rows.order_by("pk").values_list("pk", "project", "highlight__author")
        )

    def mark_read(self) -> int:
        """Mark them as read, and return how many were not."""
        return self.unread().order_by().update(read_at=timezone.now())


class Notification(models.Model):
    """One thing that concerns one reader: a reply, or the placement of a passage of theirs on an edited text."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications", db_index=False
    )
    project = models.ForeignKey("annotations.Project", on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey("newsreader.Article", on_delete=models.CASCADE, related_name="+", db_index=False)
    reply = models.ForeignKey("annotations.Reply", null=True, on_delete=models.CASCADE, related_name="notifications")
    placement = models.ForeignKey(Placement, null=True, on_delete=models.CASCADE, related_name="notifications")
    is_mention = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    read_at = models.DateTimeField(null=True, editable=False)
    mailed_at = models.DateTimeField(null=True, editable=False)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reply=None, placement__isnull=False) | Q(reply__isnull=False, placement=None),
                name="notification_of_one_thing",
            ),
            models.UniqueConstraint(fields=["user", "reply"], name="notification_once"),
        ]
        indexes = [
            models.Index(fields=["user", "-id"], name="notification_latest"),
            models.Index(fields=["user"], name="notification_unread", condition=Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.reply or self.placement}"


class Digest(models.Model):
    """A daily mail that was sent, or is being sent: one for a user and a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests", db_index=False)
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="digest_once_a_day")]

    def __str__(self) -> str:
        return f"{self.user}, {self.day}"


def count_unread(user: OuterRef) -> models.Subquery:
    """Return the expression for how many unread notifications a user has; it goes into the query that finds the user."""
    rows = Notification.objects.filter(user=user).unread().showable().order_by()
    counted = rows.annotate(one=models.Value(1)).values("one").annotate(number=models.Count("pk"))
    return models.Subquery(counted.values("number"), output_field=models.PositiveIntegerField())
