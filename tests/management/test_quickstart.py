"""`manage.py quickstart` as people run it: in a process of its own, on an empty folder; and what it starts, and ends."""

import os
import re
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import User
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError
from django_htmx.jinja import htmx_script

from annotations.exports.tasks import write_export
from annotations.management.commands.quickstart import (
    UNSERVED,
    build_server_command,
    build_welcome_message,
    collect_static_files,
    parse_port,
    parse_worker_count,
    prepare_database,
    require_free_address,
)
from annotations.models import ExportJob, Project, Role
from cases import each
from databases import connected_to
from serving import HOUSE, free_port, scratch_data, wait_for

PATIENCE = 120  # seconds; a busy machine is slow, and not wrong
# Runs a server and a worker as quickstart does, with another program as the worker, which starts quickly.
SUPERVISOR = """
import sys
from newsreader import supervisor
supervisor.WORKER_MODULE = ["http.server", "--bind", "127.0.0.1", "0"]
sys.exit(supervisor.main(1, sys.argv[1:]))
"""
MANIFEST_STORAGE = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"


def quickstart(environment: dict, *arguments: str, **more: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "manage.py", "quickstart", *arguments]
    # The umask of most systems, by which everybody may read what somebody writes.
    return subprocess.run(command, cwd=HOUSE, env=environment | more, capture_output=True, text=True, umask=0o022)


def rows(environment: dict, query: str) -> list:
    with sqlite3.connect(Path(environment["NEWSREADER_DATA"]) / "newsreader.sqlite3") as database:
        return database.execute(query).fetchall()


@pytest.fixture(scope="module")
def started():
    """The environment of a Newsreader that was started once, in a folder that was not there, and what that said."""
    with scratch_data() as environment:
        environment["NEWSREADER_DATA"] += "/new/data"
        yield environment, quickstart(environment, "--no-serve")


def test_the_first_start_loads_articles_and_says_where_they_are(started):
    environment, said = started
    assert (said.returncode, said.stderr) == (0, "")
    assert "http://127.0.0.1:8000/" in said.stdout
    assert rows(environment, "SELECT count(*) FROM newsreader_article")[0][0] >= 12


def test_the_first_start_makes_a_key_that_its_owner_alone_may_read_and_all_processes_share(started):
    environment, _ = started
    key = Path(environment["NEWSREADER_DATA"]) / "secret_key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    command = [sys.executable, "-c", "from newsreader import settings; print(settings.SECRET_KEY)"]
    told = {subprocess.check_output(command, cwd=HOUSE, env=environment, text=True).strip() for _ in range(2)}
    assert told == {key.read_text()}


def test_the_first_start_makes_an_admin_with_the_password_it_shows(started):
    environment, said = started
    name, password = re.search(r"Sign in as (\S+) with the password (\S+) ", said.stdout).groups()
    ((kept,),) = rows(environment, f"SELECT password FROM auth_user WHERE is_superuser AND username = '{name}'")
    assert PBKDF2PasswordHasher().verify(password, kept)


def test_a_second_start_changes_nothing(started):
    environment, _ = started
    (database := Path(environment["NEWSREADER_DATA"]) / "newsreader.sqlite3").chmod(
        0o644
    )  # as earlier versions made it
    before = everything(environment)
    said = quickstart(environment, "--no-serve")
    assert everything(environment) == before
    assert "…" not in said.stdout
    assert "with the password" not in said.stdout
    assert stat.S_IMODE(database.stat().st_mode) == 0o600


def open_to_others(environment: dict) -> list[str]:
    """Return what is in the data folder, and the folder itself, that others than its owner may read."""
    found, folder = [], Path(environment["NEWSREADER_DATA"])
    for path in [folder, *folder.rglob("*")]:
        with suppress(FileNotFoundError):  # a database that nobody has open any more loses two of its files
            found += [str(path)] if path.stat().st_mode & 0o077 else []
    return found


def test_nobody_but_its_owner_may_read_what_is_in_the_data_folder(started):
    assert open_to_others(started[0]) == []


