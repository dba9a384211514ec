"""`make run` is a server and its background workers: they start, are replaced and end together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from cases import each
from newsreader import supervisor
from serving import HOUSE, free_port, scratch_data, wait_for

PATIENCE = 120  # seconds; a busy machine is slow, and not wrong
STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
time.sleep(60)
"""
EXPORT = """
import time, django; django.setup()
from django.contrib.auth import get_user_model
from annotations.models import ExportJob, Project
from annotations.exports.tasks import write_export
who, project = get_user_model().objects.get(is_superuser=True), Project.objects.get(public=True)
export = ExportJob.objects.queue_job(write_export, project, who, format="csv", name="x.csv", total=1, site="http://x/")
until = time.monotonic() + 120
while export.is_unfinished and time.monotonic() < until:
    time.sleep(0.2)
    export.refresh_from_db()
print(export.state)
"""


@pytest.fixture(scope="module")
def environment() -> Iterator[dict]:
    with scratch_data() as environment:
        python(environment, "manage.py", "quickstart", "--no-serve")
        yield environment


def python(environment: dict, *arguments: str) -> str:
    said = subprocess.run(
        [sys.executable, *arguments], cwd=HOUSE, env=environment, capture_output=True, text=True, check=True
    )
    return said.stdout


@pytest.fixture
def running(environment) -> Iterator[subprocess.Popen]:
    """What `make run` starts, in a process group of its own, as in a terminal."""
    command, port = [sys.executable, "manage.py", "quickstart"], free_port()
    process = subprocess.Popen(
        command, cwd=HOUSE, env=environment | {"PORT": str(port)}, stdout=subprocess.DEVNULL, start_new_session=True
    )
    wait_for(f"http://127.0.0.1:{port}/healthz", process)
    soon(lambda: child(process, "db_worker"))
    yield process
    if group(process):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


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


def test_a_worker_that_is_killed_is_replaced_by_one_that_works(running, environment):
    killed = child(running, "db_worker")
    os.kill(killed, signal.SIGKILL)
    soon(lambda: child(running, "db_worker") not in (0, killed))
    assert python(environment, "-c", EXPORT).strip() == "done"


def test_told_to_stop_it_ends_with_all_that_it_started(running):
    running.terminate()
    assert running.wait(PATIENCE) == 0
    assert group(running) == []


def test_ctrl_c_in_a_terminal_ends_all_of_them(running):
    os.killpg(running.pid, signal.SIGINT)
    assert running.wait(PATIENCE) == 0
    assert group(running) == []


def test_a_server_that_dies_takes_its_worker_along_and_is_reported(running):
    os.kill(child(running, "gunicorn"), signal.SIGKILL)
    assert running.wait(PATIENCE) == 128 + signal.SIGKILL
    soon(lambda: group(running) == [])


def test_where_it_is_killed_itself_nothing_stays_behind(running):
    running.kill()
    soon(lambda: group(running) == [])


def test_stopping_waits_for_what_ends_and_kills_what_does_not(monkeypatch):
    monkeypatch.setattr(supervisor, "GRACE_SECONDS", 1)
    polite = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    stubborn = subprocess.Popen([sys.executable, "-c", STUBBORN], stdout=subprocess.PIPE)
    assert stubborn.stdout
    stubborn.stdout.readline()
    supervisor.stop_processes([polite, stubborn])
    assert [polite.returncode, stubborn.returncode] == [-signal.SIGTERM, -signal.SIGKILL]


@each(("code", "status"), [("raise SystemExit(3)", 3), ("import os; os.kill(os.getpid(), 9)", 137)])
def test_the_exit_status_is_that_of_the_server(code, status):
    server = subprocess.Popen([sys.executable, "-c", code])
    server.wait()
    assert supervisor.watch_processes([server]) == status
