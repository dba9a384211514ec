"""Decides which runs of an alignment are significant: sentences about different things share words by chance."""

from collections import Counter
from copy import copy
from heapq import heapify, heappop, heappush
from itertools import accumulate
from math import sqrt

from newsreader.text.diff.alignment import Run, find_gaps
from newsreader.text.diff.tokens import TokenSequence

MIN_CLUSTER_WEIGHT = 1.0  # lighter words between two changes are not significant
DISTINCTIVE_WEIGHT = 5.0  # words of this weight, if unique in both texts, do not coincide by chance
MAX_CHANGE_RATIO = 4  # a change beside a solid cluster has at most so many times its words
SOLID_CLUSTER_WORDS = 4  # so many words are significant, however frequent
MIN_UNCHANGED_SHARE = 0.5  # of the words around a small cluster must be unchanged for it to count


class WordWeights:
    """Weights of the words of two sequences: 1 for one that occurs once in each, less for frequent ones, 0 for signs."""

    def __init__(self, old: TokenSequence, new: TokenSequence) -> None:
        olds, news = Counter(old.codes), Counter(new.codes)
        self.by_code = {code: 1 / sqrt(max(number / 2, 1)) for code, number in (olds + news).items()}
        self.by_code |= dict.fromkeys(old.sign_codes, 0.0)
        self.unique_codes = {code for code, number in olds.items() if number == 1 == news[code]}
        self.old_words, self.new_words = self.count_words_before(old.codes), self.count_words_before(new.codes)

    def swap_sides(self) -> "WordWeights":
        """Return the weights with old and new exchanged."""
        swapped = copy(self)
        swapped.old_words, swapped.new_words = self.new_words, self.old_words
        return swapped

    def count_words_before(self, codes: str) -> list[int]:
        """Return for each position of a sequence how many words, not signs, are before it."""
        return [0, *accumulate([self.by_code[code] > 0 for code in codes])]

    def weigh(self, codes: str) -> float:
        """Return the total weight of the words."""
        return sum(map(self.by_code.__getitem__, codes))

    def measure_gap(self, old: int, old_end: int, new: int, new_end: int) -> int:
        """Return the number of words in a gap, on the side that has more."""
        old_words = self.old_words[old_end] - self.old_words[old]
        new_words = self.new_words[new_end] - self.new_words[new]
        return old_words if old_words > new_words else new_words

    def is_distinctive(self, codes: str) -> bool:
        """Return whether the words contain one that occurs once in both texts, and weigh enough not to be a mere phrase."""
        return not self.unique_codes.isdisjoint(codes) and self.weigh(codes) >= DISTINCTIVE_WEIGHT


def keep_significant_runs(runs: list[Run], old: str, new: str, weights: WordWeights) -> list[Run]:
    """Return the runs that are not where they are by chance."""
    clusters = Clusters(runs, old, new, weights)
    pending = [(end - start, index) for index, (start, end, *_) in enumerate(clusters.bounds)][1:-1]
    heapify(pending)
    while pending:
        _, index = heappop(pending)
        if clusters.runs[index] and clusters.is_weak(index):
            for neighbour in clusters.drop(index):
                heappush(pending, (clusters.bounds[neighbour][1] - clusters.bounds[neighbour][0], neighbour))
    return [run for cluster in clusters.runs for run in cluster]


class Clusters:
    """Runs separated by signs only, in order, with an empty cluster at both ends; dropped clusters are empty, too."""

    def __init__(self, runs: list[Run], old: str, new: str, weights: WordWeights) -> None:
        self.old, self.weights = old, weights
        self.runs = [[], *group_runs(runs, len(old), len(new), weights), []]
        self.bounds = [(0, 0, 0, 0), *map(measure_bounds, self.runs[1:-1]), (len(old), len(old), len(new), len(new))]
        self.before = [index - 1 for index in range(len(self.runs))]
        self.after = [index + 1 for index in range(len(self.runs))]
        is_kept = [0] * (len(old) + 1)
        for start, _, length in runs:
            is_kept[start + 1 : start + length + 1] = [
                weights.by_code[code] > 0 for code in old[start : start + length]
            ]
        self.kept_words = list(accumulate(is_kept))  # how many words before each old position are in any run

    def drop(self, index: int) -> list[int]:
        """Drop a cluster and return the indexes of its neighbours."""
        before, after = self.before[index], self.after[index]
        self.runs[index] = []
        self.after[before], self.before[after] = after, before
        return [neighbour for neighbour in (before, after) if self.runs[neighbour]]

    def is_weak(self, index: int) -> bool:
        """Return whether a cluster weighs too little against the changes on both sides of it."""
        size = self.weights.measure_gap
        start, end, new_start, new_end = self.bounds[index]
        _, before_end, _, new_before_end = self.bounds[self.before[index]]
        after_start, _, new_after_start, _ = self.bounds[self.after[index]]
        before = size(before_end, start, new_before_end, new_start)
        after = size(end, after_start, new_end, new_after_start)
        if not before or not after:
            return False
        smaller, larger = (before, after) if before < after else (after, before)
        words = size(start, end, new_start, new_end)
        is_solid = words > smaller and MAX_CHANGE_RATIO * words >= larger
        if is_solid and words >= SOLID_CLUSTER_WORDS:
            return False
        codes = "".join([self.old[run.old : run.old_end] for run in self.runs[index]])
        if is_solid or self.weights.is_distinctive(codes):
            return self.weights.weigh(codes) < MIN_CLUSTER_WEIGHT
        around = size(before_end, after_start, new_before_end, new_after_start)
        return self.kept_words[after_start] - self.kept_words[before_end] < MIN_UNCHANGED_SHARE * around


def measure_bounds(cluster: list[Run]) -> tuple[int, int, int, int]:
    """Return the (start, end) of a cluster in the old sequence and in the new."""
    first, last = cluster[0], cluster[-1]
    return first.old, last.old_end, first.new, last.new_end


def group_runs(runs: list[Run], old: int, new: int, weights: WordWeights) -> list[list[Run]]:
    """Return the runs in clusters: those separated by signs only are in one."""
    clusters: list[list[Run]] = []
    for run, gap in zip(runs, find_gaps(runs, old, new), strict=False):
        if clusters and not weights.measure_gap(*gap):
            clusters[-1].append(run)
        else:
            clusters.append([run])
    return clusters