def everything(environment: dict) -> tuple:
    """All rows of the database, and every other file with the moment it was written."""
    folder = Path(environment["NEWSREADER_DATA"])
    files = {
        path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file() and "sqlite3" not in path.name
    }
    with sqlite3.connect(folder / "newsreader.sqlite3") as database:
        return list(database.iterdump()), files


def start(environment: dict, *arguments: str) -> subprocess.Popen:
    """Start `python ARGUMENTS` in a process group of its own, as in a terminal."""
    command = [sys.executable, *arguments]
    return subprocess.Popen(command, cwd=HOUSE, env=environment, stdout=subprocess.DEVNULL, start_new_session=True)


def end(process: subprocess.Popen) -> None:
    """Kill what is left of a process group."""
    if group(process):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture(scope="module")
def site(started) -> Iterator[tuple[subprocess.Popen, str]]:
    """The process that `make run` starts, and its address; the tests below share it, and the last of them ends it."""
    environment, _ = started
    port = free_port()
    process = start(environment | {"PORT": str(port)}, "manage.py", "quickstart")
    wait_for(f"http://127.0.0.1:{port}/healthz", process)
    soon(lambda: child(process, "db_worker"))
    yield process, f"http://127.0.0.1:{port}"
    end(process)


@pytest.fixture
def supervised(started) -> Iterator[subprocess.Popen]:
    """A supervisor with gunicorn and a worker that start quickly, since neither runs the application."""
    port = free_port()
    server = build_server_command("wsgiref.simple_server:demo_app", "127.0.0.1", port, workers="1")
    process = start(started[0], "-c", SUPERVISOR, *server)
    wait_for(f"http://127.0.0.1:{port}/", process)
    soon(lambda: child(process, "http.server"))
    yield process
    end(process)


def group(process: subprocess.Popen) -> list[str]:
    """The living processes that were started with this one, or by those."""
    said = subprocess.run(["ps", "-A", "-o", "pgid=,stat=,args="], capture_output=True, text=True, check=True).stdout
    rows = (line.split(None, 2) for line in said.splitlines())
    return [" ".join(args) for pgid, state, *args in rows if pgid == str(process.pid) and state[0] != "Z"]


def child(process: subprocess.Popen, name: str) -> int:
    """The key of the child that runs a module of this name; 0 where there is none."""
    said = subprocess.run(["pgrep", "-P", str(process.pid), "-f", name], capture_output=True, text=True).stdout
    return int(said or 0)


def soon(true: Callable[[], object], seconds: float = PATIENCE) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "It did not come true in time."
        time.sleep(0.1)


def test_it_serves_pages_and_their_static_files(site, started):
    address = site[1]
    page = fetched(f"{address}/")
    kept = {path.name for path in Path(started[0]["NEWSREADER_DATA"]).iterdir()}
    assert {"cache", "newsreader.sqlite3-wal", "newsreader.sqlite3-shm"} <= kept
    assert open_to_others(started[0]) == []
    style = re.search(r'href="(/static/css/site\.[0-9a-f]+\.css)"', page).group(1)
    assert "@layer" in fetched(f"{address}{style}")


def fetched(address: str) -> str:
    with urllib.request.urlopen(address, timeout=120) as answer:
        return answer.read().decode()


def test_a_killed_worker_is_replaced_by_one_that_works(site, started, django_db_blocker):
    killed = child(site[0], "db_worker")
    os.kill(killed, signal.SIGKILL)
    soon(lambda: child(site[0], "db_worker") not in (0, killed))
    database = Path(started[0]["NEWSREADER_DATA"]) / "newsreader.sqlite3"
    with django_db_blocker.unblock(), connected_to(database):
        first, project = User.objects.get(is_superuser=True), Project.objects.get(public=True)
        wanted = {"format": "csv", "name": "x.csv", "total": 1, "site": "http://x/"}
        export = ExportJob.objects.queue_job(write_export, project, first, **wanted)
        soon(lambda: not ExportJob.objects.get(pk=export.pk).is_unfinished)
        assert ExportJob.objects.get(pk=export.pk).state == "done"


