"""The desk: passages side by side, a row a tag or a tag expression, a column a source, an author, a week, a reader or an article."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from annotations.decorators import ProjectRequest, project_required
from annotations.desk.cells import PinnedPassage
from annotations.desk.layout import DESK_LIMITS, MAX_COLUMNS, MAX_ROWS, Layout
from annotations.models import Desk, Highlight, Project
from annotations.models.desk import Pin
from annotations.passages.facets import load_filter_names, make_filter_context
from annotations.passages.filters import parse_uuid
from annotations.passages.pivot_queries import make_kind_parameters
from annotations.passages.queries import all_passages
from newsreader.http import Request
from newsreader.users import AnyUser
from newsreader.views.filters import limit_query

AXIS_LABELS = {
    "source": _("sources"),
    "author": _("authors"),
    "week": _("weeks"),
    "reader": _("readers"),
    "article": _("articles"),
}


@require_safe
@project_required()
@limit_query(DESK_LIMITS)
def show_desk(request: ProjectRequest, project: Project) -> HttpResponse:
    """Show the desk that the query string lays out."""
    return render_desk(request, make_desk_context(request, project, request.GET))


@require_safe
@project_required()
@limit_query(DESK_LIMITS)
def show_saved_desk(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    """Show a desk that was kept; what the query string says goes before how it was kept."""
    desk = get_desk(project, pk)
    query = request.GET if request.GET else QueryDict(desk.layout)
    context = make_desk_context(request, project, query)
    context |= {"desk": desk, "pins": load_pins(request.user, desk), "changed": bool(request.GET)}
    return render_desk(request, context)


@require_safe
@project_required()
def show_two_desks(request: ProjectRequest, project: Project, left: UUID, right: UUID) -> HttpResponse:
    """Show two desks next to each other."""
    sides = []
    for prefix, pk in (("left-", left), ("right-", right)):
        desk = get_desk(project, pk)
        layout = Layout(request.user, project, QueryDict(desk.layout))
        sides.append({"desk": desk, "layout": layout, "pins": load_pins(request.user, desk), "prefix": prefix})
    context = {"section": "desk", "project": project, "sides": sides, "base": reverse("passages", args=[project.slug])}
    return render(request, "annotations/desk/side_by_side.html", context)


@require_safe
@project_required()
def show_cell_rest(request: ProjectRequest, project: Project) -> HttpResponse:
    """Show what the cell of row `in` and column `of` holds behind the passages that are shown."""
    layout = Layout(request.user, project, request.GET)
    row, kind = layout.parse_row(request.GET.get("in", "")), layout.parse_kind(request.GET.get("of", ""))
    desk_key = parse_uuid(request.GET.get("desk", ""))
    context: dict[str, Any] = {
        "row": row,
        "desk": project.desks.filter(pk=desk_key).first() if desk_key else None,
        "project": project,
        "may_keep": project.allows("desk"),
        "passages": [],
        "link": "",
        "base": reverse("passages", args=[project.slug]),
    }
    if row and kind is not None:
        context["passages"] = layout.load_rest(row, kind)
        context["link"] = layout.build_url(make_kind_parameters(layout.axis, kind), row)
    return render(request, "annotations/desk/_cell_rest.html", context)


def get_desk(project: Project, pk: UUID | None) -> Desk:
    """Return the project's desk of this key, else Http404; its project is the one given, which knows the reader's role."""
    desk = get_object_or_404(project.desks, pk=pk)
    desk.project = project
    return desk


def load_pins(user: AnyUser, desk: Desk) -> list[PinnedPassage]:
    """Return the pinned passages that the user may read, in their order."""
    pins = list(select_pins(user, desk))
    passages = all_passages().load_by_key([pin.highlight_id for pin in pins])
    return [PinnedPassage(passages[pin.highlight_id], pin.comment) for pin in pins]


def select_pins(user: AnyUser, desk: Desk) -> QuerySet[Pin]:
    """Return the pins whose passages the user may read, in their order."""
    return desk.pins.filter(Exists(Highlight.objects.readable_by(user).filter(pk=OuterRef("highlight"))))


def make_desk_context(request: Request, project: Project, query: QueryDict) -> dict[str, Any]:
    """Return what the page of a layout needs."""
    layout = Layout(request.user, project, query)
    query, layout.faults[:0] = layout.query, request.left_out
    names = load_filter_names(request.user, project, layout.passage_filter, layout.codebook)
    return make_filter_context(query, layout.passage_filter, layout.codebook, names) | {
        "section": "desk",
        "project": project,
        "layout": layout,
        "wanted": layout.passage_filter,
        "query": query.urlencode(),
        "list": layout.build_url({}),
        "taken": f"?{build_export_query(layout)}",
        "base": reverse("passages", args=[project.slug]),
        "columned": AXIS_LABELS,
        "spare": range(1 if query.getlist("row") else 0, max(1, MAX_ROWS - len(layout.rows)))[:2],
        "ticked": query.getlist("column"),
        "most": {"rows": MAX_ROWS, "columns": MAX_COLUMNS},
        "desks": list(project.desks.all()),
        "may_keep": project.allows("desk"),
    }


def build_export_query(layout: Layout) -> str:
    """Return the query string by which this desk is exported with its layout."""
    exported = layout.query.copy()
    exported.setlist("row", [row.written for row in layout.rows])
    exported["columns"] = layout.axis
    return exported.urlencode()


def render_desk(request: Request, context: dict[str, Any]) -> HttpResponse:
    """Return the whole page, or for htmx what stands below the bar."""
    is_part = request.htmx and not request.htmx.history_restore_request
    response = render(request, "annotations/desk/_desk.html" if is_part else "annotations/desk/desk.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
