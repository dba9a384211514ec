"""The table of each chart: which tags and which columns it has, in which order, and where its numbers lead."""

from datetime import date
from functools import cache

from django.urls import reverse
from django.utils.http import urlencode

from annotations.charts.counting import buckets, end_of, gathered, ranked, step_for
from annotations.charts.crosstab import Head, Table, crossed, triangle
from annotations.charts.queries import Counts
from annotations.models.codebook import Term
from newsreader.views.filters import build_query_string

OWN = ("chart", "by", "show", "after", "before", "format")  # what the address of a chart says beside the filters
TAGS, COLUMNS, BUCKETS = 12, 12, 366
STRIPS = 8
MOST = 100  # of tags, and of columns, where all are asked for
WRITTEN = {"day": "{0.day} {0:%b} {0.year}", "week": "week of {0.day} {0:%b} {0.year}", "month": "{0:%B} {0.year}"}
SPOKEN = WRITTEN | {"day": "{0.day} {0:%B} {0.year}", "week": "week of {0.day} {0:%B} {0.year}"}
ALL = "all passages"


def link_to(request, project):
    """A function: the address of the passages asked for that are also in this row and in this column."""
    base, has = reverse("passages", args=[project.slug]), set(request.GET.getlist("tag"))
    asked = [(name, v) for name, values in request.GET.lists() if name not in OWN for v in values if v.strip()]

    @cache
    def others_than(*names: str) -> str:
        return urlencode([(name, value) for name, value in asked if name == "tag" or name not in names])

    def link(*queries: dict) -> str:
        tags = {query["tag"]: None for query in queries if query.get("tag", "") not in {"", *has}}
        places = {name: value for query in queries for name, value in query.items() if name != "tag"}
        parts = [others_than(*places), urlencode([("tag", tag) for tag in tags]), urlencode(places)]
        return f"{base}?{'&'.join(filter(None, parts))}"

    return link


def tag_heads(numbers: dict[str, int], codebook: dict[str, Term], most: int, link) -> list[Head]:
    """The tags that are on most of these passages, most first; tags that share a slug, and so an address, are one."""
    heads = []
    for slug in ranked({slug: n for slug, n in in_order(numbers, codebook).items() if n})[:most]:
        terms = [term for term in codebook.values() if term.slug.casefold() == slug.casefold()]
        name, retired = " / ".join(term.name for term in terms), all(term.status == "retired" for term in terms)
        query = {"tag": slug}
        fields = {"query": query, "hue": terms[0].colour, "retired": retired, "href": link(query), "spoken": name}
        heads.append(Head(slug, name, numbers[slug], **fields))
    return heads


def in_order(numbers: dict[str, int], codebook: dict[str, Term]) -> dict[str, int]:
    return {term.slug: numbers[term.slug] for term in codebook.values() if numbers.get(term.slug)}


def whole(counts: Counts, columns: dict, link) -> tuple[Head, dict]:
    """The row of all passages, whatever their tags, and its numbers."""
    head = Head("", "All passages", sum(columns.values()), {}, href=link({}), spoken=ALL)
    return head, {("", key): number for key, number in columns.items()}


def over_time(counts: Counts, codebook, link, by: str, most: int, wanted) -> Table:
    """A column for each day, week or month from the first passage to the last, the last BUCKETS of them."""
    starts = span(counts, by)
    days: dict[str, dict] = {}
    for (tag, day), number in counts.cells.items():
        days.setdefault(tag, {})[day] = number
    numbers = {(tag, start): n for tag, own in days.items() for start, n in gathered(own, starts).items()}
    sums = gathered(counts.columns, starts)
    columns = [period(start, by, sums[start], wanted, link) for start in starts]
    head, whole_numbers = whole(counts, sums, link)
    if starts and starts[0] > min(counts.columns):  # the earlier ones are not here
        head = head._replace(query={}, href=link({"from": str(starts[0])}))
    rows = tag_heads(totals(numbers), codebook, most, link)
    if starts and starts[0] > min(counts.columns):
        rows = [row._replace(href=link(row.query, {"from": str(starts[0])})) for row in rows]
    return crossed([head, *rows], columns, numbers | whole_numbers, link)


def span(counts: Counts, by: str) -> list[date]:
    days = counts.columns
    return buckets(min(days), max(days), by, BUCKETS) if days else []


def step_of(counts: Counts, by: str) -> str:
    """The step asked for, or a longer one where it would make too many columns."""
    days = counts.columns
    return step_for(min(days), max(days), by, BUCKETS) if days else by


def period(start: date, by: str, number: int, wanted, link) -> Head:
    """A day, week or month, within the days that are asked for anyway."""
    since = max(filter(None, [start, wanted.since]))
    until = min(filter(None, [end_of(start, by), wanted.until]))
    query = {"from": str(since), "to": str(until)}
    name = WRITTEN[by].format(start)
    return Head(start, name[:1].upper() + name[1:], number, query, href=link(query), spoken=SPOKEN[by].format(start))


def totals(numbers: dict) -> dict[str, int]:
    sums: dict[str, int] = {}
    for (tag, _), number in numbers.items():
        sums[tag] = sums.get(tag, 0) + number
    return sums


def by_place(counts: Counts, codebook, link, chart: str, most: int, most_columns: int, all_of_them: str) -> Table:
    """A column for each source or reader, the one with most passages first, and one for the others."""
    field, part = ("source", "row") if chart == "sources" else ("reader", "column")
    places = ranked(dict(sorted(counts.columns.items())))
    shown = places[:most_columns]
    columns = [place(key, counts, {field: key}, link) for key in shown]
    head, numbers = whole(counts, counts.columns, link)
    numbers |= counts.cells
    if rest := places[most_columns:]:
        columns.append(others(rest, counts, all_of_them))
        numbers |= others_of(numbers, rest)
    heads = [head, *tag_heads(totals(counts.cells), codebook, most, link)]
    return crossed(heads, columns, numbers, link, part)


def place(key: str, counts: Counts, query: dict, link) -> Head:
    return Head(key, counts.names[key], counts.columns[key], query, href=link(query), spoken=counts.names[key])


def others(keys: list, counts: Counts, href: str) -> Head:
    name = f"{len(keys):,} other{'s' if len(keys) > 1 else ''}"
    return Head(None, name, sum(counts.columns[key] for key in keys), None, href=href, spoken=name)


def others_of(numbers: dict, keys: list) -> dict:
    rest, sums = set(keys), {}
    for (tag, column), number in numbers.items():
        if column in rest:
            sums[tag, None] = sums.get((tag, None), 0) + number
    return sums


def beside_each_other(counts: Counts, codebook, link, most: int) -> Table:
    own = {one: number for (one, other), number in counts.cells.items() if one == other}
    return triangle(tag_heads(own, codebook, most, link), counts.cells, link)


def table_of(asked, counts: Counts, codebook, request, wanted) -> Table:
    """The chart's table, with the few tags and columns that matter most, or with all."""
    link = link_to(request, request.project)
    few = STRIPS if asked.chart == "timeline" else TAGS
    most, most_columns = (MOST, MOST) if asked.all else (few, COLUMNS)
    if asked.chart == "timeline":
        return over_time(counts, codebook, link, step_of(counts, asked.by), most, wanted)
    if asked.chart == "together":
        return beside_each_other(counts, codebook, link, most)
    return by_place(counts, codebook, link, asked.chart, most, most_columns, everything(request))


def everything(request) -> str:
    """The address of the same chart with all its tags and columns, at its table."""
    copy = request.GET.copy()
    copy.pop("format", None)
    copy["show"] = "all"
    return build_query_string(copy) + "#table"
