"""`manage.py reindex`: write the search index anew while the site runs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Model
from tqdm import tqdm

from newsreader.search.indexes import (
    BATCH_SIZE,
    INDEXES,
    entries_without_row,
    get_entry_model,
    iterate_row_keys,
    reindex_rows,
)


class Command(BaseCommand):
    help = "Writes the search index anew, or only what is missing from it; the site may run meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--missing", action="store_true", help="only what has no entry yet")

    def handle(self, *, missing: bool, **options: Any) -> None:
        for model in INDEXES:
            names = model._meta.verbose_name_plural
            written, removed = reindex_model(model, missing_only=missing), remove_entries_without_row(model)
            self.stdout.write(f"{names}: {written:,} indexed" + (f", {removed:,} removed." if removed else "."))


def reindex_model(model: type[Model], *, missing_only: bool) -> int:
    """Write the entries of a model's rows, a batch in each transaction, and return their number."""
    keys = iterate_row_keys(model, missing_only=missing_only)
    total = None if missing_only else model._default_manager.count()
    number, batch = 0, []
    for key in tqdm(keys, total=total, unit=f" {model._meta.verbose_name_plural}", leave=False, disable=None):
        batch.append(key)
        if len(batch) == BATCH_SIZE:
            number, batch = number + reindex_batch(model, batch), []
    return number + reindex_batch(model, batch)


def reindex_batch(model: type[Model], keys: list[Any]) -> int:
    """Write these entries while nobody changes their rows, and return their number."""
    with transaction.atomic():
        rows = model._default_manager.order_by("pk").filter(pk__in=keys)
        list(rows.select_for_update(no_key=True).values_list("pk"))
        return reindex_rows(model, keys)


def remove_entries_without_row(model: type[Model]) -> int:
    """Remove the entries of what is gone, and return their number."""
    keys = list(entries_without_row(model).values_list("pk", flat=True))
    entries: Any = get_entry_model(model)._default_manager.filter(pk__in=keys)
    return entries._raw_delete("default") if keys else 0
