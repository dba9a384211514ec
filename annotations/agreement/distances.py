"""How different two decisions about one unit are: from 0, the same, to 1."""

from collections.abc import Callable, Hashable, Set
from typing import Any

Distance = Callable[[Any, Any], float]
SUBSET, OVERLAP = 1 / 3, 2 / 3  # how different two sets are of which one holds the other, and two that share some


def measure_nominal(first: Hashable, second: Hashable) -> float:
    """Return 0 for equal values and 1 for others."""
    return float(first != second)


def measure_monotonicity(first: Set[Hashable], second: Set[Hashable]) -> float:
    """Return 0 for equal sets, 1/3 where one holds the other, 2/3 where they share some, and 1 where they share nothing.

    The empty set is held by every other. Source: Passonneau 2004, Computing Reliability for Coreference Annotation.
    """
    if first == second:
        return 0
    if first <= second or second <= first:
        return SUBSET
    return OVERLAP if first & second else 1


def measure_masi(first: Set[Hashable], second: Set[Hashable]) -> float:
    """Return the share of what either set has that not both have, times how the sets hold each other.

    Both factors are distances: Jaccard's, and that of `measure_monotonicity`. Source: Passonneau 2006, Measuring Agreement on
    Set-valued Items (MASI). Some programs take 1 - (1 - Jaccard) * (1 - monotonicity), which is never smaller.
    """
    if first == second:
        return 0
    return (1 - len(first & second) / len(first | second)) * measure_monotonicity(first, second)


DISTANCES: dict[str, Distance] = {"nominal": measure_nominal, "masi": measure_masi}
