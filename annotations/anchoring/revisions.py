"""Re-anchoring: where passages of a text stand in its next revision, by what became of the words around them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from annotations.anchoring.ambiguity import AlternativeFinder, PassageInRun
from annotations.anchoring.boundaries import Boundaries
from annotations.anchoring.fuzzy import FuzzySearch
from annotations.anchoring.material import is_material
from annotations.anchoring.placement import MAX_PROPOSALS, Change, Placement
from annotations.anchoring.runs import RunChain, group_moved_runs
from newsreader.collection import paused_collection
from newsreader.text.diff.alignment import Gap, Run
from newsreader.text.diff.diff import Alignment, align_texts

MIN_KEPT_SHARE = 0.5  # of a passage's words, by weight, must still stand for it to be `edited`
MAX_REPLACED_WORDS = 3  # replaced by as many at most: the place is certain, though no word of it is left


@paused_collection()
def carry(old: str, new: str, spans: list[tuple[int, int]]) -> list[Placement]:
    """Return where each (start, end) span (code points) of the old text stands in the new.

    What is not certain is never `same` or `moved`. Time grows with the length of the texts and a little with what
    differs: 1 MB takes less than two seconds.
    """
    finder = PlacementFinder(align_texts(old, new))
    return [finder.place_passage(start, end) for start, end in spans]


class PlacementFinder:
    """One alignment, ready to place passages.

    `start` and `end` are code points of the old text; `first` and `last` number its words, the last exclusive.
    """

    def __init__(self, alignment: Alignment) -> None:
        self.old, self.new, self.scale = alignment.old, alignment.new, alignment.weights
        self.chain = RunChain.over_whole_texts(alignment.runs, len(self.old.codes), len(self.new.codes))
        self.moved_chains = group_moved_runs(alignment.moved)
        gaps = self.chain.list_gaps()
        self.alternatives = AlternativeFinder(self.old.codes, self.new.codes, gaps, self.scale)
        self.boundaries = Boundaries(self.old, self.new)
        self.search = FuzzySearch(self.new.text, self.list_insertions(gaps))
        self.starts, self.ends = [start for start, _ in self.old.spans], [end for _, end in self.old.spans]

    def list_insertions(self, gaps: list[Gap]) -> list[tuple[int, int]]:
        """Return the (start, end) stretches of the new text that stand in these gaps between the runs."""
        return [self.boundaries.locate_words(gap.new, gap.new_end) for gap in gaps if gap.new < gap.new_end]

    def place_passage(self, start: int, end: int) -> Placement:
        """Return where the passage stands in the new text."""
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end)
        if first >= last:
            return self.place_punctuation(first, start, end)
        moved = [chain for chain in self.moved_chains if chain.starts[0] < last and chain.end > first]
        placement = self.match_in_order(first, last, start, end) or self.match_moved(moved, first, last, start, end)
        placement = (
            placement
            or self.match_edited([self.chain, *moved], first, last, start, end)
            or self.match_replaced(first, last, start, end)
        )
        return placement or Placement("gone", proposals=self.find_similar(first, last, start, end))

    def place_punctuation(self, word: int, start: int, end: int) -> Placement:
        """Place a passage of quotation marks or dashes alone, before this word: it stands where both its neighbours do."""
        stop = self.ends[word - 1] if word else 0
        between = self.old.text[stop : self.starts[word] if word < len(self.starts) else None]
        new_stop, new_between = self.boundaries.read_gap_before(self.chain.map_word(word))
        if self.chain.is_adjacent_to_previous(word, len(self.starts)) and between == new_between:
            return Placement("same", start + new_stop - stop, end + new_stop - stop)
        return Placement("gone")

    def match_in_order(self, first: int, last: int, start: int, end: int) -> Placement | None:
        """Place a passage with all words in one run of those in order, or if a change in it can be read as one beside it."""
        index = self.chain.find_run_with(first, last)
        if index is not None:
            return self.check_alternatives(self.chain.make_passage(index, first, last), start, end)
        readings = list(self.chain.read_otherwise(first, last, self.old.codes, self.new.codes))
        if len(readings) == 1:
            return self.check_alternatives(readings[0], start, end)
        if not readings:
            return None
        return self.make_ambiguous([passage.new_first for passage in readings], first, last, start, end)

    def check_alternatives(self, passage: PassageInRun, start: int, end: int) -> Placement:
        """Return `same`, or `ambiguous` where these words could as well be others."""
        alternatives = self.alternatives.find_alternatives(passage)
        place = self.map_ends(passage.first, passage.last, passage.new_first, start, end)
        if alternatives is None and place:
            return Placement("same", *place)
        new_firsts = [passage.new_first, *(alternatives or [])]
        return self.make_ambiguous(new_firsts, passage.first, passage.last, start, end)

    def make_ambiguous(self, new_firsts: list[int], first: int, last: int, start: int, end: int) -> Placement:
        """Propose as many words as the passage has from each of these words of the new text on."""
        word_count, length = len(self.new.codes), last - first
        ends = [(max(new_first, 0), min(new_first + length, word_count)) for new_first in dict.fromkeys(new_firsts)]
        proposals = dict.fromkeys(self.locate(pair, first, last, start, end) for pair in ends[:MAX_PROPOSALS])
        return Placement("ambiguous", proposals=tuple(proposals))

    def locate(self, new_words: tuple[int, int], first: int, last: int, start: int, end: int) -> tuple[int, int]:
        """Return where these words of the new text start and end, with the marks that the passage has at its ends."""
        marks = self.boundaries.read_marks(first, last, start, end)
        return self.boundaries.locate_with_marks(*new_words, *marks)

    def map_ends(self, first: int, last: int, new_first: int, start: int, end: int) -> tuple[int, int] | None:
        """Return where the passage starts and ends in the new text; None where either end is spelt otherwise there."""
        new_start = self.boundaries.map_start(first, new_first, start)
        new_end = self.boundaries.map_end(last - 1, new_first + last - first - 1, end)
        return None if new_start is None or new_end is None else (new_start, new_end)

    def match_moved(self, moved: list[RunChain], first: int, last: int, start: int, end: int) -> Placement | None:
        """Place a passage with all words in one run of those that were moved."""
        for chain in moved:
            index = chain.find_run_with(first, last)
            if index is not None:
                return self.check_twins(chain.runs[index], first, last, start, end)
        return None

    def check_twins(self, run: Run, first: int, last: int, start: int, end: int) -> Placement | None:
        """Return `moved` with the run, or `ambiguous` where a twin of these words could as well stand there."""
        gap = self.chain.find_gap_with(run.old, run.old_end) or Gap(run.old, run.old_end, 0, 0)
        twins = self.alternatives.find_twins_of_moved(run, first, last, (gap, self.chain.find_gap_in_new(run.new)))
        new_first = run.new + first - run.old
        if twins is not None:
            return self.make_ambiguous([new_first, *twins], first, last, start, end)
        place = self.map_ends(first, last, new_first, start, end)
        return Placement("moved", *place) if place else None

    def match_edited(self, chains: list[RunChain], first: int, last: int, start: int, end: int) -> Placement | None:
        """Place a passage of which enough words still stand, those between them having changed."""
        shares = {index: self.measure_kept_share(chain, first, last) for index, chain in enumerate(chains)}
        best = max(shares, key=shares.__getitem__)
        if shares[best] < MIN_KEPT_SHARE:
            return None
        bounds = chains[best].map_bounds(first, last)
        changes = tuple(self.list_changes(chains[best], (first, last), bounds))
        place = self.locate(bounds, first, last, start, end)
        return Placement("edited", *place, has_material(changes), changes=changes)

    def measure_kept_share(self, chain: RunChain, first: int, last: int) -> float:
        """Return the share of the words, by weight, that stand in the chain."""
        runs = chain.list_runs(first, last)
        kept = "".join([self.old.codes[max(run.old, first) : min(run.old_end, last)] for run in runs])
        total = self.scale.weigh(self.old.codes[first:last])
        return self.scale.weigh(kept) / total if total else len(kept) / (last - first)

    def list_changes(self, chain: RunChain, old: tuple[int, int], new: tuple[int, int]) -> Iterator[Change]:
        """Yield the words that were replaced, inserted or deleted within the passage, in order.

        `old` and `new` number the words of the passage, (first, last), in the two texts.
        """
        first, last = old
        new_first, new_last = new
        head, tail = chain.starts[0], chain.end
        if first < head:  # only of what was moved: the rest stayed behind
            yield self.make_change(first, head, new_first, new_first)
        for gap in chain.list_gaps_around(first, last):
            deleted = max(gap.old, first), min(gap.old_end, last)
            inserted = max(gap.new, new_first), min(gap.new_end, new_last)
            if deleted[0] < deleted[1] or inserted[0] < inserted[1]:
                yield self.make_change(*deleted, *inserted)
        if tail < last:
            yield self.make_change(tail, last, new_last, new_last)

    def make_change(self, first: int, last: int, new_first: int, new_last: int) -> Change:
        """Return the change of these words of the old text to those of the new."""
        before = self.old.text[self.starts[first] : self.ends[last - 1]] if first < last else ""
        if new_first < new_last:
            start, end = self.boundaries.locate_words(new_first, new_last)
            return Change(start, end, before, self.new.text[start:end])
        place = self.new.spans[new_first - 1][1] if new_first else 0
        return Change(place, place, before, "")

    def match_replaced(self, first: int, last: int, start: int, end: int) -> Placement | None:
        """Place a few words that were replaced by a few: the place is certain, though none of them is left."""
        gap = self.chain.find_gap_with(first, last)
        if gap is None or self.scale.measure_gap(*gap) > MAX_REPLACED_WORDS or gap.new == gap.new_end:
            return None
        if 2 * (last - first) <= gap.old_end - gap.old:
            return None
        change = self.make_change(first, last, gap.new, gap.new_end)
        place = self.locate((gap.new, gap.new_end), first, last, start, end)
        return Placement("edited", *place, has_material((change,)), changes=(change,))

    def find_similar(self, first: int, last: int, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return what may be the passage: where some of its words still stand, and what reads like it among insertions."""
        similar = self.search.find_similar(self.old.text[start:end])
        if not self.measure_kept_share(self.chain, first, last):
            return tuple(dict.fromkeys(similar))
        remains = self.locate(self.chain.map_bounds(first, last), first, last, start, end)
        return tuple(dict.fromkeys([remains, *similar]))


def has_material(changes: tuple[Change, ...]) -> bool:
    """Return whether one of the changes is material."""
    return any(is_material(change.before, change.after) for change in changes)
