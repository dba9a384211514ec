"""Inserts or updates many rows of one model at once."""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

AS_IT_IS = {"BooleanField", "CharField", "PositiveIntegerField", "PositiveSmallIntegerField", "TextField"}  # in Python

ReadValue = Callable[[models.Model], Any]


def insert_rows(rows: Iterable[models.Model]) -> None:
    """Insert new rows of one model; those whose keys the database gives do not get them back.

    `bulk_create` writes a statement for every few dozen rows and asks each field of each row for its part of it, which takes
    several times as long as the database.
    """
    rows = list(rows)
    if not rows:
        return
    model, connection = type(rows[0]), connections[DEFAULT_DB_ALIAS]
    fields = [field for field in model._meta.local_concrete_fields if not isinstance(field, models.AutoField)]
    readers = [make_reader(field, connection) for field in fields]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    table, marks = connection.ops.quote_name(model._meta.db_table), ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        values = [[read(row) for read in readers] for row in rows]
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)  # noqa: S608


def update_rows(rows: Iterable[models.Model], names: Iterable[str]) -> None:
    """Write these fields of rows of one model, each row its own values; `bulk_update` takes several times as long.

    What depends on the rows, such as a search index, is left to the caller.
    """
    rows = list(rows)
    if not rows:
        return
    meta, connection = type(rows[0])._meta, connections[DEFAULT_DB_ALIAS]
    fields: list[Any] = [meta.get_field(name) for name in names]
    key: Any = meta.pk
    readers = [make_reader(field, connection) for field in [*fields, key]]
    quote = connection.ops.quote_name
    changes = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    with connection.cursor() as cursor:
        values = [[read(row) for read in readers] for row in rows]
        statement = f"UPDATE {quote(meta.db_table)} SET {changes} WHERE {quote(str(key.column))} = %s"  # noqa: S608
        cursor.executemany(statement, values)


def make_reader(field: Any, connection: BaseDatabaseWrapper) -> ReadValue:
    """Return what reads a field's value off a row as the database takes it."""
    stored: Any = field
    while stored.remote_field:
        stored = stored.target_field
    if isinstance(stored, models.AutoField) or stored.get_internal_type() in AS_IT_IS:
        return attrgetter(field.attname)
    if isinstance(stored, models.UUIDField) and not connection.features.has_native_uuid_field:
        read = attrgetter(field.attname)
        return lambda row: value.hex if (value := read(row)) else None
    return lambda row: field.get_db_prep_save(field.pre_save(row, add=True), connection)
