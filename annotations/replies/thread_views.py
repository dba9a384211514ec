"""Threads: under a highlight, and about an article as a whole."""

from typing import cast
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.decorators import ProjectRequest, project_required
from annotations.models import Highlight, Project, Reply, Thread
from annotations.replies.forms import ReplyForm
from annotations.replies.responses import describe_unknown_names, refuse_reply, render_thread, respond
from newsreader.http import Request, UserRequest
from newsreader.models import Article
from newsreader.reader_query import ReaderQuery

DISCUSSED = ("article__source", "project", "author", "revision", "thread__resolved_by")
discussed_highlight = ReaderQuery(lambda reader: Highlight.objects.visible_to(reader).select_related(*DISCUSSED))


@require_http_methods(["GET", "HEAD", "POST"])
def show_replies(request: Request, pk: UUID) -> HttpResponse:
    """Show the replies to a highlight; sent, add one."""
    return show_thread(request, find_highlight_thread(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@project_required("read", methods=())
def show_article_note(request: ProjectRequest, project: Project, article: str) -> HttpResponse:
    """Show what a project says of an article as a whole; sent, add to it."""
    return show_thread(request, find_article_thread(request, project, article))


@require_POST
def set_replies_state(request: Request, pk: UUID) -> HttpResponse:
    """Resolve or reopen the thread under a highlight."""
    return set_state(request, find_highlight_thread(request, pk))


@require_POST
@project_required("read", methods=())
def set_article_note_state(request: ProjectRequest, project: Project, article: str) -> HttpResponse:
    """Resolve or reopen a project's thread about an article."""
    return set_state(request, find_article_thread(request, project, article))


def find_highlight_thread(request: Request, pk: UUID) -> Thread:
    """Return the thread under a highlight that the reader may see; its project knows the reader's role."""
    highlight = discussed_highlight.get_or_404(request.user, pk)
    thread = getattr(highlight, "thread", None) or Thread(highlight=highlight)
    thread.highlight, thread.article, thread.project = highlight, highlight.article, highlight.project
    thread.project.with_role_of(request.user)
    return thread


def find_article_thread(request: Request, project: Project, slug: str) -> Thread:
    """Return the thread of a project about an article that the reader may see."""
    article = get_object_or_404(
        Article.objects.visible_to(request.user).usable_in(project.pk).select_related("source"), slug=slug
    )
    thread = Thread.objects.of_article(project, article)
    thread.project, thread.article = project, article
    if project.sight.hides(article.pk) and thread.resolved_by_id != request.user.pk:
        thread.resolved_at = thread.resolved_by = None  # by somebody whose words are hidden
    return thread


def show_thread(request: Request, thread: Thread) -> HttpResponse:
    """Show a thread; sent, add a reply to it."""
    if request.method != "POST":
        return render_thread(request, thread)
    if refusal := refuse_reply(request, thread):
        return refusal
    form = ReplyForm(request.POST)
    if not form.is_valid():
        (error, *_others) = [text for texts in form.errors.values() for text in texts]
        return render_thread(request, thread, 422, error=error, draft=request.POST.get("text", ""))
    values = {"author": request.user, "text": form.cleaned_data["text"], "id": form.cleaned_data["key"]}
    is_first = not thread.reply_count
    reply = Reply.objects.make(thread, **values)
    return respond(request, refresh(request, thread), describe_made(reply, is_first=is_first), reply.get_absolute_url())


def describe_made(reply: Reply, *, is_first: bool) -> str:
    """Return what was added, and which mentioned names are not members; the first words about an article are a note."""
    added = _("Note added.") if is_first and not reply.thread.highlight_id else _("Reply added.")
    return added + describe_unknown_names(reply)


def refresh(request: Request, thread: Thread) -> Thread:
    """Return the thread as it is saved by now."""
    if thread.highlight_id:
        return find_highlight_thread(request, thread.highlight_id)
    return find_article_thread(request, thread.project, thread.article.slug)


def set_state(request: Request, thread: Thread) -> HttpResponse:
    """Resolve or reopen a thread, for those who may reply."""
    return refuse_reply(request, thread) or change_state(cast(UserRequest, request), thread)


def change_state(request: UserRequest, thread: Thread) -> HttpResponse:
    """Resolve a thread that has replies (`act`), or else reopen it."""
    if request.POST.get("act") == "resolve" and thread.reply_count:
        thread.resolve(by=request.user)
        return respond(request, thread, _("Thread resolved."))
    if thread.reply_count:
        thread.reopen(by=request.user)
    return respond(request, thread, _("Thread reopened."))
