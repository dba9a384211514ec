"""Trips of files between Newsreader and other programs: what was sent, what arrived, and the first thing that did not."""

import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

PROGRAMS = Path(__file__).parent / "programs"


class Trip(NamedTuple):
    """A row of the table; `wrong` counts what arrived in another place than it was sent from."""

    program: str
    direction: str
    what: str
    sent: int
    arrived: int
    wrong: int = 0
    lost: str = ""


def compare(
    program: str, what: str, sent: Iterable, arrived: Iterable, *, lost: str = "", direction: str = "to it"
) -> Trip:
    """Return the trip of things that have to be the same, each as often as it was sent."""
    sent_counts, arrived_counts = Counter(map(write, sent)), Counter(map(write, arrived))
    missing = sent_counts - arrived_counts
    number = sent_counts.total()
    return Trip(program, direction, what, number, number - missing.total(), 0, lost or next(iter(missing), ""))


def write(thing: Any) -> str:
    """Return a thing as text."""
    return json.dumps(thing, ensure_ascii=False)


def ask(tools: Path, program: str, folder: Path) -> dict[str, Any]:
    """Return what a program says of the files in the folder; RuntimeError where it fails."""
    command, path = str(tools / "bin" / "python"), PROGRAMS / program
    if path.suffix == ".mjs":  # finds its modules from where it stands
        command, path = "node", Path(shutil.copy(path, tools))
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", ""), "PYTHONUTF8": "1"}
    done = subprocess.run([command, path, folder], capture_output=True, env=environment, cwd=folder, check=False)
    if done.returncode:
        raise RuntimeError(f"{program}: {done.stderr.decode('utf-8', 'replace')[-2_000:]}")
    return json.loads(done.stdout)
