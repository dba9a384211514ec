"""`manage.py reindex`: writes anew by what everything is found, while the site runs."""

from django.core.management.base import BaseCommand
from django.db import transaction
from tqdm import tqdm

from newsreader.search.indexes import A_BATCH, INDEXES, entry_model, keys_of, orphans, renew


class Command(BaseCommand):
    help = "Writes the search index anew, or only what is missing from it; the site may run meanwhile."

    def add_arguments(self, parser):
        parser.add_argument("--missing", action="store_true", help="only what has no entry yet")

    def handle(self, *, missing, **options):
        for model in INDEXES:
            names = model._meta.verbose_name_plural
            written, removed = written_of(model, missing), removed_of(model)
            self.stdout.write(f"{names}: {written:,} indexed" + (f", {removed:,} removed." if removed else "."))


def written_of(model, missing: bool) -> int:
    """How many entries were written, a batch in each transaction."""
    rows, number, batch = keys_of(model, missing), 0, []
    total = None if missing else model.objects.count()
    for key in tqdm(rows, total=total, unit=f" {model._meta.verbose_name_plural}", leave=False, disable=None):
        batch.append(key)
        if len(batch) == A_BATCH:
            number, batch = number + renewed(model, batch), []
    return number + renewed(model, batch)


def renewed(model, keys: list) -> int:
    """Writes these entries while nobody changes their rows."""
    with transaction.atomic():
        list(model.objects.order_by("pk").filter(pk__in=keys).select_for_update(no_key=True).values_list("pk"))
        return renew(model, keys)


def removed_of(model) -> int:
    """Removes the entries of what is not there any more; how many."""
    gone = list(orphans(model).values_list("pk", flat=True))
    return entry_model(model).objects.filter(pk__in=gone)._raw_delete("default") if gone else 0
