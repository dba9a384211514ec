from collections.abc import Collection
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from annotations.errors import StaleError
from annotations.identifiers import uuid7
from annotations.mentions import find_mentions, list_unknown_names, mark_mentions
from annotations.models.blindness import seen_by
from annotations.models.highlight import Highlight
from annotations.models.notification import Notification
from annotations.models.project import Project
from annotations.models.thread import Thread
from annotations.models.versioned import Versioned
from annotations.notes import render_note
from newsreader.search.indexes import reindex_rows
from newsreader.users import AnyUser


class ReplyQuerySet(models.QuerySet["Reply"]):
    def standing(self) -> Self:
        """Return those that are not deleted."""
        return self.filter(deleted_at=None)

    def readable_by(self, user: AnyUser) -> Self:
        """Return those in threads that the user may read, deleted ones too."""
        return self.filter(thread__in=Thread.objects.visible_to(user)).not_hidden_from(user)

    def not_hidden_from(self, user: AnyUser) -> Self:
        """Return those that blind reading does not hide from the user: what stands under their own highlights it does not."""
        return self.filter(models.Q(thread__highlight__author=user.pk) | seen_by(user) if user.pk else seen_by(user))

    def visible_to(self, user: AnyUser) -> Self:
        """Return those that are not deleted, in threads that the user may read."""
        return self.standing().readable_by(user)

    def written_by(self, user: AnyUser) -> Self:
        """Return the user's own, deleted ones too, where they may still reply."""
        return self.readable_by(user).filter(author=user.pk, project__in=Project.objects.allowing(user, "reply"))

    def editable_by(self, user: AnyUser) -> Self:
        """Return the user's own that stand, where they may still reply."""
        return self.standing().written_by(user)

    def deletable_by(self, user: AnyUser) -> Self:
        """Return those that the user may delete and restore: own ones, for a curator all."""
        own = models.Q(author=user.pk, project__in=Project.objects.allowing(user, "reply"))
        return self.readable_by(user).filter(own | models.Q(project__in=Project.objects.allowing(user, "moderate")))

    def make(self, thread: Thread, *, author: User, text: str, id: UUID | None = None) -> "Reply":
        """Add a reply to a thread, saved or not, and tell whom it concerns; the same id again gives the first one back."""
        render_note(text)  # ValueError where it is too long, before anything is written
        with transaction.atomic():
            thread = self.lock_thread(thread)
            found = self.filter(pk=id).first() if id else None
            if found and (found.author_id, found.thread_id) == (author.pk, thread.pk):
                return found
            reply = Reply(
                pk=id if id and not found else uuid7(),
                project_id=thread.project_id,
                article_id=thread.article_id,
                author=author,
            )
            reply.thread = thread
            mentioned = reply.set_text(text)
            reply.save(force_insert=True)
            thread.count_replies()
            reply.record(gettext_noop("reply made"), author)
            Notification.objects.filter(user=author, reply__thread=thread).mark_read()
            Notification.objects.notify_of_reply(reply, mentioned)
        return reply

    def lock_thread(self, thread: Thread) -> Thread:
        """Return the thread, saved where it is new, locked."""
        about: dict[str, Any] = {
            "project_id": thread.project_id,
            "article_id": thread.article_id,
            "highlight_id": thread.highlight_id,
        }
        saved, _ = Thread.objects.get_or_create(**about)
        saved.lock()
        return saved


class Reply(Versioned):
    """What one member wrote in a thread, in Markdown."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("annotations.Project", on_delete=models.CASCADE, related_name="+", db_index=False)
    article = models.ForeignKey("newsreader.Article", on_delete=models.PROTECT, related_name="+", db_index=False)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="replies", db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="replies")
    text = models.TextField()
    html = models.TextField(editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)
    deleted_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name_plural = "replies"
        indexes = [
            models.Index(fields=["project", "article"], name="reply_by_article"),
            models.Index(fields=["thread", "created_at", "id"], name="reply_in_thread"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def get_absolute_url(self) -> str:
        return f"{self.thread.get_absolute_url()}#reply-{self.pk}"

    def get_edit_url(self) -> str:
        """Return where it is edited."""
        return reverse("reply-edit", args=[self.pk])

    def get_delete_url(self) -> str:
        """Return where it is deleted."""
        return reverse("reply-delete", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row, and the search entry of its highlight."""
        with transaction.atomic(savepoint=False):
            super().save(*args, **kwargs)
            if self.thread.highlight_id:
                reindex_rows(Highlight, [self.thread.highlight_id])

    def record(self, verb: str, actor: User | None, **data: Any) -> None:
        """Append an event about it to its project's history, under the key of what it is about."""
        self.thread.record(verb, actor, reply=str(self.pk), **data)

    def set_text(self, text: str) -> list[User]:
        """Take over a text with the members whom it names, and return them."""
        html = render_note(text)
        mentioned = self.list_readers().filter(username__in=find_mentions(html))
        self.text, self.html = text, mark_mentions(html, {user.username for user in mentioned})
        return list(mentioned)

    def list_readers(self) -> models.QuerySet[User]:
        """Return the members who may read it."""
        members = User.objects.filter(memberships__project=self.project_id, is_active=True)
        is_open = self.article.status in ("published", "private")  # what is private is so to this project
        return members if is_open else members.filter(is_staff=True)

    def list_unknown_names(self) -> list[str]:
        """Return the names after an @ that no member of the project has."""
        if not (names := find_mentions(self.html)):
            return []
        members = User.objects.filter(memberships__project=self.project_id, username__in=names)
        return list_unknown_names(self.html, set(members.values_list("username", flat=True)))

    def edit(self, version: int | None, *, by: User, text: str) -> None:
        """Change the text, if nobody changed it since `version` (None: whatever happened) and it is not deleted; else StaleError."""
        render_note(text)
        with transaction.atomic():
            self.lock(version)
            if self.deleted_at:
                raise StaleError
            before = self.text
            mentioned = self.set_text(text)
            self.edited_at = timezone.now()
            self.bump(gettext_noop("reply edited"), by, before=before)
            Notification.objects.notify_of_edit(self, mentioned)

    def hide(self, *, by: User) -> None:
        """Delete it in such a way that it can be restored."""
        self.set_deleted(gettext_noop("reply deleted"), by, is_deleted=True)

    def restore(self, *, by: User) -> None:
        """Take the deletion back."""
        self.set_deleted(gettext_noop("reply restored"), by, is_deleted=False)

    def set_deleted(self, verb: str, by: User, *, is_deleted: bool) -> None:
        """Delete or restore; nothing where that is done already."""
        with transaction.atomic():
            self.thread.lock()
            self.lock()
            if bool(self.deleted_at) != is_deleted:
                self.deleted_at = timezone.now() if is_deleted else None
                self.bump(verb, by)
                self.thread.count_replies()


def list_reply_texts(highlights: Collection[UUID]) -> dict[UUID, list[str]]:
    """Return the words of the standing replies to these highlights, by the highlights’ keys."""
    rows = Reply.objects.standing().filter(thread__highlight__in=highlights).order_by("created_at", "pk")
    texts: dict[UUID, list[str]] = {}
    for key, text in rows.values_list("thread__highlight", "text"):
        texts.setdefault(key, []).append(text)
    return texts
