"""Workers for tests: in this process, or in one of their own that can be killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "manage.py", "db_worker", "--no-startup-delay", "--no-reload", "--verbosity", "0"]


def run_queued_tasks() -> None:
    """Do all that is queued, in this process."""
    names = {"queue_names": ["default"], "excluded_queue_names": [], "backend_name": "default", "worker_id": "test"}
    worker = Worker(**names, interval=0, batch=True, startup_delay=False, max_tasks=None)
    while queued := DBTaskResult.objects.ready().first():  # not `run`, which would close the connection of the test
        queued.claim(worker.worker_id)
        worker.run_task(queued)


def start_worker(*options: str) -> subprocess.Popen:
    """Start a worker on the database and the data folder of this test."""
    environment = os.environ | {"DATABASE_URL": build_database_url(), "NEWSREADER_DATA": str(settings.DATA_DIR)}
    return subprocess.Popen([*COMMAND, *options], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)


def fork_worker() -> int:
    """Start a worker in a fork of this process, which needs no time to load anything, and return its number."""
    connections.close_all()  # a fork must share none
    if child := os.fork():
        return child
    try:
        options = {"startup_delay": False, "interval": 0.05, "reload": False, "verbosity": 0}
        call_command("db_worker", **options)
    finally:
        os._exit(1)


def kill_fork(worker: int) -> None:
    """Kill a forked worker, as `kill -9` does."""
    os.kill(worker, signal.SIGKILL)
    os.waitpid(worker, 0)


def build_database_url() -> str:
    """Return the address of the test's database."""
    parts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{parts['NAME']}"
    return f"postgres://{parts['USER']}:{parts['PASSWORD']}@{parts['HOST']}:{parts['PORT'] or 5432}/{parts['NAME']}"


def kill_when(process: subprocess.Popen, is_due: Callable[[], bool], seconds: float = 120) -> None:
    """Kill the process as soon as it is due; RuntimeError where it ends before that."""
    deadline = time.monotonic() + seconds
    while not is_due():
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            raise RuntimeError("The worker was not where it should have been killed.")
        time.sleep(0.002)
    process.kill()
    process.wait()
