"""One reply: where it stands, and editing and deleting it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.decorators import render_refusal
from annotations.errors import StaleError
from annotations.models import Reply
from annotations.models.reply import ReplyQuerySet
from annotations.reading.requests import read_number
from annotations.replies.forms import ReplyForm
from annotations.replies.responses import describe_stale, describe_unknown_names, refuse_reply, render_thread, respond
from newsreader.http import Request, UserRequest
from newsreader.reader_query import ReaderQuery
from newsreader.users import AnyUser

ReplyView = Callable[[UserRequest, Reply], HttpResponse]
RELATED = ("author", "thread__highlight__revision", "thread__highlight__author", "thread__project", "thread__article")

readable_reply = ReaderQuery(lambda reader: Reply.objects.readable_by(reader).select_related(*RELATED))
visible_reply = ReaderQuery(lambda reader: Reply.objects.visible_to(reader).select_related(*RELATED))


@require_safe
def show_reply(request: Request, pk: UUID) -> HttpResponse:
    """Lead to a reply in its thread."""
    reply = visible_reply.get_or_404(request.user, pk)
    return redirect(reply.get_absolute_url())


def reply_required(select: Callable[[AnyUser], ReplyQuerySet]) -> Callable[[ReplyView], Callable[..., HttpResponse]]:
    """Pass the reply to the view if it is among those that `select` returns for the reader; refuse it otherwise."""
    allowed_reply = ReaderQuery(select)

    def decorate(view: ReplyView) -> Callable[..., HttpResponse]:
        @wraps(view)
        def run(request: UserRequest, pk: UUID) -> HttpResponse:
            reply = readable_reply.get_or_404(request.user, pk)
            link_thread(reply, request.user)
            if refusal := refuse_reply(request, reply.thread):
                return refusal
            if allowed_reply.find(request.user, pk):
                return view(request, reply)
            return refuse_foreign_reply(request, reply)

        return run

    return decorate


def link_thread(reply: Reply, user: AnyUser) -> None:
    """Let the thread of a reply, and its highlight, know the same project and article; the project knows the user's role."""
    thread = reply.thread
    thread.project.with_role_of(user)
    reply.project, reply.article = thread.project, thread.article
    if thread.highlight:
        thread.highlight.project, thread.highlight.article = thread.project, thread.article


def refuse_foreign_reply(request: Request, reply: Reply) -> HttpResponse:
    """Return that only the author of a reply, and for deleting it also a curator, may do that."""
    helpers = [reply.author.get_username()]
    return render_refusal(request, reply.project, _("Only its author can change this reply."), helpers)


@require_http_methods(["GET", "HEAD", "POST"])
@reply_required(Reply.objects.written_by)
def edit_reply(request: UserRequest, reply: Reply) -> HttpResponse:
    """Edit a reply. A stale edit is shown beside the newer words, and not kept."""
    state: dict[str, Any]
    if request.method != "POST":
        state = {} if reply.deleted_at else {"editing": reply.pk, "version": reply.version, "draft": reply.text}
        return render_thread(request, reply.thread, **state)
    form, version, draft = ReplyForm(request.POST), read_number(request, "version"), request.POST.get("text", "")
    if not form.is_valid():
        (error, *_others) = [text for texts in form.errors.values() for text in texts]
        state = {"editing": reply.pk, "version": version, "draft": draft, "error": error}
        return render_thread(request, reply.thread, 422, **state)
    try:
        reply.edit(version, by=request.user, text=form.cleaned_data["text"])
    except StaleError:
        return refuse_stale_edit(request, reply, draft)
    message = _("Reply saved.") + describe_unknown_names(reply)
    return respond(request, reply.thread, message, reply.get_absolute_url())


def refuse_stale_edit(request: UserRequest, reply: Reply, draft: str) -> HttpResponse:
    """Return the thread with what was typed, beside what the reply says by now; in the form of a new one if it is deleted."""
    reply.reload()
    if reply.deleted_at:
        error = _("This reply was deleted while you were editing. Your text is below; you can send it as a new reply.")
        return render_thread(request, reply.thread, 409, error=error, draft=draft)
    state = {"editing": reply.pk, "version": reply.version, "draft": draft}
    return render_thread(request, reply.thread, 409, **state, error=describe_stale(), theirs=reply.text)


@require_POST
@reply_required(Reply.objects.deletable_by)
def delete_reply(request: UserRequest, reply: Reply) -> HttpResponse:
    """Delete a reply; it can be restored."""
    reply.hide(by=request.user)
    return respond(request, reply.thread, _("Reply deleted."), restorable=reply)


@require_POST
@reply_required(Reply.objects.deletable_by)
def restore_reply(request: UserRequest, reply: Reply) -> HttpResponse:
    """Take a deletion back."""
    reply.restore(by=request.user)
    return respond(request, reply.thread, _("Reply restored."), reply.get_absolute_url())
