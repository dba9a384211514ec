"""A thread as pages show it: a page of its own, or for htmx the part of a page that it is."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from annotations.decorators import refuse_act, render_refusal
from annotations.identifiers import uuid7
from annotations.models import Project, Reply, Thread
from annotations.models.blindness import is_article_blind
from annotations.reading.links import build_highlight_url
from annotations.reading.page import describe_replies
from annotations.reading.responses import refuse_visitor
from newsreader.http import Request

READ_BLIND = gettext_noop(
    "This article is being read blind. You can reply to highlights of others when everyone is done or a curator reveals it."
)
MAX_NAMES = 3  # that a message says


class ReplyRow(NamedTuple):
    """A reply as its reader sees it."""

    reply: Reply
    may_edit: bool
    may_delete: bool


def refuse_reply(request: Request, thread: Thread) -> HttpResponse | None:
    """Return why the reader may not reply; None where they may."""
    if not request.user.is_authenticated:
        return refuse_visitor(request, thread.get_absolute_url())
    if not thread.project.allows("reply"):
        return refuse_act(request, thread.project, "reply")
    if is_read_blind(thread, request.user.pk):
        return render_refusal(request, thread.project, _(READ_BLIND))
    return None


def is_read_blind(thread: Thread, user_id: int | None) -> bool:
    """Return whether a thread is about somebody else’s highlight, on an article that is being read blind."""
    if not thread.highlight or thread.highlight.author_id == user_id:
        return False
    return thread.project.hides and is_article_blind(thread.project, thread.article_id)


def render_thread(request: Request, thread: Thread, status: int = 200, **state: Any) -> HttpResponse:
    """Return the thread; `state` may have `error` and `draft` of a form, `editing` a reply, and `theirs`, its newer words.

    For htmx also a `message`, with `restorable`, the reply that can be restored.
    """
    context = build_thread_context(request, thread) | state
    name = "_thread_changes.html" if request.htmx else "thread.html"
    return render(request, f"annotations/replies/{name}", context, status=status)


def build_thread_context(request: Request, thread: Thread) -> dict[str, Any]:
    """Return what a thread is rendered with; its project knows the role of the reader."""
    rows = list_replies(request, thread)
    return {
        "thread": thread,
        "project": thread.project,
        "article": thread.article,
        "highlight": thread.highlight,
        "name": _("Replies") if thread.highlight_id else _("On the article as a whole"),
        "back": build_back_url(thread),
        "key": thread.highlight_id or "note",
        "rows": rows,
        "count": describe_replies(len(rows), is_resolved=bool(thread.resolved_at)),
        "may_reply": thread.project.allows("reply"),
        "new_key": uuid7(),
        "on_article": is_on_article(request, thread),
        "takes_focus": request.method == "POST" or bool(request.htmx and thread.highlight_id),
    }


def is_on_article(request: Request, thread: Thread) -> bool:
    """Return whether the thread is shown on the page of its article, with its heading and the card of its highlight."""
    return str(request.htmx.current_url_abs_path).startswith(thread.article.get_absolute_url())


def list_replies(request: Request, thread: Thread) -> list[ReplyRow]:
    """Return the replies that stand, the first one first, with what the reader may do with each."""
    project: Project = thread.project
    may_reply, may_moderate = project.allows("reply"), project.allows("moderate")
    replies = Reply.objects.standing().filter(thread=thread.pk)
    if project.sight:
        replies = replies.not_hidden_from(request.user)
    replies = replies.select_related("author").order_by("created_at", "pk")
    own = {reply.pk: may_reply and reply.author_id == request.user.pk for reply in replies}
    return [ReplyRow(reply, own[reply.pk], own[reply.pk] or may_moderate) for reply in replies]


def build_back_url(thread: Thread) -> str:
    """Return where a thread belongs: the mark of its highlight, or its article."""
    if thread.highlight:
        return build_highlight_url(thread.highlight)
    return f"{thread.article.get_absolute_url()}?project={thread.project.slug}"


def respond(
    request: Request, thread: Thread, message: str, url: str = "", restorable: Reply | None = None
) -> HttpResponse:
    """Return the thread after a change, with a message; without htmx the way to it, or to `url`."""
    if request.htmx:
        return render_thread(request, thread, message=message, restorable=restorable)
    messages.success(request, message, extra_tags=f"reply:{restorable.pk}" if restorable else "")
    return redirect(url or thread.get_absolute_url())


def describe_unknown_names(reply: Reply) -> str:
    """Return a sentence, after a space, about those whom a reply names and who are no members; empty where there are none."""
    if not (names := reply.list_unknown_names()):
        return ""
    text = ngettext(
        "%(names)s is not a member of this project.", "%(names)s are not members of this project.", len(names)
    )
    return " " + text % {"names": ", ".join(f"@{name}" for name in names[:MAX_NAMES])}


def describe_stale() -> str:
    """Return what is said where a reply was edited in another window."""
    return _("This reply was edited in another window. Your version is below; save again to overwrite that one.")
