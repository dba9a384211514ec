"""`make kills`: an import of many files whose worker is killed again and again, beside one that nobody disturbs.

FILES (2,000), KILLS (20) and SEED choose how many files and kills, and when. It fails where the two libraries differ.
"""

import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from serving import HOUSE, adopt, scratch_data

WORKER = [sys.executable, "manage.py", "db_worker", "--no-startup-delay", "--no-reload", "--verbosity", "0"]


def main(files: int, kills: int, seed: int) -> int:
    """Print how long both imports took and whether their libraries are the same; return the exit status."""
    with scratch_data() as environment:
        undisturbed, seconds = import_in_peace(environment, files)
    print(f"{files:,} files in {seconds:.0f} s, {files / seconds:.0f} a second: {undisturbed[:12]}")
    with scratch_data() as environment:
        killed, places = import_under_fire(environment, files, kills, seconds, random.Random(seed))
    print(f"killed {len(places)} times, after {', '.join(map(str, places))} files: {killed[:12]}")
    print("The libraries are the same." if killed == undisturbed else "The libraries differ.")
    return int(killed != undisturbed)


def import_in_peace(environment: dict, files: int) -> tuple[str, float]:
    """Return the digest of the library after the import, and how long that took."""
    run("prepare", environment, str(files))
    began = time.monotonic()
    with worker(environment):
        wait_for_end(environment)
    return run("digest", environment), time.monotonic() - began


def import_under_fire(
    environment: dict, files: int, kills: int, seconds: float, draw: random.Random
) -> tuple[str, list[int]]:
    """Return the digest of the library after the import, and after how many files each kill came."""
    run("prepare", environment, str(files))
    places = []
    for _ in range(kills):
        with worker(environment):
            time.sleep(draw.uniform(0, 2 * seconds / (kills + 1)))
        places.append(count(environment, "newsreader_importitem WHERE state NOT IN ('waiting', 'unpacked')"))
    with worker(environment):
        wait_for_end(environment)
    return run("digest", environment), places


@contextmanager
def worker(environment: dict) -> Iterator[None]:
    """Run a worker until the end of the block, and kill it then, as `kill -9` does."""
    process = subprocess.Popen(WORKER, cwd=HOUSE, env=environment)
    try:
        yield
    finally:
        process.kill()
        process.wait()


def wait_for_end(environment: dict) -> None:
    """Return when nothing waits any more."""
    while count(environment, "newsreader_articleimport WHERE state IN ('waiting', 'running')"):
        time.sleep(0.5)


def count(environment: dict, rows: str) -> int:
    """Return the number of these rows."""
    with closing(sqlite3.connect(Path(environment["NEWSREADER_DATA"]) / "newsreader.sqlite3", timeout=30)) as database:
        return database.execute(f"SELECT count(*) FROM {rows}").fetchone()[0]


def run(act: str, environment: dict, *arguments: str) -> str:
    """Return what an act says, which a process with this data does."""
    command = [sys.executable, "-m", "benchmarks.killing", act, *arguments]
    return subprocess.run(
        command, cwd=HOUSE, env=environment, check=True, capture_output=True, text=True
    ).stdout.strip()


def act(name: str, *arguments: str) -> None:
    """Prepare an import, or print what it left behind."""
    adopt(dict(os.environ))
    from django.core.management import call_command

    from bulk import describe_library, make_files, make_zip, queue_files

    if name == "prepare":
        call_command("migrate", verbosity=0)
        files = make_files(int(arguments[0]))
        half = dict(list(files.items())[::2])
        queue_files({name: data for name, data in files.items() if name not in half} | {"half.zip": make_zip(half)})
    else:
        print(describe_library())


if __name__ == "__main__":
    if len(sys.argv) > 1:
        act(*sys.argv[1:])
    else:
        chosen = [
            int(os.environ.get(name) or default) for name, default in (("FILES", 2_000), ("KILLS", 20), ("SEED", 1))
        ]
        sys.exit(main(*chosen))
