"""How acts on replies and their threads are undone."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User

from annotations.errors import NotUndoableError
from annotations.models.event import Event
from annotations.models.reply import Reply
from annotations.models.thread import Thread


def find_reply(event: Event, user: User, select: Callable[[User], Any]) -> Reply:
    """Return the reply of an event, if `select` returns it for the user; else NotUndoableError."""
    reply = select(user).select_related("thread__highlight", "article").filter(pk=event.data["reply"]).first()
    if not reply:
        raise NotUndoableError
    return reply


def delete_reply(event: Event, user: User) -> None:
    """Delete the reply that was written or restored."""
    find_reply(event, user, Reply.objects.deletable_by).hide(by=user)


def restore_reply(event: Event, user: User) -> None:
    """Restore the reply that was deleted."""
    find_reply(event, user, Reply.objects.deletable_by).restore(by=user)


def edit_reply_back(event: Event, user: User) -> None:
    """Give the reply the words that it had."""
    find_reply(event, user, Reply.objects.editable_by).edit(None, by=user, text=event.data["before"])


def find_thread(event: Event, user: User) -> Thread:
    """Return the thread of an event; NotUndoableError where the user may not read it any more."""
    thread = Thread.objects.visible_to(user).of_subject(event.subject)
    if not thread:
        raise NotUndoableError
    return thread


def reopen_thread(event: Event, user: User) -> None:
    """Reopen the thread that was resolved."""
    find_thread(event, user).reopen(by=user)


def resolve_thread(event: Event, user: User) -> None:
    """Resolve the thread that was reopened."""
    find_thread(event, user).resolve(by=user)