def test_ctrl_c_in_a_terminal_ends_all_of_them(site):
    process, _ = site
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(PATIENCE) == 0
    assert group(process) == []


def test_all_end_when_told_to_stop(supervised):
    supervised.terminate()
    assert supervised.wait(PATIENCE) == 0
    assert group(supervised) == []


def test_a_server_that_dies_takes_its_worker_along_and_is_reported(supervised):
    os.kill(child(supervised, "gunicorn"), signal.SIGKILL)
    assert supervised.wait(PATIENCE) == 128 + signal.SIGKILL
    soon(lambda: group(supervised) == [])


def test_where_it_is_killed_itself_nothing_stays_behind(supervised):
    supervised.kill()
    soon(lambda: group(supervised) == [])


def test_a_taken_port_is_reported_in_one_line():
    with socket.create_server(("127.0.0.1", 0)) as taken, scratch_data() as environment:
        port = taken.getsockname()[1]
        said = quickstart(environment, PORT=str(port))
    assert said.returncode == 1
    assert said.stderr.strip().endswith(f"make run PORT={port + 1}")
    assert len(said.stderr.strip().splitlines()) == 1


@each(
    ("parse", "value", "reason"),
    [
        (parse_port, "eighty", "PORT is 'eighty'"),
        (parse_port, "70000", "below 65536"),
        (parse_worker_count, "many", "NEWSREADER_WORKERS is 'many'"),
    ],
)
def test_a_setting_that_is_no_number_is_reported(parse: Callable, value: str, reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        parse(value)


def test_the_server_listens_where_it_is_told_to() -> None:
    assert (parse_port("8001"), parse_worker_count("0")) == (8001, "0")
    assert "[::1]:8001" in build_server_command("newsreader.wsgi", "::1", 8001)
    require_free_address("127.0.0.1", free_port())


def test_a_database_in_use_is_left_as_it_is(curator: User) -> None:
    written: list[str] = []
    prepare_database(written.append)
    assert written == []


def test_static_files_are_collected_once(settings, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": MANIFEST_STORAGE}}
    written: list[str] = []
    for _ in range(2):
        collect_static_files(written.append)
    assert written == ["Collecting static files …"]
    assert (tmp_path / "static/css/site.css").exists()


def test_the_static_files_that_pages_ask_for_are_collected() -> None:
    media = sum(
        (model_admin.media for model_admin in admin.site._registry.values()), AutocompleteSelect(None, None).media
    )
    asked = {*media._js, *(path for paths in media._css.values() for path in paths)}
    asked |= {re.search(r'static/([^"]+)"', htmx_script()).group(1)}
    assert asked <= {name for finder in get_finders() for name, _ in finder.list(UNSERVED)}


def test_a_database_that_does_not_answer_is_reported_without_a_traceback():
    with scratch_data() as environment:
        said = quickstart(environment, "--no-serve", DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing")
    assert said.returncode == 1
    assert "DATABASE_URL" in said.stderr
    assert "Traceback" not in said.stderr


def test_the_first_admin_may_have_a_password_of_your_choice(db, monkeypatch):
    monkeypatch.setenv("NEWSREADER_ADMIN_PASSWORD", "a long walk by the sea")
    assert "a long walk" not in build_welcome_message("http://127.0.0.1:8000/")
    assert get_user_model().objects.get(username="admin").check_password("a long walk by the sea")


def test_the_first_admin_owns_the_public_project(alice):
    project = Project.objects.create_owned("Demo", owner=alice, public=True)
    build_welcome_message("http://127.0.0.1:8000/")
    assert project.memberships.get(user__username="admin").role == Role.OWNER


def test_an_admin_who_is_there_stays_the_only_one(curator):
    assert "Sign in as curator." in build_welcome_message("http://127.0.0.1:8000/")
    assert get_user_model().objects.count() == 1
