"""Pairs the blocks of two texts by the words they share."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from newsreader.text.diff.diff import Segment
from newsreader.text.diff.tokens import tokenise_texts

MIN_MOVED_SHARE = 0.8  # of a block's text must stand elsewhere for the block to be moved


class BlockPair(NamedTuple):
    """Adjacent blocks of the old text and the blocks of the new that correspond to them; one range is empty if there are none."""

    olds: range
    news: range


class TextBlocks:
    """A text with the starts of its blocks, in code points."""

    def __init__(self, text: str, starts: list[int]) -> None:
        self.text, self.starts, self.stops = text, starts, [*starts[1:], len(text) + 1]

    def __len__(self) -> int:
        return len(self.starts)

    def index_at(self, position: int) -> int:
        """Return the index of the block that contains this offset."""
        return max(bisect_right(self.starts, position) - 1, 0)

    def measure_length(self, index: int) -> int:
        """Return the length of a block in code points, without white space around it."""
        return len(self.text[self.starts[index] : self.stops[index]].strip())


def pair_blocks(old: TextBlocks, new: TextBlocks, segments: list[Segment], moved: dict[int, int]) -> list[BlockPair]:
    """Return every block of both texts in pairs, in order; `moved` (old index to new index) have no partner."""
    moved_to = set(moved.values())
    links = [(i, j) for segment in segments if segment.is_same for i, j, _ in find_shared_text(old, new, segment)]
    groups = group_links([(i, j) for i, j in links if i not in moved and j not in moved_to])
    ends = [BlockPair(range(0), range(0)), *groups, BlockPair(range(len(old), len(old)), range(len(new), len(new)))]
    pairs: list[BlockPair] = []
    for before, after in pairwise(ends):
        olds, news = range(before.olds.stop, after.olds.start), range(before.news.stop, after.news.start)
        pairs += [*pair_unlinked_blocks(olds, news, moved, moved_to), after]
    return pairs[:-1]


def find_shared_text(old: TextBlocks, new: TextBlocks, segment: Segment) -> Iterator[tuple[int, int, int]]:
    """Yield (old block, new block, code points) for each part of a segment that is the same in both texts."""
    for start, end, new_start in match_stretches(old.text, new.text, segment):
        while start < end:
            i, j = old.index_at(start), new.index_at(new_start)
            length = min(end - start, old.stops[i] - start, new.stops[j] - new_start)
            if not old.text[start : start + length].isspace():
                yield i, j, length
            start, new_start = start + length, new_start + length


def match_stretches(old: str, new: str, segment: Segment) -> Iterator[tuple[int, int, int]]:
    """Yield the segment as stretches (start, end, new start) of equal length in both texts: as a whole, or word by word."""
    _, start, end, new_start, new_end = segment
    if old[start:end] == new[new_start:new_end]:
        yield start, end, new_start
        return
    olds, news = tokenise_texts(old[start:end], new[new_start:new_end])
    for (begin, stop), (new_begin, new_stop) in zip(olds.spans, news.spans, strict=False):
        yield start + begin, start + min(stop, begin + new_stop - new_begin), new_start + new_begin


def group_links(links: list[tuple[int, int]]) -> list[BlockPair]:
    """Return the links (old block, new block), which rise in both texts, as the smallest groups without a link between them."""
    groups: list[BlockPair] = []
    for i, j in links:
        if groups and (i < groups[-1].olds.stop or j < groups[-1].news.stop):
            olds, news = groups.pop()
            groups.append(BlockPair(range(olds.start, max(olds.stop, i + 1)), range(news.start, max(news.stop, j + 1))))
        else:
            groups.append(BlockPair(range(i, i + 1), range(j, j + 1)))
    return groups


def pair_unlinked_blocks(olds: range, news: range, moved: dict[int, int], moved_to: set[int]) -> Iterator[BlockPair]:
    """Yield pairs of blocks that share no words: rewritten ones if as many were removed as added, else each alone."""
    removed, added = [i for i in olds if i not in moved], [j for j in news if j not in moved_to]
    rewritten = dict(zip(removed, added, strict=True)) if len(removed) == len(added) else {}
    position = news.start
    for i in olds:
        j = rewritten.get(i, position - 1)
        yield from (BlockPair(range(0), range(k, k + 1)) for k in range(position, j))
        yield BlockPair(range(i, i + 1), range(j, j + 1) if i in rewritten else range(0))
        position = j + 1
    yield from (BlockPair(range(0), range(k, k + 1)) for k in range(position, news.stop))


def find_moved_blocks(old: TextBlocks, new: TextBlocks, moves: list[Segment]) -> dict[int, int]:
    """Return the new index of each old block that stands elsewhere in the new text, entirely or nearly so."""
    lengths: Counter[tuple[int, int]] = Counter()
    for segment in moves:
        for i, j, length in find_shared_text(old, new, segment):
            lengths[i, j] += length
    wholes = {(i, j): max(old.measure_length(i), new.measure_length(j), 1) for i, j in lengths}
    return {i: j for (i, j), length in lengths.items() if length >= MIN_MOVED_SHARE * wholes[i, j]}
