"""How long a correction takes, whole: the new revision and the places of all its highlights, in one transaction."""

import random
import re
import time
from collections.abc import Iterator

from benchmarks.shelf import Shelf
from benchmarks.timing import Row

WORD = re.compile(r"\b(?:minister|troops|talks|winter|river)\b")


def rows(shelf: Shelf, rounds: int) -> Iterator[Row]:
    """The best of so many rounds, each a correction of a hundredth of the words."""
    article = shelf.revisions[40_000, 1_000].article
    chance = random.Random(40)
    seconds = min(corrected(article, chance) for _ in range(rounds))
    yield Row("a correction of 40,000 words that bear 1,000 highlights", seconds, 0.6, unit="s")


def corrected(article, chance: random.Random) -> float:
    html = WORD.sub(lambda word: "figure" if chance.random() < 0.08 else word[0], article.current().html)
    begun = time.perf_counter()
    article.revise(html)
    return time.perf_counter() - begun
