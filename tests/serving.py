"""A real server on scratch data, for what has to be measured or looked at as people get it."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from newsreader import installation

HOUSE = Path(__file__).resolve().parent.parent


@contextmanager
def scratch_data() -> Iterator[dict]:
    """The environment of a Newsreader in an empty folder, which is removed at the end."""
    with tempfile.TemporaryDirectory(prefix="newsreader-") as folder:
        kept = {
            name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR", "CHROMIUM"}
        }
        paths = os.pathsep.join([str(HOUSE), str(HOUSE / "tests")])
        yield kept | {"NEWSREADER_DATA": folder, "PYTHONPATH": paths, "DJANGO_SETTINGS_MODULE": "newsreader.settings"}


def adopt(environment: dict) -> None:
    """Lets this process work on the same data as the server, with the same key, and forget any other."""
    os.environ.clear()
    os.environ.update(environment)
    installation.prepare()
    django.setup()


@contextmanager
def running(arguments: list[str], environment: dict, port: int) -> Iterator[None]:
    """Runs `python ARGUMENTS` until the block ends; the block begins when the server answers on that port."""
    process = subprocess.Popen([sys.executable, *arguments], cwd=HOUSE, env=environment)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", process)
        yield
    finally:
        process.terminate()
        process.wait(120)


def wait_for(address: str, process: subprocess.Popen, seconds: float = 300) -> None:
    """Returns when the address answers; RuntimeError when the process ends or the time is over before that."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=30).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{' '.join(process.args)} did not answer at {address}")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]
