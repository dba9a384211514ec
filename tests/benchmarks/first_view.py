"""The first view of an article in Chromium: when something is on the screen, whether it then moves, how often the browser asks.

The static page that it is compared with has the same words, one style sheet and the product's own fonts, and the floor answers with it,
under the one header of the product for which a browser starts a process of its own.
"""

import re
from functools import partial
from urllib.parse import urljoin

from django.contrib.staticfiles.storage import staticfiles_storage

from benchmarks import floor
from benchmarks.painting import window
from benchmarks.reading import WORDS, address
from benchmarks.shelf import Shelf
from benchmarks.timing import Row, compared, interleaved
from chromium import launched

LIMIT, REQUESTS = 1.3, 9
PAINTED_FIRST = """() => new Promise(done => new PerformanceObserver(list => {
  for (const {name, startTime} of list.getEntries()) if (name == "first-contentful-paint") done(startTime)
}).observe({type: "paint", buffered: true}))"""
# What moves of itself. Scrolling moves nothing in this sense; only after a click or key does the browser leave out what follows.
WATCH_SHIFTS = """moved = 0; new PerformanceObserver(list => { for (const entry of list.getEntries())
  if (!entry.hadRecentInput) moved += entry.value }).observe({type: "layout-shift", buffered: true})"""
SCREENS, PAUSE = 12, 250  # how far down the page is read, and how long each screen is looked at, in milliseconds
FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
URL = re.compile(r"""url\(["']?([^"')]+)["']?\)""")
STATIC_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="{style}"></head>
<body><main><h1>{title}</h1>{text}</main></body></html>"""
STYLE = 'body { font: 1.125rem/1.6 "Source Serif", serif } main { max-width: 38rem; margin: auto }'


def rows(port: int, session: str, shelf: Shelf, rounds: int) -> list[Row]:
    """With an empty cache, and with one that knows another page of the same site."""
    site, (before, asked) = f"http://127.0.0.1:{port}", (shelf.revisions[words, 0] for words in (400, WORDS))
    style = floor.keep("static.css", write_style().encode())
    static_before, static_asked = (write_static_page(revision, style) for revision in (before, asked))
    with launched() as browser:
        show = partial(painted_first, browser, site, session)
        acts = {
            "cold": partial(show, [address(asked)]),
            "cold static": partial(show, [static_asked]),
            "warm": partial(show, [address(before), address(asked)]),
            "warm static": partial(show, [static_before, static_asked]),
        }
        times = interleaved(acts, rounds)
        full = address(shelf.revisions[WORDS, 1_000])
        moved, requests = shift(browser, site, session, full), count_requests(browser, site, session, full)
    first = "first contentful paint against a static page"
    return [
        compared(f"{first}, empty cache", times["cold"], times["cold static"], LIMIT),
        compared(f"{first}, warm cache", times["warm"], times["warm static"], LIMIT),
        Row("cumulative layout shift, 1,000 highlights", moved, 0, detail=f"{moved:.4f} over {SCREENS} screens"),
        Row("requests of a first visit to an article", len(requests), REQUESTS, detail=" ".join(requests)),
    ]


def write_style() -> str:
    """The rules of the product's fonts, and two lines that use one of them."""
    name = "css/site.css"
    with staticfiles_storage.open(staticfiles_storage.stored_name(name)) as file:
        text = file.read().decode()
    home = staticfiles_storage.url(name)
    faces = "\n".join(FONT_FACE.findall(text))
    return URL.sub(lambda url: f'url("{urljoin(home, url[1])}")', faces) + STYLE


def write_static_page(revision, style: str) -> str:
    """Has the floor answer with the text alone; returns the address."""
    page = STATIC_PAGE.format(title=revision.article.title, style=style, text=revision.html)
    return floor.keep(f"static-{revision.pk}.html", page.encode())


def painted_first(browser, site: str, session: str, paths: list[str]) -> float:
    """Seconds from the start of the last navigation to the first paint with content; the paths before it fill the cache."""
    with window(browser, site, session) as page:
        for path in paths:
            page.goto(site + path, wait_until="load")
        return page.evaluate(PAINTED_FIRST) / 1000


def shift(browser, site: str, session: str, path: str) -> float:
    """The sum of all layout shifts while the page loads and is then read down, screen by screen."""
    with window(browser, site, session) as page:
        page.add_init_script(WATCH_SHIFTS)
        page.goto(site + path, wait_until="networkidle")
        for _ in range(SCREENS):
            page.mouse.wheel(0, 800)
            page.wait_for_timeout(PAUSE)
        page.wait_for_load_state("networkidle")
        return page.evaluate("moved")


def count_requests(browser, site: str, session: str, path: str) -> list[str]:
    """The kind of each request of a browser that has seen nothing of the site."""
    kinds: list[str] = []
    with window(browser, site, session) as page:
        page.on("request", lambda request: kinds.append(request.resource_type))
        page.goto(site + path, wait_until="networkidle")
    return kinds
