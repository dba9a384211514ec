"""What people do with desks: keep one under a name, change it, pin passages to it, put them in an order and write about them."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from annotations.decorators import project_required, render_refusal
from annotations.desk.forms import DeskForm, PinCommentForm
from annotations.errors import DeskFullError, StaleError
from annotations.models import Desk, Highlight
from annotations.models.desk import MAX_PINS
from annotations.passages.filters import parse_uuid

STALE_MESSAGE = "Somebody else changed this desk since you opened it. Go back, load it again, and make your change on what is there now."
FULL_MESSAGE = f"A desk holds {MAX_PINS} pinned passages. Take one off first."


@require_POST
@project_required("desk")
def keep_desk(request, project):
    """A new desk under a name, laid out as the page was."""
    form = DeskForm(request.POST)
    if not form.is_valid():
        return render_refusal(request, project, form.reason)
    desk = Desk.objects.create_desk(project, form.cleaned_data["name"], form.laid_out, by=request.user)
    messages.success(request, f"“{desk}” is kept. You can pin passages to it now.")
    return redirect(desk)


def desk_required(view):
    """Gives the view the project's desk of that key; a stale change is told of, and nothing written."""

    @wraps(view)
    def enter(request, project, pk, **which):
        desk = get_object_or_404(project.desks, pk=pk)
        desk.project = project
        try:
            return view(request, desk, **which)
        except StaleError:
            return render_refusal(request, project, STALE_MESSAGE)

    return enter


@require_POST
@project_required("desk")
@desk_required
def edit_desk(request, desk):
    """Another name or commentary; and the layout of the page, where that was sent."""
    form = DeskForm(request.POST)
    if not form.is_valid():
        return render_refusal(request, desk.project, form.reason)
    fields = {"name": form.cleaned_data["name"], "commentary": form.cleaned_data["commentary"]}
    if "layout" in request.POST:
        fields["layout"] = form.laid_out
    desk.edit(form.cleaned_data["version"] or 0, by=request.user, **fields)
    messages.success(request, "Saved.")
    return redirect(desk)


@require_POST
@project_required("desk")
@desk_required
def delete_desk(request, desk):
    name, project = desk.name, desk.project
    desk.delete_desk(by=request.user)
    messages.success(request, f"The desk “{name}” is gone; its passages stay.")
    return redirect("desk", project.slug)


@require_POST
@project_required("desk")
def pin_passage(request, project):
    """Pins a passage to the desk that was named, or to the one that the reader changed last."""
    readable = Highlight.objects.readable_by(request.user).filter(project=project)
    highlight = get_object_or_404(readable, pk=parse_uuid(request.POST.get("highlight", "")))
    key = request.POST.get("desk", "")
    desk = (
        get_object_or_404(project.desks, pk=parse_uuid(key))
        if key
        else Desk.objects.last_changed_by(project, request.user)
    )
    desk.project = project
    try:
        desk.pin(highlight, by=request.user)
    except DeskFullError:
        return render_refusal(request, project, FULL_MESSAGE)
    if request.htmx:
        return render(request, "annotations/desk/_pinned.html", {"desk": desk})
    messages.success(request, f"Pinned to “{desk}”.")
    return redirect_back(request, desk)


@require_POST
@project_required("desk")
@desk_required
def change_pin(request, desk, highlight):
    """One pinned passage: taken off, moved up or down or to a place, or remarked on."""
    one = get_object_or_404(desk.pins, highlight=highlight)
    act = request.POST.get("act", "")
    if act == "unpin":
        desk.unpin(one, by=request.user)
    elif act == "remark":
        form = PinCommentForm(request.POST)
        if not form.is_valid():
            return render_refusal(request, desk.project, "A line about a passage may have 500 characters.")
        desk.comment_on(one, form.cleaned_data["comment"], by=request.user)
    else:
        desk.move_pin(
            one, read_position(request, list(desk.pins.values_list("pk", flat=True)).index(one.pk)), by=request.user
        )
    return redirect(f"{desk.get_absolute_url()}#pin-{highlight}" if act != "unpin" else desk)


def read_position(request, now: int) -> int:
    """The position that was asked for; where it stands if none was."""
    steps = {"up": now - 1, "down": now + 1, "first": 0}
    act, place = request.POST.get("act", ""), request.POST.get("place", "")
    return int(place) if place.isdecimal() and len(place) < 4 else steps.get(act, now)


def redirect_back(request, desk):
    """To the page that the reader came from, else to the desk."""
    address = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return redirect(address if safe else desk.get_absolute_url())
