"""`manage.py migrate`: as Django has it, but it makes the data folder, and leaves alone what was never fully upgraded."""

from typing import Any

from django.conf import settings
from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.loader import MigrationLoader

APPS = ["newsreader", "annotations"]
FIRST_MIGRATION = "0001_initial"
UNFINISHED = (
    "This database is from an old version and was not fully upgraded. Nothing was changed. "
    "Start the version before this one once (make run), then start this one again."
)


class Command(migrate.Command):
    """Django's own, after the checks."""

    def handle(self, *arguments: Any, **options: Any) -> None:
        settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        check_upgraded(MigrationLoader(connection))
        super().handle(*arguments, **options)


def check_upgraded(loader: MigrationLoader) -> None:
    """Raise CommandError where an earlier version made the database and its upgrade was never finished.

    Each app had several migrations then, and has a first one since that makes all of their tables. Both have the same
    name, so that only its tables show which of them a database had.
    """
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    if any(is_at_first(app, loader) and not list_first_tables(app, loader) <= tables for app in APPS):
        raise CommandError(UNFINISHED)


def is_at_first(app: str, loader: MigrationLoader) -> bool:
    """Return whether the first migration ran and none of those after it; names that are not known here do not count."""
    known = loader.applied_migrations.keys() & loader.disk_migrations.keys()
    return [name for label, name in known if label == app] == [FIRST_MIGRATION]


def list_first_tables(app: str, loader: MigrationLoader) -> set[str]:
    """Return the names of the tables that the app's first migration makes."""
    return {f"{label}_{name}" for label, name in loader.project_state((app, FIRST_MIGRATION)).models if label == app}
