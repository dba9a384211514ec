"""Workers for tests: in this process, or in one of their own that can be killed."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

HOUSE = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "manage.py", "db_worker", "--no-startup-delay", "--no-reload", "--verbosity", "0"]


def work() -> None:
    """Do all that is queued, in this process."""
    how = {"queue_names": ["default"], "excluded_queue_names": [], "backend_name": "default", "worker_id": "test"}
    worker = Worker(**how, interval=0, batch=True, startup_delay=False, max_tasks=None)
    while queued := DBTaskResult.objects.ready().first():  # not `run`, which would close the connection of the test
        queued.claim(worker.worker_id)
        worker.run_task(queued)


def worker(*options: str) -> subprocess.Popen:
    """Start a worker on the database and the data folder of this test."""
    environment = os.environ | {"DATABASE_URL": address_of_database(), "NEWSREADER_DATA": str(settings.DATA_DIR)}
    return subprocess.Popen([*COMMAND, *options], cwd=HOUSE, env=environment, stdout=subprocess.DEVNULL)


def address_of_database() -> str:
    said = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{said['NAME']}"
    return f"postgres://{said['USER']}:{said['PASSWORD']}@{said['HOST']}:{said['PORT'] or 5432}/{said['NAME']}"


def kill_when(process: subprocess.Popen, due: Callable[[], bool], seconds: float = 60) -> None:
    """Kill the process as soon as it is due; RuntimeError where it ends before that."""
    until = time.monotonic() + seconds
    while not due():
        if process.poll() is not None or time.monotonic() > until:
            process.kill()
            raise RuntimeError("The worker was not where it should have been killed.")
        time.sleep(0.002)
    process.kill()
    process.wait()
