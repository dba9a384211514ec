"""Passages laid out by kinds: how many there are of each, and the first of each, in few queries."""

from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256
from time import time
from typing import NamedTuple
from uuid import UUID

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count
from django.db.models.functions import TruncWeek

from annotations.tag_query.queries import has_tags
from newsreader.models import Article, Source

A_MINUTE, A_WHILE = 60, 600
MANY = 50_000  # highlights
A_WEEK = timedelta(days=6)
FIELDS = {
    "tag": "highlighttag__tag",
    "source": "article__source__slug",
    "author": "article__byline",
    "reader": "author__username",
    "week": "week",
    "article": "article__slug",
}
AXES = [name for name in FIELDS if name != "tag"]  # by which a desk may have columns


class Counted(NamedTuple):
    """Numbers that were counted, for which version of the project and when."""

    version: int
    at: float
    numbers: dict

    def holds_for(self, project) -> bool:
        """Whether they still may be told: nothing changed for a minute at most, or there are very many, for longer."""
        age = time() - self.at
        if sum(self.numbers.values()) >= MANY:
            return age < A_WHILE
        return self.version == project.version and age < A_MINUTE


def numbers(project, highlights, axis: str) -> dict:
    """How many of these highlights there are of each kind on the axis; kept until the project changes, a minute at most.

    The kinds are slugs of sources and articles, names of authors and readers, Mondays, and keys of tags (None: no tag).
    Counting reads every highlight, so the numbers of MANY may be A_WHILE old.
    """
    rows = of_kinds(highlights, axis)
    if not (sql := sql_of(rows)):
        return {}
    key = f"laid-{project.pk}-{sha256(repr(sql).encode()).hexdigest()}"
    known = cache.get(key)
    if not (known and known.holds_for(project)):
        known = Counted(project.version, time(), dict(counted(rows)))
        cache.set(key, known, A_WHILE)
    return known.numbers


def sql_of(rows) -> tuple | None:
    """The query and its parameters; None where no row can be meant."""
    try:
        return rows.query.sql_with_params()
    except EmptyResultSet:
        return None


def of_kinds(highlights, axis: str):
    if axis == "week":
        highlights = highlights.annotate(week=TruncWeek("article__dated_at"))
    return highlights.order_by().values_list(FIELDS[axis]).annotate(number=Count("pk"))


def counted(rows) -> Iterable[tuple]:
    for kind, number in rows:
        yield (kind.date() if hasattr(kind, "date") else kind), number


def of_kind(project, highlights, axis: str, kind):
    """Those of one kind on the axis."""
    if axis == "week":
        return highlights.dated(kind, kind + A_WEEK)
    if axis == "tag":
        return highlights.filter(has_tags(project, [kind])) if kind else highlights.filter(highlighttag=None)
    return highlights.filter(**{FIELDS[axis]: kind})


def names(axis: str, kinds: list) -> dict:
    """What each kind is called; tags are called by the codebook."""
    if axis == "source":
        return dict(Source.objects.filter(slug__in=kinds).values_list("slug", "name"))
    if axis == "article":
        return dict(Article.objects.filter(slug__in=kinds).values_list("slug", "title"))
    return {kind: kind for kind in kinds}


def address(axis: str, kind) -> dict[str, str]:
    """The filters of passages that mean one kind."""
    if isinstance(kind, date):
        return {"from": kind.isoformat(), "to": (kind + A_WEEK).isoformat()}
    return {axis: kind}


def firsts(cells: list, size: int) -> list[list[UUID]]:
    """The keys of the first passages of each cell, the latest first: one query for all of them."""
    asked = [(n, sql_of(cell.order_by("-key").values("pk")[:size])) for n, cell in enumerate(cells)]
    queries = [(f"SELECT {n}, * FROM ({sql[0]}) AS cell", sql[1]) for n, sql in asked if sql]  # noqa: S608 the ORM made it
    laid: list[list[UUID]] = [[] for _ in cells]
    if not queries:
        return laid
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(sql for sql, _ in queries), [one for _, values in queries for one in values])
        for number, key in cursor.fetchall():
            laid[number].append(key if isinstance(key, UUID) else UUID(key))
    return [sorted(keys, reverse=True) for keys in laid]
