"""Stopping the server and its background workers, and the exit status; what `make run` starts is tested in `test_quickstart.py`."""

import signal
import subprocess
import sys

from cases import each
from newsreader import supervisor

STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
time.sleep(60)
"""


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
