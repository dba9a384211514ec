"""Pivot passages by kinds (sources, weeks, tags ...): how many there are of each, and the first of each, in few queries."""

from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from time import time
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncWeek

from annotations.models.project import Project
from annotations.passages.queries import PassageQuerySet
from annotations.tag_query.queries import has_tags
from newsreader.caching import page_cache
from newsreader.models import Article, Source
from newsreader.text.dates import add_days

CACHE_SECONDS = 60
LARGE_COUNT = 50_000  # highlights; numbers of so many are kept for longer
LARGE_CACHE_SECONDS = 600
MONDAY_TO_SUNDAY = 6  # days
AXIS_FIELDS = {
    "tag": "highlighttag__tag",
    "source": "article__source__slug",
    "author": "article__byline",
    "reader": "author__username",
    "week": "week",
    "article": "article__slug",
}
COLUMN_AXES = [name for name in AXIS_FIELDS if name != "tag"]  # those of a desk


class CachedCounts(NamedTuple):
    """Numbers that were counted, with the version of the project and the time (in seconds) when they were."""

    version: int
    at: float
    numbers: dict[Any, int]

    def is_fresh(self, project: Project) -> bool:
        """Return whether they may still be shown: nothing changed for a minute at most, or there are very many, for longer."""
        age = time() - self.at
        if sum(self.numbers.values()) >= LARGE_COUNT:
            return age < LARGE_CACHE_SECONDS
        return self.version == project.version and age < CACHE_SECONDS


def count_by_kind(project: Project, highlights: PassageQuerySet, axis: str) -> dict[Any, int]:
    """Return how many of these highlights there are of each kind on the axis.

    The kinds are slugs of sources and articles, names of authors and readers, Mondays, and keys of tags (None: no tag).
    The numbers are kept until the project changes, a minute at most; as counting reads every highlight, LARGE_COUNT and
    more may be LARGE_CACHE_SECONDS old.
    """
    return load_counts(project, group_by_kind(highlights, axis))


def count_by_tag(
    project: Project, highlights: PassageQuerySet, axis: str, tags: Iterable[UUID]
) -> dict[UUID, dict[Any, int]]:
    """Return by each of these tags what `count_by_kind` returns of the highlights with it: one query reads each of these once."""
    keys = list(tags)
    if not keys:
        return {}
    tagged = highlights.filter(highlighttag__project=project, highlighttag__tag__in=sorted(keys))
    numbers: dict[UUID, dict[Any, int]] = {key: {} for key in keys}
    for (key, kind), number in load_counts(project, group_by_kind(tagged, axis, "highlighttag__tag")).items():
        numbers[key][kind] = number
    return numbers


def load_counts(project: Project, rows: QuerySet[Any, Any]) -> dict[Any, int]:
    """Return the numbers by what they are grouped by: those that are kept, if they may still be shown."""
    if not (sql := compile_sql(rows)):
        return {}
    if project.sight:
        return dict(read_counts(rows))
    key = f"laid-{project.pk}-{sha256(repr(sql).encode()).hexdigest()}"
    cached: CachedCounts | None = page_cache.get(key)
    if not (cached and cached.is_fresh(project)):
        cached = CachedCounts(project.version, time(), dict(read_counts(rows)))
        page_cache.set(key, cached, LARGE_CACHE_SECONDS)
    return cached.numbers


def compile_sql(rows: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]] | None:
    """Return the query and its parameters; None where no row can match."""
    try:
        return rows.query.sql_with_params()
    except EmptyResultSet:
        return None


def group_by_kind(highlights: PassageQuerySet, axis: str, *before: str) -> QuerySet[Any, Any]:
    """Return rows of (kind, number of highlights), with the fields by which they are grouped `before` that."""
    if axis == "week":
        highlights = highlights.annotate(week=TruncWeek("article__dated_at"))
    return highlights.order_by().values_list(*before, AXIS_FIELDS[axis]).annotate(number=Count("pk"))


def read_counts(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, int]]:
    """Yield what each row is grouped by, several fields as a tuple and moments as days, with its number."""
    for *fields, number in rows:
        kinds = [field.date() if hasattr(field, "date") else field for field in fields]
        yield (tuple(kinds) if len(kinds) > 1 else kinds[0]), number


def filter_by_kind(project: Project, highlights: PassageQuerySet, axis: str, kind: Any) -> PassageQuerySet:
    """Return those of one kind on the axis."""
    if axis == "week":
        return highlights.dated_between(kind, add_days(kind, MONDAY_TO_SUNDAY))
    if axis == "tag":
        return highlights.filter(has_tags(project, [kind])) if kind else highlights.filter(highlighttag=None)
    return highlights.filter(**{AXIS_FIELDS[axis]: kind})


def load_kind_names(axis: str, kinds: list[Any]) -> dict[Any, Any]:
    """Return the name of each kind; those of tags are in the codebook."""
    if axis == "source":
        return dict(Source.objects.filter(slug__in=kinds).values_list("slug", "name"))
    if axis == "article":
        return dict(Article.objects.filter(slug__in=kinds).values_list("slug", "title"))
    return {kind: kind for kind in kinds}


def make_kind_parameters(axis: str, kind: Any) -> dict[str, str]:
    """Return the parameters of an address that filter passages by one kind."""
    if isinstance(kind, date):
        return {"from": kind.isoformat(), "to": add_days(kind, MONDAY_TO_SUNDAY).isoformat()}
    return {axis: kind}


def find_first_keys(cells: list[PassageQuerySet], size: int) -> list[list[UUID]]:
    """Return the keys of the first passages of each cell, `size` at most, the latest first: one query for all of them."""
    compiled = [
        (n, compile_sql(cell.order_by("-created_at", "-key").values("created_at", "pk")[:size]))
        for n, cell in enumerate(cells)
    ]
    queries = [(f"SELECT {n}, * FROM ({sql[0]}) AS cell", sql[1]) for n, sql in compiled if sql]  # noqa: S608 the ORM made it
    rows_of_cells: list[list[tuple[Any, UUID]]] = [[] for _ in cells]
    if not queries:
        return [[] for _ in cells]
    parameters = [parameter for _, values in queries for parameter in values]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql for sql, _ in queries), parameters)
        for number, created_at, key in cursor.fetchall():
            rows_of_cells[number].append((created_at, key if isinstance(key, UUID) else UUID(key)))
    return [[key for _, key in sorted(rows, reverse=True)] for rows in rows_of_cells]
