"""Which blocks of one text stand for which of another: the words that both have tell."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from newsreader.text.diff.diff import Piece
from newsreader.text.diff.tokens import rows_of

MOST = 0.8  # of a block has to stand elsewhere for the block to be moved


class Pair(NamedTuple):
    """Blocks next to each other that stand for blocks of the other text; none of those where they were put in or taken out."""

    olds: range
    news: range


class Blocks:
    """Where the blocks of a text begin, and what they say; places are code points."""

    def __init__(self, text: str, starts: list[int]):
        self.text, self.starts, self.stops = text, starts, [*starts[1:], len(text) + 1]

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, place: int) -> int:
        return max(bisect_right(self.starts, place) - 1, 0)

    def length(self, index: int) -> int:
        return len(self.text[self.starts[index] : self.stops[index]].strip())


def pairs_of(old: Blocks, new: Blocks, cut: list[Piece], moved: dict[int, int]) -> list[Pair]:
    """Every block of both texts in pairs, in order; `moved` ones have no partner."""
    there = set(moved.values())
    links = [(i, j) for piece in cut if piece.same for i, j, _ in shared(old, new, piece)]
    groups = grouped([(i, j) for i, j in links if i not in moved and j not in there])
    ends = [Pair(range(0), range(0)), *groups, Pair(range(len(old), len(old)), range(len(new), len(new)))]
    pairs: list[Pair] = []
    for before, after in pairwise(ends):
        olds, news = range(before.olds.stop, after.olds.start), range(before.news.stop, after.news.start)
        pairs += [*between(olds, news, moved, there), after]
    return pairs[:-1]


def shared(old: Blocks, new: Blocks, piece: Piece) -> Iterator[tuple[int, int, int]]:
    """(block of the old, block of the new, code points) for all that a piece, the same in both texts, has in each."""
    for start, end, new_start in alike(old.text, new.text, piece):
        while start < end:
            i, j = old.at(start), new.at(new_start)
            length = min(end - start, old.stops[i] - start, new.stops[j] - new_start)
            if not old.text[start : start + length].isspace():
                yield i, j, length
            start, new_start = start + length, new_start + length


def alike(old: str, new: str, piece: Piece) -> Iterator[tuple[int, int, int]]:
    """The piece as stretches (start, end, start in the new text) of one length in both: the whole, or word for word."""
    _, start, end, new_start, new_end = piece
    if old[start:end] == new[new_start:new_end]:
        yield start, end, new_start
        return
    olds, news = rows_of(old[start:end], new[new_start:new_end])
    for (begin, stop), (new_begin, new_stop) in zip(olds.spans, news.spans, strict=False):
        yield start + begin, start + min(stop, begin + new_stop - new_begin), new_start + new_begin


def grouped(links: list[tuple[int, int]]) -> list[Pair]:
    """The links, which rise in both texts, as the smallest groups that none of them leaves."""
    groups: list[Pair] = []
    for i, j in links:
        if groups and (i < groups[-1].olds.stop or j < groups[-1].news.stop):
            olds, news = groups.pop()
            groups.append(Pair(range(olds.start, max(olds.stop, i + 1)), range(news.start, max(news.stop, j + 1))))
        else:
            groups.append(Pair(range(i, i + 1), range(j, j + 1)))
    return groups


def between(olds: range, news: range, moved, there) -> Iterator[Pair]:
    """Blocks that share nothing: as many as were taken out were rewritten if so many were put in; else each stands alone."""
    gone, come = [i for i in olds if i not in moved], [j for j in news if j not in there]
    rewritten = dict(zip(gone, come, strict=True)) if len(gone) == len(come) else {}
    place = news.start
    for i in olds:
        j = rewritten.get(i, place - 1)
        yield from (Pair(range(0), range(k, k + 1)) for k in range(place, j))
        yield Pair(range(i, i + 1), range(j, j + 1) if i in rewritten else range(0))
        place = j + 1
    yield from (Pair(range(0), range(k, k + 1)) for k in range(place, news.stop))


def moved_blocks(old: Blocks, new: Blocks, elsewhere: list[Piece]) -> dict[int, int]:
    """The blocks that stand elsewhere in the new text as a whole, or all but, and where."""
    found: Counter[tuple[int, int]] = Counter()
    for piece in elsewhere:
        for i, j, length in shared(old, new, piece):
            found[i, j] += length
    return {i: j for (i, j), length in found.items() if length >= MOST * max(old.length(i), new.length(j), 1)}
