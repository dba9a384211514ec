"""From one text to the next: where passages of the old stand in the new, told by what became of the words around them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from annotations.anchoring.ambiguity import Place, Rivals
from annotations.anchoring.boundaries import Edges
from annotations.anchoring.fuzzy import Search
from annotations.anchoring.material import is_material
from annotations.anchoring.placement import PROPOSALS_MOST, Change, Placement
from annotations.anchoring.runs import Chain, together
from newsreader.text.diff.diff import Alignment, align_texts

ENOUGH = 0.5  # of a passage's words must still stand for it to be `edited`
SMALL = 3  # words that were replaced by as many at most: a place that is certain, though no word of it is left


def carry(old: str, new: str, spans: list[tuple[int, int]]) -> list[Placement]:
    """Where each span (code points) of the old text stands in the new; what is not certain is never `same` or `moved`.

    Bounded: time grows with the length of the texts and a little with what differs, 1 MB in less than two seconds.
    """
    carrier = Carrier(align_texts(old, new))
    return [carrier.place(start, end) for start, end in spans]


class Carrier:
    """One alignment, ready to place passages; `first` and `last` number words of the old row, the last exclusive."""

    def __init__(self, alignment: Alignment):
        self.old, self.new, self.scale = alignment.old, alignment.new, alignment.weights
        self.chain = Chain.whole(alignment.runs, len(self.old.codes), len(self.new.codes))
        self.moved = together(alignment.moved)
        self.rivals = Rivals(self.old.codes, self.new.codes, self.chain.gaps(), self.scale)
        self.edges = Edges(self.old, self.new)
        self.search = Search(self.new.text, self.put_in())
        self.starts, self.ends = [start for start, _ in self.old.spans], [end for _, end in self.old.spans]

    def put_in(self) -> list[tuple[int, int]]:
        """The stretches of the new text that stand in no run."""
        return [self.edges.around(gap.new, gap.new_end) for gap in self.chain.gaps() if gap.new < gap.new_end]

    def place(self, start: int, end: int) -> Placement:
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end)
        if first >= last:
            return self.signs(first, start, end)
        moved = [chain for chain in self.moved if chain.starts[0] < last and chain.end > first]
        found = self.in_order(first, last, start, end) or self.elsewhere(moved, first, last, start, end)
        found = found or self.edited([self.chain, *moved], first, last, start, end) or self.swapped(first, last)
        return found or Placement("gone", proposals=self.likely(first, last, start, end))

    def signs(self, word: int, start: int, end: int) -> Placement:
        """A passage of quotation marks or dashes alone, before this word: it stands where both its neighbours do."""
        stop = self.ends[word - 1] if word else 0
        between = self.old.text[stop : self.starts[word] if word < len(self.starts) else None]
        new_stop, new_between = self.edges.before(self.chain.new_of(word))
        is_there = self.chain.are_neighbours(word, len(self.starts)) and between == new_between
        return Placement("same", start + new_stop - stop, end + new_stop - stop) if is_there else Placement("gone")

    def in_order(self, first: int, last: int, start: int, end: int) -> Placement | None:
        """All words in one run of those that stand in order, perhaps if the change in or beside them is read in another way."""
        index = self.chain.run_with(first, last)
        if index is not None:
            return self.judged(self.chain.place(index, first, last), start, end)
        readings = list(self.chain.other_readings(first, last, self.old.codes, self.new.codes))
        if len(readings) == 1:
            return self.judged(readings[0], start, end)
        return self.doubtful([place.new for place in readings], last - first) if readings else None

    def judged(self, place: Place, start: int, end: int) -> Placement:
        """`same`, or `ambiguous` where these words could as well be others."""
        others = self.rivals.of(place)
        found = self.exact(place.first, place.last, place.new, start, end)
        if others is None and found:
            return Placement("same", *found)
        return self.doubtful([place.new, *(others or [])], place.last - place.first)

    def doubtful(self, places: list[int], size: int) -> Placement:
        """So many words from each of these places of the new row on could be the passage."""
        most = len(self.new.codes)
        ends = [(max(place, 0), min(place + size, most)) for place in dict.fromkeys(places)]
        return Placement("ambiguous", proposals=tuple(self.edges.around(*pair) for pair in ends)[:PROPOSALS_MOST])

    def exact(self, first: int, last: int, new: int, start: int, end: int) -> tuple[int, int] | None:
        ends = self.edges.start(first, new, start), self.edges.end(last - 1, new + last - first - 1, end)
        return None if None in ends else ends

    def elsewhere(self, moved: list[Chain], first: int, last: int, start: int, end: int) -> Placement | None:
        """All words in one run of those that were moved."""
        for chain in moved:
            index = chain.run_with(first, last)
            if index is not None:
                run = chain.runs[index]
                found = self.exact(first, last, run.new + first - run.old, start, end)
                return Placement("moved", *found) if found else None
        return None

    def edited(self, chains: list[Chain], first: int, last: int, start: int, end: int) -> Placement | None:
        """Where enough of the words still stand, those between them having changed."""
        kept = {index: self.kept(chain, first, last) for index, chain in enumerate(chains)}
        best = max(kept, key=kept.__getitem__)
        if kept[best] < ENOUGH:
            return None
        new_first, new_last = chains[best].bounds(first, last)
        changes = tuple(self.changes(chains[best], first, last, new_first, new_last))
        there = self.edges.around(new_first, new_last)
        return Placement("edited", *there, self.matters(changes), changes=changes)

    def kept(self, chain: Chain, first: int, last: int) -> float:
        """The share of the words, by weight, that stand in the chain."""
        codes = [self.old.codes[max(run.old, first) : min(run.old_end, last)] for run in chain.among(first, last)]
        total = self.scale.weigh(self.old.codes[first:last])
        return self.scale.weigh("".join(codes)) / total if total else len("".join(codes)) / (last - first)

    def changes(self, chain: Chain, first: int, last: int, new_first: int, new_last: int) -> Iterator[Change]:
        """The words that were replaced, put in or taken out within the passage, in order."""
        head, tail = chain.starts[0], chain.end
        if first < head:  # only of what was moved: the rest stayed behind
            yield self.change(first, head, new_first, new_first)
        for gap in chain.gaps_among(first, last):
            olds = max(gap.old, first), min(gap.old_end, last)
            news = max(gap.new, new_first), min(gap.new_end, new_last)
            if olds[0] < olds[1] or news[0] < news[1]:
                yield self.change(*olds, *news)
        if tail < last:
            yield self.change(tail, last, new_last, new_last)

    def change(self, first: int, last: int, new_first: int, new_last: int) -> Change:
        before = self.old.text[self.starts[first] : self.ends[last - 1]] if first < last else ""
        if new_first < new_last:
            start, end = self.edges.around(new_first, new_last)
            return Change(start, end, before, self.new.text[start:end])
        place = self.new.spans[new_first - 1][1] if new_first else 0
        return Change(place, place, before, "")

    def matters(self, changes: tuple[Change, ...]) -> bool:
        return any(is_material(change.before, change.after) for change in changes)

    def swapped(self, first: int, last: int) -> Placement | None:
        """A few words that were replaced by a few: the place is certain, though none of them is left."""
        gap = self.chain.gap_with(first, last)
        if gap is None or self.scale.measure_gap(*gap) > SMALL or gap.new == gap.new_end:
            return None
        if 2 * (last - first) <= gap.old_end - gap.old:
            return None
        change = self.change(first, last, gap.new, gap.new_end)
        return Placement("edited", change.start, change.end, self.matters((change,)), changes=(change,))

    def likely(self, first: int, last: int, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """What may be the passage: where some of its words still stand, and what reads like it among the words put in."""
        still = [self.edges.around(*self.chain.bounds(first, last))] if self.kept(self.chain, first, last) else []
        return tuple(dict.fromkeys([*still, *self.search.like(self.old.text[start:end])]))
