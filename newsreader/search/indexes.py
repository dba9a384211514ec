"""The indexes there are, and how entries come in and go; always within the transaction that changes what they tell of."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef

from newsreader.search import languages, postgres, sqlite
from newsreader.search.documents import Entry, Index

A_BATCH = 500
INDEXES: dict[type[models.Model], Index] = {}  # by the model that is found


def engine():
    """The module for the database that is used."""
    return sqlite if connection.vendor == "sqlite" else postgres


def keep(index: Index, entries: list[Entry]) -> None:
    """Writes these entries, the languages of which may be new."""
    languages.meet({entry.family for entry in entries})
    put(index, entries)


def put(index: Index, entries: list[Entry]) -> None:
    with connection.cursor() as cursor:
        engine().write(cursor, index, entries)


def renew(model: type[models.Model], keys: Iterable) -> int:
    """Writes anew the entries of the rows with these keys, in one transaction; how many there are."""
    index, keys, number = INDEXES[model], list(keys), 0
    with transaction.atomic():
        for start in range(0, len(keys), A_BATCH):
            entries = list(index.entries(keys[start : start + A_BATCH]))
            keep(index, entries)
            number += len(entries)
    return number


def index_row(row: models.Model) -> None:
    """Write the entry of one row, of which everything is known, without reading it again."""
    index = INDEXES[type(row)]
    put(index, [index.entry_of_row(row)])


def entry_model(model: type[models.Model]) -> type[models.Model]:
    """The model of the index's table."""
    return model._meta.get_field("entry").related_model


def orphans(model: type[models.Model]):
    """The entries of rows that are not there any more."""
    entries = entry_model(model)
    return entries.objects.exclude(Exists(model.objects.order_by().filter(pk=OuterRef("pk"))))


def keys_of(model: type[models.Model], missing: bool) -> Iterator:
    """The keys of all rows, or of those without an entry, in their order."""
    rows = model.objects.order_by("pk")
    if missing:
        rows = rows.exclude(pk__in=entry_model(model).objects.values("pk"))
    yield from rows.values_list("pk", flat=True).iterator(chunk_size=2_000)


class Follower(NamedTuple):
    """Rows of `found`, by the path to what they tell of, whose entries follow a change of these fields."""

    found: type[models.Model]
    path: str
    fields: frozenset[str]


FOLLOWERS: dict[type[models.Model], list[Follower]] = {}  # by the model that changes


def follow(model: type[models.Model], keys: Iterable, changed: set[str] | None = None) -> None:
    """Renews the entries that tell of these rows of a model; where fields are named, those that tell of one of them."""
    for found, path, fields in FOLLOWERS.get(model, []):
        if changed is None or fields & changed:
            renew(found, found.objects.order_by().filter(**{f"{path}__in": list(keys)}).values_list("pk", flat=True))


class FollowedQuerySet(models.QuerySet):
    """Rows that the index tells of: it follows what is done to many of them at once."""

    def update(self, **values):
        changed = {name.removesuffix("_id") for name in values}
        if not any(follower.fields & changed for follower in FOLLOWERS.get(self.model, [])):
            return super().update(**values)
        with transaction.atomic():
            keys = list(self.order_by().values_list("pk", flat=True))
            number = super().update(**values)
            follow(self.model, keys, changed)
        return number

    def bulk_create(self, objs, *args, **kwargs):
        with transaction.atomic():
            made = super().bulk_create(objs, *args, **kwargs)
            follow(self.model, [row.pk for row in made if row.pk])
        return made
