"""What people do with desks: keep one under a name, change it, pin passages to it, put them in an order and write about them."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import retarget

from annotations.decorators import MemberRequest, project_required, render_refusal
from annotations.desk.forms import DeskForm, PinCommentForm
from annotations.desk.views import get_desk, select_pins
from annotations.errors import DeskFullError, StaleError
from annotations.models import Desk, Highlight, Project
from annotations.models.desk import MAX_PINS
from annotations.passages.filters import parse_uuid
from newsreader.http import Request
from newsreader.views.redirects import get_next_url

STALE_MESSAGE = gettext_noop(
    "Someone else changed this desk since you opened it. Go back, reload it and make your change again."
)
FULL_MESSAGE = gettext_noop("A desk holds %(number)s pinned passages. Remove one first.")


@require_POST
@project_required("desk")
def keep_desk(request: MemberRequest, project: Project) -> HttpResponse:
    """Save a new desk with the layout of the page."""
    form = DeskForm(request.POST)
    if not form.is_valid():
        return render_refusal(request, project, form.reason)
    desk = Desk.objects.create_desk(project, form.cleaned_data["name"], form.layout_query, by=request.user)
    messages.success(request, _("“%(desk)s” was saved. You can now pin passages to it.") % {"desk": desk})
    return redirect(desk)


def desk_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the project's desk of that key; a stale change is answered by a page that says so, and nothing is written."""

    @wraps(view)
    def run(request: MemberRequest, project: Project, pk: UUID, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, get_desk(project, pk), **kwargs)
        except StaleError:
            return render_refusal(request, project, _(STALE_MESSAGE))

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
    messages.success(request, _("Saved."))
    return redirect(desk)


@require_http_methods(["GET", "HEAD", "POST"])
@project_required("desk", methods=("GET", "HEAD", "POST"))
@desk_required
def delete_desk(request: MemberRequest, desk: Desk) -> HttpResponse:
    """Ask whether to delete the desk; sent, delete it. Its passages stay."""
    name, project = desk.name, desk.project
    if request.method != "POST":
        context = {
            "section": "desk",
            "project": project,
            "desk": desk,
            "number": select_pins(request.user, desk).count(),
        }
        return render(request, "annotations/desk/desk_delete.html", context)
    desk.delete_desk(by=request.user)
    message = _("The desk “%(desk)s” was deleted. Its passages are kept.")
    messages.success(request, message % {"desk": name})
    return redirect("desk", project.slug)


@require_POST
@project_required("desk")
def pin_passage(request: MemberRequest, project: Project) -> HttpResponse:
    """Pin a passage to the desk that was named, or to the one that the user changed last."""
    readable = Highlight.objects.readable_in_any_layer(request.user, project)
    highlight = get_object_or_404(readable, pk=parse_uuid(request.POST.get("highlight", "")))
    desk = get_named_desk(request, project)
    try:
        desk.pin(highlight, by=request.user)
    except DeskFullError:
        return render_refusal(request, project, _(FULL_MESSAGE) % {"number": MAX_PINS})
    if request.htmx:
        response = render(request, "annotations/desk/_pinned.html", {"desk": desk})
        return retarget(response, f'[name=highlight][value="{highlight.pk}"]')
    messages.success(request, _("Pinned to “%(desk)s”.") % {"desk": desk})
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
    pin = get_object_or_404(select_pins(request.user, desk), highlight=highlight)
    act = request.POST.get("act", "")
    if act == "unpin":
        desk.unpin(pin, by=request.user)
        return redirect(desk)
    if act == "remark":
        form = PinCommentForm(request.POST)
        if not form.is_valid():
            return render_refusal(request, desk.project, _("A comment can have at most 500 characters."))
        desk.comment_on(pin, form.cleaned_data["comment"], by=request.user)
    else:
        shown = list(select_pins(request.user, desk).values_list("pk", flat=True))
        desk.move_pin(pin, read_position(request, shown.index(pin.pk)), among=shown, by=request.user)
    return redirect(f"{desk.get_absolute_url()}#pin-{highlight}")


def read_position(request: Request, current: int) -> int:
    """Return the position among those shown that was asked for, from 0; the current one if none was."""
    steps = {"up": current - 1, "down": current + 1, "first": 0}
    act, place = request.POST.get("act", ""), request.POST.get("place", "")
    return int(place) if place.isdecimal() and len(place) < 4 else steps.get(act, current)


def redirect_back(request: Request, desk: Desk) -> HttpResponse:
    """Redirect to the page that the user came from, else to the desk."""
    return redirect(get_next_url(request, desk.get_absolute_url()))
