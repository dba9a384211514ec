"""The pen that draws one block: it walks along the text and begins a new flat mark wherever the set of highlights changes."""

import re
from functools import lru_cache
from html import escape
from operator import attrgetter
from sys import maxsize
from typing import NamedTuple

from annotations.rendering.lanes import Lanes
from annotations.rendering.spans import Span
from newsreader.text.html.markup import is_layout_space

BARS = 4  # so many highlights at one place, or more, are drawn as bars
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
NEVER = Span(maxsize, maxsize, "", 0)  # stands behind the last span: no text ever gets there
by_end = attrgetter("end")


class Block(NamedTuple):
    """A top-level block: its html, the same as text, tag, text ... text, and offset and length of its text (code points)."""

    html: str
    pieces: list[str]
    offset: int
    length: int


class Pen:
    """The state of one walk over a block; positions are code points of the article."""

    def __init__(self, block: Block, spans: list[Span]):
        self.block = block
        self.written: list[str] = []
        self.opening = [NEVER, *reversed(spans)]
        self.closing = [NEVER, *sorted(spans, key=by_end, reverse=True)]
        self.lanes = Lanes()
        self.head = ""  # how a mark begins here
        self.fresh: list[Span] = []  # begun, but not drawn yet
        self.loose: list[str] = []  # ids to leave on empty anchors
        self.tail = 2  # where they go when no text follows: after the last text, or else just inside the block
        self.mark = 0  # the place of the last mark written
        self.bars = self.most = 0  # the place of the first mark of a run of bars, and their greatest number

    def draw(self) -> str:
        position = self.block.offset
        for index, piece in enumerate(self.block.pieces):
            if index % 2 or not piece:
                self.written.append(piece)
                continue
            if is_layout_space(self.block.pieces, index):
                self.written.append(piece)
            else:
                self.write(piece, position)
            position += len(piece)
        self.finish(position)
        return "".join(self.written)

    def write(self, piece: str, start: int) -> None:
        position, end = start, start + len(piece)
        while position < end:
            self.turn(position)
            upto = min(self.opening[-1].start, self.closing[-1].end, end)
            self.segment(piece[position - start : upto - start])
            position = upto
        self.tail = len(self.written)

    def turn(self, position: int) -> None:
        """Close and open what ends and begins up to this position."""
        if self.closing[-1].end > position and self.opening[-1].start > position:
            return
        while self.closing[-1].end <= position:
            self.close(self.closing.pop())
        while self.opening[-1].start <= position:
            self.open(self.opening.pop(), position)
        ids, hues = self.lanes.ids, self.lanes.hues
        self.head = f'<mark data-highlights="{" ".join(ids)}" class="{"".join(hues)}depth-{min(len(ids), BARS)}"'

    def close(self, span: Span) -> None:
        if self.lanes.remove(span) and self.mark:
            self.written[self.mark] = self.written[self.mark][:-1] + ' data-end="">'

    def open(self, span: Span, position: int) -> None:
        begins = span.start >= self.block.offset - 1  # the line feed before a block may be where it begins
        if span.end > position:
            self.lanes.add(span)
            if begins:
                self.fresh.append(span)
        elif begins:
            self.loose.append(span.id)

    def segment(self, text: str) -> None:
        first = self.first() if self.fresh else ""
        if self.loose:
            self.anchor()
        depth = len(self.lanes.ids)
        if depth:
            self.mark = len(self.written)
            self.written += (f"{self.head}{first}>", text, "</mark>")
        else:
            self.written.append(text)
        if depth >= BARS or self.bars:
            self.count(depth)

    def first(self) -> str:
        """Return what the first mark of a highlight carries; others that begin with it leave their ids before the mark."""
        first, *others = self.fresh
        self.loose += [span.id for span in others]
        labels = "; ".join([attribute(span.label) for span in self.fresh if span.label])
        self.fresh = []
        named = f' data-label="{labels}"' if labels else ""
        return f' id="h-{first.id}" tabindex="0" aria-details="card-{first.id}"{named}'

    def anchor(self) -> None:
        self.written += [_anchor(id) for id in self.loose]
        self.loose = []

    def count(self, depth: int) -> None:
        """Give the first mark of a run of bars their greatest number, once the run is over."""
        if depth >= BARS:
            self.bars = self.bars or self.mark
            self.most = max(self.most, depth)
        else:
            bars = f'depth-{BARS} bars" data-depth="{self.most}"'
            self.written[self.bars] = self.written[self.bars].replace(f'depth-{BARS}"', bars, 1)
            self.bars = self.most = 0

    def finish(self, position: int) -> None:
        self.turn(position + 1)
        if self.bars:
            self.count(0)
        self.loose += [span.id for span in self.fresh if span.start < position]
        self.written[self.tail : self.tail] = [_anchor(id) for id in self.loose]


def _anchor(id: str) -> str:
    return f'<span id="h-{id}"></span>'


@lru_cache(1024)
def attribute(label: str) -> str:
    return escape(" ".join(CONTROL.sub(" ", label).split()))
