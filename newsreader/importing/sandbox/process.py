"""Runs a module in a process that can be killed, and that knows no settings and no secrets of the server."""

import signal
import subprocess
import sys
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parent.parent.parent.parent
ENVIRONMENT = {"PYTHONPATH": str(PROJECT_ROOT), "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}
KILLED_CODES = {-signal.SIGXCPU, -signal.SIGKILL}


class WorkerError(Exception):
    """The process ended without an answer."""


class WorkerTimeoutError(WorkerError):
    """The process took too long and was killed."""


def build_command(module: str) -> list[str]:
    """Return the command that runs a module of ours."""
    return [sys.executable, "-m", module]


def run_command(command: list[str], request: bytes, max_seconds: float) -> bytes:
    """Return what the command writes when it is given the request; WorkerError where it ends without an answer."""
    try:
        worker = subprocess.run(  # noqa: S603
            command, input=request, capture_output=True, timeout=max_seconds, env=ENVIRONMENT
        )
    except subprocess.TimeoutExpired as error:
        raise WorkerTimeoutError from error
    if worker.returncode in KILLED_CODES:
        raise WorkerTimeoutError
    if worker.returncode:
        raise WorkerError
    return worker.stdout
