"""Charts of the passages that the query string asks for: over time, by source, of tags together, by reader."""

from hashlib import sha256
from typing import NamedTuple

from django.core.cache import cache
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from annotations.charts.counting import STEPS
from annotations.charts.crosstab import as_rows
from annotations.charts.geometry import dates_of, timeline
from annotations.charts.matrices import matrix
from annotations.charts.queries import Counts, counts_of
from annotations.charts.svg import draw, draw_cells
from annotations.charts.tables import BUCKETS, MOST, OWN, everything, step_of, table_of
from annotations.decorators import project_required
from annotations.exchange.csv_table import written
from annotations.models.codebook import codebook_of
from annotations.passages.facets import A_MINUTE, missing, names_in
from annotations.passages.filters import chosen, found, one_of, wanted_in
from annotations.passages.queries import all_passages
from newsreader.views.filters import address

CHARTS = {"timeline": "Over time", "sources": "By source", "together": "Tags together", "readers": "By reader"}
CORNERS = {"timeline": "When", "sources": "Tag", "together": "Tag", "readers": "Tag"}
PARTS = {"sources": "row", "readers": "column"}


class Asked(NamedTuple):
    """What of the address is the chart’s own."""

    chart: str
    by: str
    all: bool


@require_safe
@project_required()
def index(request, project):
    """The chart that the query string asks for, with its table; or either as a file."""
    wanted, codebook, asked = wanted_in(request.GET), codebook_of(project), asked_in(request.GET)
    counts, faults = counted(request, wanted, codebook, asked.chart)
    context = {"section": "charts", "project": project, "wanted": wanted, "faults": faults, "counts": counts}
    context |= drawn(request, asked, counts, codebook, wanted)
    if file := FILES.get(request.GET.get("format")):
        return file(request, project, context)
    context |= words(request, wanted, codebook, asked) | notes(asked, context, counts, codebook)
    return render(request, "annotations/charts/charts.html", context)


def asked_in(query) -> Asked:
    chart, by = one_of(CHARTS, query.get("chart", ""), "timeline"), query.get("by", "")
    return Asked(chart, by if by in STEPS else "week", query.get("show") == "all")


def counted(request, wanted, codebook: dict, chart: str) -> tuple[Counts, list[str]]:
    """The numbers, and what was wrong with the question; kept until the project changes, a minute at most."""
    project, filters = request.project, [(n, v) for n, v in request.GET.lists() if n not in OWN]
    asked = sha256(repr(sorted(filters)).encode()).hexdigest()
    key = f"charts-{project.pk}-{project.version}-{project.codebook}-{request.user.is_staff:d}-{chart}-{asked}"

    def count():
        passages = found(all_passages().readable_by(request.user), project, wanted, codebook)
        return counts_of(passages, project, codebook, chart), wanted.faults

    return cache.get_or_set(key, count, A_MINUTE)


def drawn(request, asked: Asked, counts: Counts, codebook: dict, wanted) -> dict:
    table = table_of(asked, counts, codebook, request, wanted)
    if asked.chart == "timeline":
        drawing = timeline(table, dates_of([head.name.removeprefix("Week of ") for head in table.columns]))
    else:
        drawing = matrix(table)
    return {"asked": asked, "name": CHARTS[asked.chart], "table": table, "drawing": drawing}


def as_table(request, project, context: dict):
    """The chart’s table, and nothing else, as comma-separated values."""
    chart = context["asked"].chart
    head, rows = as_rows(context["table"], CORNERS[chart], turned=chart == "timeline", part=PARTS.get(chart, ""))
    response = StreamingHttpResponse(written(head, rows), content_type="text/csv; charset=utf-8")
    return named(response, f"{chart}-{project.slug}.csv")


def as_drawing(request, project, context: dict):
    """The chart alone, as a picture that needs nothing else."""
    context |= {"drawn": mark_safe(draw(context["drawing"], linked=False))}
    response = render(request, "annotations/charts/chart.svg", context, content_type="image/svg+xml")
    return named(response, f"{context['asked'].chart}-{project.slug}.svg")


def named(response: HttpResponse, name: str):
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


FILES = {"csv": as_table, "svg": as_drawing}


def words(request, wanted, codebook: dict, asked: Asked) -> dict:
    """The filters in words, and the addresses of the other charts, of the files and of the passages."""
    project = request.project
    names = names_in(request.user, project, wanted, codebook)
    bare = request.GET.copy()
    for name in OWN:
        bare.pop(name, None)
    own = {"chart": asked.chart, "by": asked.by} | ({"show": "all"} if asked.all else {})
    return {
        "chosen": chosen(with_own(bare, own), wanted, names),
        "missing": missing(wanted, codebook, names),
        "charts": [(CHARTS[c], address(bare, chart=c, by=asked.by), c == asked.chart) for c in CHARTS],
        "steps": [(by, address(bare, chart="timeline", by=by), by == asked.by) for by in STEPS],
        "bare": f"?chart={asked.chart}&by={asked.by}",
        "passages": reverse("passages", args=[project.slug]) + address(bare),
        "csv": address(with_own(bare, own), format="csv"),
        "svg": address(with_own(bare, own), format="svg"),
        "everything": everything(request),
        "fewer": address(bare, chart=asked.chart, by=asked.by),
    }


def with_own(bare, own: dict):
    copy = bare.copy()
    for name, value in own.items():
        copy[name] = value
    return copy


def notes(asked: Asked, context: dict, counts: Counts, codebook: dict) -> dict:
    """What has to be known to read the chart aright."""
    table, step = context["table"], step_of(counts, asked.by) if asked.chart == "timeline" else asked.by
    lines = table.turned if asked.chart == "timeline" else table.lines
    used = {tag for tag, _ in counts.cells}
    shown = sum(head.query is not None for head in table.columns)
    late = asked.chart == "timeline" and table.columns and table.columns[0].key > min(counts.columns)
    return {
        "corner": CORNERS[asked.chart],
        "drawn": mark_safe(draw(context["drawing"])),
        "lines": [(head, mark_safe(draw_cells(cells))) for head, cells in lines],
        "turned": asked.chart == "timeline",
        "untagged": counts.number - counts.tagged,
        "unused": [term for term in codebook.values() if term.slug not in used],
        "tags": len(used),
        "hidden": len(used) - sum(bool(head.hue) for head in table.rows),
        "other_columns": len(counts.columns) - shown if asked.chart in PARTS else 0,
        "kind": "sources" if asked.chart == "sources" else "readers",
        "step": step,
        "coarser": asked.chart == "timeline" and step != asked.by,
        "late": table.columns[0] if late else None,
        "most": MOST,
        "buckets": BUCKETS,
    }
