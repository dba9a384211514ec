"""Many people at once: writers who highlight and readers who open articles, on the server as `make run` starts it, on both engines.

Every reader opens one article after the other without a pause, first alone, then beside the writers. Every writer sends the form of
the reading page about once a second, faster than anybody who reads what they highlight; and once more without a rest, when the machine
has more to do than it can, and the readers' share is only told.
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
RESTS = {"": 1, ", no rest": 0}  # seconds before each highlight, half as many at least and half as many more at most
WARM_UP = 3  # seconds
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


def rows(postgres: str | None, seconds: float, scale: int = 1) -> Iterator[Row]:
    """The rows of each engine: failed writes, what the readers keep of their rate, and the time of a write."""
    with environments(postgres) as engines:
        for engine, environment in engines.items():
            newsroom = call(environment, "together", "fill", scale)
            port = free_port()
            with running(["manage.py", "quickstart"], environment | {"PORT": str(port)}, port):
                yield from rows_of(engine, port, newsroom, seconds)


def fill(scale: int) -> Newsroom:
    """Fills the database it finds: a project in which everybody codes; articles and highlights are divided by `scale`."""
    from benchmarks import shelf

    full = shelf.filled(SIZES, scale)
    people = shelf.add_members(full.project, WRITERS + READERS)
    articles = [
        Article(revision.article.get_absolute_url(), revision.text, revision.number)
        for revision in full.revisions.values()
    ]
    return Newsroom(full.project.slug, articles, [str(tag) for tag in full.tags], [*map(shelf.session_of, people)])


def rows_of(engine: str, port: int, newsroom: Newsroom, seconds: float) -> Iterator[Row]:
    """The rows of one server, for each rest that the writers take."""
    attempt = partial(trial, port, newsroom.sessions)
    readers = [partial(read, newsroom.articles)] * READERS
    attempt(readers, min(seconds, WARM_UP))
    for name, rest in RESTS.items():
        writers = [partial(write, newsroom, rest)] * WRITERS
        alone = attempt(readers, seconds)
        beside = attempt([*readers, *writers], seconds)
        rates = [sum(map(len, series)) / seconds for series in (beside[:READERS], alone)]
        yield share_kept(
            f"{engine}: readers beside 16 writers{name}, to readers alone", rates, LEAST_SHARE if rest else None
        )
        written = [act for series in beside[READERS:] for act in series]
        yield failures(f"{engine}: failed writes{name}", written)
        yield slowest(f"{engine}: 95 of 100 writes{name} take at most", written, seconds, P95 if rest else None)


def share_kept(name: str, rates: list[float], limit: float | None) -> Row:
    detail = f"{rates[0]:.1f} : {rates[1]:.1f} pages a second"
    return Row(name, rates[0] / rates[1], limit, detail=detail, at_least=True)


def failures(name: str, written: list[Act]) -> Row:
    faults = sorted({act.fault for act in written} - {""})
    return Row(name, sum(bool(act.fault) for act in written), 0, detail="; ".join([f"of {len(written)}", *faults]))


def slowest(name: str, written: list[Act], seconds: float, limit: float | None) -> Row:
    times = [act.seconds for act in written]
    return Row(name, quantiles(times, n=20)[-1], limit, unit="s", detail=f"{len(times) / seconds:.1f} writes a second")


def trial(port: int, sessions: list[str], acts: list[Callable], seconds: float) -> list[list[Act]]:
    """What each of these people does until the time is over, one request after the other."""
    browsers = [Reader(port, session) for session, _ in zip(sessions, acts, strict=False)]
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(len(acts)) as pool:
        return [*pool.map(partial(keep_on, until), browsers, acts, range(len(acts)))]


def keep_on(until: float, browser: Reader, act: Callable[[Reader, random.Random], Act], seed: int) -> list[Act]:
    chance, done = random.Random(seed), []
    while time.monotonic() < until:
        done.append(act(browser, chance))
        if done[-1].fault:
            browser.connection.close()  # the next request opens another, as browsers do
    return done


def timed(ask: Callable, *given) -> Act:
    begun = time.monotonic()
    try:
        ask(*given)
    except (RuntimeError, OSError, HTTPException) as fault:
        return Act(time.monotonic() - begun, str(fault)[:80])
    return Act(time.monotonic() - begun)


def read(articles: list[Article], browser: Reader, chance: random.Random) -> Act:
    return timed(browser.get, chance.choice(articles).path)


def write(newsroom: Newsroom, rest: float, browser: Reader, chance: random.Random) -> Act:
    """After a rest, a highlight with a tag, anywhere, as the form of the reading page sends it."""
    time.sleep(rest * chance.uniform(0.5, 1.5))
    article = chance.choice(newsroom.articles)
    start = chance.randrange(len(article.text) - 220)
    place = describe(article.text, start, start + chance.randint(5, 200))._asdict()
    whose = {"id": str(uuid7()), "project": newsroom.project, "revision": article.revision}
    fields = {**place, **whose, "tags": [chance.choice(newsroom.tags)], "note": ""}
    return timed(browser.post, f"{article.path}highlights/", fields)
