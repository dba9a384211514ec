"""`make bench`: how fast Newsreader is, each row a ratio measured in one run. `--quick` only shows that it runs."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.core.management import call_command

from benchmarks import importing, together
from benchmarks.engines import find_postgres
from benchmarks.report import print_head, print_row, write_tables
from benchmarks.timing import Row
from serving import adopt, free_port, running, scratch_data

SERVED = ("reading", "weighing", "listing", "making", "painting", "first_view")  # measured through a server
IN_PROCESS = (
    *("passages", "marking", "correcting", "bulk", "retagging", "agreement", "carrying", "laying", "exporting"),
    *("searching", "blind", "stories"),
)
PURE = ("import",)  # without a database
APART = ("together", "peers")  # only where they are named


def main(quick: bool, chosen: list[str], into: Path | None) -> None:
    """Measure the chosen groups of rows, all but those apart where none is named; print them, and write them into a document."""
    known = [*SERVED, *IN_PROCESS, *PURE, *APART]
    if unknown := set(chosen) - set(known):
        sys.exit(f"No rows are called {', '.join(sorted(unknown))}. There are {', '.join(known)}.")
    postgres = find_postgres()
    with scratch_data() as environment:
        adopt(environment)
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        rows = told(measured(environment, postgres, quick, chosen or [*SERVED, *IN_PROCESS, *PURE]))
    if into:
        write_tables(into, rows)
    sys.exit(sum_up(rows, chosen))


def sum_up(rows: list[Row], chosen: list[str]) -> str | None:
    """Print how many rows each group has, since the first may be out of sight; return what is wrong if a named one has none."""
    numbers = Counter(row.group for row in rows)
    print("Rows:", ", ".join(f"{group} {number}" for group, number in numbers.items()))
    missing = [name for name in chosen if name not in numbers]
    return f"Not measured: {', '.join(missing)}." if missing else None


def told(rows: Iterable[Row]) -> list[Row]:
    """The rows, each printed as soon as it is known."""
    print_head()
    known = []
    for row in rows:
        print_row(row)
        known.append(row)
    return known


def of_group(name: str, rows: Iterable[Row]) -> Iterator[Row]:
    return (row._replace(group=name) for row in rows)


def measured(environment: dict, postgres: str | None, quick: bool, chosen: list[str]) -> Iterable:
    """Every row of the table, as it is known."""
    if "import" in chosen:
        yield from of_group("import", importing.rows(pages=2 if quick else None))
    if "together" in chosen:
        yield from of_group("together", together.rows(postgres, seconds=1 if quick else 20, scale=10 if quick else 1))
    if set(chosen) <= {*PURE, "together"}:
        return
    from annotations.management.commands.quickstart import build_server_command
    from benchmarks import first_view, listing, making, painting, peers, reading, shelf, weighing
    from benchmarks.browsing import Reader

    sizes = [(400, 0), (4_000, 0), (4_000, 100), (4_000, 1_000), (40_000, 0), (40_000, 1_000)]
    full = shelf.filled(sizes, scale=10 if quick else 1)
    port, rounds, views = free_port(), 2 if quick else 60, 2 if quick else 15
    session, another = map(shelf.session_of, full.people[:2])
    reader, other = Reader(port, session), Reader(port, another)
    served = {
        "reading": lambda: reading.rows(reader, other, full, rounds),
        "weighing": lambda: weighing.rows(reader, full),
        "listing": lambda: listing.rows(reader, other, full, rounds),
        "making": lambda: making.rows(reader, full, rounds),
        "painting": lambda: painting.rows(port, session, full, views),
        "first_view": lambda: first_view.rows(port, session, full, views),
        "peers": lambda: peers.rows(port, session, full, rounds, views),
    }
    if set(served) & set(chosen):
        with running(
            ["-m", *build_server_command("benchmarks.wsgi", "127.0.0.1", port, workers="1")], environment, port
        ):
            for name in served:
                yield from of_group(name, served[name]()) if name in chosen else ()
    yield from in_process(postgres, quick, full, chosen)


def in_process(postgres: str | None, quick: bool, full, chosen: list[str]) -> Iterable:
    """The rows of parts that are measured without a server: in this process, on the same data."""
    from django.conf import settings

    from benchmarks import (
        agreeing,
        blind,
        bulk,
        carrying,
        copies,
        correcting,
        exporting,
        laying,
        marking,
        passages,
        retagging,
        searching,
    )

    settings.ALLOWED_HOSTS.append("testserver")
    rows = {
        "passages": lambda: passages.rows(2 if quick else 12, scale=20 if quick else 1),
        "marking": lambda: (Row(*row) for row in marking.rows(2 if quick else 25)),
        "correcting": lambda: correcting.rows(full, 1 if quick else 3),
        "bulk": lambda: bulk.rows(scale=100 if quick else 1),
        "retagging": lambda: retagging.rows(2 if quick else 12, scale=20 if quick else 1),
        "agreement": lambda: agreeing.rows(1 if quick else 5, scale=10 if quick else 1),
        "carrying": lambda: carrying.rows(1 if quick else 3, scale=50 if quick else 1),
        "laying": lambda: laying.rows(2 if quick else 12, scale=1_000 if quick else 1),
        "exporting": lambda: exporting.rows(2 if quick else 6, scale=100 if quick else 1),
        "searching": lambda: searching.rows(postgres, 2 if quick else 20, scale=1_000 if quick else 1),
        "blind": lambda: blind.rows(2 if quick else 64, scale=20 if quick else 1),
        "stories": lambda: copies.rows(4 if quick else 60, scale=200 if quick else 1),
    }
    for name in chosen:
        yield from of_group(name, rows[name]()) if name in rows else ()


if __name__ == "__main__":
    options = dict(option.removeprefix("--").partition("=")[::2] for option in sys.argv[1:] if option.startswith("--"))
    groups = [name for name in sys.argv[1:] if not name.startswith("--")]
    main("quick" in options, groups, Path(options["into"]) if "into" in options else None)
