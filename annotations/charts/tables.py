"""The table of each chart: which tags and which columns it has, in which order, and where its numbers lead."""

from datetime import date
from functools import cache

from django.urls import reverse
from django.utils.http import urlencode

from annotations.charts.counting import choose_step, find_bucket_end, list_buckets, rank_keys, sum_by_bucket
from annotations.charts.crosstab import Crosstab, Header, make_crosstab, make_triangle
from annotations.charts.queries import PassageCounts
from annotations.models.codebook import Codebook
from newsreader.views.filters import address

CHART_PARAMETERS = (
    "chart",
    "by",
    "show",
    "after",
    "before",
    "format",
)  # what the address of a chart says beside the filters
MAX_TAGS, MAX_COLUMNS, MAX_BUCKETS = 12, 12, 366
MAX_TIMELINE_TAGS = 8
MAX_ALL = 100  # of tags, and of columns, where all are asked for
PERIOD_NAMES = {"day": "{0.day} {0:%b} {0.year}", "week": "week of {0.day} {0:%b} {0.year}", "month": "{0:%B} {0.year}"}
SPOKEN_PERIOD_NAMES = PERIOD_NAMES | {"day": "{0.day} {0:%B} {0.year}", "week": "week of {0.day} {0:%B} {0.year}"}
ALL_PASSAGES = "all passages"


def make_link_builder(request, project):
    """A function: the address of the passages asked for that are also in this row and in this column."""
    base, has = reverse("passages", args=[project.slug]), set(request.GET.getlist("tag"))
    asked = [
        (name, v) for name, values in request.GET.lists() if name not in CHART_PARAMETERS for v in values if v.strip()
    ]

    @cache
    def others_than(*names: str) -> str:
        return urlencode([(name, value) for name, value in asked if name == "tag" or name not in names])

    def link(*queries: dict) -> str:
        tags = {query["tag"]: None for query in queries if query.get("tag", "") not in {"", *has}}
        places = {name: value for query in queries for name, value in query.items() if name != "tag"}
        parts = [others_than(*places), urlencode([("tag", tag) for tag in tags]), urlencode(places)]
        return f"{base}?{'&'.join(filter(None, parts))}"

    return link


def make_tag_headers(numbers: dict[str, int], codebook: Codebook, most: int, link) -> list[Header]:
    """The tags that are on most of these passages, most first; tags that share a slug, and so an address, are one."""
    heads = []
    for slug in rank_keys({slug: n for slug, n in sort_by_codebook(numbers, codebook).items() if n})[:most]:
        terms = [term for term in codebook.values() if term.slug.casefold() == slug.casefold()]
        name, retired = " / ".join(term.name for term in terms), all(term.status == "retired" for term in terms)
        query = {"tag": slug}
        fields = {"query": query, "hue": terms[0].colour, "retired": retired, "href": link(query), "spoken": name}
        heads.append(Header(slug, name, numbers[slug], **fields))
    return heads


def sort_by_codebook(numbers: dict[str, int], codebook: Codebook) -> dict[str, int]:
    return {term.slug: numbers[term.slug] for term in codebook.values() if numbers.get(term.slug)}


def make_total_row(counts: PassageCounts, columns: dict, link) -> tuple[Header, dict]:
    """The row of all passages, whatever their tags, and its numbers."""
    head = Header("", "All passages", sum(columns.values()), {}, href=link({}), spoken=ALL_PASSAGES)
    return head, {("", key): number for key, number in columns.items()}


def make_timeline(counts: PassageCounts, codebook, link, by: str, most: int, wanted) -> Crosstab:
    """A column for each day, week or month from the first passage to the last, the last BUCKETS of them."""
    starts = list_starts(counts, by)
    days: dict[str, dict] = {}
    for (tag, day), number in counts.cells.items():
        days.setdefault(tag, {})[day] = number
    numbers = {(tag, start): n for tag, own in days.items() for start, n in sum_by_bucket(own, starts).items()}
    sums = sum_by_bucket(counts.columns, starts)
    columns = [make_period_header(start, by, sums[start], wanted, link) for start in starts]
    head, whole_numbers = make_total_row(counts, sums, link)
    if starts and starts[0] > min(counts.columns):  # the earlier ones are not here
        head = head._replace(query={}, href=link({"from": str(starts[0])}))
    rows = make_tag_headers(sum_by_tag(numbers), codebook, most, link)
    if starts and starts[0] > min(counts.columns):
        rows = [row._replace(href=link(row.query, {"from": str(starts[0])})) for row in rows]
    return make_crosstab([head, *rows], columns, numbers | whole_numbers, link)


