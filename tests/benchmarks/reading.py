"""The reading page against a bare view that returns the same bytes."""

from functools import partial

from django.conf import settings

from benchmarks.browsing import Reader
from benchmarks.shelf import Shelf, touch
from benchmarks.timing import Row, compared, interleaved

WORDS = 4_000
LIMITS = {0: 2, 100: 3, 1_000: 8}


def rows(reader: Reader, shelf: Shelf, rounds: int) -> list[Row]:
    """The page made anew, its layer changed before each request, and the page asked for again, unchanged."""
    acts = {}
    for count in LIMITS:
        revision = shelf.revisions[WORDS, count]
        acts[f"page {count}"] = partial(cold, reader, shelf, revision, address(revision))
        acts[f"bare {count}"] = partial(cold, reader, shelf, revision, bare(reader, revision))
    full = shelf.revisions[WORDS, max(LIMITS)]
    acts |= {"again": partial(again, reader, address(full)), "bare again": partial(again, reader, bare(reader, full))}
    times = interleaved(acts, rounds)
    made = [
        compared(
            f"reading page, 4,000 words, {count:,} highlights", times[f"page {count}"], times[f"bare {count}"], limit
        )
        for count, limit in LIMITS.items()
    ]
    return [*made, compared("the page with 1,000 again, unchanged since", times["again"], times["bare again"], 2)]


def address(revision) -> str:
    return revision.article.get_absolute_url()


def bare(reader: Reader, revision) -> str:
    """The address of a bare view with the page's bytes."""
    name = f"{revision.pk}.html"
    (settings.DATA_DIR / name).write_bytes(reader.get(address(revision)).body)
    return f"/bare/{name}/"


def cold(reader: Reader, shelf: Shelf, revision, path: str) -> float:
    touch(shelf, revision)
    return reader.get(path).seconds


def again(reader: Reader, path: str) -> float:
    """Asks as a browser does that has just been there: with the ETag that it was given, if any."""
    tag = reader.get(path).headers.get("ETag")
    return reader.get(path, **({"If-None-Match": tag} if tag else {})).seconds
