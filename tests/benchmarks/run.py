"""`make bench`: how fast Newsreader is, each row a ratio measured in one run. `--quick` only shows that it runs."""

import sys
from collections.abc import Iterable

from django.core.management import call_command

from benchmarks import importing
from serving import adopt, free_port, running, scratch_data

SERVED = ("reading", "making", "painting")  # rows that are measured through a server
IN_PROCESS = ("passages", "marking", "correcting", "carrying", "laying", "exporting", "searching")
PURE = ("import",)  # without a database


def main(quick: bool, chosen: list[str]) -> None:
    """Measure the chosen rows, all of them where none is named, and print them."""
    if unknown := set(chosen) - {*SERVED, *IN_PROCESS, *PURE}:
        sys.exit(
            f"No rows are called {', '.join(sorted(unknown))}. There are {', '.join((*SERVED, *IN_PROCESS, *PURE))}."
        )
    with scratch_data() as environment:
        adopt(environment)
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        report(measured(environment, quick, chosen or [*SERVED, *IN_PROCESS, *PURE]))


def measured(environment: dict, quick: bool, chosen: list[str]) -> Iterable:
    """Every row of the table, as it is known."""
    if "import" in chosen:
        yield from importing.rows(pages=2 if quick else None)
    if set(chosen) <= set(PURE):
        return
    from annotations.management.commands.quickstart import build_server_command
    from benchmarks import making, painting, reading, shelf
    from benchmarks.browsing import Reader

    sizes = [(400, 0), (4_000, 0), (4_000, 100), (4_000, 1_000), (40_000, 0), (40_000, 1_000)]
    full = shelf.filled(sizes, scale=10 if quick else 1)
    session, port, rounds = shelf.session_of(full.reader), free_port(), 2 if quick else 60
    served = {
        "reading": lambda: reading.rows(Reader(port, session), full, rounds),
        "making": lambda: making.rows(Reader(port, session), full, rounds),
        "painting": lambda: painting.rows(port, session, full, 2 if quick else 15),
    }
    if set(served) & set(chosen):
        with running(
            ["-m", *build_server_command("benchmarks.wsgi", "127.0.0.1", port, workers="1")], environment, port
        ):
            for name in served:
                yield from served[name]() if name in chosen else ()
    yield from in_process(quick, full, chosen)


def in_process(quick: bool, full, chosen: list[str]) -> Iterable:
    """The rows of parts that are measured without a server: in this process, on the same data."""
    from django.conf import settings

    from benchmarks import carrying, correcting, exporting, laying, marking, passages, searching
    from benchmarks.timing import Row

    settings.ALLOWED_HOSTS.append("testserver")
    rows = {
        "passages": lambda: passages.rows(2 if quick else 12, scale=20 if quick else 1),
        "marking": lambda: (Row(*row) for row in marking.rows(2 if quick else 25)),
        "correcting": lambda: correcting.rows(full, 1 if quick else 3),
        "carrying": lambda: carrying.rows(1 if quick else 3, scale=50 if quick else 1),
        "laying": lambda: laying.rows(2 if quick else 12, scale=1_000 if quick else 1),
        "exporting": lambda: exporting.rows(2 if quick else 6, scale=100 if quick else 1),
        "searching": lambda: searching.rows(2 if quick else 20, scale=1_000 if quick else 1),
    }
    for name in rows:
        yield from rows[name]() if name in chosen else ()


def report(rows: Iterable) -> None:
    """Prints the table line by line."""
    print(f"{'ratio':>67} {'between':>14} {'limit':>7}")
    for row in rows:
        spread = f"{row.spread[0]:.2f} – {row.spread[1]:.2f}" if row.spread else ""
        verdict = "reached" if row.reached else "NOT reached"
        value, limit = f"{row.value:.2f}{row.unit and ' ' + row.unit}", f"{row.limit:g}{row.unit and ' ' + row.unit}"
        print(f"{row.name:<58} {value:>8} {spread:>14} {limit:>7}  {verdict:<11}  {row.detail}", flush=True)


if __name__ == "__main__":
    main(quick="--quick" in sys.argv, chosen=[name for name in sys.argv[1:] if not name.startswith("--")])
