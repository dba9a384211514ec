"""The pages that list something, against the floor of the same bytes; asked for by one reader, then by another."""

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

from benchmarks import floor
from benchmarks.browsing import Reader
from benchmarks.shelf import OUTLETS, Shelf, change
from benchmarks.timing import Row, compared, interleaved

LIMIT = 8
DESK_ROWS = 6


def rows(one: Reader, other: Reader, shelf: Shelf, rounds: int) -> list[Row]:
    """As the project stands since another reader asked; and, without a limit, since somebody has changed a note."""
    acts: dict[tuple[str, str], Callable[[], float]] = {}
    for name, path in pages(shelf).items():
        bytes_alone = floor.keep(f"{name.replace(' ', '-')}.html", other.get(path).body)
        acts[name, "seen"] = partial(seen, one, other, path)
        acts[name, "changed"] = partial(changed, other, shelf, path)
        acts[name, "floor"] = partial(get, other, bytes_alone)
    times = interleaved(acts, rounds)
    return [
        row
        for name in pages(shelf)
        for row in (
            compared(f"{name}, to the floor", times[name, "seen"], times[name, "floor"], LIMIT),
            compared(f"{name}, project changed, to the floor", times[name, "changed"], times[name, "floor"], None),
        )
    ]


def pages(shelf: Shelf) -> dict[str, str]:
    """The addresses of a full page of each kind, by its name."""
    project = shelf.project.get_absolute_url()
    chosen = [("row", str(tag)) for tag in shelf.tags[:DESK_ROWS]]
    chosen += [("column", f"outlet-{letter.lower()}") for letter in OUTLETS]
    return {
        "50 passages": f"{project}passages/",
        "library page": "/",
        f"desk of {DESK_ROWS} x {len(OUTLETS)}": f"{project}desk/?{urlencode(chosen)}",
    }


def seen(one: Reader, other: Reader, path: str) -> float:
    one.get(path)
    return get(other, path)


def changed(reader: Reader, shelf: Shelf, path: str) -> float:
    change(shelf, shelf.revisions[4_000, 100])
    return get(reader, path)


def get(reader: Reader, path: str) -> float:
    return reader.get(path).seconds
