"""The table of each chart: which tags and which columns it has, in which order, and where its numbers lead."""

from collections.abc import Mapping
from datetime import date
from functools import cache, partial
from typing import Any, NamedTuple

from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.charts.counting import Bucket, choose_step, find_bucket_end, lay_axis, rank_keys, sum_by_bucket
from annotations.charts.crosstab import Crosstab, Header, LinkBuilder, Query, make_crosstab, make_triangle
from annotations.charts.queries import PassageCounts
from annotations.models.codebook import Codebook
from annotations.models.project import Project
from annotations.passages.filters import PassageFilter
from annotations.rendering.tag_lines import separate_lines
from newsreader.views.filters import build_query_string

# What the address of a chart says beside the filters.
CHART_PARAMETERS = ("chart", "by", "show", "after", "before", "format")
MAX_TAGS, MAX_TIMELINE_TAGS, MAX_COLUMNS = 12, 8, 12
MAX_BUCKETS = 366  # days, weeks or months of a timeline
MAX_ALL = 100  # tags, and columns, where all are asked for
DATE_FORMATS = {"day": "DATE_FORMAT", "week": "DATE_FORMAT", "month": "YEAR_MONTH_FORMAT"}


class ChartOptions(NamedTuple):
    """What of the address is the chart’s own; `by` is the step of a timeline, `all` whether all tags are wanted."""

    chart: str
    by: str
    all: bool


class ChartData(NamedTuple):
    """What a table is made of; `link` gives the address of the passages that its queries choose."""

    counts: PassageCounts
    codebook: Codebook
    link: LinkBuilder
    max_tags: int
    max_columns: int


def make_chart_table(
    project: Project,
    parameters: QueryDict,
    options: ChartOptions,
    counts: PassageCounts,
    codebook: Codebook,
    passage_filter: PassageFilter,
) -> Crosstab:
    """Return the chart's table, with the few tags and columns that matter most, or with all."""
    few_tags = MAX_TIMELINE_TAGS if options.chart == "timeline" else MAX_TAGS
    limits = (MAX_ALL, MAX_ALL) if options.all else (few_tags, MAX_COLUMNS)
    data = ChartData(counts, codebook, make_link_builder(project, parameters), *limits)
    if options.chart == "timeline":
        return make_timeline(data, choose_timeline_step(counts, options.by), passage_filter)
    if options.chart == "together":
        return make_pair_table(data)
    return make_place_table(data, options.chart, get_full_table_url(parameters))


def make_link_builder(project: Project, parameters: QueryDict) -> LinkBuilder:
    """Return a function of queries: the address of the passages asked for that all of these choose."""
    base, tags = reverse("passages", args=[project.slug]), set(parameters.getlist("tag"))
    filters = [
        (name, value)
        for name, values in parameters.lists()
        if name not in CHART_PARAMETERS
        for value in values
        if value.strip()
    ]
    return partial(build_link, base, tags, cache(partial(encode_filters, filters)))


def build_link(base: str, tags: set[str], encode: LinkBuilder, *queries: Query) -> str:
    """Return the address of the filters, their `tags` among them, narrowed by these queries."""
    new_tags = {query["tag"]: None for query in queries if query.get("tag", "") not in {"", *tags}}
    narrowed = {name: value for query in queries for name, value in query.items() if name != "tag"}
    parts = [encode(*narrowed), urlencode([("tag", tag) for tag in new_tags]), urlencode(narrowed)]
    return f"{base}?{'&'.join(filter(None, parts))}"


def encode_filters(filters: list[tuple[str, str]], *narrowed: str) -> str:
    """Return the filters as a query string, without those of these names; tags are always kept."""
    return urlencode([(name, value) for name, value in filters if name == "tag" or name not in narrowed])


def make_tag_headers(data: ChartData, numbers: Mapping[str, int]) -> list[Header]:
    """Return the tags that are on most of these passages, most first; no two have the same line while another is free."""
    ranked = rank_keys(sort_by_codebook(numbers, data.codebook))
    headers = [make_tag_header(data, key, numbers[key]) for key in ranked[: data.max_tags]]
    lines = separate_lines([header.hue for header in headers])
    return [header._replace(hue=line) for header, line in zip(headers, lines, strict=True)]


def make_tag_header(data: ChartData, key: str, number: int) -> Header:
    """Return the header of a tag."""
    tag = data.codebook[key]
    query, is_retired = {"tag": tag.address}, tag.status == "retired"
    return Header(key, tag.name, number, query, tag.colour, is_retired, data.link(query), tag.name)


def sort_by_codebook(numbers: Mapping[str, int], codebook: Codebook) -> dict[str, int]:
    """Return the numbers that are not 0, by the keys of the tags, in the codebook's order."""
    return {key: numbers[key] for key in codebook if numbers.get(key)}


def make_total_row(data: ChartData, columns: Mapping[Any, int]) -> tuple[Header, dict[tuple[str, Any], int]]:
    """Return the row of all passages, whatever their tags, and its numbers."""
    name, number = _("All passages"), sum(columns.values())
    header = Header("", name, number, {}, href=data.link({}), spoken=_("all passages"))
    return header, {("", key): number for key, number in columns.items()}