def list_starts(counts: PassageCounts, by: str) -> list[date]:
    days = counts.columns
    return list_buckets(min(days), max(days), by, MAX_BUCKETS) if days else []


def choose_timeline_step(counts: PassageCounts, by: str) -> str:
    """The step asked for, or a longer one where it would make too many columns."""
    days = counts.columns
    return choose_step(min(days), max(days), by, MAX_BUCKETS) if days else by


def make_period_header(start: date, by: str, number: int, wanted, link) -> Header:
    """A day, week or month, within the days that are asked for anyway."""
    since = max(filter(None, [start, wanted.since]))
    until = min(filter(None, [find_bucket_end(start, by), wanted.until]))
    query = {"from": str(since), "to": str(until)}
    name = PERIOD_NAMES[by].format(start)
    return Header(
        start,
        name[:1].upper() + name[1:],
        number,
        query,
        href=link(query),
        spoken=SPOKEN_PERIOD_NAMES[by].format(start),
    )


def sum_by_tag(numbers: dict) -> dict[str, int]:
    sums: dict[str, int] = {}
    for (tag, _), number in numbers.items():
        sums[tag] = sums.get(tag, 0) + number
    return sums


def make_place_table(
    counts: PassageCounts, codebook, link, chart: str, most: int, most_columns: int, all_of_them: str
) -> Crosstab:
    """A column for each source or reader, the one with most passages first, and one for the others."""
    field, part = ("source", "row") if chart == "sources" else ("reader", "column")
    places = rank_keys(dict(sorted(counts.columns.items())))
    shown = places[:most_columns]
    columns = [make_place_header(key, counts, {field: key}, link) for key in shown]
    head, numbers = make_total_row(counts, counts.columns, link)
    numbers |= counts.cells
    if rest := places[most_columns:]:
        columns.append(make_others_header(rest, counts, all_of_them))
        numbers |= sum_others(numbers, rest)
    heads = [head, *make_tag_headers(sum_by_tag(counts.cells), codebook, most, link)]
    return make_crosstab(heads, columns, numbers, link, part)


def make_place_header(key: str, counts: PassageCounts, query: dict, link) -> Header:
    return Header(key, counts.names[key], counts.columns[key], query, href=link(query), spoken=counts.names[key])


def make_others_header(keys: list, counts: PassageCounts, href: str) -> Header:
    name = f"{len(keys):,} other{'s' if len(keys) > 1 else ''}"
    return Header(None, name, sum(counts.columns[key] for key in keys), None, href=href, spoken=name)


def sum_others(numbers: dict, keys: list) -> dict:
    rest, sums = set(keys), {}
    for (tag, column), number in numbers.items():
        if column in rest:
            sums[tag, None] = sums.get((tag, None), 0) + number
    return sums


def make_pair_table(counts: PassageCounts, codebook, link, most: int) -> Crosstab:
    own = {one: number for (one, other), number in counts.cells.items() if one == other}
    return make_triangle(make_tag_headers(own, codebook, most, link), counts.cells, link)


def make_chart_table(asked, counts: PassageCounts, codebook, request, wanted) -> Crosstab:
    """The chart's table, with the few tags and columns that matter most, or with all."""
    link = make_link_builder(request, request.project)
    few = MAX_TIMELINE_TAGS if asked.chart == "timeline" else MAX_TAGS
    most, most_columns = (MAX_ALL, MAX_ALL) if asked.all else (few, MAX_COLUMNS)
    if asked.chart == "timeline":
        return make_timeline(counts, codebook, link, choose_timeline_step(counts, asked.by), most, wanted)
    if asked.chart == "together":
        return make_pair_table(counts, codebook, link, most)
    return make_place_table(counts, codebook, link, asked.chart, most, most_columns, get_full_table_url(request))


def get_full_table_url(request) -> str:
    """The address of the same chart with all its tags and columns, at its table."""
    copy = request.GET.copy()
    copy.pop("format", None)
    copy["show"] = "all"
    return address(copy) + "#table"
