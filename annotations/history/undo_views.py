"""Undo and redo: of an event of the history, or of what the reader did last, from wherever they are."""

from functools import partial
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from annotations.decorators import MemberRequest, project_required
from annotations.errors import (
    HeadingInUseError,
    LastOwnerError,
    NameTakenError,
    NotUndoableError,
    OtherTextError,
    ParentCycleError,
    RuleLimitError,
    StaleError,
)
from annotations.history.filters import HistoryFilter
from annotations.history.queries import list_events, load_entries
from annotations.history.sentences import begin_small
from annotations.models import Event, Highlight, Project
from annotations.models.undoing import find_last_act, find_last_undo, is_undo, list_undoable, undo
from annotations.reading.layer_changes import build_changes_context
from annotations.reading.page import PageRenderer
from annotations.reading.requests import get_current_revision, read_number
from annotations.reading.responses import refuse, trigger_event
from annotations.reading.updates import CODEBOOK_VERBS, Updates, find_updates
from newsreader.locks import retry_while_busy
from newsreader.opaque_numbers import hide_number, reveal_number
from newsreader.views.redirects import get_next_url

CHANGED_SINCE = (
    NotUndoableError,
    StaleError,
    LastOwnerError,
    ParentCycleError,
    HeadingInUseError,
    RuleLimitError,
)


class Undone(NamedTuple):
    """What was done: the event of the undo, the sentences that say so, and whether it can be taken back."""

    event: Event
    says: str
    warning: str
    is_undoable: bool

    @property
    def name(self) -> str:
        """What a form calls the event."""
        return hide_number(self.event.pk)


@require_POST
@project_required("read")
def undo_event(request: MemberRequest, project: Project) -> HttpResponse:
    """Take back one of the reader's own acts (`event` is the key), or the last of them; with `act=redo` the last undo.

    The page of an article gets what changed on it, one of passages the name of the row that did.
    """
    event = find_event(request, project)
    back = get_next_url(request, reverse("history", args=[project.slug]))
    if event is None:
        wants_redo = request.POST.get("act") == "redo"
        message = _("There is nothing of yours to redo.") if wants_redo else _("There is nothing of yours to undo.")
        return refuse(request, message, status=409, back=back)
    try:
        undone = undo_and_describe(request, project, event)
    except NameTakenError:
        return refuse(request, _("It cannot be undone: another tag has this name now."), status=409, back=back)
    except OtherTextError:
        text = _("It cannot be undone: the highlight has since moved to another article or revision.")
        return refuse(request, text, status=409, back=back)
    except CHANGED_SINCE:
        text = _("It cannot be undone: something else was changed since then.")
        return refuse(request, text, status=409, back=back)
    return render_undone(request, project, undone) if request.htmx else redirect_undone(request, project, undone, back)


def find_event(request: MemberRequest, project: Project) -> Event | None:
    """Return the event that the form names, else a 404; the last act, or the last undo, where it names none."""
    key = request.POST.get("event") or request.GET.get("event", "")
    if not key:
        find = find_last_undo if request.POST.get("act") == "redo" else find_last_act
        return find(project, request.user)
    events = list_events(project, request.user, HistoryFilter()).select_related("project")
    return get_object_or_404(events, pk=reveal_number(key))


def undo_and_describe(request: MemberRequest, project: Project, event: Event) -> Undone:
    """Undo an event, and return what to say of it; what cannot be undone raises one of `annotations.errors`."""
    named = event.undoes if event.undoes and is_undo(event) else event
    (entry,) = load_entries(project, request.user, [named])
    left = retry_while_busy(partial(undo, event, by=request.user))  # it and an edit may wait for each other
    done = find_undo(project, event)
    text = _("Redone: %(act)s.") if is_undo(event) else _("Undone: %(act)s.")
    if entry.article_title and event.article and event.article.slug != request.POST.get("article"):
        text = _("Redone: %(act)s, in “%(title)s”.") if is_undo(event) else _("Undone: %(act)s, in “%(title)s”.")
    return Undone(
        done,
        text % {"act": begin_small(entry.text), "title": entry.article_title},
        describe_left(event, left) if left and ("batch" in event.data or not project.sight) else "",
        done.pk in list_undoable(project, request.user, [done]),
    )


def find_undo(project: Project, event: Event) -> Event:
    """Return the event that took an event back just now, or others of the same act where that one could not be."""
    undos = Event.objects.select_related("project").filter(project=project)
    if "batch" in event.data:
        undos = undos.filter(undoes__isnull=False, data__batch=event.data["batch"])
        return undos.filter(undoes=event).first() or undos.latest("pk")
    return undos.get(undoes=event)


def describe_left(event: Event, number: int) -> str:
    """Return a sentence about so many highlights or articles of an event that stay as they are now."""
    if "batch" in event.data:
        text = ngettext(
            "%(number)s highlight was changed since then, or you can no longer read its article: it stays as it is.",
            "%(number)s highlights were changed since then, or you can no longer read their articles: they stay as they are.",
            number,
        )
        return text % {"number": number}
    if event.verb == "articles added":
        text = ngettext(
            "%(number)s article was added or removed by hand since then and stays as it is.",
            "%(number)s articles were added or removed by hand since then and stay as they are.",
            number,
        )
    else:
        text = ngettext(
            "%(number)s highlight was edited since then and stays as it is.",
            "%(number)s highlights were edited since then and stay as they are.",
            number,
        )
    return text % {"number": number}


def redirect_undone(request: MemberRequest, project: Project, undone: Undone, back: str) -> HttpResponse:
    """Return the way back, where the message is shown with a way to take that back."""
    kind = "redo" if is_undo(undone.event) else "undo"
    way_back = f"{kind}:{reverse('undo', args=[project.slug])}?event={hide_number(undone.event.pk)}"
    messages.success(request, undone.says, extra_tags=way_back if undone.is_undoable else "")
    if undone.warning:
        messages.warning(request, undone.warning)
    return redirect(back)


def render_undone(request: MemberRequest, project: Project, undone: Undone) -> HttpResponse:
    """Return the message, and what changed on the page that asked."""
    project.reload_versions()
    context: dict[str, Any] = {"undone": undone, "project": project, "is_undo": is_undo(undone.event)}
    if "article" in request.POST:
        context |= build_page_context(request, project, undone.event)
        return render(request, "annotations/history/_undone.html", context)
    key = undone.event.subject
    is_shown = Highlight.objects.readable_in_any_layer(request.user, project).filter(pk=key).exists()
    address = reverse("passage", args=[key]) if is_shown else ""
    response = render(request, "annotations/history/_undone.html", context)
    return trigger_event(response, "undone", id=str(key), address=address)


def build_page_context(request: MemberRequest, project: Project, event: Event) -> dict[str, Any]:
    """Return what the undo changed on the page of an article; nothing where that shows another text by now."""
    revision = get_current_revision(request, request.POST["article"])
    if read_number(request, "revision") not in (0, revision.number):
        return {}
    page = PageRenderer.load(request, project, revision, request.POST)
    updates = Updates(is_about_all=event.verb in CODEBOOK_VERBS)
    if event.article_id == revision.article_id:
        updates = find_updates(project, page.layer, [event])
    context = build_changes_context(project, page, updates, [event])
    return context | {"region": ""}  # what others did meanwhile is still to be told
