"""How long Chromium needs to show a page, from the click to the picture."""

from functools import partial

from benchmarks.reading import WORDS, address
from benchmarks.shelf import Shelf
from benchmarks.timing import Row, compared, interleaved
from chromium import launched

PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"


def rows(port: int, session: str, shelf: Shelf, rounds: int) -> list[Row]:
    """The page with 1,000 marks against the same page with none, each in a browser that never saw it."""
    with launched() as browser:
        site = f"http://127.0.0.1:{port}"
        acts = {
            count: partial(painted, browser, site, session, address(shelf.revisions[WORDS, count]))
            for count in (0, 1_000)
        }
        times = interleaved(acts, rounds)
    return [compared("Chromium paints 1,000 marks against none", times[1_000], times[0], 2.5)]


def painted(browser, site: str, session: str, path: str) -> float:
    """Seconds from the start of the navigation to the second frame after everything is loaded."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    page = context.new_page()
    page.goto(site + path, wait_until="load")
    seconds = page.evaluate(PAINTED) / 1000
    context.close()
    return seconds
