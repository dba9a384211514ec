"""What an installation keeps on disk, and who makes it: quickstart and the servers, never the settings."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from serving import HOUSE, scratch_data

TELL_KEY = "from newsreader import settings; print(settings.SECRET_KEY)"
SERVERS = ["newsreader.wsgi", "newsreader.asgi"]


@pytest.fixture
def environment() -> Iterator[dict]:
    """The environment of a Newsreader whose data folder is not there yet."""
    with scratch_data() as environment:
        yield environment | {"NEWSREADER_DATA": f"{environment['NEWSREADER_DATA']}/new/data"}


def python(environment: dict, *arguments: str, **more: str) -> subprocess.CompletedProcess:
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=HOUSE, env=environment | more, capture_output=True, text=True, check=False)


def folder(environment: dict) -> Path:
    return Path(environment["NEWSREADER_DATA"])


def test_reading_the_settings_makes_no_folder_and_no_key(environment: dict) -> None:
    said = python(environment, "-c", TELL_KEY)
    assert (said.returncode, said.stderr) == (0, "")
    assert len(said.stdout.strip()) > 50
    assert not folder(environment).exists()


def test_reading_the_settings_makes_no_key_in_a_folder_that_is_there(environment: dict) -> None:
    folder(environment).mkdir(parents=True)
    python(environment, "-c", TELL_KEY)
    assert list(folder(environment).iterdir()) == []


@pytest.mark.parametrize("server", SERVERS)
def test_a_server_that_is_started_by_other_means_keeps_its_key_too(environment: dict, server: str) -> None:
    tell_key = f"import {server}; from django.conf import settings; print(settings.SECRET_KEY)"
    said = [python(environment, "-c", tell_key).stdout.strip() for _ in range(2)]
    assert said == [(folder(environment) / "secret_key").read_text()] * 2


def test_a_key_that_is_given_is_kept_nowhere(environment: dict) -> None:
    given = "k" * 50
    python(environment, "-c", "import newsreader.wsgi", SECRET_KEY=given)
    assert python(environment, "-c", TELL_KEY, SECRET_KEY=given).stdout.strip() == given
    assert list(folder(environment).iterdir()) == []


def test_a_command_that_needs_the_database_says_how_to_make_one(environment: dict) -> None:
    said = python(environment, "manage.py", "reindex")
    assert said.returncode == 1
    assert said.stderr.strip().endswith("First run: manage.py quickstart --no-serve")
    assert "Traceback" not in said.stderr


def test_a_command_that_needs_no_database_works_before_anything_is_set_up(environment: dict) -> None:
    assert python(environment, "manage.py", "check").returncode == 0
    assert not (folder(environment) / "secret_key").exists()
