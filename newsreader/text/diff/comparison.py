"""Two texts side by side: their blocks in rows, with what was taken out and put in drawn, and what happened in words."""

from bisect import bisect_right
from collections import Counter
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from newsreader.text.diff.block_alignment import Blocks, Pair, moved_blocks, pairs_of
from newsreader.text.diff.changes import Changes, Stretch, changes_in, words_of
from newsreader.text.diff.diff import moves, pieces
from newsreader.text.diff.redline import redlined
from newsreader.text.diff.summary import in_and_out, listed, spelt

UNTOUCHED = {"same": "unchanged", "alike": "with the same words"}
TOLD = ["edited", "put in", "taken out", "moved here", "split", "joined", "divided"]
SAID = {"moved here": "moved", "divided": "divided differently"}


class Row(NamedTuple):
    """Blocks that stand beside each other (html, safe), their numbers, what became of them, and the block they moved to or from."""

    kind: str
    olds: range
    news: range
    old: str = ""
    new: str = ""
    other: int = 0

    @property
    def name(self) -> str:
        """Which blocks these are, and what became of them."""
        old, new = self.old_number, self.new_number
        now = f", now {new}" if old and new and old != new else ""
        return f"Block {old or new}{now}, {self.said}"

    @property
    def old_number(self) -> str:
        return numbers(self.olds)

    @property
    def new_number(self) -> str:
        return numbers(self.news)

    @property
    def said(self) -> str:
        """What became of the blocks."""
        return self.note[:1].lower() + self.note[1:] or UNTOUCHED.get(self.kind, self.kind)

    @property
    def note(self) -> str:
        """The same where the words alone do not show it."""
        return {
            "put in": "Put in",
            "taken out": "Taken out",
            "moved here": f"Moved here from block {self.other}",
            "moved away": f"Moved to block {self.other}",
            "split": f"Split into {spelt(len(self.news))} blocks",
            "joined": f"{spelt(len(self.olds)).capitalize()} blocks joined",
            "divided": "Divided into blocks differently",
        }.get(self.kind, "")


class Passage(NamedTuple):
    """Rows next to each other that are shown, or folded away, together."""

    kind: str
    rows: list[Row]

    @property
    def number(self) -> str:
        """The numbers of its blocks in the old text."""
        return numbers(range(self.rows[0].olds.start, self.rows[-1].olds.stop))

    @property
    def is_folded(self) -> bool:
        return self.kind in UNTOUCHED


class Side:
    """One of the two texts: a revision, what of it the other has not, and how that is drawn."""

    def __init__(self, revision, stretches: list[Stretch], tag: str, name: str):
        self.revision, self.stretches, self.tag, self.name = revision, stretches, tag, name
        self.ends = [stretch.end for stretch in stretches]
        self.blocks = Blocks(revision.text, [start for _, start in revision.blocks])

    def touching(self, index: int) -> list[Stretch]:
        """The stretches in a block."""
        start, end = self.revision.block_span(index)
        first = last = bisect_right(self.ends, start)
        while last < len(self.stretches) and self.stretches[last].start < end:
            last += 1
        return self.stretches[first:last]

    def drawn(self, indexes: range) -> str:
        return "\n".join([self.block(index) for index in indexes])

    def block(self, index: int) -> str:
        html, stretches = self.revision.block_html(index), self.touching(index)
        if stretches:
            html = redlined(html, self.revision.block_span(index)[0], stretches, self.tag)
        return html.replace(f' id="p{index + 1}"', f' id="{self.name}-{index + 1}"', 1)

    def bare(self, index: int) -> str:
        """A block's html without its number."""
        return self.revision.block_html(index).replace(f' id="p{index + 1}"', "", 1)


class Comparison:
    """Two revisions of one article, compared."""

    def __init__(self, old, new):
        cut, elsewhere = pieces(old.text, new.text), moves(old.text, new.text)
        self.changes: Changes = changes_in(old.text, new.text, cut, elsewhere)
        self.old, self.new = Side(old, self.changes.lost, "del", "old"), Side(new, self.changes.gained, "ins", "new")
        self.moved = moved_blocks(self.old.blocks, self.new.blocks, elsewhere)
        self.came = {j: i for i, j in self.moved.items()}
        self.rows = [self.row(pair) for pair in pairs_of(self.old.blocks, self.new.blocks, cut, self.moved)]

    def row(self, pair: Pair) -> Row:
        kind, (olds, news) = self.kind_of(pair), pair
        old = "" if kind == "same" else self.old.drawn(olds)
        here = self.came.get(news.start) if kind == "moved here" else self.moved.get(olds.start)
        return Row(kind, olds, news, old, self.new.drawn(news), 0 if here is None else here + 1)

    def kind_of(self, pair: Pair) -> str:
        olds, news = len(pair.olds), len(pair.news)
        if not olds:
            return "moved here" if pair.news.start in self.came else "put in"
        if not news:
            return "moved away" if pair.olds.start in self.moved else "taken out"
        if (olds, news) != (1, 1):
            return "split" if olds == 1 else "joined" if news == 1 else "divided"
        if self.old.bare(pair.olds.start) == self.new.bare(pair.news.start):
            return "same"
        is_edited = self.old.touching(pair.olds.start) or self.new.touching(pair.news.start)
        return "edited" if is_edited else "alike"

    def passages(self) -> list[Passage]:
        """All rows, those next to each other together that are shown or folded alike."""
        by_kind = groupby(self.rows, key=lambda row: row.kind if row.kind in UNTOUCHED else "changed")
        return [Passage(kind, list(rows)) for kind, rows in by_kind]

    def summary(self) -> str:
        """What happened, in a sentence or two."""
        counts = Counter(map(attrgetter("kind"), self.rows))
        told = [f"{spelt(counts[kind])} {SAID.get(kind, kind)}" for kind in TOLD if counts[kind]]
        said = [in_and_out(*self.words())] if told else []
        sentences = ["; ".join([passages_first(told), *filter(None, said)])] if told else []
        if counts["alike"]:
            sentences.append(alike_said(counts["alike"], bool(told)))
        return ". ".join(sentences or ["Both have the same text"]) + "."

    def words(self) -> tuple[int, int]:
        """How many words were put in, and how many taken out."""
        lost, gained = self.changes
        return words_of(self.new.revision.text, gained), words_of(self.old.revision.text, lost)


def numbers(indexes: range) -> str:
    """The numbers of blocks, from 1."""
    first, last = indexes.start + 1, indexes.stop
    return "" if not indexes else f"{first}" if first == last else f"{first}–{last}"


def passages_first(told: list[str]) -> str:
    """What became of how many, as "Two passages edited, one put in and one moved"."""
    number, what = listed(told).split(" ", 1)
    return f"{number.capitalize()} passage{'' if number == 'one' else 's'} {what}"


def alike_said(number: int, more: bool) -> str:
    passages = (
        f"{spelt(number).capitalize()}{' more' if more else ''} {'passage has' if number == 1 else 'passages have'}"
    )
    return f"{passages} the same words, with other signs, links or formatting"
