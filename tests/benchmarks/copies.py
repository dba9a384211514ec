"""Stories: what it costs to find that of an arriving article among 1,000 to 100,000, and how many edits are found among 20,000."""

import time
from collections.abc import Iterable, Iterator
from statistics import median

from django.db import transaction

from benchmarks.newsroom import advance, put
from benchmarks.newsroom import article as describe_article
from benchmarks.newsroom import revision as describe_revision
from benchmarks.timing import Row
from newsreader.models import Article, Revision, Shingle, Source
from newsreader.models.shingle import MAX_ARTICLES, sign
from newsreader.models.story import find_alike, find_groups, index_article
from newsreader.text.copies.shingles import make_shingles, sample_shingles
from stories.wire import Newsroom

SIZES, JUDGED_AT = (1_000, 10_000, 100_000), 20_000  # articles
EDITED = 200  # articles that are printed again, in each way
LIMIT, FLAT = 5.0, 2.0  # milliseconds; largest to smallest
PRINTER = "Ledger"  # who prints what Transwire sent
QUARTER, SWAPPED, REPLACED = "the first quarter printed", "60 % of sentences swapped", "20 % of words replaced"
RECALL = {QUARTER: 1.0, SWAPPED: 0.98, REPLACED: 0.95}
MIN_PRECISION = 0.99
BATCH, SLUG, CELLS = 5_000, "-wire", 2**24 + 43  # a prime


def rows(rounds: int, scale: int = 1) -> Iterator[Row]:
    """Fill the library further and further, each size divided by `scale`, and look up articles that arrive."""
    newsroom, wire, times, kept_rows = Newsroom(1), [], {}, bytearray(CELLS)
    for size in sorted((*SIZES, JUDGED_AT)):
        wire += fill(newsroom, size // scale, keep=max(4, EDITED // scale) - len(wire), kept_rows=kept_rows)
        if size == JUDGED_AT:
            yield from judge(newsroom, wire)
            continue
        times[size] = measure(newsroom, wire, rounds)
        detail = f"at most {max(times[size]):.1f} ms; {Shingle.objects.count():,} rows in the index"
        yield Row(f"story of an article among {size:,}", median(times[size]), LIMIT, None, detail, "ms")
    ratio = median(times[SIZES[-1]]) / median(times[SIZES[0]])
    yield Row("story of an article among 100,000 against 1,000", ratio, FLAT)


def fill(newsroom: Newsroom, number: int, keep: int, kept_rows: bytearray) -> list[list[str]]:
    """Write articles until there are so many in the index, none of them a copy, and return the sentences of the first of them."""
    begun, lacking, kept = time.perf_counter(), number - count_indexed(), []
    while lacking > 0:
        batch = [newsroom.article() for _ in range(min(BATCH, lacking))]
        kept += batch[: max(0, keep - len(kept))]
        lacking -= len(batch)
        with transaction.atomic():
            keys = write(batch)
            rows = list_rows(zip(keys, batch, strict=True), kept_rows)
            put(Shingle, sorted(rows, key=lambda row: row["number"]))  # in their order there is less to write
    Article.objects.order_by().filter(slug__endswith=SLUG).update(story_revision=1)
    print(f"{number:,} articles are in the index after {time.perf_counter() - begun:.0f} s", flush=True)
    return kept


def list_rows(texts: Iterable[tuple[int, list[str]]], kept: bytearray) -> Iterator[dict]:
    """Yield the rows of the index, no more of one number than it keeps; `kept` counts them, for a few numbers together."""
    for article, sentences in texts:
        for number in sample_shingles(make_shingles(" ".join(sentences))):
            place = number % len(kept)
            if kept[place] <= MAX_ARTICLES:
                kept[place] += 1
                yield {"number": sign(number), "article_id": article}


def count_indexed() -> int:
    return Article.objects.filter(slug__endswith=SLUG).count()


def write(batch: list[list[str]], outlet: str = "Transwire") -> range:
    """Store articles of an outlet with nothing but their texts, and return their keys."""
    source = Source.objects.find_or_create(outlet)
    first = (Article.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    texts = [" ".join(sentences) for sentences in batch]
    made = [describe_article(first + place, source.pk, place, "") for place in range(len(batch))]
    put(
        Article,
        [
            row | {"slug": f"{row['id']}{SLUG}", "words": len(text.split())}
            for row, text in zip(made, texts, strict=True)
        ],
    )
    put(Revision, [describe_revision(first + place, text) for place, text in enumerate(texts)])
    advance(Article, Revision)
    return range(first, first + len(batch))


def look_up(key: int) -> float:
    """Return the milliseconds of processor time that it takes to find the story of an article: all but writing it."""
    article = Article.objects.get(pk=key)
    begun = time.process_time()
    indexed = index_article(article)
    find_groups(article, indexed, find_alike(article.pk, indexed))
    return 1000 * (time.process_time() - begun)


def measure(newsroom: Newsroom, wire: list[list[str]], number: int) -> list[float]:
    """Return the milliseconds of articles that arrive, every other one of which is an edit of one that is there."""
    arriving = [newsroom.swap_sentences(wire[n % len(wire)]) if n % 2 else newsroom.article() for n in range(number)]
    with transaction.atomic():
        keys = write(arriving, PRINTER)
        look_up(keys[0])
        times = [look_up(key) for key in keys]
        transaction.set_rollback(True)
    return times


def judge(newsroom: Newsroom, wire: list[list[str]]) -> Iterator[Row]:
    """The share of edits whose original is found, of each kind, and the share of what is found that is an original."""
    edits = {QUARTER: newsroom.print_first_quarter, SWAPPED: newsroom.swap_sentences, REPLACED: newsroom.replace_words}
    originals = {
        text: key for key, text in Revision.objects.filter(article__slug__endswith=SLUG).values_list("article", "text")
    }
    keys = [originals[" ".join(sentences)] for sentences in wire]
    named = right = 0
    for kind, edit in edits.items():
        found = find_originals([edit(sentences) for sentences in wire])
        hits = sum(key in groups for key, groups in zip(keys, found, strict=True))
        named, right = named + sum(map(len, found)), right + hits
        yield Row(f"copies found among 20,000, {kind}", hits / len(wire), RECALL[kind], at_least=True)
    named += sum(map(len, find_originals([newsroom.retell(sentences) for sentences in wire])))
    yield Row("of what is found, copies", right / named, MIN_PRECISION, at_least=True)


def get_article(key: int) -> Article:
    """Return the article with this key."""
    return Article.objects.get(pk=key)


def find_originals(texts: list[list[str]]) -> list[list[int]]:
    """Return the articles that each of these texts, if it arrived, would be one story with."""
    with transaction.atomic():
        arrived = [(article, index_article(article)) for article in map(get_article, write(texts, PRINTER))]
        found = [find_groups(article, indexed, find_alike(article.pk, indexed)) for article, indexed in arrived]
        transaction.set_rollback(True)
    return [[group.key for group in groups] for groups in found]
