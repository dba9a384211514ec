"""Compares two revisions side by side: their blocks in rows, with changes marked, and a summary in words."""

import re
from bisect import bisect_right
from collections import Counter
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple, Protocol

from newsreader.text.diff.block_alignment import BlockPair, TextBlocks, find_moved_blocks, pair_blocks
from newsreader.text.diff.changes import ChangedSpan, Changes, collect_changes, count_unmoved_words
from newsreader.text.diff.diff import diff_texts, find_moves
from newsreader.text.diff.redline import render_redline
from newsreader.text.diff.summary import capitalize_first, join_list, spell_number, summarise_word_counts
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop, ngettext

UNCHANGED_KINDS = {"same", "alike"}
# Of rows whose words alone show what happened to them.
OUTCOMES = {
    "same": gettext_noop("unchanged"),
    "alike": gettext_noop("with the same words"),
    "edited": gettext_noop("edited"),
}
SUMMARY_KINDS = ["edited", "added", "removed", "moved here", "split", "joined", "divided"]
# Tags that name a place in the text, and how: as `serializer` and `targets` write them.
TAG_WITH_ID = re.compile('<[^>]* (?:id="|href="#)[^>]*>')
OWN_ID = re.compile(r' (id|href)="(#?)([pnr])(\d+)"')


class ComparedRevision(Protocol):
    """The part of a revision that a comparison reads."""

    @property
    def text(self) -> str:
        """The plain text."""

    @property
    def blocks(self) -> list[list[int]]:
        """For each block its offsets in the HTML and in the text, in code points."""

    def block_span(self, index: int) -> tuple[int, int]:
        """Return where a block stands in the text."""

    def block_html(self, index: int) -> str:
        """Return the canonical HTML of a block."""


class ComparisonRow(NamedTuple):
    """Blocks shown side by side: their numbers and safe HTML, what happened to them, and the block they moved to or from (`other`)."""

    kind: str
    olds: range
    news: range
    old: str = ""
    new: str = ""
    other: int = 0

    @property
    def name(self) -> str:
        """Return which blocks these are and what happened to them, as the row's label."""
        old, new = self.old_number, self.new_number
        if old and new and old != new:
            return _("¶%(old)s, now ¶%(new)s, %(outcome)s") % {"old": old, "new": new, "outcome": self.outcome}
        return _("¶%(number)s, %(outcome)s") % {"number": old or new, "outcome": self.outcome}

    @property
    def old_number(self) -> str:
        """Return the numbers of the old blocks, such as "2–3"; empty if there are none."""
        return format_block_numbers(self.olds)

    @property
    def new_number(self) -> str:
        """Return the numbers of the new blocks; empty if there are none."""
        return format_block_numbers(self.news)

    @property
    def outcome(self) -> str:
        """Return what happened to the blocks."""
        return self.note[:1].lower() + self.note[1:] or _(OUTCOMES[self.kind])

    @property
    def note(self) -> str:
        """Return what happened to the blocks if the marked words alone do not show it; else an empty string."""
        return self.write_note() if self.kind not in OUTCOMES else ""

    def write_note(self) -> str:
        """Return what happened to blocks that were not just edited."""
        notes = {
            "added": _("Added"),
            "removed": _("Removed"),
            "moved here": _("Moved here from ¶%(number)s"),
            "moved away": _("Moved to ¶%(number)s"),
            "split": ngettext("Split into %(news)s paragraph", "Split into %(news)s paragraphs", len(self.news)),
            "joined": ngettext("%(olds)s paragraph joined", "%(olds)s paragraphs joined", len(self.olds)),
            "divided": _("Paragraphs divided differently"),
        }
        numbers = {"number": self.other, "news": spell_number(len(self.news)), "olds": spell_number(len(self.olds))}
        return capitalize_first(notes[self.kind] % numbers)


