"""The migrations: they say what the models say, and know no module of ours."""

import ast
from importlib import import_module
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ModelState

HOUSE = Path(__file__).resolve().parent.parent
APPS = ["newsreader", "annotations"]
SQUASHED = {"newsreader": "0001_squashed_0014_article_dates", "annotations": "0001_squashed_0018_assignment_rounds"}


def imported(source: str) -> set[str]:
    """Return the top package of every import in the source; a relative one counts as "."."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("." if node.level else (node.module or "").split(".")[0])
    return found


@pytest.mark.parametrize("app", APPS)
def test_a_migration_imports_nothing_of_ours(app: str) -> None:
    paths = sorted((HOUSE / app / "migrations").glob("0*.py"))
    assert paths
    assert [path.name for path in paths if imported(path.read_text()) & {*APPS, "."}] == []


@pytest.mark.django_db
def test_no_model_changed_without_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize(
    ("first", "name"),
    [
        (first, name)
        for first in ("0001_initial", SQUASHED["annotations"])
        for name in ("project", "highlight", "tag", "desk")
    ]
    + [("0001_initial", "export")],  # later ones have keys of version 4
)
def test_keys_made_in_a_migration_are_uuids_of_version_7(first: str, name: str) -> None:
    state = MigrationLoader(None, replace_migrations=first != "0001_initial").project_state(("annotations", first))
    key = state.models["annotations", name].fields["id"].get_default()
    assert (key.version, key.variant) == (7, "specified in RFC 4122")


@pytest.mark.parametrize("app", APPS)
def test_the_squashed_migration_makes_the_models_of_those_that_it_replaces(app: str) -> None:
    one_by_one, at_once = models_made(app, squashed=False), models_made(app, squashed=True)
    assert at_once.keys() == one_by_one.keys()
    assert {name for name in at_once if described(at_once[name]) != described(one_by_one[name])} == set()


def models_made(app: str, squashed: bool) -> dict[str, ModelState]:
    """The models of an app after those of its migrations that were squashed, or after the one that replaces them."""
    loader = MigrationLoader(None, replace_migrations=squashed)
    last = (app, SQUASHED[app]) if squashed else loader.disk_migrations[app, SQUASHED[app]].replaces[-1]
    return {name: model for (label, name), model in loader.project_state(last).models.items() if label == app}


def described(model: ModelState) -> dict:
    """What a migration writes of a model; the order in which its columns were added does not count."""
    options = {
        name: sorted(map(repr, value)) if isinstance(value, list) else value for name, value in model.options.items()
    }
    return {
        "fields": {name: without_default(field.deconstruct()[1:]) for name, field in model.fields.items()},
        "options": {name: value for name, value in options.items() if value},
    }


def without_default(parts: tuple) -> tuple:
    """The parts of a field but for a default made by a class that each migration has of its own; keys have their own test."""
    path, arguments, settings = parts
    return path, arguments, {name: value for name, value in settings.items() if type(value).__name__ != "FrozenDefault"}


@pytest.mark.parametrize(
    ("app", "name", "written"),
    [
        ("newsreader", "0001_initial", "SQL"),
        ("newsreader", "0008_feed_rights", "ACTIONS"),
        ("newsreader", "0009_stories", "WITHOUT_ROWID"),
        ("annotations", "0001_initial", "SQL"),
        ("annotations", "0008_curators", "RIGHTS"),
    ],
)
def test_what_the_squashed_migration_writes_out_is_what_those_before_wrote(app: str, name: str, written: str) -> None:
    before, squashed = (import_module(f"{app}.migrations.{module}") for module in (name, SQUASHED[app]))
    assert getattr(squashed, written) == getattr(before, written)


@pytest.mark.django_db
def test_a_database_that_stopped_anywhere_goes_on_from_there() -> None:
    recorder = MigrationRecorder(connection)
    plan = [
        key
        for key in full_plan(MigrationLoader(None, replace_migrations=False))
        if key[0] in APPS and key[1] != SQUASHED[key[0]]
    ]
    assert len(plan) == 31
    for key in [(app, SQUASHED[app]) for app in APPS] + plan:
        recorder.record_unapplied(*key)
    for number, key in enumerate(plan):
        executor = MigrationExecutor(connection)
        executor.loader.check_consistent_history(connection)
        waiting = [
            (step.app_label, step.name) for step, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())
        ]
        replaced = [old for new in waiting for old in executor.loader.disk_migrations[new].replaces or [new]]
        assert sorted(replaced) == sorted(plan[number:])
        recorder.record_applied(*key)
    assert MigrationExecutor(connection).migration_plan(MigrationLoader(connection).graph.leaf_nodes()) == []


def full_plan(loader: MigrationLoader) -> list[tuple[str, str]]:
    """Every migration in the order in which an empty database gets them."""
    found = {}
    for leaf in sorted(loader.graph.leaf_nodes()):
        found |= dict.fromkeys(loader.graph.forwards_plan(leaf))
    return list(found)
