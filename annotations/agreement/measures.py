"""The figures of agreement about texts that several coders coded: for each tag, for all together, and for each two coders.

They equal those that `coefficients` gives of every single unit, and are computed of patterns, each with its number of units.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from itertools import combinations
from math import nan
from typing import NamedTuple

from annotations.agreement.coefficients import correct_for_chance, count_equal_pairs, sum_counts, sum_distances
from annotations.agreement.distances import Distance, measure_nominal
from annotations.agreement.patterns import CodedText, Pattern, Tally
from annotations.agreement.resampling import Interval, find_nominal_interval
from annotations.agreement.sets import SetDecisions
from annotations.agreement.unitising import Disagreement, compare_passages


class Figures(NamedTuple):
    """The agreement about one tag, or about the sets of all; what is not defined is NaN, no interval None."""

    passages: tuple[int, ...]  # of each coder, overlapping ones joined
    percent: float
    cohen_kappa: float
    fleiss_kappa: float
    alpha: float
    interval: Interval | None
    alpha_u: float


class PairFigures(NamedTuple):
    """The agreement of two coders about the sets of all tags."""

    alpha: float
    cohen_kappa: float
    texts: int  # that both coded


class Measures(NamedTuple):
    """All figures: by tag, of all tags, and by pair of coders; `joined` is how many passages of each coder were joined."""

    tags: dict[str, Figures]
    total: Figures
    pairs: dict[tuple[str, str], PairFigures]
    joined: tuple[int, ...]
    units: int


def measure(texts: Sequence[CodedText], coders: Sequence[str], tags: Sequence[str]) -> Measures:
    """Return the figures of these texts, about these tags."""
    disagreements = {tag: pool_disagreement(texts, tag) for tag in tags}
    by_tag = {tag: measure_tag(texts, coders, tag, disagreements[tag]) for tag in tags}
    tallies = [text.count_patterns(tags) for text in texts]
    alpha, interval, of_pairs = SetDecisions(tallies).measure(coders)
    passages = [sum(counts) for counts in zip(*(one.passages for one in by_tag.values()), strict=True)]
    total = Figures(
        tuple(passages) or (0,) * len(coders),
        *measure_nominally(tallies),
        alpha,
        interval,
        sum_disagreements(disagreements.values()).alpha,
    )
    shared = Counter(pair for text in texts for pair in combinations(text.coders, 2))
    pairs = {pair: PairFigures(*figures, shared[pair]) for pair, figures in of_pairs.items()}
    raw = (count_passages(texts, coder, set(tags)) for coder in coders)
    joined = tuple(number - left for number, left in zip(raw, total.passages, strict=True))
    return Measures(by_tag, total, pairs, joined, sum(len(text.units) for text in texts))


def measure_tag(texts: Sequence[CodedText], coders: Sequence[str], tag: str, pooled: Disagreement) -> Figures:
    """Return the figures of one tag; `pooled` is the disagreement about where its passages begin and end."""
    tallies = [text.count_patterns([tag]) for text in texts]
    values = [tally.values for tally in tallies]
    observed = [sum_observed(tally, measure_nominal) for tally in tallies]
    return Figures(
        tuple(count_joined(texts, coder, tag) for coder in coders),
        *measure_nominally(tallies),
        alpha_of_tallies(tallies, measure_nominal),
        find_nominal_interval(observed, [of_text[1] for of_text in values], [of_text.total() for of_text in values]),
        pooled.alpha,
    )


def measure_nominally(tallies: Sequence[Tally]) -> tuple[float, float, float]:
    """Return percent, Cohen's kappa of two coders, and Fleiss's kappa."""
    coders = list(dict.fromkeys(coder for tally in tallies for coder in tally.coders))
    pairs = [tally for tally in tallies if len(tally.coders) == 2]
    cohen = kappa_of_pair([found for tally in pairs if (found := tally.of_pair(*coders))]) if len(coders) == 2 else nan
    return percent_of_tallies(tallies), cohen, fleiss_of_tallies(tallies)


def percent_of_tallies(tallies: Iterable[Tally]) -> float:
    """Return the share of pairs of values of one unit that are equal, as `coefficients.percent`."""
    equal = pairs = 0
    for tally in tallies:
        size = len(tally.coders)
        equal += sum(number * count_equal_pairs(Counter(pattern)) for pattern, number in tally.counts.items())
        pairs += size * (size - 1) * tally.counts.total()
    return equal / pairs if pairs else nan


def fleiss_of_tallies(tallies: Sequence[Tally]) -> float:
    """Return Fleiss's kappa of the texts that as many coders coded as any, as `coefficients.fleiss_kappa`."""
    size = max((len(tally.coders) for tally in tallies if tally.counts), default=0)
    tallies = [tally for tally in tallies if len(tally.coders) == size]
    if size < 2:
        return nan
    totals = sum_counts(tally.values for tally in tallies)
    expected = sum(one**2 for one in totals.values()) / totals.total() ** 2 if totals else 1
    return correct_for_chance(percent_of_tallies(tallies), expected)