class RowGroup(NamedTuple):
    """Adjacent rows that are shown, or folded, together."""

    kind: str
    rows: list[ComparisonRow]

    @property
    def number(self) -> str:
        """Return the numbers of its blocks in the old text."""
        return format_block_numbers(range(self.rows[0].olds.start, self.rows[-1].olds.stop))

    @property
    def is_folded(self) -> bool:
        """Return whether the rows are unchanged, so that they are folded at first."""
        return self.kind in UNCHANGED_KINDS


class ComparisonSide:
    """One of the two revisions with its changed spans; `tag` is del or ins, `name` begins the ids of its blocks."""

    def __init__(self, revision: ComparedRevision, spans: list[ChangedSpan], tag: str, name: str) -> None:
        self.revision, self.spans, self.tag, self.name = revision, spans, tag, name
        self.ends = [span.end for span in spans]
        self.blocks = TextBlocks(revision.text, [start for _, start in revision.blocks])

    def select_changes(self, index: int) -> list[ChangedSpan]:
        """Return the changed spans in a block."""
        start, end = self.revision.block_span(index)
        first = last = bisect_right(self.ends, start)
        while last < len(self.spans) and self.spans[last].start < end:
            last += 1
        return self.spans[first:last]

    def render_blocks(self, indexes: range) -> str:
        """Return the HTML of the blocks with changes marked."""
        return "\n".join([self.render_block(index) for index in indexes])

    def render_block(self, index: int) -> str:
        """Return the HTML of a block with changes marked and an id of this side."""
        html, spans = self.revision.block_html(index), self.select_changes(index)
        if spans:
            html = render_redline(html, self.revision.block_span(index)[0], spans, self.tag)
        return rename_ids(html, f"{self.name}-")

    def strip_block_id(self, index: int) -> str:
        """Return the HTML of a block without its id, and with links within the text that do not say to which block."""
        return rename_ids(self.revision.block_html(index), "")


def rename_ids(html: str, prefix: str) -> str:
    """Return the HTML of a block with ids of one side, and links to them; without a prefix the id of the block is gone."""
    name = (lambda match: f' {match[1]}="{match[2]}{prefix}{match[3].strip("p")}{match[4]}"') if prefix else ""
    return TAG_WITH_ID.sub(lambda tag: OWN_ID.sub(name, tag[0]), html)


class Comparison:
    """Two revisions of one article, compared."""

    def __init__(self, old: ComparedRevision, new: ComparedRevision) -> None:
        segments, moves = diff_texts(old.text, new.text), find_moves(old.text, new.text)
        self.changes: Changes = collect_changes(old.text, new.text, segments, moves)
        self.old = ComparisonSide(old, self.changes.lost, "del", "old")
        self.new = ComparisonSide(new, self.changes.gained, "ins", "new")
        self.moved = find_moved_blocks(self.old.blocks, self.new.blocks, moves)
        self.sources = {j: i for i, j in self.moved.items()}
        self.rows = [
            self.make_row(pair) for pair in pair_blocks(self.old.blocks, self.new.blocks, segments, self.moved)
        ]

    def make_row(self, pair: BlockPair) -> ComparisonRow:
        """Return the row of a pair of blocks."""
        kind, (olds, news) = self.classify_pair(pair), pair
        old = "" if kind == "same" else self.old.render_blocks(olds)
        other = self.sources.get(news.start) if kind == "moved here" else self.moved.get(olds.start)
        return ComparisonRow(kind, olds, news, old, self.new.render_blocks(news), 0 if other is None else other + 1)

    def classify_pair(self, pair: BlockPair) -> str:
        """Return what happened to a pair of blocks, as the `kind` of a row."""
        olds, news = len(pair.olds), len(pair.news)
        if not olds:
            return "moved here" if pair.news.start in self.sources else "added"
        if not news:
            return "moved away" if pair.olds.start in self.moved else "removed"
        if (olds, news) != (1, 1):
            return "split" if olds == 1 else "joined" if news == 1 else "divided"
        if self.old.strip_block_id(pair.olds.start) == self.new.strip_block_id(pair.news.start):
            return "same"
        is_edited = self.old.select_changes(pair.olds.start) or self.new.select_changes(pair.news.start)
        return "edited" if is_edited else "alike"

    def group_rows(self) -> list[RowGroup]:
        """Return all rows, grouped with their neighbours that are shown or folded alike."""
        by_kind = groupby(self.rows, key=lambda row: row.kind if row.kind in UNCHANGED_KINDS else "changed")
        return [RowGroup(kind, list(rows)) for kind, rows in by_kind]

    def summarise(self) -> str:
        """Return what changed, in a sentence or two."""
        counts = Counter(map(attrgetter("kind"), self.rows))
        changed = {kind: counts[kind] for kind in SUMMARY_KINDS if counts[kind]}
        sentences = []
        if changed:
            word_counts = summarise_word_counts(*self.count_words())
            sentence = _("%(passages)s; %(words)s.") if word_counts else _("%(passages)s.")
            sentences.append(sentence % {"passages": describe_changed_passages(changed), "words": word_counts})
        if counts["alike"]:
            sentences.append(describe_alike_passages(counts["alike"], bool(changed)))
        return " ".join(sentences or [_("Both have the same text.")])

    def count_words(self) -> tuple[int, int]:
        """Return how many words were added and how many removed."""
        lost, gained = self.changes
        return count_unmoved_words(self.new.revision.text, gained), count_unmoved_words(self.old.revision.text, lost)


