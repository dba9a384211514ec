"""What the import keeps of the pages it reads: the words that belong to the article, and how much else, page by page and in disguise.

The truth of a page stands in a text file of its name: a line for each block that belongs ("+ "), or that may stay or go ("? "). Our own
pages have theirs beside them; those of the folder that NEWSREADER_PAGES names have it in the folder that NEWSREADER_TRUTH names.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple

from lxml.html import tostring

from benchmarks.disguises import DISGUISES
from benchmarks.timing import Row
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extraction.article import extract_as_stated
from newsreader.importing.extraction.page import parse_page
from newsreader.importing.fetching.encoding import decode_page
from newsreader.text.html.plaintext import text_of
from saved import SAVED

TRUTH = os.environ.get("NEWSREADER_TRUTH")
BLOCK_TAG = re.compile(
    "</?(?:p|h[1-6]|blockquote|footer|ul|ol|li|dl|dt|dd|table|caption|tr|th|td|figure|figcaption|aside|section|pre|hr)\\b[^>]*>"
)
# A word, or one character of a script that has no spaces.
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
TOGETHER = 3  # words that must stand in this order within a block to count
MAX_LOST = 2.0  # percent


class Share(NamedTuple):
    """How many of the words that belong there are, were kept, and how many words were kept besides."""

    belonging: int
    kept: int
    foreign: int

    def add(self, other: "Share") -> "Share":
        return Share(*map(sum, zip(self, other, strict=True)))

    @property
    def lost(self) -> float:
        return 100 * (1 - self.kept / max(1, self.belonging))

    @property
    def impurity(self) -> float:
        return 100 * self.foreign / max(1, self.kept + self.foreign)


def rows(pages: int | None = None) -> Iterator[Row]:
    """For each page, and for each disguise of all of them, a row of the words that were lost."""
    known = [(page, truth) for page in SAVED if (truth := find_truth(page))][:pages]
    totals: dict[str, Share] = {}
    for page, truth in known:
        shares = {name: measure(disguised, truth) for name, disguised in disguises_of(page)}
        totals = {name: share.add(totals.get(name, Share(0, 0, 0))) for name, share in shares.items()}
        yield row_of(f"words lost from {page.stem}, as saved", shares["as saved"])
    for name, share in totals.items():
        yield row_of(f"words lost from {len(known)} pages, {name}", share)


def row_of(name: str, share: Share) -> Row:
    """The row of a share: words lost in percent, with the share kept and the precision beside it."""
    detail = f"kept {100 - share.lost:.1f} %, precision {100 - share.impurity:.1f} %"
    return Row(name, max(share.lost, 0), MAX_LOST, None, detail, "%")


def find_truth(page: Path) -> list[str]:
    """The lines of the truth of a page; none where nobody has written it."""
    places = [page.with_suffix(".txt"), *([Path(TRUTH) / f"{page.stem}.txt"] if TRUTH else [])]
    return next((place.read_text().splitlines() for place in places if place.exists()), [])


def disguises_of(page: Path) -> Iterator[tuple[str, str]]:
    """The page as it is and in each disguise, as HTML."""
    html = decode_page(page.read_bytes())
    yield "as saved", html
    for name, disguise in DISGUISES.items():
        tree = parse_page(html)
        disguise(tree)
        yield name, tostring(tree, encoding="unicode")


def measure(html: str, truth: list[str]) -> Share:
    """What the import keeps of a page."""
    try:
        lines = text_lines(extract_as_stated(html).html)
    except ArticleImportError:
        lines = []
    belonging = count_runs(line[2:] for line in truth if line.startswith("+ "))
    optional = count_runs(line[2:] for line in truth if line.startswith("? "))
    found = count_runs(lines)
    return Share(belonging.total(), (found & belonging).total(), (found - belonging - optional).total())


def text_lines(html: str) -> list[str]:
    """The texts of the blocks of canonical HTML."""
    return [unescape(text_of(part.replace("<br>", " "))) for part in BLOCK_TAG.split(html)]


def count_runs(lines) -> Counter[tuple[str, ...]]:
    """The runs of three words, each within a line; a shorter line is one run."""
    runs: Counter[tuple[str, ...]] = Counter()
    for line in lines:
        words = WORD.findall(line.lower())
        runs.update(tuple(words[i : i + TOGETHER]) for i in range(max(1, len(words) - TOGETHER + 1)) if words)
    return runs
