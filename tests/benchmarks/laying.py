"""Passages and the desk over 1,000,000 highlights on 100,000 articles, against the same over 1,000 on 100."""

from collections.abc import Iterator
from functools import partial
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.test import Client

from benchmarks.newsroom import filled
from benchmarks.passages import seconds
from benchmarks.timing import Row, compared, interleaved

FEW, MANY = (100, 1_000), (100_000, 1_000_000)  # articles, highlights
ROWS = [("row", f"term {letter}") for letter in "abcdefghij"]
COLUMNS = [("column", f"outlet-{letter}") for letter in "abcdefghij"]
PAGES = {
    "passage page": ("passages", ""),
    "passage page of one tag": ("passages", "?tag=term-c"),
    "passage page of one source": ("passages", "?source=outlet-b"),
    "desk of 10 x 10": ("desk", f"?{urlencode(ROWS + COLUMNS)}"),
    "desk of 10 readers": ("desk", f"?{urlencode([*ROWS, ('columns', 'reader')])}"),
}


def rows(rounds: int, scale: int = 1) -> Iterator[Row]:
    """Fills two projects of the database it finds, the large one divided by `scale`; says how long that took."""
    reader = get_user_model().objects.create_user("laying")
    client = Client()
    client.force_login(reader)
    projects = {}
    for size in (FEW, MANY):
        wanted = [max(few, number // scale) for few, number in zip(FEW, size, strict=True)]
        projects[size], taken = filled(reader, *wanted)
        print(f"{wanted[1]:,} highlights on {wanted[0]:,} articles were made in {taken:.0f} s", flush=True)
    for name in PAGES:
        yield from of_page(client, projects, name, rounds)


def of_page(client: Client, projects: dict, name: str, rounds: int) -> list[Row]:
    """The ratio of a page that was asked for before, as counts are kept; and what the first one takes."""
    kind, query = PAGES[name]
    addresses = {size: f"/projects/{project.slug}/{kind}/{query}" for size, project in projects.items()}
    caches["pages"].clear()
    first = seconds_of(client, addresses[MANY], kind)
    times = interleaved({size: partial(seconds_of, client, addresses[size], kind) for size in (FEW, MANY)}, rounds)
    row = compared(f"{name}, 1,000,000 highlights against 1,000", times[MANY], times[FEW], 2)
    return [row, Row(f"{name}, the first time", first, 10, None, "until its counts are kept", "s")]


def seconds_of(client: Client, address: str, kind: str) -> float:
    return seconds(client, address, b'class="bit"' if kind == "desk" else b'class="passage"')