def format_block_numbers(indexes: range) -> str:
    """Return the numbers of blocks, from 1, such as "2–3"."""
    first, last = indexes.start + 1, indexes.stop
    return "" if not indexes else f"{first}" if first == last else f"{first}–{last}"


def describe_changed_passages(counts: dict[str, int]) -> str:
    """Return the number of passages of each kind as a phrase, such as "Two passages edited, one added and one moved"."""
    first, *others = counts.items()
    return capitalize_first(join_list([count_passages(*first), *(count_more_passages(*each) for each in others)]))


def count_passages(kind: str, number: int) -> str:
    """Return how many passages there are of a kind, such as "two passages edited"."""
    return {
        "edited": ngettext("%(number)s passage edited", "%(number)s passages edited", number),
        "added": ngettext("%(number)s passage added", "%(number)s passages added", number),
        "removed": ngettext("%(number)s passage removed", "%(number)s passages removed", number),
        "moved here": ngettext("%(number)s passage moved", "%(number)s passages moved", number),
        "split": ngettext("%(number)s passage split", "%(number)s passages split", number),
        "joined": ngettext("%(number)s passage joined", "%(number)s passages joined", number),
        "divided": ngettext(
            "%(number)s passage divided differently", "%(number)s passages divided differently", number
        ),
    }[kind] % {"number": spell_number(number)}


def count_more_passages(kind: str, number: int) -> str:
    """Return how many passages there are of a further kind, such as "one added"."""
    return {
        "added": ngettext("%(number)s added", "%(number)s added", number),
        "removed": ngettext("%(number)s removed", "%(number)s removed", number),
        "moved here": ngettext("%(number)s moved", "%(number)s moved", number),
        "split": ngettext("%(number)s split", "%(number)s split", number),
        "joined": ngettext("%(number)s joined", "%(number)s joined", number),
        "divided": ngettext("%(number)s divided differently", "%(number)s divided differently", number),
    }[kind] % {"number": spell_number(number)}


def describe_alike_passages(number: int, has_others: bool) -> str:
    """Return a sentence about passages that differ in signs, links or formatting only."""
    if has_others:
        sentence = ngettext(
            "%(number)s more passage has the same words, with different punctuation, links or formatting.",
            "%(number)s more passages have the same words, with different punctuation, links or formatting.",
            number,
        )
    else:
        sentence = ngettext(
            "%(number)s passage has the same words, with different punctuation, links or formatting.",
            "%(number)s passages have the same words, with different punctuation, links or formatting.",
            number,
        )
    return capitalize_first(sentence % {"number": spell_number(number)})
