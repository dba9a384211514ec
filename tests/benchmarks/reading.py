"""The reading page against the floor, and against a bare view behind the middleware; each answers with the page's own bytes."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from benchmarks import floor
from benchmarks.browsing import Reader
from benchmarks.shelf import Shelf, change
from benchmarks.timing import Row, compared, interleaved
from newsreader.models import Revision

WORDS = 4_000
COMPRESSED = {"Accept-Encoding": "gzip"}


class Limits(NamedTuple):
    """At most so many times the floor, and the bare view, for a page drawn before, and for one whose layer has changed."""

    drawn: float
    changed: float
    drawn_bare: float
    changed_bare: float


LIMITS = {0: Limits(4, 5, 2, 2.5), 100: Limits(4, 7, 2, 3.5), 1_000: Limits(6, 14, 3, 8)}  # by the number of highlights
AGAIN, AGAIN_BARE = 3, 1.5


class Opening(NamedTuple):
    """A page that two readers of one project open, and the addresses at which its bytes alone can be had."""

    one: Reader
    other: Reader
    shelf: Shelf
    revision: Revision
    floor: str
    floor_compressed: str
    bare: str


def rows(one: Reader, other: Reader, shelf: Shelf, rounds: int) -> list[Row]:
    """Drawn before for another reader; its layer changed since; the same as browsers get it, compressed; unchanged."""
    openings = {count: opening(one, other, shelf, shelf.revisions[WORDS, count]) for count in LIMITS}
    acts = {(name, count): act for count, page in openings.items() for name, act in acts_on(page).items()}
    times = interleaved(acts | acts_again(openings[max(LIMITS)]), rounds)
    again = f"page with {max(LIMITS):,}, unchanged, asked again"
    return [
        *(row for count, limits in LIMITS.items() for row in of_count(times, count, limits)),
        compared(f"{again}, to the floor", times["again"], times["floor again"], AGAIN),
        compared(f"{again}, to a bare view", times["again"], times["bare again"], AGAIN_BARE),
    ]


def of_count(times: dict, count: int, limits: Limits) -> list[Row]:
    """The rows of a page with so many highlights."""
    page = f"page with {count:,}"
    drawn, changed, compressed, floor, floor_compressed, bare = (
        times[name, count] for name in ("drawn", "changed", "compressed", "floor", "floor compressed", "bare")
    )
    return [
        compared(f"{page}, drawn before, to the floor", drawn, floor, limits.drawn),
        compared(f"{page}, drawn before, compressed, to the floor", compressed, floor_compressed, limits.drawn),
        compared(f"{page}, its layer changed, to the floor", changed, floor, limits.changed),
        compared(f"{page}, drawn before, to a bare view", drawn, bare, limits.drawn_bare),
        compared(f"{page}, its layer changed, to a bare view", changed, bare, limits.changed_bare),
    ]


def opening(one: Reader, other: Reader, shelf: Shelf, revision: Revision) -> Opening:
    """Keeps the bytes of the page, and the bytes as they are sent."""
    path, name = address(revision), f"article-{revision.pk}"
    plain = floor.keep(f"{name}.html", other.get(path).body)
    compressed = floor.keep(f"{name}.gz.html", other.get(path, **COMPRESSED).body)
    return Opening(one, other, shelf, revision, plain, compressed, f"/bare/{name}.html/")


def address(revision: Revision) -> str:
    return revision.article.get_absolute_url()


def acts_on(page: Opening) -> dict[str, Callable[[], float]]:
    """What is timed of a page in each round."""
    return {
        "drawn": partial(drawn, page),
        "floor": partial(get, page.other, page.floor),
        "changed": partial(changed, page, address(page.revision)),
        "bare": partial(changed, page, page.bare),
        "compressed": partial(drawn, page, **COMPRESSED),
        "floor compressed": partial(get, page.other, page.floor_compressed),
    }


def drawn(page: Opening, **headers: str) -> float:
    """The page as it is since the last change, which another reader has seen already."""
    change(page.shelf, page.revision)
    page.one.get(address(page.revision))
    return get(page.other, address(page.revision), **headers)


def changed(page: Opening, path: str) -> float:
    """What nobody has asked for since the last change."""
    change(page.shelf, page.revision)
    return get(page.other, path)


def get(reader: Reader, path: str, **headers: str) -> float:
    return reader.get(path, **headers).seconds


def acts_again(page: Opening) -> dict[str, Callable[[], float]]:
    """Asks as a browser does that has just been there; the bare view has no ETag and sends everything, the floor nothing."""
    return {
        "again": partial(again, page.other, address(page.revision)),
        "floor again": partial(get, page.other, page.floor, **{"If-None-Match": '"any"'}),
        "bare again": partial(again, page.other, page.bare),
    }


def again(reader: Reader, path: str) -> float:
    tag = reader.get(path).headers.get("ETag")
    return get(reader, path, **({"If-None-Match": tag} if tag else {}))
