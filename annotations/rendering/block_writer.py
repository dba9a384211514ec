"""Writes one block with its highlights: a flat mark begins wherever the set of highlights changes.

Each mark lists its highlights in `data-highlights`, in the order they begin, and `data-end` gives the places in the list of those
that end with it. The lists are a third of a page with many highlights. In a compact block they name highlights by the ends of their ids,
and only the first mark has one: any other has the highlights of the mark before that do not end there, then those whose ids begin
with it. Where this would be wrong, a mark has a list, too. static/js/marks.js completes them in the browser.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from operator import attrgetter
from sys import maxsize
from typing import NamedTuple

from annotations.rendering.lanes import Lanes
from annotations.rendering.spans import Span
from newsreader.text.html.markup import is_layout_space

SHORT_ID_LENGTH = 12  # of the 36 characters of an id: what compact blocks call a highlight, as static/js/marks.js knows
MIN_BARS_DEPTH = 4  # so many highlights at one place, or more, are drawn as bars
CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f]+")
END_OF_SPANS = Span(maxsize, maxsize, "", 0)  # stands behind the last span: no text ever gets there
get_end = attrgetter("end")


class Block(NamedTuple):
    """A top-level block: its html, the same as [text, tag, text, ... text], and offset and length of its text.

    Offset and length are code points of the article.
    """

    html: str
    parts: list[str]
    offset: int
    length: int


class BlockWriter:
    """The state of one walk over a block; positions are code points of the article."""

    def __init__(self, block: Block, spans: list[Span], is_compact: bool = False) -> None:
        self.block, self.is_compact = block, is_compact
        self.output: list[str] = []
        self.upcoming = [END_OF_SPANS, *reversed(spans)]
        self.ending = [END_OF_SPANS, *sorted(spans, key=get_end, reverse=True)]
        self.lanes = Lanes()
        self.mark_class = ""  # of the marks here
        self.undrawn: list[Span] = []  # begun, but without a mark yet
        self.anchor_ids: list[str] = []  # ids to leave on empty anchors
        self.anchor_index = 2  # where they go when no text follows: after the last text, or else just inside the block
        self.mark_index = 0  # the place of the last mark in the output
        self.bars_index = self.bars_depth = 0  # the place of the first mark of a run of bars, and their greatest number

    def write_block(self) -> str:
        """Return the html of the block with its marks."""
        position = self.block.offset
        for index, part in enumerate(self.block.parts):
            if index % 2 or not part:
                self.output.append(part)
                continue
            if is_layout_space(self.block.parts, index):
                self.output.append(part)
            else:
                self.write_text(part, position)
            position += len(part)
        self.finish_block(position)
        return "".join(self.output)

    def write_text(self, text: str, start: int) -> None:
        """Write a text node that begins at `start`, cut wherever a highlight begins or ends."""
        position, end = start, start + len(text)
        while position < end:
            self.update_highlights(position)
            stop = min(self.upcoming[-1].start, self.ending[-1].end, end)
            self.write_segment(text[position - start : stop - start])
            position = stop
        self.anchor_index = len(self.output)

    def update_highlights(self, position: int) -> None:
        """Close and open what ends and begins up to this position."""
        if self.ending[-1].end > position and self.upcoming[-1].start > position:
            return
        if self.ending[-1].end <= position:
            self.close_spans(position)
        while self.upcoming[-1].start <= position:
            self.open_span(self.upcoming.pop(), position)
        self.mark_class = f'class="{"".join(self.lanes.hues)}depth-{min(len(self.lanes.hues), MIN_BARS_DEPTH)}"'

    def close_spans(self, position: int) -> None:
        """Free the lanes of what ends up to this position, and say on the last mark which of its highlights end with it."""
        ids, places = list(self.lanes.lane_by_id), []
        while self.ending[-1].end <= position:
            span = self.ending.pop()
            if self.lanes.remove(span):
                places.append(ids.index(span.id))
        if places and self.mark_index:
            ends = " ".join(map(str, sorted(places)))
            self.output[self.mark_index] = f'{self.output[self.mark_index][:-1]} data-end="{ends}">'

    def open_span(self, span: Span, position: int) -> None:
        """Give the highlight a lane; one without a character to draw gets an empty anchor."""
        begins_here = span.start >= self.block.offset - 1  # the line feed before a block may be where it begins
        if span.end > position:
            self.lanes.add(span)
            if begins_here:
                self.undrawn.append(span)
        elif begins_here:
            self.anchor_ids.append(span.id)

    def write_segment(self, text: str) -> None:
        """Write text over which the set of highlights stays the same."""
        # Anchors of no mark look as if highlights began here, so the list cannot be left to the mark before.
        is_listed = not self.is_compact or not self.mark_index or bool(self.anchor_ids)
        attributes = self.make_first_attributes() if self.undrawn else ""
        if self.anchor_ids:
            self.write_anchors()
        depth = len(self.lanes.hues)
        if depth:
            self.mark_index = len(self.output)
            highlights = self.make_list() if is_listed else ""
            self.output += (f"<mark{highlights} {self.mark_class}{attributes}>", text, "</mark>")
        else:
            self.output.append(text)
        if depth >= MIN_BARS_DEPTH or self.bars_index:
            self.update_bars(depth)

    def make_list(self) -> str:
        """Return the attribute of a mark that names its highlights."""
        ids: Iterable[str] = self.lanes.lane_by_id
        if self.is_compact:
            ids = [highlight_id[-SHORT_ID_LENGTH:] for highlight_id in ids]
        return f' data-highlights="{" ".join(ids)}"'

    def make_first_attributes(self) -> str:
        """Return what the first mark of a highlight carries; others that begin with it leave their ids before the mark."""
        first, *others = self.undrawn
        self.anchor_ids += [span.id for span in others]
        labels = "; ".join([escape_attribute(span.label) for span in self.undrawn if span.label])
        self.undrawn = []
        label = f' data-label="{labels}"' if labels else ""
        details = f' aria-details="card-{first.id}"' if first.has_card else ""
        return f' id="h-{first.id}" tabindex="0"{details}{label}'

    def write_anchors(self) -> None:
        """Write the empty anchors that wait."""
        self.output += [_render_anchor(span_id) for span_id in self.anchor_ids]
        self.anchor_ids = []

    def update_bars(self, depth: int) -> None:
        """Give the first mark of a run of bars their greatest number, once the run is over."""
        if depth >= MIN_BARS_DEPTH:
            self.bars_index = self.bars_index or self.mark_index
            self.bars_depth = max(self.bars_depth, depth)
        else:
            bars = f'depth-{MIN_BARS_DEPTH} bars" data-depth="{self.bars_depth}"'
            mark = self.output[self.bars_index]
            self.output[self.bars_index] = mark.replace(f'depth-{MIN_BARS_DEPTH}"', bars, 1)
            self.bars_index = self.bars_depth = 0

    def finish_block(self, position: int) -> None:
        """Close what ends with the block, and write the anchors for which no text came."""
        self.update_highlights(position + 1)
        if self.bars_index:
            self.update_bars(0)
        self.anchor_ids += [span.id for span in self.undrawn if span.start < position]
        self.output[self.anchor_index : self.anchor_index] = [_render_anchor(span_id) for span_id in self.anchor_ids]


def _render_anchor(span_id: str) -> str:
    return f'<span id="h-{span_id}"></span>'


@lru_cache(1024)
def escape_attribute(label: str) -> str:
    """Return the label on one line, escaped for an attribute."""
    return escape(" ".join(CONTROL_CHARACTERS.sub(" ", label).split()))
