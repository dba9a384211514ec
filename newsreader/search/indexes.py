"""The search indexes, and how their entries are written: always in the transaction that changes what the entries say."""

from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any, NamedTuple, TypeVar, cast

from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef

from newsreader.search import languages, postgres, sqlite
from newsreader.search.documents import IndexEntry, SearchIndex

Row = TypeVar("Row", bound=models.Model)
BATCH_SIZE = 500
INDEXES: dict[type[models.Model], SearchIndex] = {}  # by the model that is found


def get_engine() -> ModuleType:
    """Return the module for the database in use."""
    return sqlite if connection.vendor == "sqlite" else postgres


def write_entries(index: SearchIndex, entries: list[IndexEntry]) -> None:
    """Write these entries, whose languages may be new to the library."""
    languages.expire_families({entry.family for entry in entries})
    upsert_entries(index, entries)


def upsert_entries(index: SearchIndex, entries: list[IndexEntry]) -> None:
    """Write these entries in place of older ones with their keys."""
    with connection.cursor() as cursor:
        get_engine().upsert_rows(cursor, index, entries)


def reindex_rows(model: type[models.Model], keys: Iterable[Any]) -> int:
    """Write the entries of the rows with these keys anew, in one transaction, and return their number."""
    index, keys, number = INDEXES[model], list(keys), 0
    with transaction.atomic():
        for start in range(0, len(keys), BATCH_SIZE):
            entries = list(index.load_entries(keys[start : start + BATCH_SIZE]))
            write_entries(index, entries)
            number += len(entries)
    return number


def index_row(row: models.Model) -> None:
    """Write the entry of one row, of which everything is known, without reading it again."""
    upsert_entries(INDEXES[type(row)], [build_entry(row)])


def build_entry(row: models.Model) -> IndexEntry:
    """Return the entry of one row, of which everything is known, without reading it again."""
    index = INDEXES[type(row)]
    if index.build_row_entry is None:
        raise TypeError(f"The index of {type(row)} builds no entry from a row.")
    return index.build_row_entry(row)


def remove_entries(model: type[models.Model], keys: list[Any]) -> None:
    """Remove the entries of the rows with these keys."""
    with connection.cursor() as cursor:
        get_engine().delete_rows(cursor, INDEXES[model], keys)


def get_entry_model(model: type[models.Model]) -> type[models.Model]:
    """Return the model of the index's table."""
    return cast(type[models.Model], model._meta.get_field("entry").related_model)


def entries_without_row(model: type[models.Model]) -> models.QuerySet[Any]:
    """Return the entries of rows that are gone."""
    rows = model._default_manager.order_by().filter(pk=OuterRef("pk"))
    return get_entry_model(model)._default_manager.exclude(Exists(rows))


def iterate_row_keys(model: type[models.Model], *, missing_only: bool) -> Iterator[Any]:
    """Yield the keys of all rows, or of those without an entry, in their order."""
    rows = model._default_manager.order_by("pk")
    if missing_only:
        rows = rows.exclude(pk__in=get_entry_model(model)._default_manager.values("pk"))
    yield from rows.values_list("pk", flat=True).iterator(chunk_size=2_000)


class EntryDependency(NamedTuple):
    """Entries of `indexed_model` that change with another model's `fields`; `path` leads from the indexed row to it."""

    indexed_model: type[models.Model]
    path: str
    fields: frozenset[str]


ENTRY_DEPENDENCIES: dict[type[models.Model], list[EntryDependency]] = {}  # by the model that changes


def reindex_dependents(model: type[models.Model], keys: Iterable[Any], changed_fields: set[str] | None = None) -> None:
    """Write the entries anew that depend on these rows of a model; only those that depend on a changed field, if any is named."""
    for indexed_model, path, fields in ENTRY_DEPENDENCIES.get(model, []):
        if changed_fields is None or fields & changed_fields:
            rows = indexed_model._default_manager.order_by().filter(**{f"{path}__in": list(keys)})
            reindex_rows(indexed_model, rows.values_list("pk", flat=True))


class IndexedQuerySet(models.QuerySet[Row]):
    """Rows on which entries depend: what is done to many of them at once is indexed too."""

    def update(self, **values: Any) -> int:
        """Update the rows, and write the entries anew that depend on what was updated."""
        changed_fields = {name.removesuffix("_id") for name in values}
        dependencies = ENTRY_DEPENDENCIES.get(self.model, [])
        if not any(dependency.fields & changed_fields for dependency in dependencies):
            return super().update(**values)
        with transaction.atomic():
            keys = list(self.order_by().values_list("pk", flat=True))
            number = super().update(**values)
            reindex_dependents(self.model, keys, changed_fields)
        return number

    def bulk_create(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> list[Row]:
        """Create the rows and write their entries."""
        with transaction.atomic():
            created = super().bulk_create(objs, *args, **kwargs)
            reindex_dependents(self.model, [row.pk for row in created if row.pk])
        return created