def make_timeline(data: ChartData, step: str, passage_filter: PassageFilter) -> Crosstab:
    """Return a column for each day, week or month from the first passage to the last, the last MAX_BUCKETS of them.

    Long stretches without passages are left out where they would fill most of the table.
    """
    buckets = lay_axis(data.counts.columns, step, MAX_BUCKETS)
    starts = [bucket.start for bucket in buckets]
    numbers = sum_cells_by_bucket(data.counts, starts)
    sums = sum_by_bucket(data.counts.columns, starts)
    columns = [make_period_header(data, bucket, step, sums[bucket.start], passage_filter) for bucket in buckets]
    total, total_numbers = make_total_row(data, sums)
    rows = make_tag_headers(data, sum_by_tag(numbers))
    if starts and starts[0] > min(data.counts.columns):  # the earlier passages are not here
        since = {"from": str(starts[0])}
        total = total._replace(query={}, href=data.link(since))
        rows = [row._replace(href=data.link(row.query, since)) for row in rows]
    return make_crosstab([total, *rows], columns, numbers | total_numbers, data.link)


def sum_cells_by_bucket(counts: PassageCounts, starts: list[date]) -> dict[tuple[str, date], int]:
    """Return the number of passages by (tag, start of the bucket)."""
    by_tag: dict[str, dict[date, int]] = {}
    for (tag, day), number in counts.cells.items():
        by_tag.setdefault(tag, {})[day] = number
    return {
        (tag, start): number for tag, days in by_tag.items() for start, number in sum_by_bucket(days, starts).items()
    }


def choose_timeline_step(counts: PassageCounts, step: str) -> str:
    """Return the step asked for, or a longer one where it would make too many columns."""
    return choose_step(counts.columns, step, MAX_BUCKETS) if counts.columns else step


def make_period_header(
    data: ChartData, bucket: Bucket, step: str, number: int, passage_filter: PassageFilter
) -> Header:
    """Return a day, week or month, within the days that are asked for anyway."""
    start = bucket.start
    since = max(filter(None, [start, passage_filter.since]))
    until = min(filter(None, [find_bucket_end(start, step), passage_filter.until]))
    query = {"from": str(since), "to": str(until)}
    tick = date_format(start, DATE_FORMATS[step])
    name = _("Week of %(day)s") % {"day": tick} if step == "week" else tick
    spoken = _("week of %(day)s") % {"day": tick} if step == "week" else tick
    href = data.link(query)
    return Header(start, name, number, query, href=href, spoken=spoken, tick=tick, skipped=bucket.skipped)


def sum_by_tag(numbers: Mapping[tuple[str, Any], int]) -> dict[str, int]:
    """Return the sum over the columns of each tag."""
    sums: dict[str, int] = {}
    for (tag, _column), number in numbers.items():
        sums[tag] = sums.get(tag, 0) + number
    return sums


def make_place_table(data: ChartData, chart: str, full_table_url: str) -> Crosstab:
    """Return a column for each source or reader, the one with most passages first, and one for the others."""
    counts = data.counts
    field, share_of = ("source", "row") if chart == "sources" else ("reader", "column")
    places = rank_keys(dict(sorted(counts.columns.items())))
    columns = [make_place_header(data, key, {field: key}) for key in places[: data.max_columns]]
    total, numbers = make_total_row(data, counts.columns)
    numbers |= counts.cells
    if others := places[data.max_columns :]:
        columns.append(make_others_header(counts, others, full_table_url))
        numbers |= sum_others(numbers, others)
    rows = [total, *make_tag_headers(data, sum_by_tag(counts.cells))]
    return make_crosstab(rows, columns, numbers, data.link, share_of)


def make_place_header(data: ChartData, key: str, query: Query) -> Header:
    """Return the header of a source or a reader."""
    name = data.counts.names[key]
    return Header(key, name, data.counts.columns[key], query, href=data.link(query), spoken=name)


def make_others_header(counts: PassageCounts, keys: list[str], href: str) -> Header:
    """Return the header of the sources or readers that have no column of their own."""
    name = ngettext("%(number)s other", "%(number)s others", len(keys)) % {"number": f"{len(keys):,}"}
    return Header(None, name, sum(counts.columns[key] for key in keys), None, href=href, spoken=name)


def sum_others(numbers: Mapping[tuple[str, Any], int], keys: list[str]) -> dict[tuple[str, Any], int]:
    """Return the sum over these columns of each tag, as a column of the key None."""
    columns = set(keys)
    sums: dict[tuple[str, Any], int] = {}
    for (tag, column), number in numbers.items():
        if column in columns:
            sums[tag, None] = sums.get((tag, None), 0) + number
    return sums


def make_pair_table(data: ChartData) -> Crosstab:
    """Return the table of each tag beside each other."""
    numbers = {tag: number for (tag, other), number in data.counts.cells.items() if tag == other}
    return make_triangle(make_tag_headers(data, numbers), data.counts.cells, data.link)


def get_full_table_url(parameters: QueryDict) -> str:
    """Return the address of the same chart with all its tags and columns, at its table."""
    full = parameters.copy()
    full.pop("format", None)
    full["show"] = "all"
    return build_query_string(full) + "#table"
