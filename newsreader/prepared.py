"""Queries whose SQL is written once, for pages that are asked for all the time.

Building and compiling a query takes Django longer than the database takes to answer it.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection, models
from django.db.models.query import get_related_populators

Row = TypeVar("Row", bound=models.Model)
FIRST_SAMPLE = 2_000_000_011  # of the values that stand for the parameters while the SQL is written
Parameter = int | str | UUID


class PreparedQuery(Generic[Row]):
    """A query of rows with all that `select_related` and `annotate` add to them, or of what `values_list` names.

    `build` returns the query for values of its parameters, which are whole numbers, words or keys; each may stand only
    where the database compares it as it is.
    """

    def __init__(
        self, build: Callable[..., models.QuerySet[Row, Any]], **parameters: type[int] | type[str] | type[UUID]
    ) -> None:
        samples = {
            name: make_sample(kind, FIRST_SAMPLE + place) for place, (name, kind) in enumerate(parameters.items())
        }
        query: Any = build(**samples).query
        self.compiler = query.get_compiler(using="default")
        self.sql, values = self.compiler.as_sql()
        names = {adapt(sample): name for name, sample in samples.items()}
        self.values = [(names.get(value, ""), value) for value in values]
        self.converters = self.compiler.get_converters(column for column, *_ in self.compiler.select)
        info, select = self.compiler.klass_info, self.compiler.select
        if info:
            places = info["select_fields"]
            self.model, self.columns = info["model"], slice(places[0], places[-1] + 1)
            self.names = [column.target.attname for column, *_ in select[self.columns]]
            self.related = get_related_populators(info, select, "default")  # type: ignore[call-arg]  # of a later Django

    def first(self, **parameters: Parameter) -> Row | None:
        """Return the first row for these values of the parameters."""
        rows = self.fetch(parameters, limit=1)
        return self.build_row(rows[0]) if rows else None

    def list_values(self, **parameters: Parameter) -> list[tuple[Any, ...]]:
        """Return what a query with `values_list` finds for these values of the parameters."""
        rows = self.fetch(parameters)
        return list(map(tuple, self.compiler.apply_converters(rows, self.converters))) if self.converters else rows

    def fetch(self, parameters: dict[str, Parameter], limit: int | None = None) -> list[tuple[Any, ...]]:
        """Return rows as the database has them, the first `limit` or all."""
        values = [adapt(parameters[name]) if name else value for name, value in self.values]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, values)
            return cursor.fetchmany(limit) if limit else cursor.fetchall()

    def build_row(self, row: tuple[Any, ...]) -> Row:
        """Return a row of the database as Django does: with its related rows and its annotations."""
        values = next(iter(self.compiler.apply_converters([row], self.converters))) if self.converters else row
        found: Any = self.model.from_db("default", self.names, values[self.columns])
        for related in self.related:
            related.populate(values, found)
        for name, place in self.compiler.annotation_col_map.items():
            setattr(found, name, values[place])
        return found


def make_sample(kind: type[int] | type[str] | type[UUID], number: int) -> Parameter:
    """Return a value that no query has for any other reason."""
    return UUID(int=number) if issubclass(kind, UUID) else kind(number)


def adapt(value: Parameter) -> Any:
    """Return a parameter as the database takes it."""
    return models.UUIDField().get_db_prep_value(value, connection) if isinstance(value, UUID) else value
