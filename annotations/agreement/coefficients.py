"""Coefficients of agreement about units that every coder rates. A unit is a dict of coder to value; who did not rate it is left out.

A value that is not defined is NaN: where fewer than two coders rate a unit, or where all values are the same, so that chance
alone would have them agree.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from itertools import combinations_with_replacement
from math import nan

from annotations.agreement.distances import DISTANCES, Distance

Unit = Mapping[Hashable, Hashable]
Counts = Counter[Hashable]


def alpha(ratings: Iterable[Unit], distance: str = "nominal") -> float:
    """Return Krippendorff's alpha: 1 less the observed disagreement as a share of that expected by chance.

    `distance` is "nominal", or "masi" for values that are sets. Of n values of units with two or more, disagreement is
    observed as the sum over units, of m values each, of the distances of all ordered pairs of values / (m - 1), divided by n;
    it is expected as the sum of the distances of all ordered pairs of the n values / (n (n - 1)). Any number of coders may
    have rated a unit. Source: Krippendorff 2004, Content Analysis, chapter 11.
    """
    return measure_alpha(count_values(ratings), DISTANCES[distance])


def percent(ratings: Iterable[Unit]) -> float:
    """Return the share of pairs of values of one unit that are equal, from 0 to 1."""
    counts = list(count_values(ratings))
    pairs = sum(unit.total() * (unit.total() - 1) for unit in counts)
    return sum(map(count_equal_pairs, counts)) / pairs if pairs else nan


def cohen_kappa(ratings: Iterable[Unit]) -> float:
    """Return Cohen's kappa of two coders, of the units that both rated; NaN for any other number of coders.

    (observed - expected) / (1 - expected): observed is the share of units with equal values, expected the sum over values
    of the product of the shares that each of the two gave it. Source: Cohen 1960, A Coefficient of Agreement for Nominal Scales.
    """
    units = list(ratings)
    coders = list({coder: None for unit in units for coder in unit})
    if len(coders) != 2:
        return nan
    pairs = [(unit[coders[0]], unit[coders[1]]) for unit in units if len(unit) == 2]
    if not pairs:
        return nan
    first, second = (Counter(values) for values in zip(*pairs, strict=True))
    expected = sum(number * second[value] for value, number in first.items()) / len(pairs) ** 2
    return correct_for_chance(sum(one == other for one, other in pairs) / len(pairs), expected)


def fleiss_kappa(ratings: Iterable[Unit]) -> float:
    """Return Fleiss's kappa, of the units that all coders rated.

    (observed - expected) / (1 - expected): observed is the mean over units of the share of equal pairs of values, expected
    the sum of the squared shares of the values. The coders may be others for each unit, as long as they are as many.
    Of two coders it is Scott's pi. Source: Fleiss 1971, Measuring Nominal Scale Agreement among Many Raters.
    """
    counts = list(count_values(ratings))
    number = max((unit.total() for unit in counts), default=0)
    counts = [unit for unit in counts if unit.total() == number]
    if number < 2:
        return nan
    observed = sum(map(count_equal_pairs, counts)) / (len(counts) * number * (number - 1))
    totals = sum_counts(counts)
    expected = sum(one**2 for one in totals.values()) / totals.total() ** 2
    return correct_for_chance(observed, expected)


def count_values(ratings: Iterable[Unit]) -> Iterable[Counts]:
    """Yield how often each value was given to a unit."""
    return (Counter(unit.values()) for unit in ratings)


def sum_counts(counts: Iterable[Counts]) -> Counts:
    """Return how often each value was given to all units together."""
    total: Counts = Counter()
    for unit in counts:
        total.update(unit)
    return total


def count_equal_pairs(unit: Counts) -> int:
    """Return how many ordered pairs of values of a unit are equal."""
    return sum(number * (number - 1) for number in unit.values())


def measure_alpha(counts: Iterable[Counts], distance: Distance) -> float:
    """Return alpha of units of which is known how often each value was given; units that are alike are looked at once."""
    alike = Counter(frozenset(unit.items()) for unit in counts if unit.total() >= 2)
    units = [(Counter(dict(unit)), times) for unit, times in alike.items()]
    totals: Counts = Counter()
    for unit, times in units:
        totals.update({value: number * times for value, number in unit.items()})
    number = totals.total()
    expected = sum_distances(totals, distance) / (number - 1) if number else 0
    if not expected:
        return nan
    observed = sum(times * sum_distances(unit, distance) / (unit.total() - 1) for unit, times in units)
    return 1 - observed / expected


def sum_distances(counts: Counts, distance: Distance) -> float:
    """Return the sum of the distances of all ordered pairs of values."""
    pairs = combinations_with_replacement(counts.items(), 2)
    return 2 * sum(one * other * distance(first, second) for (first, one), (second, other) in pairs if first != second)


def correct_for_chance(observed: float, expected: float) -> float:
    """Return the share of what chance leaves open in which coders agree; NaN where it leaves nothing open."""
    return (observed - expected) / (1 - expected) if expected < 1 else nan
