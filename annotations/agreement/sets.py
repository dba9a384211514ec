"""Agreement about sets of tags, by MASI distance, in arrays: very many different sets are compared with each other at once."""

from collections.abc import Sequence
from itertools import combinations
from math import nan
from typing import Any, NamedTuple

import numpy as np

from annotations.agreement.coefficients import correct_for_chance
from annotations.agreement.distances import OVERLAP, SUBSET
from annotations.agreement.patterns import Tally
from annotations.agreement.resampling import Interval, draw_weights, find_middle

Array = Any  # of numpy; its stubs tell the number of its dimensions from none
ROWS = 256  # sets that are compared with all others at once


def compare_sets(first: Array, second: Array) -> Array:
    """Return the MASI distances of sets, as `distances.measure_masi` has them; a set has a bit for each of its tags."""
    shared = first & second
    number = np.bitwise_count(shared)
    union = np.bitwise_count(first | second)
    kind = np.where((shared == first) | (shared == second), SUBSET, np.where(number > 0, OVERLAP, 1.0))
    return np.where(first == second, 0.0, (1 - number / np.maximum(union, 1)) * kind)


class TextDecisions(NamedTuple):
    """What the coders of a text decided: a row for each pattern, a column for each coder, and how many units have it."""

    coders: tuple[str, ...]
    indexes: Array  # of the sets, among all sets
    numbers: Array


class SetDecisions:
    """The sets of tags that coders gave to the units of several texts."""

    def __init__(self, tallies: Sequence[Tally]) -> None:
        rows = [np.array(list(tally.counts), dtype=np.uint64).reshape(-1, len(tally.coders)) for tally in tallies]
        flat = np.concatenate([array.ravel() for array in rows]) if rows else np.array([], dtype=np.uint64)
        self.sets, inverse = np.unique(flat, return_inverse=True)
        ends: Array = np.cumsum([array.size for array in rows])[:-1] if rows else []
        self.texts = [
            TextDecisions(tally.coders, part.reshape(array.shape), np.array(list(tally.counts.values()), dtype=float))
            for tally, array, part in zip(tallies, rows, np.split(inverse, ends), strict=True)
        ]

    def count_sets(self, indexes: Array, numbers: Array) -> Array:
        """Return how often each set was given, of one column of a text or of all."""
        weights = np.broadcast_to(numbers[:, None], indexes.shape) if indexes.ndim > 1 else numbers
        return np.bincount(indexes.ravel(), weights=weights.ravel(), minlength=len(self.sets))

    def measure_away(self, rows: Array) -> Array:
        """Return, of each row of counts and each set, the distances of the sets of the row to it, added up."""
        away = np.zeros(rows.shape)
        for first in range(0, len(self.sets), ROWS):
            part = slice(first, first + ROWS)
            away[:, part] = rows @ compare_sets(self.sets[:, None], self.sets[None, part])
        return away

    def measure_divided(self, text: TextDecisions, one: int, other: int) -> float:
        """Return the distances of what two coders (columns) gave to the units of a text, added up."""
        sets = self.sets[text.indexes]
        return float(text.numbers @ compare_sets(sets[:, one], sets[:, other])) if len(sets) else 0.0

    def list_observed(self) -> Array:
        """Return the observed disagreement of each text."""
        return np.array(
            [
                2
                * sum(self.measure_divided(text, *pair) for pair in combinations(range(len(text.coders)), 2))
                / (len(text.coders) - 1)
                for text in self.texts
            ]
        )

    def count_by_text(self) -> Array:
        """Return how often each set was given in each text."""
        counts = [self.count_sets(text.indexes, text.numbers) for text in self.texts]
        return np.array(counts).reshape(len(counts), len(self.sets))

    def measure(
        self, coders: Sequence[str]
    ) -> tuple[float, Interval | None, dict[tuple[str, str], tuple[float, float]]]:
        """Return alpha and its interval, and alpha and Cohen's kappa of each two coders."""
        counts, pairs = self.count_by_text(), list(combinations(coders, 2))
        firsts, seconds, divided, equal = self.collect_pairs(pairs)
        away = self.measure_away(np.concatenate([counts, firsts + seconds]))
        alpha, interval = self.measure_alpha(counts, away[: len(counts)])
        chance = np.einsum("pv,pv->p", away[len(counts) :], firsts + seconds)
        values = (firsts + seconds).sum(axis=1)
        return (
            alpha,
            interval,
            {
                pair: (
                    float(1 - 2 * divided[place] * (values[place] - 1) / chance[place]) if chance[place] > 0 else nan,
                    measure_kappa(firsts[place], seconds[place], equal[place]),
                )
                for place, pair in enumerate(pairs)
            },
        )

    def measure_alpha(self, counts: Array, away: Array) -> tuple[float, Interval | None]:
        """Return alpha, NaN where it is not defined, and its interval, None with fewer than two texts."""
        observed, numbers, distances = self.list_observed(), counts.sum(axis=1), away @ counts.T
        expected = distances.sum()
        alpha = float(1 - observed.sum() * (numbers.sum() - 1) / expected) if expected > 0 else nan
        if len(self.texts) < 2:
            return alpha, None
        weights = np.array(draw_weights(len(self.texts)), dtype=float)
        chance = np.einsum("sa,ab,sb->s", weights, distances, weights, optimize=True)
        defined = chance > 0
        found = 1 - (weights @ observed)[defined] * ((weights @ numbers)[defined] - 1) / chance[defined]
        return alpha, find_middle(found.tolist())

    def collect_pairs(self, pairs: Sequence[tuple[str, str]]) -> tuple[Array, Array, Array, Array]:
        """Return of each pair how often the first and the second gave each set, how far they differ and how often not."""
        firsts, seconds = np.zeros((len(pairs), len(self.sets))), np.zeros((len(pairs), len(self.sets)))
        divided, equal = np.zeros(len(pairs)), np.zeros(len(pairs))
        for place, (first, second) in enumerate(pairs):
            for text in self.texts:
                if first in text.coders and second in text.coders:
                    one, other = text.coders.index(first), text.coders.index(second)
                    firsts[place] += self.count_sets(text.indexes[:, one], text.numbers)
                    seconds[place] += self.count_sets(text.indexes[:, other], text.numbers)
                    divided[place] += self.measure_divided(text, one, other)
                    equal[place] += text.numbers[text.indexes[:, one] == text.indexes[:, other]].sum()
        return firsts, seconds, divided, equal


def measure_kappa(first: Array, second: Array, equal: float) -> float:
    """Return Cohen's kappa, of how often each of two coders gave each value and how often both gave the same."""
    number = first.sum()
    return correct_for_chance(float(equal / number), float(first @ second / number**2)) if number else nan
