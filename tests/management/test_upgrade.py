"""Databases of the version before, in which each app had several migrations: they come up as they were, or not at all."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from annotations.management.commands.quickstart import prepare_database
from databases import connected_to
from serving import HOUSE, scratch_data

BEFORE = (Path(__file__).parent / "data" / "before-0.2.sql").read_text()
LATER = ["0002_placement", "0003_place_on_later_texts", "0004_desk", "0005_highlight_entry", "0006_export"]
PROJECT = "/projects/harbour-study/"
RENAMED = {"annotations_export": "annotations_exportjob"}
BOOKKEEPING = {"sqlite_sequence", "django_content_type"}  # Django renames a model there, too
# Of jobs, highlights, tags, events and projects.
ADDED = {"error", "task", "attempts", "site", "pending_import_id", "heading_only"}
ADDED |= {"undo_data", "undoes_id", "archived_at", "deleted_at", "layer", "daily_mail", "adjudication_id"}
ADDED |= {"is_new", "concerns", "publish_at", "publish_by_id", "merged_into_id", "status_before_merge"}
ADDED |= {"carried_from", "story_id", "story_revision"}
ADDED |= {"scope", "blind_since", "has_assignments", "has_blind_articles"}
UNFINISHED = {
    "without its last table of annotations": """
        DROP TABLE annotations_export;
        DELETE FROM django_migrations WHERE app = 'annotations' AND name = '0006_export';
    """,
    "without its last table of newsreader": """
        DROP TABLE newsreader_savedsearch;
        DELETE FROM django_migrations WHERE app = 'newsreader' AND name = '0005_saved_search';
    """,
    "with the first migration of each app alone": """
        DROP TABLE annotations_export; DROP TABLE annotations_highlightentry; DROP TABLE annotations_pin;
        DROP TABLE annotations_desk; DROP TABLE annotations_placement;
        DROP TABLE newsreader_savedsearch; DROP TABLE newsreader_articleentry;
        ALTER TABLE newsreader_revision DROP COLUMN gained; ALTER TABLE newsreader_revision DROP COLUMN lost;
        DELETE FROM django_migrations WHERE app IN ('annotations', 'newsreader') AND name != '0001_initial';
    """,
}


@pytest.fixture
def before(settings, django_db_blocker: DjangoDbBlocker) -> Iterator[dict]:
    """The environment of a Newsreader with the data of the version before, on which this process works, too."""
    with scratch_data() as environment, django_db_blocker.unblock():
        settings.DATA_DIR = Path(environment["NEWSREADER_DATA"])
        change(environment, BEFORE)
        with connected_to(settings.DATA_DIR / "newsreader.sqlite3"):
            yield environment


def change(environment: dict, script: str) -> None:
    with closing(opened(environment)) as database:
        database.executescript(script)


def opened(environment: dict) -> sqlite3.Connection:
    return sqlite3.connect(Path(environment["NEWSREADER_DATA"]) / "newsreader.sqlite3")


def rows_of(environment: dict) -> dict[str, set[str]]:
    """Every row of every table, as its values by their columns; tables by the name they have now."""
    with closing(opened(environment)) as database:
        database.row_factory = sqlite3.Row
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = [name for name in names if name not in BOOKKEEPING]
        return {
            RENAMED.get(table, table): {as_text(row) for row in database.execute(f'SELECT * FROM "{table}"')}
            for table in tables
        }


def as_text(row: sqlite3.Row) -> str:
    return repr({name: row[name] for name in sorted(row.keys()) if name not in ADDED})


def missing_rows(before: dict[str, set[str]], after: dict[str, set[str]]) -> dict[str, set[str]]:
    """The rows that were there before and are not now, by their tables."""
    lost = {table: rows - after.get(table, set()) for table, rows in before.items()}
    return {table: rows for table, rows in lost.items() if rows}


def everything(environment: dict) -> list[str]:
    """Every row and every table as SQL."""
    with closing(opened(environment)) as database:
        return list(database.iterdump())


def manage(environment: dict, *arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=HOUSE, env=environment, capture_output=True, text=True, check=False)


def test_the_database_of_the_version_before_comes_up_with_every_row_and_is_found(before: dict) -> None:
    rows = rows_of(before)
    assert len(rows["annotations_highlight"]) == 6 and len(rows["annotations_exportjob"]) == 1
    prepare_database(print)
    assert missing_rows(rows, rows_of(before)) == {}
    assert fetch("/readyz") == "ready\n"
    assert "Hafen wieder offen" in fetch("/")
    found = fetch("/?q=crane")
    assert "Harbour reopens" in found and "Hafen wieder offen" not in found
    passages = fetch(f"{PROJECT}passages/?q=dredge")
    assert "reopened on Monday" in passages and "Die Fähren" not in passages
    assert "The figure that changed" in fetch(f"{PROJECT}desk/01a22248-606d-7b9e-a55e-e84ef971a74d/")
    assert "Slower than before" in fetch("/articles/harbour-reopens/")
    with scratch_data() as new, closing(opened(before)) as upgraded:
        assert manage(new, "migrate").returncode == 0
        with closing(opened(new)) as database:
            assert tables_of(upgraded) == tables_of(database)


def tables_of(database: sqlite3.Connection) -> dict[str, tuple]:
    """The columns, keys and indexes of every table; the order in which its columns were added does not count."""
    made = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    found: dict[str, tuple] = {}
    for table, sql in made:
        indexes = database.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql LIKE '%INDEX%' AND type = 'index'", [table]
        )
        found[table] = (
            sorted(row[1:] for row in database.execute(f'PRAGMA table_info("{table}")')),
            sorted(row[2:] for row in database.execute(f'PRAGMA foreign_key_list("{table}")')),
            sorted(sql for (sql,) in indexes),
            sorted(re.findall(r"CHECK|UNIQUE|COLLATE|AUTOINCREMENT|WITHOUT ROWID|USING .*", sql)),
        )
    return found


def fetch(address: str) -> str:
    """The page at the address, which answers 200."""
    response = Client().get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_the_copy_has_every_migration_of_the_version_before(before: dict) -> None:
    with closing(opened(before)) as database:
        rows = database.execute("SELECT name FROM django_migrations WHERE app = 'annotations' ORDER BY name").fetchall()
    assert [name for (name,) in rows] == ["0001_initial", *LATER]


@pytest.mark.parametrize("script", UNFINISHED.values(), ids=UNFINISHED)
@pytest.mark.parametrize("prepare", [partial(prepare_database, print), partial(call_command, "migrate")])
def test_a_database_that_was_never_fully_upgraded_is_refused_and_left_alone(
    before: dict, script: str, prepare: Callable[[], None]
) -> None:
    change(before, script)
    rows = everything(before)
    with pytest.raises(CommandError, match="was not fully upgraded"):
        prepare()
    assert everything(before) == rows


def test_it_is_refused_in_one_line_before_anything_is_made(before: dict) -> None:
    change(before, UNFINISHED["with the first migration of each app alone"])
    connection.close()  # or the files of this process would be beside it
    rows = everything(before)
    said = manage(before, "quickstart", "--no-serve")
    assert said.returncode == 1
    assert "was not fully upgraded" in said.stderr
    assert len(said.stderr.strip().splitlines()) == 1
    assert everything(before) == rows
    assert [path.name for path in Path(before["NEWSREADER_DATA"]).iterdir()] == ["newsreader.sqlite3"]
