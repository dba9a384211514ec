"""Editing, deleting and finding highlights."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.anchoring.resize import move_end
from annotations.errors import StaleError
from annotations.models import Highlight
from annotations.reading.decorators import (
    own_highlight_required,
    restorable_highlight_required,
    visible_highlight,
)
from annotations.reading.forms import EditForm, SpanForm, build_edit_context, combine_with_saved, join_errors
from annotations.reading.links import build_highlight_url
from annotations.reading.page import PageRenderer
from annotations.reading.reattach import build_current_place_context
from annotations.reading.requests import get_shown_revision, read_number
from annotations.reading.responses import STALE, refuse, respond_with_change
from newsreader.http import Request, UserRequest
from newsreader.models import Revision
from newsreader.reader_query import ReaderQuery
from newsreader.views.redirects import get_next_url

END_MOVES = {  # the value of a button, what it shows, what it is called
    "start_moves": [
        ("start-back-sentence", _("◂ sentence"), _("Start a sentence earlier")),
        ("start-back-word", _("◂ word"), _("Start a word earlier")),
        ("start-on-word", _("word ▸"), _("Start a word later")),
    ],
    "end_moves": [
        ("end-back-word", _("◂ word"), _("End a word earlier")),
        ("end-on-word", _("word ▸"), _("End a word later")),
        ("end-on-sentence", _("sentence ▸"), _("End a sentence later")),
    ],
    "selection": ["start", "end", "exact", "prefix", "suffix"],
}

deleted_highlight = ReaderQuery(
    lambda reader: Highlight.objects.select_related("article", "revision", "project").restorable_by(reader).deleted()
)


@require_safe
def show_highlight(request: Request, pk: UUID) -> HttpResponse:
    """Lead to the mark; offer to restore a deleted highlight to those who may."""
    if deleted := deleted_highlight.find(request.user, pk):
        return render(request, "annotations/reading/deleted.html", {"highlight": deleted}, status=410)
    highlight = visible_highlight.get_or_404(request.user, pk)
    highlight.project.with_role_of(request.user)
    return redirect(build_highlight_url(highlight), permanent=False)


@require_safe
@own_highlight_required
def show_card(request: UserRequest, highlight: Highlight) -> HttpResponse:
    """Show one card as it stands beside the revision that is on the page."""
    page = PageRenderer.load(request, highlight.project, get_shown_revision(request, highlight))
    rows = [row for row in page.layer.shown if row.id == str(highlight.pk)]
    return HttpResponse(page.render_card(rows[0])) if rows else redirect(build_highlight_url(highlight))


@require_http_methods(["GET", "HEAD", "POST"])
@own_highlight_required
def edit_highlight(request: UserRequest, highlight: Highlight) -> HttpResponse:
    """Edit tags and note. A stale edit is shown beside what somebody else wrote, and not kept; with `combine` both in one."""
    if request.method != "POST":
        return render_edit_form(request, highlight)
    if "combine" in request.POST:
        return render_edit_form(request, highlight, sent=combine_with_saved(highlight, request.POST))
    form = EditForm(request.POST, highlight=highlight)
    if not form.is_valid():
        return render_edit_form(request, highlight, 422, sent=request.POST, error=join_errors(form))
    try:
        form.save(request.user)
    except StaleError:
        return render_edit_form(request, highlight, 409, sent=request.POST, stale=True)
    return respond_with_change(request, highlight, "cardchanged", gettext("Saved."), new_tags=form.list_new_tags())


def render_edit_form(request: UserRequest, highlight: Highlight, status: int = 200, **state: Any) -> HttpResponse:
    """Return the edit form, inside its card for htmx, on a page of its own for everyone else; see make_editing_context."""
    context = make_editing_context(highlight, **state)
    if not request.htmx:
        return render(request, "annotations/reading/edit.html", context, status=status)
    response = render(request, "annotations/reading/_edit.html", context, status=status)
    response["HX-Retarget"], response["HX-Reswap"] = f"#card-{highlight.pk}", "innerHTML"
    return response


def make_editing_context(highlight: Highlight, *, nudge: str = "", **state: Any) -> dict[str, Any]:
    """Return what the edit form shows; see build_edit_context. `nudge` is the move of an end that was made last."""
    context = build_edit_context(highlight, **state) | build_current_place_context(highlight)
    return context | {"back": build_highlight_url(highlight), "editing": True, "nudge": nudge} | END_MOVES


@require_POST
@own_highlight_required
def move_highlight_ends(request: UserRequest, highlight: Highlight) -> HttpResponse:
    """Move the ends to those of a selection, or one of them a word or a sentence further (`nudge`).

    On a later text than the one it was made on they are those of its placement, and what was read stays. The form stays
    open, with the tags and the note as they are typed.
    """
    revision = get_shown_revision(request, highlight)
    place = highlight.place_on(revision)
    try:
        start, end = find_new_ends(request, revision, place)
        move_highlight(request, highlight, revision, start, end)
    except ValueError as error:
        return refuse_move(request, highlight, str(error), 422, error=str(error))
    except StaleError:
        return refuse_move(request, highlight, gettext(STALE), 409, stale=True)
    return continue_editing(request, highlight, [place] if place else [])


def refuse_move(request: UserRequest, highlight: Highlight, message: str, status: int, **state: Any) -> HttpResponse:
    """Return why the ends stay; without htmx on the page with the form, as it was sent."""
    if request.htmx:
        return refuse(request, message, status=status, back="")
    return render_edit_form(request, highlight, status, sent=get_draft(request), **state)


def continue_editing(request: UserRequest, highlight: Highlight, old_places: list[tuple[int, int]]) -> HttpResponse:
    """Return what moving the ends changed, and the form as it was sent, to be saved or to be used again."""
    message = gettext("Highlight adjusted.")
    state: dict[str, Any] = {"sent": get_draft(request), "nudge": request.POST.get("nudge", "")}
    if not request.htmx:
        messages.success(request, message)
        return render_edit_form(request, highlight, **state)
    editing = make_editing_context(highlight, **state)
    return respond_with_change(request, highlight, "cardchanged", message, old_places=old_places, editing=editing)


def get_draft(request: UserRequest) -> QueryDict | None:
    """Return the tags and the note as they are typed in the form that was sent; None where it has no fields for them."""
    return request.POST if "note" in request.POST else None


def find_new_ends(request: UserRequest, revision: Revision, place: tuple[int, int] | None) -> tuple[int, int]:
    """Return the ends that the form asks for; ValueError says why they cannot be had."""
    if nudge := request.POST.get("nudge"):
        if not place:
            raise ValueError(gettext("It has no place in the current text. Select one first."))
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
        placement = highlight.placements.filter(revision=revision).first()
        if not placement:  # a text before the one on which it was made
            raise StaleError
        placement.reattach(start, end, version=version, by=editor)


@require_POST
@own_highlight_required
def delete_highlight(request: UserRequest, highlight: Highlight) -> HttpResponse:
    """Hide the highlight, with what was typed in its form; it can be restored."""
    if draft := get_draft(request):
        save_draft(EditForm(draft, highlight=highlight), request.user)
    highlight.hide(request.user)
    message = format_html(
        '{} <a href="{}">{}</a>',
        gettext("Highlight deleted."),
        reverse("deleted", args=[highlight.project.slug]),
        gettext("Deleted highlights"),
    )
    return respond_with_change(request, highlight, "carddeleted", message, undo="restore")


def save_draft(form: EditForm, editor: User) -> None:
    """Save what was typed, if it says anything new, is valid, and nobody changed the highlight since."""
    if form.is_valid() and form.says_anything_new():
        with suppress(StaleError):
            form.save(editor)


@require_POST
@restorable_highlight_required
def restore_highlight(request: UserRequest, highlight: Highlight) -> HttpResponse:
    """Take a deletion back."""
    highlight.restore(request.user)
    message = gettext("Highlight restored.")
    if back := get_next_url(request, ""):
        link = build_highlight_url(highlight)
        message = format_html('{} <a href="{}">{}</a>', message, link, gettext("Show it in the article"))
    return respond_with_change(request, highlight, "cardchanged", message, back=back)
