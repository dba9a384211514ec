"""Editing the tags and the note of a passage where it stands in the list of passages."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from annotations.errors import StaleError
from annotations.models import Highlight, Project
from annotations.passages.queries import all_passages
from annotations.reading.decorators import own_highlight_required
from annotations.reading.forms import EditForm, build_edit_context, join_errors
from newsreader.http import Request, UserRequest


@require_http_methods(["GET", "HEAD", "POST"])
@own_highlight_required
def retag_passage(request: UserRequest, highlight: Highlight) -> HttpResponse:
    """Show the form of tags and note in the place of the passage's own; sent, the passage as it is after that."""
    if not request.htmx and request.method != "POST":
        return redirect("edit", highlight.pk)
    if request.method != "POST":
        return render_retag_form(request, highlight)
    form = EditForm(request.POST, highlight=highlight)
    if not form.is_valid():
        return render_retag_form(request, highlight, sent=request.POST, error=join_errors(form))
    try:
        form.save(request.user)
    except StaleError:
        return render_retag_form(request, highlight, sent=request.POST, stale=True)
    return render_passage(request, highlight)


def render_retag_form(request: UserRequest, highlight: Highlight, **state: Any) -> HttpResponse:
    """Return the form in the place of a passage; see build_edit_context."""
    return render(request, "annotations/reading/_retag.html", build_edit_context(highlight, **state))


@require_safe
def show_passage(request: Request, pk: UUID) -> HttpResponse:
    """Show one passage as the list has it."""
    highlight = Highlight.objects.visible_to(request.user).select_related("project").filter(pk=pk).first()
    if not highlight:
        raise Http404
    return render_passage(request, highlight)


def render_passage(request: Request, highlight: Highlight) -> HttpResponse:
    """Return one passage of the list."""
    project = Project.objects.get(pk=highlight.project_id).with_role_of(request.user)
    passages = all_passages().load_by_key([highlight.pk])
    context = {"passage": passages[highlight.pk], "project": project, "base": reverse("passages", args=[project.slug])}
    return render(request, "annotations/passages/_passage.html", context | {"may_pin": project.allows("desk")})
