"""The migrations: they say what the models say, and know no module of ours."""

import ast
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

HOUSE = Path(__file__).resolve().parent.parent
APPS = ["newsreader", "annotations"]


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


@pytest.mark.parametrize("name", ["project", "highlight", "tag", "desk", "export"])
def test_keys_made_in_a_migration_are_uuids_of_version_7(name: str) -> None:
    state = MigrationLoader(None).project_state(("annotations", "0001_initial"))
    key = state.models["annotations", name].fields["id"].get_default()
    assert (key.version, key.variant) == (7, "specified in RFC 4122")
