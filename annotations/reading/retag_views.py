"""Editing the tags and the note of a passage where it stands in the list of passages."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from annotations.errors import StaleError
from annotations.models import Highlight, Project
from annotations.passages.filters import read_choice
from annotations.passages.passage import CONTEXT_SIZES
from annotations.passages.queries import all_passages
from annotations.passages.rows import keep_row
from annotations.reading.decorators import own_highlight_required, visible_highlight
from annotations.reading.forms import EditForm, build_edit_context, combine_with_saved, join_errors
from newsreader.fragments import fill
from newsreader.http import Request, UserRequest


@require_http_methods(["GET", "HEAD", "POST"])
@own_highlight_required
def retag_passage(request: UserRequest, highlight: Highlight) -> HttpResponse:
    """Show the form of tags and note in the place of the passage's own; sent, the passage as it is after that."""
    if not request.htmx and request.method != "POST":
        return redirect("edit", highlight.pk)
    if request.method != "POST":
        return render_retag_form(request, highlight)
    if "combine" in request.POST:
        return render_retag_form(request, highlight, sent=combine_with_saved(highlight, request.POST))
    form = EditForm(request.POST, highlight=highlight)
    if not form.is_valid():
        return render_retag_form(request, highlight, sent=request.POST, error=join_errors(form))
    try:
        form.save(request.user)
    except StaleError:
        return render_retag_form(request, highlight, sent=request.POST, stale=True)
    return render_passage(request, highlight)


def render_retag_form(request: UserRequest, highlight: Highlight, **state: Any) -> HttpResponse:
    """Return the form in the place of a passage, whose words stay; see build_edit_context."""
    context = build_edit_context(highlight, **state) | build_passage_context(request, highlight, highlight.project)
    return render(request, "annotations/reading/_retag.html", context)


@require_safe
def show_passage(request: Request, pk: UUID) -> HttpResponse:
    """Show one passage as the list has it."""
    return render_passage(request, visible_highlight.get_or_404(request.user, pk))


def render_passage(request: Request, highlight: Highlight) -> HttpResponse:
    """Return one passage of the list."""
    context = build_passage_context(request, highlight, highlight.project)
    return HttpResponse(fill(keep_row(context["passage"], highlight.project.slug), {}))


def build_passage_context(request: Request, highlight: Highlight, project: Project) -> dict[str, Any]:
    """Return the highlight as a passage, in as much of its text as the list shows, and where the project's passages are."""
    size = read_choice(CONTEXT_SIZES, (request.POST or request.GET).get("context", ""), "sentence")
    passage = all_passages().load_by_key([highlight.pk], size)[highlight.pk]
    return {"passage": passage, "project": project, "base": reverse("passages", args=[project.slug])}