def kappa_of_pair(tallies: Iterable[Tally]) -> float:
    """Return Cohen's kappa of the two coders of these tallies, as `coefficients.cohen_kappa`."""
    counts: Counter[Pattern] = Counter()
    for tally in tallies:
        counts.update(tally.counts)
    number = counts.total()
    if not number:
        return nan
    first: Counter[int] = Counter()
    second: Counter[int] = Counter()
    for (one, other), times in counts.items():
        first[one] += times
        second[other] += times
    expected = sum(times * second[value] for value, times in first.items()) / number**2
    equal = sum(times for (one, other), times in counts.items() if one == other)
    return correct_for_chance(equal / number, expected)


def alpha_of_tallies(tallies: Sequence[Tally], distance: Distance) -> float:
    """Return Krippendorff's alpha, as `coefficients.alpha`."""
    totals = sum_counts(tally.values for tally in tallies)
    number = totals.total()
    expected = sum_distances(totals, distance) / (number - 1) if number > 1 else 0
    return 1 - sum(sum_observed(tally, distance) for tally in tallies) / expected if expected else nan


def sum_observed(tally: Tally, distance: Distance) -> float:
    """Return the observed disagreement: of each unit the distances of all ordered pairs of values / (values - 1), added up."""
    divided: list[tuple[Counter[Hashable], int]] = [
        (Counter(pattern), number) for pattern, number in tally.counts.items() if len(set(pattern)) > 1
    ]
    size = len(tally.coders) - 1
    return sum(number * sum_distances(values, distance) for values, number in divided) / size


def pool_disagreement(texts: Iterable[CodedText], tag: str) -> Disagreement:
    """Return the disagreement of all texts about the passages of a tag, each a continuum of its own.

    Observed and expected disagreement of a text are squared differences of places as shares of its squared length; they are
    weighted by that, so that a difference of as many characters counts as much in a short text as in a long one.
    """
    return sum_disagreements(
        weigh(compare_passages(text.length, text.passages[tag]), text.length**2)
        for text in texts
        if tag in text.passages
    )


def weigh(disagreement: Disagreement, weight: float) -> Disagreement:
    """Return the disagreement times the weight."""
    return Disagreement(disagreement.observed * weight, disagreement.expected * weight)


def sum_disagreements(disagreements: Iterable[Disagreement]) -> Disagreement:
    """Return the observed and the expected disagreements added up."""
    found = list(disagreements)
    return Disagreement(sum(one.observed for one in found), sum(one.expected for one in found))


def count_joined(texts: Iterable[CodedText], coder: str, tag: str) -> int:
    """Return how many passages with a tag a coder has, overlapping ones joined."""
    coded = (text for text in texts if coder in text.coders and tag in text.passages)
    return sum(len(text.passages[tag][text.coders.index(coder)]) for text in coded)


def count_passages(texts: Iterable[CodedText], coder: str, tags: set[str]) -> int:
    """Return how many passages of a coder have these tags, one with two of them twice."""
    return sum(tag in tags for text in texts for _, _, tag in text.layers.get(coder, ()))
