"""What people do with desks: keep one under a name, change it, pin passages to it, put them in an order and write about them."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from annotations.decorators import MemberRequest, project_required, render_refusal
from annotations.desk.forms import DeskForm, PinCommentForm
from annotations.desk.views import get_desk
from annotations.errors import DeskFullError, StaleError
from annotations.models import Desk, Highlight, Project
from annotations.models.desk import MAX_PINS
from annotations.passages.filters import parse_uuid
from newsreader.http import Request

STALE_MESSAGE = "Somebody else changed this desk since you opened it. Go back, load it again, and make your change on what is there now."
FULL_MESSAGE = f"A desk holds {MAX_PINS} pinned passages. Take one off first."


@require_POST
@project_required("desk")
def keep_desk(request: MemberRequest, project: Project) -> HttpResponse:
    """Keep a new desk under a name, laid out as the page was."""
    form = DeskForm(request.POST)
    if not form.is_valid():
        return render_refusal(request, project, form.reason)
    desk = Desk.objects.create_desk(project, form.cleaned_data["name"], form.layout_query, by=request.user)
    messages.success(request, f"“{desk}” is kept. You can pin passages to it now.")
    return redirect(desk)


def desk_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the project's desk of that key; a stale change is answered by a page that says so, and nothing is written."""

    @wraps(view)
    def run(request: MemberRequest, project: Project, pk: UUID, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, get_desk(project, pk), **kwargs)
        except StaleError:
            return render_refusal(request, project, STALE_MESSAGE)

    return run


@require_POST
@project_required("desk")
@desk_required
def edit_desk(request: MemberRequest, desk: Desk) -> HttpResponse:
    """Change the name or commentary; and the layout, where that was sent."""
    form = DeskForm(request.POST)
    if not form.is_valid():
        return render_refusal(request, desk.project, form.reason)
    fields = {"name": form.cleaned_data["name"], "commentary": form.cleaned_data["commentary"]}
    if "layout" in request.POST:
        fields["layout"] = form.layout_query
    desk.edit(form.cleaned_data["version"] or 0, by=request.user, **fields)
    messages.success(request, "Saved.")
    return redirect(desk)


@require_POST
@project_required("desk")
@desk_required
def delete_desk(request: MemberRequest, desk: Desk) -> HttpResponse:
    """Delete the desk; its passages stay."""
    name, project = desk.name, desk.project
    desk.delete_desk(by=request.user)
    messages.success(request, f"The desk “{name}” is gone; its passages stay.")
    return redirect("desk", project.slug)


@require_POST
@project_required("desk")
def pin_passage(request: MemberRequest, project: Project) -> HttpResponse:
    """Pin a passage to the desk that was named, or to the one that the user changed last."""
    readable = Highlight.objects.readable_by(request.user).filter(project=project)
    highlight = get_object_or_404(readable, pk=parse_uuid(request.POST.get("highlight", "")))
    desk = get_named_desk(request, project)
    try:
        desk.pin(highlight, by=request.user)
    except DeskFullError:
        return render_refusal(request, project, FULL_MESSAGE)
    if request.htmx:
        return render(request, "annotations/desk/_pinned.html", {"desk": desk})
    messages.success(request, f"Pinned to “{desk}”.")
    return redirect_back(request, desk)


def get_named_desk(request: MemberRequest, project: Project) -> Desk:
    """Return the desk that the form names, else the one that the user changed last, or a new one."""
    if key := request.POST.get("desk", ""):
        return get_desk(project, parse_uuid(key))
    desk = Desk.objects.last_changed_by(project, request.user)
    desk.project = project
    return desk


@require_POST
@project_required("desk")
@desk_required
def change_pin(request: MemberRequest, desk: Desk, highlight: UUID) -> HttpResponse:
    """Take a pinned passage off, move it up or down or to a position, or write a line about it."""
    pin = get_object_or_404(desk.pins, highlight=highlight)
    act = request.POST.get("act", "")
    if act == "unpin":
        desk.unpin(pin, by=request.user)
        return redirect(desk)
    if act == "remark":
        form = PinCommentForm(request.POST)
        if not form.is_valid():
            return render_refusal(request, desk.project, "A line about a passage may have 500 characters.")
        desk.comment_on(pin, form.cleaned_data["comment"], by=request.user)
    else:
        position = list(desk.pins.values_list("pk", flat=True)).index(pin.pk)
        desk.move_pin(pin, read_position(request, position), by=request.user)
    return redirect(f"{desk.get_absolute_url()}#pin-{highlight}")


def read_position(request: Request, current: int) -> int:
    """Return the position that was asked for, from 0; the current one if none was."""
    steps = {"up": current - 1, "down": current + 1, "first": 0}
    act, place = request.POST.get("act", ""), request.POST.get("place", "")
    return int(place) if place.isdecimal() and len(place) < 4 else steps.get(act, current)


def redirect_back(request: Request, desk: Desk) -> HttpResponse:
    """Redirect to the page that the user came from, else to the desk."""
    address = request.POST.get("next", "")
    is_safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return redirect(address if is_safe else desk.get_absolute_url())
