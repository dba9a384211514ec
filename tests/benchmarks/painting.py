"""How long Chromium needs to show a page, from the click to the picture."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from benchmarks.reading import WORDS, address
from benchmarks.shelf import Shelf
from benchmarks.timing import Row, compared, interleaved
from chromium import launched

PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
# When the largest paragraph on the screen was painted: the last entry there is once everything is loaded.
READABLE = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => new PerformanceObserver(
  list => done(list.getEntries().at(-1).startTime)).observe({type: "largest-contentful-paint", buffered: true}))))"""


def rows(port: int, session: str, shelf: Shelf, rounds: int) -> list[Row]:
    """1,000 marks against none, and a text that is ten times as long, each in a browser that never saw the page."""
    site = f"http://127.0.0.1:{port}"
    none, full, long = (address(shelf.revisions[size]) for size in ((WORDS, 0), (WORDS, 1_000), (40_000, 1_000)))
    with launched() as browser:
        show = partial(shown, browser, site, session)
        acts = {
            "painted": partial(show, full, PAINTED),
            "bare": partial(show, none, PAINTED),
            "readable": partial(show, long, READABLE),
            "short": partial(show, none, READABLE),
        }
        times = interleaved(acts, rounds)
    readable = "Chromium shows 40,000 words with 1,000 against 4,000 with none"
    return [
        compared("Chromium paints 1,000 marks against none", times["painted"], times["bare"], 1.5),
        compared(readable, times["readable"], times["short"], 2),
    ]


def shown(browser, site: str, session: str, path: str, moment: str) -> float:
    """Seconds from the start of the navigation to a moment that the page tells, once everything is loaded."""
    with window(browser, site, session) as page:
        page.goto(site + path, wait_until="load")
        return page.evaluate(moment) / 1000


@contextmanager
def window(browser, site: str, session: str, cookie: str = "sessionid") -> Iterator:
    """A page of a browser that has seen nothing of the site, signed in."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": cookie, "value": session, "url": site}])
    yield context.new_page()
    context.close()
