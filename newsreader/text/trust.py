"""Which runs of an alignment mean something: two sentences about different things share words, too."""

from collections import Counter
from copy import copy
from heapq import heapify, heappop, heappush
from itertools import accumulate
from math import sqrt

from newsreader.text.alignment import Run, gaps_of
from newsreader.text.words import Row

FEW = 1.0  # the weight under which words between two changes say nothing
TELLING = 5.0  # the weight of words that, if both texts have them once, stand there not by chance
LOPSIDED = 4  # words next to a large change must be this part of it
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
    waiting = [(cluster[-1].old_end - cluster[0].old, index) for index, cluster in enumerate(clusters.kept) if cluster]
    heapify(waiting)
    while waiting:
        _, index = heappop(waiting)
        if clusters.kept[index] and clusters.is_weak(index):
            for neighbour in clusters.drop(index):
                first, last = clusters.kept[neighbour][0], clusters.kept[neighbour][-1]
                heappush(waiting, (last.old_end - first.old, neighbour))
    return [run for cluster in clusters.kept for run in cluster]


class Clusters:
    """Runs with nothing but signs between them, in order; those that are dropped leave an empty list."""

    def __init__(self, runs: list[Run], old: str, new: str, scale: Scale):
        self.old, self.scale = old, scale
        self.kept = clusters_of(runs, len(old), len(new), scale)
        self.ends = Run(0, 0, 0), Run(len(old), len(new), 0)
        self.before = [index - 1 for index in range(len(self.kept))]
        self.after = [index + 1 for index in range(len(self.kept))]
        still = [0] * (len(old) + 1)
        for run in runs:
            still[run.old + 1 : run.old_end + 1] = [int(scale.weights[word] > 0) for word in old[run.old : run.old_end]]
        self.still = list(accumulate(still))  # how many words before each place of the old row stand in any run

    def drop(self, index: int) -> list[int]:
        """Takes a cluster out, and returns its neighbours."""
        before, after = self.before[index], self.after[index]
        self.kept[index] = []
        inside = [place for place in (before, after) if 0 <= place < len(self.kept)]
        if before >= 0:
            self.after[before] = after
        if after < len(self.kept):
            self.before[after] = before
        return inside

    def is_weak(self, index: int) -> bool:
        """Whether a cluster weighs too little against the changes on either side of it."""
        first, last = self.kept[index][0], self.kept[index][-1]
        left = self.kept[self.before[index]][-1] if self.before[index] >= 0 else self.ends[0]
        right = self.kept[self.after[index]][0] if self.after[index] < len(self.kept) else self.ends[1]
        before = self.scale.size(left.old_end, first.old, left.new_end, first.new)
        after = self.scale.size(last.old_end, right.old, last.new_end, right.new)
        small, large = sorted((before, after))
        words = self.scale.size(first.old, last.old_end, first.new, last.new_end)
        if not small or (words > small and LOPSIDED * words >= large and words > 3):
            return False
        code = "".join([self.old[run.old : run.old_end] for run in self.kept[index]])
        if self.scale.weight(code) < FEW:
            return True
        if (words > small and LOPSIDED * words >= large) or self.scale.is_telling(code):
            return False
        around = self.scale.size(left.old_end, right.old, left.new_end, right.new)
        return self.still[right.old] - self.still[left.old_end] < ALIKE * around


def clusters_of(runs: list[Run], old: int, new: int, scale: Scale) -> list[list[Run]]:
    clusters: list[list[Run]] = []
    for run, gap in zip(runs, gaps_of(runs, old, new), strict=False):
        if clusters and not scale.size(*gap):
            clusters[-1].append(run)
        else:
            clusters.append([run])
    return clusters
