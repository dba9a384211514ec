"""Many people at once: writers who highlight and readers who open articles, on the server as `make run` starts it, on both engines.

Every writer sends the form of the reading page and does so again as soon as it is answered; every reader opens one article
after the other. The readers begin alone.
"""

import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPException
from statistics import quantiles
from typing import NamedTuple

from annotations.anchoring.quotes import describe
from annotations.identifiers import uuid7
from benchmarks.browsing import Reader
from benchmarks.engines import call, environments
from benchmarks.timing import Row
from serving import free_port, running

WRITERS, READERS = 16, 8
LEAST_SHARE, P95 = 0.8, 0.5  # of the rate of readers alone; seconds
SIZES = [(4_000, 100 + number) for number in range(8)]  # words and highlights of each article


class Article(NamedTuple):
    """What somebody who highlights has to know of an article."""

    path: str
    text: str
    revision: int


class Newsroom(NamedTuple):
    """What was put into a database: articles, the names of tags, and a session for each person."""

    project: str
    articles: list[Article]
    tags: list[str]
    sessions: list[str]


class Act(NamedTuple):
    """What one request took, in seconds, and what was wrong with it."""

    seconds: float
    fault: str = ""


def rows(postgres: str | None, seconds: float) -> Iterator[Row]:
    """The rows of each engine: failed writes, what the readers keep of their rate, and the time of a write."""
    with environments(postgres) as engines:
        for engine, environment in engines.items():
            newsroom = call(environment, "together", "fill")
            port = free_port()
            with running(["manage.py", "quickstart"], environment | {"PORT": str(port)}, port):
                yield from rows_of(engine, port, newsroom, seconds)


def fill() -> Newsroom:
    """Fills the database it finds: a project in which everybody codes."""
    from benchmarks import shelf

    full = shelf.filled(SIZES)
    people = shelf.add_members(full.project, WRITERS + READERS)
    articles = [
        Article(revision.article.get_absolute_url(), revision.text, revision.number)
        for revision in full.revisions.values()
    ]
    return Newsroom(full.project.slug, articles, [str(tag) for tag in full.tags], [*map(shelf.session_of, people)])


def rows_of(engine: str, port: int, newsroom: Newsroom, seconds: float) -> list[Row]:
    readers = [partial(read, newsroom.articles)] * READERS
    writers = [partial(write, newsroom)] * WRITERS
    browsers = [Reader(port, session) for session in newsroom.sessions]
    trial(browsers, readers, min(seconds, 3))  # warms up
    alone = trial(browsers, readers, seconds)
    acts = trial(browsers, [*readers, *writers], seconds)
    read_with, written = acts[:READERS], [act for series in acts[READERS:] for act in series]
    rates = [sum(map(len, series)) / seconds for series in (read_with, alone)]
    faults = [act.fault for act in written if act.fault]
    times = [act.seconds for act in written if not act.fault]
    return [
        Row(f"{engine}: failed writes", len(faults), 0, detail=f"of {len(written)}; {'; '.join(sorted(set(faults)))}"),
        Row(
            f"{engine}: readers beside writers, against readers alone",
            rates[0] / rates[1],
            LEAST_SHARE,
            detail=f"{rates[0]:.1f} : {rates[1]:.1f} pages a second",
            at_least=True,
        ),
        Row(
            f"{engine}: 95 of 100 writes take at most",
            quantiles(times, n=20)[-1],
            P95,
            unit="s",
            detail=f"{len(times) / seconds:.1f} a second",
        ),
    ]


def trial(browsers: list[Reader], acts: list[Callable], seconds: float) -> list[list[Act]]:
    """What each of these people does until the time is over, one request after the other."""
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(len(acts)) as pool:
        return [*pool.map(partial(keep_on, until), browsers, acts, range(len(acts)))]


def keep_on(until: float, browser: Reader, act: Callable, seed: int) -> list[Act]:
    chance, done = random.Random(seed), []
    while time.monotonic() < until:
        done.append(tried(partial(act, browser, chance)))
    return done


def tried(ask: Callable) -> Act:
    begun = time.monotonic()
    try:
        ask()
    except (RuntimeError, OSError, HTTPException) as fault:
        return Act(time.monotonic() - begun, str(fault)[:80])
    return Act(time.monotonic() - begun)


def read(articles: list[Article], browser: Reader, chance: random.Random) -> None:
    browser.get(chance.choice(articles).path)


def write(newsroom: Newsroom, browser: Reader, chance: random.Random) -> None:
    """A highlight with a tag, anywhere, as the form of the reading page sends it."""
    article = chance.choice(newsroom.articles)
    start = chance.randrange(len(article.text) - 220)
    place = describe(article.text, start, start + chance.randint(5, 200))._asdict()
    whose = {"id": str(uuid7()), "project": newsroom.project, "revision": article.revision}
    fields = {**place, **whose, "tags": [chance.choice(newsroom.tags)], "note": ""}
    browser.post(f"{article.path}highlights/", fields)
