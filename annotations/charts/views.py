"""Charts of the passages that the query string asks for: over time, by source, of tags together, by reader."""

from hashlib import sha256
from typing import Any

from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.charts.counting import TIME_STEPS
from annotations.charts.crosstab import Crosstab, Header, list_table_rows
from annotations.charts.geometry import Drawing, draw_timeline
from annotations.charts.matrices import draw_matrix
from annotations.charts.queries import PassageCounts, count_passages
from annotations.charts.svg import render_cells, render_drawing
from annotations.charts.tables import (
    CHART_PARAMETERS,
    MAX_ALL,
    MAX_BUCKETS,
    ChartOptions,
    choose_timeline_step,
    get_full_table_url,
    make_chart_table,
)
from annotations.decorators import project_required
from annotations.exchange.csv_table import write_rows
from annotations.models.access import make_kind_of_reader, name_kind
from annotations.models.codebook import Codebook, codebook_of
from annotations.models.project import Project
from annotations.passages.facets import CACHE_SECONDS, describe_missing, load_filter_names
from annotations.passages.filters import (
    PASSAGE_LIMITS,
    PassageFilter,
    list_passage_filters,
    read_choice,
    read_filter,
    select_passages,
)
from annotations.passages.queries import all_passages
from newsreader.caching import page_cache
from newsreader.http import Request
from newsreader.views.filters import build_query_string, limit_query

CHART_NAMES = {
    "timeline": gettext_noop("Over time"),
    "sources": gettext_noop("By source"),
    "together": gettext_noop("Tags together"),
    "readers": gettext_noop("By reader"),
}
TAG = gettext_noop("Tag")
CORNER_LABELS = {"timeline": gettext_noop("When"), "sources": TAG, "together": TAG, "readers": TAG}
CHART_LIMITS = PASSAGE_LIMITS | {"chart": 1, "by": 1, "show": 1}
CHARTS_WITH_SHARES = ("sources", "readers")


@require_safe
@project_required()
@limit_query(CHART_LIMITS)
def show_chart(request: Request, project: Project) -> HttpResponseBase:
    """Show the chart that the query string asks for, with its table; or send either as a file."""
    passage_filter, codebook, options = read_filter(request.GET), codebook_of(project), read_options(request.GET)
    counts, faults = load_counts(request, project, passage_filter, codebook, options.chart)
    table = make_chart_table(project, request.GET, options, counts, codebook, passage_filter)
    drawing = make_drawing(table, options.chart)
    if request.GET.get("format") == "csv":
        return export_csv(table, project, options.chart)
    if request.GET.get("format") == "svg":
        return export_svg(request, drawing, project, options.chart)
    context = {"section": "charts", "project": project, "wanted": passage_filter, "counts": counts}
    context |= {"faults": [*request.left_out, *faults]}
    context |= {"asked": options, "name": _(CHART_NAMES[options.chart]), "table": table, "drawing": drawing}
    names = load_filter_names(request.user, project, passage_filter, codebook)
    filters = drop_chart_parameters(request.GET)
    context |= {"chosen": list_passage_filters(add_chart_parameters(filters, options), passage_filter, names)}
    context |= {
        "missing": describe_missing(passage_filter, codebook, names),
        "everything": get_full_table_url(request.GET),
    }
    context |= make_link_context(filters, project, options) | make_table_context(table, drawing, options.chart)
    context |= make_notes_context(table, options, counts, codebook)
    return render(request, "annotations/charts/charts.html", context)


def read_options(parameters: QueryDict) -> ChartOptions:
    """Return what the query string says of the chart itself; anything unknown is a timeline by week."""
    chart, step = read_choice(CHART_NAMES, parameters.get("chart", ""), "timeline"), parameters.get("by", "")
    return ChartOptions(chart, step if step in TIME_STEPS else "week", parameters.get("show") == "all")


def load_counts(
    request: Request, project: Project, passage_filter: PassageFilter, codebook: Codebook, chart: str
) -> tuple[PassageCounts, list[str]]:
    """Return the numbers, and what was wrong with the question; kept until the project changes, a minute at most."""
    filters = sorted((name, values) for name, values in request.GET.lists() if name not in CHART_PARAMETERS)
    digest = sha256(repr((get_language(), filters)).encode()).hexdigest()
    reader = make_kind_of_reader(project, request.user)
    key = f"charts-{project.pk}-{project.version}-{project.codebook}-{name_kind(reader)}-{chart}-{digest}"
    if project.sight or (counts := page_cache.get(key)) is None:
        passages = select_passages(
            all_passages().readable_in_any_layer(reader, project), project, passage_filter, codebook
        )
        counts = count_passages(passages, project, codebook, chart), passage_filter.faults
        if not project.sight:
            page_cache.set(key, counts, CACHE_SECONDS)
    return counts


