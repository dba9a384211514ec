"""Searching the library: the best 25 of all articles, against the engine's own full-text query, written by hand for the same rows."""

import random
import time
from collections.abc import Callable, Iterator
from functools import partial
from io import StringIO
from itertools import pairwise

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection

from benchmarks.engines import call, environments
from benchmarks.newsroom import filled, words
from benchmarks.timing import Row, compared, interleaved
from newsreader.models import Article, Revision
from newsreader.search import matching
from newsreader.search.compiler import order_by_relevance

ARTICLES = 100_000
A_PAGE = 25
LIMIT = 1.5
JOIN = "SELECT a.* FROM newsreader_articleentry e JOIN newsreader_article a ON a.id = e.rowid WHERE a.status = 'published' AND"
SQLITE = f"{JOIN} e.newsreader_articleentry MATCH %s ORDER BY e.rank LIMIT {A_PAGE}"
POSTGRES = f"{JOIN} e.words @@ %s::tsquery ORDER BY ts_rank(e.words, %s::tsquery) DESC LIMIT {A_PAGE}"


def rows(postgres: str | None, rounds: int, scale: int = 1) -> Iterator[Row]:
    """The rows of every engine there is, each on an empty database; `postgres` is the address of a server."""
    with environments(postgres) as engines:
        for engine, environment in engines.items():
            yield from call(environment, "searching", "rows_here", engine, rounds, scale)


def rows_here(engine: str, rounds: int, scale: int) -> list[Row]:
    """A row for each kind of query, over all articles of the database it finds; first as many come in as are missing."""
    prepare(ARTICLES // scale)
    return [
        of_query(f"{engine}: 100,000 articles searched for {name}", query, rounds) for name, query in queries().items()
    ]


def of_query(name: str, query: str, rounds: int) -> Row:
    acts = {"matching": partial(seconds, found, query), "raw": partial(seconds, raw, query)}
    times = interleaved(acts, rounds)
    row = compared(name, times["matching"], times["raw"], LIMIT)
    return row._replace(detail=f"{row.detail}, {Article.objects.count():,} articles")


def prepare(articles: int) -> None:
    """Fills a newsroom where there are not so many articles yet, and writes what is missing of the index."""
    if (lacking := articles - Article.objects.count()) > 0:
        reader = get_user_model().objects.create_user("searching")
        _, taken = filled(reader, lacking, lacking)
        print(f"{lacking:,} articles were made in {taken:.0f} s", flush=True)
    begun = time.perf_counter()
    call_command("reindex", "--missing", stdout=(said := StringIO()))
    print(f"{' '.join(said.getvalue().split())} In {time.perf_counter() - begun:.0f} s", flush=True)


def queries() -> dict[str, str]:
    """Words of the newsroom's vocabulary, which is in the order of their frequency; the rare and the phrase out of a text."""
    often = words(random.Random(1))
    place = {word: number for number, word in reversed(list(enumerate(often)))}
    text = Revision.objects.filter(article__byline__startswith="Author").latest("pk").text
    written = [word for word in text.replace(".", "").split() if word in place]
    return {
        "a rare word": max(written, key=place.__getitem__),
        "a common word": often[5],  # in every other article
        "a phrase": f'"{" ".join(min(pairwise(written), key=lambda pair: place[pair[0]] + place[pair[1]]))}"',
        "two words": f"{often[5]} {often[50]}",
    }


def seconds(ask: Callable[[str], int], query: str) -> float:
    begun = time.perf_counter()
    number = ask(query)
    taken = time.perf_counter() - begun
    if not number:
        raise RuntimeError(f"nothing was found by {query}")
    return taken


def found(query: str) -> int:
    return len(order_by_relevance(matching(Article.objects.published(), query), query)[:A_PAGE])


def raw(query: str) -> int:
    """The same rows as articles, by hand; forms of words are not looked for."""
    if connection.vendor == "sqlite":
        return len(list(Article.objects.raw(SQLITE, [query])))
    between = " <-> " if '"' in query else " & "
    asked = between.join(f"'{word}'" for word in query.strip('"').split())
    return len(list(Article.objects.raw(POSTGRES, [asked, asked])))
