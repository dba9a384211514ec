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

from annotations.charts.counting import TIME_STEPS
from annotations.charts.crosstab import list_table_rows
from annotations.charts.geometry import choose_dates, draw_timeline
from annotations.charts.matrices import draw_matrix
from annotations.charts.queries import PassageCounts, count_passages
from annotations.charts.svg import render_cells, render_drawing
from annotations.charts.tables import (
    CHART_PARAMETERS,
    MAX_ALL,
    MAX_BUCKETS,
    choose_timeline_step,
    get_full_table_url,
    make_chart_table,
)
from annotations.decorators import in_project
from annotations.exchange.csv_table import write_rows
from annotations.models.codebook import codebook_of
from annotations.passages.facets import A_MINUTE, missing, names_in
from annotations.passages.filters import chosen, found, one_of, wanted_in
from annotations.passages.queries import all_passages
from newsreader.views.filters import address

CHART_NAMES = {"timeline": "Over time", "sources": "By source", "together": "Tags together", "readers": "By reader"}
CORNER_LABELS = {"timeline": "When", "sources": "Tag", "together": "Tag", "readers": "Tag"}
SHARE_DIRECTIONS = {"sources": "row", "readers": "column"}


class ChartOptions(NamedTuple):
    """What of the address is the chart’s own."""

    chart: str
    by: str
    all: bool


@require_safe
@in_project()
def index(request, project):
    """The chart that the query string asks for, with its table; or either as a file."""
    wanted, codebook, asked = wanted_in(request.GET), codebook_of(project), read_options(request.GET)
    counts, faults = load_counts(request, wanted, codebook, asked.chart)
    context = {"section": "charts", "project": project, "wanted": wanted, "faults": faults, "counts": counts}
    context |= make_drawing_context(request, asked, counts, codebook, wanted)
    if file := FILE_FORMATS.get(request.GET.get("format")):
        return file(request, project, context)
    context |= make_filter_context(request, wanted, codebook, asked) | make_notes_context(
        asked, context, counts, codebook
    )
    return render(request, "annotations/charts/charts.html", context)


def read_options(query) -> ChartOptions:
    chart, by = one_of(CHART_NAMES, query.get("chart", ""), "timeline"), query.get("by", "")
    return ChartOptions(chart, by if by in TIME_STEPS else "week", query.get("show") == "all")


def load_counts(request, wanted, codebook: dict, chart: str) -> tuple[PassageCounts, list[str]]:
    """The numbers, and what was wrong with the question; kept until the project changes, a minute at most."""
    project, filters = request.project, [(n, v) for n, v in request.GET.lists() if n not in CHART_PARAMETERS]
    asked = sha256(repr(sorted(filters)).encode()).hexdigest()
    key = f"charts-{project.pk}-{project.version}-{project.codebook}-{request.user.is_staff:d}-{chart}-{asked}"

    def count():
        passages = found(all_passages().readable_by(request.user), project, wanted, codebook)
        return count_passages(passages, project, codebook, chart), wanted.faults

    return cache.get_or_set(key, count, A_MINUTE)


def make_drawing_context(request, asked: ChartOptions, counts: PassageCounts, codebook: dict, wanted) -> dict:
    table = make_chart_table(asked, counts, codebook, request, wanted)
    if asked.chart == "timeline":
        drawing = draw_timeline(table, choose_dates([head.name.removeprefix("Week of ") for head in table.columns]))
    else:
        drawing = draw_matrix(table)
    return {"asked": asked, "name": CHART_NAMES[asked.chart], "table": table, "drawing": drawing}


def export_csv(request, project, context: dict):
    """The chart’s table, and nothing else, as comma-separated values."""
    chart = context["asked"].chart
    head, rows = list_table_rows(
        context["table"], CORNER_LABELS[chart], turned=chart == "timeline", part=SHARE_DIRECTIONS.get(chart, "")
    )
    response = StreamingHttpResponse(write_rows(head, rows), content_type="text/csv; charset=utf-8")
    return set_file_name(response, f"{chart}-{project.slug}.csv")


def export_svg(request, project, context: dict):
    """The chart alone, as a picture that needs nothing else."""
    context |= {"drawn": mark_safe(render_drawing(context["drawing"], linked=False))}
    response = render(request, "annotations/charts/chart.svg", context, content_type="image/svg+xml")
    return set_file_name(response, f"{context['asked'].chart}-{project.slug}.svg")


def set_file_name(response: HttpResponse, name: str):
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


FILE_FORMATS = {"csv": export_csv, "svg": export_svg}


def make_filter_context(request, wanted, codebook: dict, asked: ChartOptions) -> dict:
    """The filters in words, and the addresses of the other charts, of the files and of the passages."""
    project = request.project
    names = names_in(request.user, project, wanted, codebook)
    bare = request.GET.copy()
    for name in CHART_PARAMETERS:
        bare.pop(name, None)
    own = {"chart": asked.chart, "by": asked.by} | ({"show": "all"} if asked.all else {})
    return {
        "chosen": chosen(add_parameters(bare, own), wanted, names),
        "missing": missing(wanted, codebook, names),
        "charts": [(CHART_NAMES[c], address(bare, chart=c, by=asked.by), c == asked.chart) for c in CHART_NAMES],
        "steps": [(by, address(bare, chart="timeline", by=by), by == asked.by) for by in TIME_STEPS],
        "bare": f"?chart={asked.chart}&by={asked.by}",
        "passages": reverse("passages", args=[project.slug]) + address(bare),
        "csv": address(add_parameters(bare, own), format="csv"),
        "svg": address(add_parameters(bare, own), format="svg"),
        "everything": get_full_table_url(request),
        "fewer": address(bare, chart=asked.chart, by=asked.by),
    }


def add_parameters(bare, own: dict):
    copy = bare.copy()
    for name, value in own.items():
        copy[name] = value
    return copy


def make_notes_context(asked: ChartOptions, context: dict, counts: PassageCounts, codebook: dict) -> dict:
    """What has to be known to read the chart aright."""
    table, step = context["table"], choose_timeline_step(counts, asked.by) if asked.chart == "timeline" else asked.by
    lines = table.turned if asked.chart == "timeline" else table.lines
    used = {tag for tag, _ in counts.cells}
    shown = sum(head.query is not None for head in table.columns)
    late = asked.chart == "timeline" and table.columns and table.columns[0].key > min(counts.columns)
    return {
        "corner": CORNER_LABELS[asked.chart],
        "drawn": mark_safe(render_drawing(context["drawing"])),
        "lines": [(head, mark_safe(render_cells(cells))) for head, cells in lines],
        "turned": asked.chart == "timeline",
        "untagged": counts.number - counts.tagged,
        "unused": [term for term in codebook.values() if term.slug not in used],
        "tags": len(used),
        "hidden": len(used) - sum(bool(head.hue) for head in table.rows),
        "other_columns": len(counts.columns) - shown if asked.chart in SHARE_DIRECTIONS else 0,
        "kind": "sources" if asked.chart == "sources" else "readers",
        "step": step,
        "coarser": asked.chart == "timeline" and step != asked.by,
        "late": table.columns[0] if late else None,
        "most": MAX_ALL,
        "buckets": MAX_BUCKETS,
    }