def make_drawing(table: Crosstab, chart: str) -> Drawing:
    """Return the drawing of the chart's table."""
    if chart != "timeline":
        return draw_matrix(table)
    return draw_timeline(table, [header.tick for header in table.columns])


def export_csv(table: Crosstab, project: Project, chart: str) -> StreamingHttpResponse:
    """Send the chart’s table, and nothing else, as comma-separated values."""
    head, rows = list_table_rows(
        table, CORNER_LABELS[chart], by_column=chart == "timeline", with_shares=chart in CHARTS_WITH_SHARES
    )
    response = StreamingHttpResponse(write_rows(head, rows), content_type="text/csv; charset=utf-8")
    set_file_name(response, f"{chart}-{project.slug}.csv")
    return response


def export_svg(request: Request, drawing: Drawing, project: Project, chart: str) -> HttpResponse:
    """Send the chart alone, as a picture that needs no other file."""
    drawn = mark_safe(render_drawing(drawing, linked=False))
    context = {"project": project, "name": _(CHART_NAMES[chart]), "drawing": drawing, "drawn": drawn}
    response = render(request, "annotations/charts/chart.svg", context, content_type="image/svg+xml")
    set_file_name(response, f"{chart}-{project.slug}.svg")
    return response


def set_file_name(response: HttpResponseBase, name: str) -> None:
    """Let the browser save the response under this name."""
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""


def drop_chart_parameters(parameters: QueryDict) -> QueryDict:
    """Return the filters alone."""
    filters = parameters.copy()
    for name in CHART_PARAMETERS:
        filters.pop(name, None)
    return filters


def add_chart_parameters(filters: QueryDict, options: ChartOptions) -> QueryDict:
    """Return the filters with what the address says of this chart."""
    parameters = filters.copy()
    for name, value in [("chart", options.chart), ("by", options.by), *([("show", "all")] if options.all else [])]:
        parameters[name] = value
    return parameters


def make_link_context(filters: QueryDict, project: Project, options: ChartOptions) -> dict[str, Any]:
    """Return the addresses of the other charts, of the files and of the passages."""
    chart, step = options.chart, options.by
    parameters = add_chart_parameters(filters, options)
    return {
        "charts": [
            (_(name), build_query_string(filters, chart=key, by=step), key == chart)
            for key, name in CHART_NAMES.items()
        ],
        "steps": [(key, build_query_string(filters, chart="timeline", by=key), key == step) for key in TIME_STEPS],
        "bare": f"?chart={chart}&by={step}",
        "passages": reverse("passages", args=[project.slug]) + build_query_string(filters),
        "once": build_query_string(parameters, distinct="1"),
        "csv": build_query_string(parameters, format="csv"),
        "svg": build_query_string(parameters, format="svg"),
        "fewer": build_query_string(filters, chart=chart, by=step),
    }


def make_table_context(table: Crosstab, drawing: Drawing, chart: str) -> dict[str, Any]:
    """Return the drawing and the rows of the table as HTML; those of a timeline are its columns."""
    is_timeline = chart == "timeline"
    rows = table.list_columns() if is_timeline else table.list_rows()
    return {
        "corner": _(CORNER_LABELS[chart]),
        "drawn": mark_safe(render_drawing(drawing)),
        "lines": [(header, mark_safe(render_cells(cells))) for header, cells in rows],
        "turned": is_timeline,
    }


def make_notes_context(
    table: Crosstab, options: ChartOptions, counts: PassageCounts, codebook: Codebook
) -> dict[str, Any]:
    """Return what has to be known to read the chart aright, such as what is not shown."""
    is_timeline = options.chart == "timeline"
    step = choose_timeline_step(counts, options.by) if is_timeline else options.by
    used_tags = {tag for tag, _ in counts.cells}
    shown_columns = sum(header.query is not None for header in table.columns)
    is_cut = is_timeline and table.columns and table.columns[0].key > min(counts.columns)
    return {
        "untagged": counts.number - counts.tagged,
        "unused": [tag for key, tag in codebook.items() if key not in used_tags],
        "tags": len(used_tags),
        "hidden": len(used_tags) - sum(bool(header.hue) for header in table.rows),
        "other_columns": len(counts.columns) - shown_columns if options.chart in CHARTS_WITH_SHARES else 0,
        "kind": "sources" if options.chart == "sources" else "readers",
        "step": step,
        "coarser": is_timeline and step != options.by,
        "late": table.columns[0] if is_cut else None,
        "cuts": [header for header in table.columns if header.skipped],
        "redrawn": list_redrawn_tags(table.rows, codebook),
        "most": MAX_ALL,
        "buckets": MAX_BUCKETS,
    }


def list_redrawn_tags(headers: list[Header], codebook: Codebook) -> list[str]:
    """Return the names of the tags that have another line here than in the codebook, where they share one."""
    return [header.name for header in headers if header.hue and codebook[header.key].colour != header.hue]
