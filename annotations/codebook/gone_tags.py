"""Tells who had a tag open that another curator merged or deleted it meanwhile."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from annotations.codebook.forms import TagForm
from annotations.codebook.tree import build_tree_context, select_tags
from annotations.decorators import MemberRequest
from annotations.errors import TagGoneError
from annotations.models import Event, Project, Tag

View = Callable[..., HttpResponse]
VERBS = ("tag merged", "tag deleted")


def answer_for_gone_tag(view: View) -> View:
    """Say to members what became of the tag where the view finds it gone; a tag that never was is a 404."""

    @wraps(view)
    def run(request: MemberRequest, project: Project, pk: UUID) -> HttpResponse:
        try:
            return view(request, project, pk)
        except TagGoneError:
            events = project.events.select_related("actor").filter(subject=pk, verb__in=VERBS).order_by("-pk")
            event = events.first() if project.allows("read") else None
            if not event:
                raise Http404 from None
            return tell_what_became(request, project, event)

    return run


def tell_what_became(request: MemberRequest, project: Project, event: Event) -> HttpResponse:
    """Lead to the tag that has the highlights now, or to the codebook; words that were typed are kept in a form for a new tag."""
    into = select_tags(project).filter(pk=event.data.get("into") or None).first()
    sentence = describe_end(event, into)
    if request.method == "POST" and "definition" in request.POST and project.allows("codebook"):
        return offer_new_tag(request, project, sentence)
    messages.warning(request, sentence)
    return redirect(into) if into else redirect("tags", project.slug)


def describe_end(event: Event, into: Tag | None) -> str:
    """Return who merged the tag into which other one, or deleted it."""
    names = {
        "tag": event.data.get("name", "…"),
        "into": into.name if into else "",
        "name": event.actor.get_username() if event.actor else _("Someone"),
    }
    if into:
        return _("%(name)s merged “%(tag)s” into “%(into)s”.") % names
    return _("%(name)s deleted “%(tag)s”.") % names


def offer_new_tag(request: MemberRequest, project: Project, sentence: str) -> HttpResponse:
    """Show what was typed in the form of a new tag, with what became of the old one."""
    context = build_tree_context(request, project) | {"adding": True}
    form = TagForm(request.POST, project=project, tags=context["tags"], codebook=context["tags"])
    form.add_error(None, f"{sentence} {_('Your words are below; they can be added as a new tag.')}")
    return render(request, "annotations/codebook/tag_add.html", context | {"form": form}, status=409)
