"""Which runs of an alignment mean something: two sentences about different things share words, too."""

from collections import Counter
from copy import copy
from heapq import heapify, heappop, heappush
from itertools import accumulate
from math import sqrt

from newsreader.text.diff.alignment import Run, gaps_of
from newsreader.text.diff.tokens import Row

FEW = 1.0  # the weight under which words between two changes say nothing
TELLING = 5.0  # the weight of words that, if both texts have them once, stand there not by chance
LOPSIDED = 4  # words next to a large change must be this part of it
MANY = 4  # words that say something, however frequent
ALIKE = 0.5  # of the words around must stand still for few of them to count


class Scale:
    """Weighs the words of two rows: one that each has once weighs 1, a frequent one little, a sign nothing."""

    def __init__(self, old: Row, new: Row):
        olds, news = Counter(old.code), Counter(new.code)
        self.weights = {code: 1 / sqrt(max(number / 2, 1)) for code, number in (olds + news).items()}
        self.weights |= dict.fromkeys(old.signs, 0.0)
        self.single = {code for code, number in olds.items() if number == 1 == news[code]}
        self.old_words, self.new_words = self.counted(old.code), self.counted(new.code)

    def turned(self) -> "Scale":
        """The same with the rows in the other order."""
        turned = copy(self)
        turned.old_words, turned.new_words = self.new_words, self.old_words
        return turned

    def counted(self, code: str) -> list[int]:
        """How many words, signs left out, stand before each place of a row."""
        return [0, *accumulate([self.weights[word] > 0 for word in code])]

    def weight(self, code: str) -> float:
        return sum(map(self.weights.__getitem__, code))

    def size(self, old: int, old_end: int, new: int, new_end: int) -> int:
        """How many words a stretch has in the row where it has more."""
        return max(self.old_words[old_end] - self.old_words[old], self.new_words[new_end] - self.new_words[new])

    def is_telling(self, code: str) -> bool:
        """Whether both texts have these words just once, and they are no mere phrase."""
        return not self.single.isdisjoint(code) and self.weight(code) >= TELLING


def trusted(runs: list[Run], old: str, new: str, scale: Scale) -> list[Run]:
    """The runs that do not stand where they do by chance."""
    clusters = Clusters(runs, old, new, scale)
    waiting = [(end - start, index) for index, (start, end, *_) in enumerate(clusters.bounds)][1:-1]
    heapify(waiting)
    while waiting:
        _, index = heappop(waiting)
        if clusters.runs[index] and clusters.is_weak(index):
            for neighbour in clusters.drop(index):
                heappush(waiting, (clusters.bounds[neighbour][1] - clusters.bounds[neighbour][0], neighbour))
    return [run for cluster in clusters.runs for run in cluster]


class Clusters:
    """Runs with nothing but signs between them, in order, and an empty one at either end; what is dropped is empty, too."""

    def __init__(self, runs: list[Run], old: str, new: str, scale: Scale):
        self.old, self.scale = old, scale
        self.runs = [[], *clusters_of(runs, len(old), len(new), scale), []]
        self.bounds = [(0, 0, 0, 0), *map(bounds, self.runs[1:-1]), (len(old), len(old), len(new), len(new))]
        self.before = [index - 1 for index in range(len(self.runs))]
        self.after = [index + 1 for index in range(len(self.runs))]
        still = [0] * (len(old) + 1)
        for start, _, length in runs:
            still[start + 1 : start + length + 1] = [scale.weights[word] > 0 for word in old[start : start + length]]
        self.still = list(accumulate(still))  # how many words before each place of the old row stand in any run

    def drop(self, index: int) -> list[int]:
        """Takes a cluster out, and returns those beside it."""
        before, after = self.before[index], self.after[index]
        self.runs[index] = []
        self.after[before], self.before[after] = after, before
        return [place for place in (before, after) if self.runs[place]]

    def is_weak(self, index: int) -> bool:
        """Whether a cluster weighs too little against the changes on either side of it."""
        size = self.scale.size
        start, end, new_start, new_end = self.bounds[index]
        _, left, _, new_left = self.bounds[self.before[index]]
        right, _, new_right, _ = self.bounds[self.after[index]]
        small, large = sorted((size(left, start, new_left, new_start), size(end, right, new_end, new_right)))
        words = size(start, end, new_start, new_end)
        is_solid = words > small and LOPSIDED * words >= large
        if not small or (is_solid and words >= MANY):
            return False
        code = "".join([self.old[run.old : run.old_end] for run in self.runs[index]])
        if is_solid or self.scale.is_telling(code):
            return self.scale.weight(code) < FEW
        return self.still[right] - self.still[left] < ALIKE * size(left, right, new_left, new_right)


def bounds(cluster: list[Run]) -> tuple[int, int, int, int]:
    first, last = cluster[0], cluster[-1]
    return first.old, last.old_end, first.new, last.new_end


def clusters_of(runs: list[Run], old: int, new: int, scale: Scale) -> list[list[Run]]:
    clusters: list[list[Run]] = []
    for run, gap in zip(runs, gaps_of(runs, old, new), strict=False):
        if clusters and not scale.size(*gap):
            clusters[-1].append(run)
        else:
            clusters.append([run])
    return clusters
