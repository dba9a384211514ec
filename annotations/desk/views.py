"""The desk: passages side by side, a row a tag or a tag expression, a column a source, an author, a week, a reader or an article."""

from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from annotations.decorators import ProjectRequest, project_required
from annotations.desk.cells import PinnedPassage
from annotations.desk.layout import DESK_LIMITS, MAX_COLUMNS, MAX_ROWS, Layout
from annotations.models import Desk, Highlight, Project
from annotations.models.desk import Pin
from annotations.passages.facets import load_filter_names, make_filter_context
from annotations.passages.filters import parse_uuid
from annotations.passages.list_reader import ListReader, describe_list_reader
from annotations.passages.pivot_queries import make_kind_parameters
from annotations.passages.queries import all_passages
from newsreader.fragments import slot
from newsreader.kept_pages import render_kept_page
from newsreader.users import AnyUser
from newsreader.views.filters import limit_query

AXIS_LABELS = {
    "source": _("sources"),
    "author": _("authors"),
    "week": _("weeks"),
    "reader": _("readers"),
    "article": _("articles"),
}
TEMPLATES = ("annotations/desk/desk.html", "annotations/desk/_desk.html")


class DeskAddress(NamedTuple):
    """Where a desk is shown: its saved desk (key), if it is one, and whether it is shown in another layout than saved."""

    path: str
    desk: UUID | None
    is_changed: bool


@require_safe
@project_required()
@limit_query(DESK_LIMITS)
def show_desk(request: ProjectRequest, project: Project) -> HttpResponse:
    """Show the desk that the query string lays out."""
    return render_desk(request, project, request.GET)


@require_safe
@project_required()
@limit_query(DESK_LIMITS)
def show_saved_desk(request: ProjectRequest, project: Project, pk: UUID) -> HttpResponse:
    """Show a desk that was kept; what the query string says goes before how it was kept."""
    desk = get_desk(project, pk)
    return render_desk(request, project, request.GET or QueryDict(desk.layout), desk)


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
    return desk.pins.filter(
        Exists(Highlight.objects.readable_in_any_layer(user, desk.project).filter(pk=OuterRef("highlight")))
    )


def render_desk(request: ProjectRequest, project: Project, query: QueryDict, desk: Desk | None = None) -> HttpResponse:
    """Return the page of a layout, which may be that of a saved desk; for htmx what stands below the bar."""
    shown = DeskAddress(request.path, desk.pk if desk else None, is_changed=bool(request.GET))
    values = (describe_list_reader(request, project, query), query.urlencode(), tuple(request.left_out), shown)
    return render_kept_page(request, "desk", TEMPLATES, build_desk_context, *values, is_kept=not project.sight)


def build_desk_context(
    reader: ListReader, written: str, left_out: tuple[str, ...], shown: DeskAddress, is_part: bool
) -> dict[str, Any]:
    """Return what the page of a layout is rendered with."""
    project, desk = reader.project, None
    layout = Layout(reader.user, project, QueryDict(written))
    layout.faults[:0] = left_out
    context = make_layout_context(reader, layout) | {"here": shown.path, "is_part": is_part}
    if shown.desk:
        desk = get_desk(project, shown.desk)
        context |= {"desk": desk, "pins": load_pins(reader.user, desk), "changed": shown.is_changed}
    return context


def make_layout_context(reader: ListReader, layout: Layout) -> dict[str, Any]:
    """Return what is rendered of a layout and of the bar above it."""
    query, project, passage_filter = layout.query, layout.project, layout.passage_filter
    names = load_filter_names(reader.user, project, passage_filter, layout.codebook)
    return make_filter_context(query, passage_filter, layout.codebook, names) | {
        "project": project,
        "layout": layout,
        "wanted": passage_filter,
        "query": query.urlencode(),
        "list": layout.build_url({}),
        "taken": f"?{build_export_query(layout)}",
        "base": reverse("passages", args=[project.slug]),
        "columned": AXIS_LABELS,
        "spare": range(1 if query.getlist("row") else 0, max(1, MAX_ROWS - len(layout.rows)))[:2],
        "ticked": query.getlist("column"),
        "most": {"rows": MAX_ROWS, "columns": MAX_COLUMNS},
        "desks": list(project.desks.all()),
        "may_keep": reader.may_pin,
        "path": slot("path"),
    }


def build_export_query(layout: Layout) -> str:
    """Return the query string by which this desk is exported with its layout."""
    exported = layout.query.copy()
    exported.setlist("row", [row.written for row in layout.rows])
    exported["columns"] = layout.axis
    return exported.urlencode()
