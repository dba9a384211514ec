"""Bootstrap intervals of alpha: articles are drawn again, with replacement, and alpha is computed of each sample.

Whatever a sample needs is counted once for each article, so that 2,000 samples take no longer than one reading of the texts. The
draws are the same each time.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from math import ceil
from operator import itemgetter
from random import Random

SAMPLES, SEED = 2_000, 1980
COVERED = 0.95
Interval = tuple[float, float]
Draw = Callable[[Sequence[float]], tuple[float, ...]]


@lru_cache(maxsize=4)
def draw_articles(number: int) -> list[list[int]]:
    """Return the articles of each sample, as many as there are, by their places."""
    chance = Random(SEED)  # noqa: S311  # the same draws each time
    return [chance.choices(range(number), k=number) for _ in range(SAMPLES)]


def draw_weights(number: int) -> list[list[int]]:
    """Return how often each of so many articles is in each sample."""
    counts = map(Counter, draw_articles(number))
    return [[of_sample[place] for place in range(number)] for of_sample in counts]


@lru_cache(maxsize=4)
def draw_samples(number: int) -> list[Draw]:
    """Return what picks the values of each sample out of those of so many articles, of which there have to be two."""
    return [itemgetter(*places) for places in draw_articles(number)]


def find_nominal_interval(observed: Sequence[float], ones: Sequence[int], numbers: Sequence[int]) -> Interval | None:
    """Return the interval of alpha of a decision for or against a tag; None with fewer than two articles.

    Of each article: the observed disagreement, how many values are for the tag, and how many there are.
    """
    if len(observed) < 2:
        return None
    alphas = []
    for draw in draw_samples(len(observed)):
        chosen, number = sum(draw(ones)), sum(draw(numbers))
        if expected := 2 * chosen * (number - chosen):
            alphas.append(1 - sum(draw(observed)) * (number - 1) / expected)
    return find_middle(alphas)


def find_middle(values: Iterable[float]) -> Interval | None:
    """Return between which two values the middle 95 % of them lie, None of none."""
    found = sorted(values)
    if not found:
        return None
    tail = (1 - COVERED) / 2
    return found[int(tail * len(found))], found[ceil((1 - tail) * len(found)) - 1]
