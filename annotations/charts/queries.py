"""Counts of the selected passages that have each tag: by day, by source, by reader, beside each other tag."""

from collections import Counter
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet
from django.utils.timezone import localtime

from annotations.models.codebook import Codebook
from annotations.models.highlight import Highlight
from annotations.models.highlight_tag import HighlightTag
from annotations.models.project import Project

COLUMN_FIELDS = {
    "timeline": ["article__dated_at"],
    "sources": ["article__source__slug", "article__source__name"],
    "readers": ["author__username"],
}


class PassageCounts(NamedTuple):
    """Numbers of passages: in all, with a tag at all, in each column, and by (tag, column).

    A tag is known by its key, a column by its day, slug, or user name. `undated` are those in articles that do not say
    when they were published.
    """

    number: int
    tagged: int
    columns: dict[Any, int]
    names: dict[Any, Any]
    cells: dict[tuple[str, Any], int]
    undated: int = 0


def count_passages(passages: QuerySet[Highlight], project: Project, codebook: Codebook, chart: str) -> PassageCounts:
    """Return the numbers that a chart shows of these highlights; four queries at most, however many there are."""
    keys = passages.order_by().values("pk")
    pairs = HighlightTag.objects.filter(project=project, highlight__in=keys).order_by()
    tagged = pairs.aggregate(number=Count("highlight", distinct=True))["number"]
    if chart == "together":
        return PassageCounts(keys.count(), tagged, {}, {}, count_tag_pairs(pairs, codebook))
    highlights = Highlight.objects.filter(project=project, pk__in=keys).order_by()
    columns, names, undated = count_columns(highlights, chart)
    return PassageCounts(sum(columns.values()), tagged, columns, names, count_cells(pairs, codebook, chart), undated)


def count_columns(highlights: QuerySet[Highlight], chart: str) -> tuple[Counter[Any], dict[Any, Any], int]:
    """Return the number in each column, the columns' names, and how many passages are undated."""
    fields = COLUMN_FIELDS[chart] + (["article__published_at"] if chart == "timeline" else [])
    columns: Counter[Any] = Counter()
    names, undated = {}, 0
    for value, *more, number in highlights.values_list(*fields).annotate(number=Count("pk")):
        columns[column := make_column_key(value)] += number
        names[column] = more[0] if chart == "sources" else value
        undated += number if chart == "timeline" and not more[0] else 0
    return columns, names, undated


def make_column_key(value: str | datetime) -> str | date:
    """Return a moment as the day it is here; any other value as it is."""
    return value if isinstance(value, str) else localtime(value).date()


def count_cells(pairs: QuerySet[HighlightTag], codebook: Codebook, chart: str) -> Counter[tuple[str, Any]]:
    """Return the number of passages by (tag, column)."""
    field = f"highlight__{COLUMN_FIELDS[chart][0]}"
    cells: Counter[tuple[str, Any]] = Counter()
    for key, value, number in pairs.values_list("tag", field).annotate(number=Count("pk")):
        if key.hex in codebook:
            cells[key.hex, make_column_key(value)] += number
    return cells


def count_tag_pairs(pairs: QuerySet[HighlightTag], codebook: Codebook) -> Counter[tuple[str, Any]]:
    """Return how many have both tags of each pair, either way round, and each tag, as a pair with itself."""
    rows = pairs.values_list("tag", "highlight__highlighttag__tag")
    cells: Counter[tuple[str, Any]] = Counter()
    for key, other_key, number in rows.annotate(number=Count("pk")):
        if key.hex in codebook and other_key.hex in codebook:
            cells[key.hex, other_key.hex] = number
    return cells
