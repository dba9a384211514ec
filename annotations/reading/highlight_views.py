"""Editing, deleting and finding highlights."""

from functools import wraps

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.anchoring.resize import move_end
from annotations.errors import StaleError
from annotations.models import Highlight
from annotations.reading.forms import EditForm, SpanForm
from annotations.reading.page import Page
from annotations.reading.reattach import standing
from annotations.reading.responses import STALE, address_of, changed, number_in, reason, refused, shown, signed_out

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
def permalink(request, pk):
    """Leads to the mark; a reader's own deleted highlight offers to be restored."""
    known = Highlight.objects.select_related("article", "revision", "project")
    if request.user.is_authenticated and (
        gone := known.editable_by(request.user).filter(pk=pk).exclude(deleted_at=None).first()
    ):
        return render(request, "annotations/reading/deleted.html", {"highlight": gone}, status=410)
    return redirect(address_of(get_object_or_404(known.visible_to(request.user), pk=pk)), permanent=False)


def own(view):
    """Gives the view the reader's own highlight, in a project that still lets the reader highlight; anything else is a 404."""

    @wraps(view)
    def found(request, pk):
        if not request.user.is_authenticated:
            return signed_out(request, request.path)
        known = Highlight.objects.editable_by(request.user).select_related("article", "revision", "project", "author")
        highlight = get_object_or_404(known, pk=pk)
        highlight.project.with_role_of(request.user)
        return view(request, highlight)

    return found


@require_safe
@own
def card(request, highlight):
    """One card as it is drawn in the margin of the revision that the page shows."""
    page = Page(request, highlight.project, shown(request, highlight))
    rows = [row for row in page.layer.shown if row.id == str(highlight.pk)]
    return HttpResponse(page.card(rows[0])) if rows else redirect(address_of(highlight))


@require_http_methods(["GET", "HEAD", "POST"])
@own
def edit(request, highlight):
    """Tags and note. A stale edit is shown beside what somebody else wrote, and not kept."""
    if request.method != "POST":
        return form_for(request, highlight)
    form = EditForm(request.POST, project=highlight.project, kept=[tag.name for tag in highlight.ordered_tags()])
    if not form.is_valid():
        return form_for(request, highlight, given=request.POST, error=reason(form), status=422)
    try:
        highlight.edit(
            form.cleaned_data["version"],
            by=request.user,
            note=form.cleaned_data["note"],
            tags=form.tags_by(request.user),
        )
    except StaleError:
        return form_for(request, highlight, given=request.POST, stale=True, status=409)
    return changed(request, highlight, "cardchanged", "Saved.")


def form_for(
    request, highlight, *, given=None, error: str = "", stale: bool = False, status: int = 200
) -> HttpResponse:
    """The edit form, inside its card for htmx, on a page of its own for everyone else."""
    context = form_context(highlight, given=given, error=error, stale=stale)
    context |= {"back": address_of(highlight), **standing(highlight), **END_MOVES}
    if not request.htmx:
        return render(request, "annotations/reading/edit.html", context, status=status)
    response = render(request, "annotations/reading/_edit.html", context, status=status)
    response["HX-Retarget"], response["HX-Reswap"] = f"#card-{highlight.pk}", "innerHTML"
    return response


def form_context(highlight, *, given=None, error: str = "", stale: bool = False) -> dict:
    """What a form says of tags and note: as they were sent, if they were refused, else as they are."""
    highlight.reload()
    tags = list(highlight.ordered_tags())
    names = [tag.name for tag in tags]
    codebook = list(
        highlight.project.tags.without_tree_fields().filter(Q(status="active") | Q(pk__in=[tag.pk for tag in tags]))
    )
    chosen = given.getlist("tags") if given else names
    return {
        "highlight": highlight,
        "hue": tags[0].colour if tags else 0,
        "names": chosen,
        "fresh": ", ".join(name for name in chosen if name not in {tag.name for tag in codebook}),
        "note": given.get("note", "") if given else highlight.note,
        "theirs": {"names": names, "note": highlight.note} if stale else None,
        "error": error,
        "codebook": codebook,
        "may_create": highlight.project.allows("codebook"),
    }


@require_POST
@own
def ends(request, highlight):
    """New ends: those of a selection, or one of them a word or a sentence further (`nudge`).

    On a later text than the one it was made on they are those of its placement, and what was read stays.
    """
    revision = shown(request, highlight)
    old = highlight.place_on(revision)
    try:
        start, end = wanted_ends(request, revision, old)
        move(highlight, revision, start, end, version=number_in(request, "version"), by=request.user)
    except ValueError as error:
        return refused(request, str(error), status=422, back=address_of(highlight))
    except StaleError:
        return refused(request, STALE, status=409, back=address_of(highlight))
    return changed(request, highlight, "cardchanged", "The ends were moved.", old=filter(None, [old]))


def move(highlight, revision, start: int, end: int, **guard) -> None:
    if revision.pk == highlight.revision_id:
        highlight.move(guard["version"], start, end, by=guard["by"])
    else:
        highlight.placements.get(revision=revision).reattach(start, end, **guard)


def wanted_ends(request, revision, old: tuple[int, int] | None) -> tuple[int, int]:
    """The ends that were asked for; ValueError says why they cannot be had."""
    if nudge := request.POST.get("nudge"):
        if not old:
            raise ValueError("It has no place in this text. Select one first.")
        return move_end(revision.text, *old, nudge)
    form = SpanForm(request.POST, revision=revision)
    if not form.is_valid():
        raise ValueError(reason(form))
    return form.cleaned_data["span"]


@require_POST
@own
def delete(request, highlight):
    """Hides the highlight; it can be restored."""
    highlight.hide(request.user)
    return changed(request, highlight, "carddeleted", "Highlight deleted.", undo="restore")


@require_POST
@own
def restore(request, highlight):
    """Takes a deletion back."""
    highlight.restore(request.user)
    return changed(request, highlight, "cardchanged", "The highlight is back.")
