"""The desk: passages side by side, a row a tag or a tag expression, a column a source, an author, a week, a reader or an article."""

from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from annotations.decorators import project_required
from annotations.desk.layout import COLUMNS, ROWS, Layout
from annotations.models import Highlight
from annotations.passages.facets import choices, names_in
from annotations.passages.filters import key_of
from annotations.passages.pivot_queries import address as filters_of
from annotations.passages.queries import all_passages

COLUMNED = {"source": "sources", "author": "authors", "week": "weeks", "reader": "readers", "article": "articles"}


@require_safe
@project_required()
def index(request, project):
    """The desk that the query string lays out."""
    return answer(request, laid_out(request, project, request.GET))


@require_safe
@project_required()
def saved(request, project, pk):
    """A desk that was kept; what the query string says goes before how it was kept."""
    desk = desk_of(project, pk)
    query = request.GET if request.GET else QueryDict(desk.layout)
    context = laid_out(request, project, query)
    context |= {"desk": desk, "pins": pinned(request.user, desk), "changed": bool(request.GET)}
    return answer(request, context)


@require_safe
@project_required()
def beside(request, project, left, right):
    """Two desks next to each other."""
    sides = []
    for prefix, pk in (("left-", left), ("right-", right)):
        desk = desk_of(project, pk)
        layout = Layout(request.user, project, QueryDict(desk.layout))
        sides.append({"desk": desk, "layout": layout, "pins": pinned(request.user, desk), "prefix": prefix})
    context = {"section": "desk", "project": project, "sides": sides, "base": reverse("passages", args=[project.slug])}
    return render(request, "annotations/desk/side_by_side.html", context)


@require_safe
@project_required()
def cell(request, project):
    """What the cell of row `in` and column `of` holds behind the passages that are shown."""
    layout = Layout(request.user, project, request.GET)
    row, kind = layout.row(request.GET.get("in", "")), layout.kind_of(request.GET.get("of", ""))
    known = row and kind is not None
    desk = project.desks.filter(pk=key_of(request.GET.get("desk", ""))).first()
    context = {
        "row": row,
        "desk": desk,
        "project": project,
        "may_keep": project.allows("desk"),
        "passages": layout.rest(row, kind) if known else [],
        "link": layout.link(filters_of(layout.axis, kind), row) if known else "",
        "base": reverse("passages", args=[project.slug]),
    }
    return render(request, "annotations/desk/_cell_rest.html", context)


def desk_of(project, pk):
    desk = get_object_or_404(project.desks, pk=pk)
    desk.project = project
    return desk


def pinned(user, desk) -> list:
    """The pins whose passages the user may read, each with its `passage`."""
    pins = list(desk.pins.filter(Exists(Highlight.objects.readable_by(user).filter(pk=OuterRef("highlight")))))
    passages = all_passages().by_key([pin.highlight_id for pin in pins])
    for pin in pins:
        pin.passage = passages[pin.highlight_id]
    return pins


def laid_out(request, project, query) -> dict:
    """What the page says of a layout."""
    layout = Layout(request.user, project, query)
    names = names_in(request.user, project, layout.wanted, layout.codebook)
    return choices(query, layout.wanted, layout.codebook, names) | {
        "section": "desk",
        "project": project,
        "layout": layout,
        "wanted": layout.wanted,
        "query": query.urlencode(),
        "list": layout.link({}),
        "taken": f"?{taken(layout, query)}",
        "base": reverse("passages", args=[project.slug]),
        "columned": COLUMNED,
        "spare": range(1 if query.getlist("row") else 0, max(1, ROWS - len(layout.rows)))[:2],
        "ticked": query.getlist("column"),
        "most": {"rows": ROWS, "columns": COLUMNS},
        "desks": list(project.desks.all()),
        "may_keep": project.allows("desk"),
    }


def taken(layout: Layout, query) -> str:
    """The query string by which this desk is exported as it is laid out."""
    exported = query.copy()
    exported.setlist("row", [row.written for row in layout.rows])
    exported["columns"] = layout.axis
    return exported.urlencode()


def answer(request, context: dict):
    """The whole page, or for htmx what stands below the bar."""
    part = request.htmx and not request.htmx.history_restore_request
    response = render(request, "annotations/desk/_desk.html" if part else "annotations/desk/desk.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
