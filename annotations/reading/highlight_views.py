"""Editing, deleting and finding highlights."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.anchoring.resize import move_end
from annotations.errors import StaleError
from annotations.models import Highlight
from annotations.reading.decorators import own_highlight_required
from annotations.reading.forms import EditForm, SpanForm, build_edit_context, join_errors
from annotations.reading.links import build_highlight_url
from annotations.reading.page import load_page
from annotations.reading.reattach import build_current_place_context
from annotations.reading.requests import get_shown_revision, read_number
from annotations.reading.responses import STALE, refuse, respond_with_change
from newsreader.http import Request, UserRequest
from newsreader.models import Revision

END_MOVES = {
    "start_moves": [
        ("start-back-sentence", "a sentence back"),
        ("start-back-word", "a word back"),
        ("start-on-word", "a word on"),
    ],
    "end_moves": [("end-back-word", "a word back"), ("end-on-word", "a word on"), ("end-on-sentence", "a sentence on")],
    "selection": ["start", "end", "exact", "prefix", "suffix"],
}


@require_safe
def show_highlight(request: Request, pk: UUID) -> HttpResponse:
    """Lead to the mark; offer to restore a reader's own deleted highlight."""
    highlights = Highlight.objects.select_related("article", "revision", "project")
    if request.user.is_authenticated and (
        deleted := highlights.editable_by(request.user).filter(pk=pk).exclude(deleted_at=None).first()
    ):
        return render(request, "annotations/reading/deleted.html", {"highlight": deleted}, status=410)
    highlight = get_object_or_404(highlights.visible_to(request.user), pk=pk)
    return redirect(build_highlight_url(highlight), permanent=False)


@require_safe
@own_highlight_required
def show_card(request: UserRequest, highlight: Highlight) -> HttpResponse:
    """Show one card as it stands beside the revision that is on the page."""
    page = load_page(request, highlight.project, get_shown_revision(request, highlight))
    rows = [row for row in page.layer.shown if row.id == str(highlight.pk)]
    return HttpResponse(page.render_card(rows[0])) if rows else redirect(build_highlight_url(highlight))


@require_http_methods(["GET", "HEAD", "POST"])
@own_highlight_required
def edit_highlight(request: UserRequest, highlight: Highlight) -> HttpResponse:
    """Edit tags and note. A stale edit is shown beside what somebody else wrote, and not kept."""
    if request.method != "POST":
        return render_edit_form(request, highlight)
    form = EditForm(request.POST, highlight=highlight)
    if not form.is_valid():
        return render_edit_form(request, highlight, 422, sent=request.POST, error=join_errors(form))
    try:
        form.save(request.user)
    except StaleError:
        return render_edit_form(request, highlight, 409, sent=request.POST, stale=True)
    return respond_with_change(request, highlight, "cardchanged", "Saved.")


def render_edit_form(request: UserRequest, highlight: Highlight, status: int = 200, **state: Any) -> HttpResponse:
    """Return the edit form, inside its card for htmx, on a page of its own for everyone else; see build_edit_context."""
    context = build_edit_context(highlight, **state)
    context |= {"back": build_highlight_url(highlight), **build_current_place_context(highlight), **END_MOVES}
    if not request.htmx:
        return render(request, "annotations/reading/edit.html", context, status=status)
    response = render(request, "annotations/reading/_edit.html", context, status=status)
    response["HX-Retarget"], response["HX-Reswap"] = f"#card-{highlight.pk}", "innerHTML"
    return response


@require_POST
@own_highlight_required
def move_highlight_ends(request: UserRequest, highlight: Highlight) -> HttpResponse:
    """Move the ends to those of a selection, or one of them a word or a sentence further (`nudge`).

    On a later text than the one it was made on they are those of its placement, and what was read stays.
    """
    revision = get_shown_revision(request, highlight)
    place = highlight.place_on(revision)
    try:
        start, end = find_new_ends(request, revision, place)
        move_highlight(request, highlight, revision, start, end)
    except ValueError as error:
        return refuse(request, str(error), status=422, back=build_highlight_url(highlight))
    except StaleError:
        return refuse(request, STALE, status=409, back=build_highlight_url(highlight))
    old_places = [place] if place else []
    return respond_with_change(request, highlight, "cardchanged", "The ends were moved.", old_places=old_places)


def find_new_ends(request: UserRequest, revision: Revision, place: tuple[int, int] | None) -> tuple[int, int]:
    """Return the ends that the form asks for; ValueError says why they cannot be had."""
    if nudge := request.POST.get("nudge"):
        if not place:
            raise ValueError("It has no place in this text. Select one first.")
        return move_end(revision.text, *place, nudge)
    form = SpanForm(request.POST, revision=revision)
    if not form.is_valid():
        raise ValueError(join_errors(form))
    return form.cleaned_data["span"]


def move_highlight(request: UserRequest, highlight: Highlight, revision: Revision, start: int, end: int) -> None:
    """Move the highlight, or on a later text its placement; StaleError where somebody changed either."""
    version, editor = read_number(request, "version"), request.user
    if revision.pk == highlight.revision_id:
        highlight.move(version, start, end, by=editor)
    else:
        highlight.placements.get(revision=revision).reattach(start, end, version=version, by=editor)


@require_POST
@own_highlight_required
def delete_highlight(request: UserRequest, highlight: Highlight) -> HttpResponse:
    """Hide the highlight; it can be restored."""
    highlight.hide(request.user)
    return respond_with_change(request, highlight, "carddeleted", "Highlight deleted.", undo="restore")


@require_POST
@own_highlight_required
def restore_highlight(request: UserRequest, highlight: Highlight) -> HttpResponse:
    """Take a deletion back."""
    highlight.restore(request.user)
    return respond_with_change(request, highlight, "cardchanged", "The highlight is back.")
