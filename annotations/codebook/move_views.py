"""Moving a tag in the codebook: a step, or to a place."""

from itertools import takewhile
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from annotations.codebook.forms import CYCLE, GONE
from annotations.codebook.gone_tags import answer_for_gone_tag
from annotations.codebook.tree import build_tree_context, select_tags
from annotations.codebook.views import build_definitions_context, get_tag
from annotations.decorators import MemberRequest, project_required
from annotations.errors import ParentCycleError, StaleError
from annotations.models import Project, Tag
from annotations.models.tag_places import LAST
from annotations.passages.filters import parse_uuid
from newsreader.views.redirects import get_next_url

EDGES = {  # why a tag cannot move a step
    "up": _lazy("“%(tag)s” is the first there."),
    "down": _lazy("“%(tag)s” is the last there."),
    "in": _lazy("No tag stands before “%(tag)s”, so there is none to move it into."),
    "out": _lazy("“%(tag)s” is at the top level already."),
}


@require_POST
@project_required("codebook")
@answer_for_gone_tag
def move_tag(request: MemberRequest, project: Project, pk: UUID) -> HttpResponse:
    """Move a tag a step (`direction`), or below another one (`parent`), after the one of a key there.

    For htmx the tree, and the definitions where the page has them.
    """
    tag = get_tag(project, pk)
    message = place_tag(request, tag) if "direction" not in request.POST else shift_tag(request, tag)
    if request.htmx:
        return render_moved(request, project, tag, message)
    if message:
        messages.error(request, message)
    else:
        messages.success(request, describe_move(Tag.objects.list_in_order(project), tag.pk))
    return redirect(get_next_url(request, tag.get_absolute_url()))


def render_moved(request: MemberRequest, project: Project, tag: Tag, message: str) -> HttpResponse:
    """Return the tree with what was done, and the definitions in their new order where the page has them."""
    context = build_tree_context(request, project)
    context["said"] = message or describe_move(context["tags"], tag.pk)
    context["base"] = reverse("tags", args=[project.slug])
    context["tag"] = next((one for one in context["tags"] if str(one.pk) == request.POST.get("current")), None)
    if "definitions" in request.POST:
        context |= build_definitions_context(project, request.user, context["rows"])
    return render(request, "annotations/codebook/_moved.html", context)


def describe_move(tags: list[Tag], key: UUID) -> str:
    """Return a sentence about where a tag stands now; `tags` is the codebook in its order."""
    tag = next(one for one in tags if one.pk == key)
    before = [one for one in takewhile(lambda one: one.pk != key, tags) if one.parent_id == tag.parent_id]
    parent = next((one.name for one in tags if one.pk == tag.parent_id), "")
    names = {"tag": tag.name, "other": before[-1].name if before else "", "parent": parent}
    if before and parent:
        return _("“%(tag)s” was moved after “%(other)s”, below “%(parent)s”.") % names
    if before:
        return _("“%(tag)s” was moved after “%(other)s”.") % names
    if parent:
        return _("“%(tag)s” was moved below “%(parent)s”, where it is the first.") % names
    return _("“%(tag)s” was moved to the top.") % names


def shift_tag(request: MemberRequest, tag: Tag) -> str:
    """Move a tag a step; return why it cannot be, "" where it was moved."""
    direction = request.POST["direction"]
    if direction not in EDGES:
        return _("A tag can only move up, down, in or out.")
    return "" if tag.shift(direction, by=request.user) else EDGES[direction] % {"tag": tag}


def place_tag(request: MemberRequest, tag: Tag) -> str:
    """Move a tag to a place; return why it cannot be, "" where it stands there now."""
    key = parse_uuid(request.POST.get("parent", ""))
    parent = select_tags(tag.project).filter(pk=key).first() if key else None
    if request.POST.get("parent") and not parent:
        return str(GONE)
    try:
        tag.move(parent, request.POST.get("after", LAST), by=request.user)
    except ParentCycleError:
        return str(CYCLE)
    except StaleError:
        return str(GONE)
    return ""
