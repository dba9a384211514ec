"""The pen that draws one block: it walks the pieces of text and opens a flat mark wherever a set of highlights begins."""

import re
from bisect import insort
from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from annotations.marking.lanes import LANES, lanes

if TYPE_CHECKING:
    from annotations.marking.highlighter import Span

HUE_CLASSES = [[f"hue-{hue}{lane} " for hue in range(13)] for lane in ("", "-b", "-c", "-d")] + [[""] * 13]
CODE_POINT = re.compile("&(?:amp|lt|gt);|.", re.DOTALL)
BLOCK_TAG = "(?:p|h[1-6]|blockquote|ul|ol|li|dl|dt|dd|table|caption|thead|tbody|tfoot|tr|th|td)"
# Space inside pre is text that shows; space beside it is not: hence the difference between its two tags.
OPENS_SPACE = re.compile(rf"</?{BLOCK_TAG}\b|</pre\b")
CLOSES_SPACE = re.compile(rf"</?{BLOCK_TAG}\b|<pre\b")


Turns = dict[int, list["Stroke"]]


class Block(NamedTuple):
    """A top-level block: its html, that html as text, tag, text, tag ... text, and where its text stands (code points)."""

    html: str
    pieces: list[str]
    offset: int
    length: int


class Stroke(NamedTuple):
    """What one highlight draws in one block; strokes compare by lane, then by order."""

    lane: int
    order: int
    id: str
    hue: str
    label: str
    begins: bool
    ends: bool


def draw(block: Block, spans: "list[Span]") -> str:
    """Return the html of the block with the spans drawn; they come sorted by start, the longer first."""
    return Pen(block, spans).draw() if spans else block.html


class Pen:
    """The state of one walk over a block; positions are code points from the beginning of the block."""

    def __init__(self, block: Block, spans: "list[Span]"):
        self.pieces = block.pieces
        self.written: list[str] = []
        self.active: list[Stroke] = []
        self.fresh: list[Stroke] = []  # begun, not drawn yet
        self.loose: list[str] = []  # ids that found no character to stand on
        self.tail = 2  # where a loose id can stand when no text follows: after the last text drawn
        self.end_slot = self.bars_slot = self.most = 0
        self.opening, self.closing, self.empty = _turns(block, spans)
        self.turns = sorted({*self.opening, *self.closing}, reverse=True)

    def draw(self) -> str:
        position = 0
        for index, piece in enumerate(self.pieces):
            if index % 2 or not piece:
                self.written.append(piece)
            elif self.is_layout(index):
                self.written.append(piece)
                position += len(piece)
            else:
                position = self.write(piece, position)
        self.finish()
        return "".join(self.written)

    def is_layout(self, index: int) -> bool:
        """Say whether a text is only the space between two blocks, where a mark would be invalid or draw an empty line."""
        if self.pieces[index].strip(" \n") or not 0 < index < len(self.pieces) - 1:
            return False
        before, after = self.pieces[index - 1], self.pieces[index + 1]
        return bool(OPENS_SPACE.match(before) or CLOSES_SPACE.match(after))

    def write(self, piece: str, start: int) -> int:
        points = CODE_POINT.findall(piece) if "&" in piece else piece
        position, end = start, start + len(points)
        self.turn(position)
        while self.turns and self.turns[-1] < end:
            upto = self.turns[-1]
            self.segment("".join(points[position - start : upto - start]))
            position = upto
            self.turn(position)
        self.segment("".join(points[position - start :]))
        self.tail = len(self.written)
        return end

    def turn(self, position: int) -> None:
        """Close and open what ends and begins up to this position."""
        while self.turns and self.turns[-1] <= position:
            turn = self.turns.pop()
            for stroke in self.closing.get(turn, ()):
                self.close(stroke)
            for stroke in self.opening.get(turn, ()):
                self.open(stroke)
        while self.empty and self.empty[-1][0] <= position:
            self.loose.append(self.empty.pop()[1])

    def open(self, stroke: Stroke) -> None:
        insort(self.active, stroke)
        if stroke.begins:
            self.fresh.append(stroke)

    def close(self, stroke: Stroke) -> None:
        if stroke in self.active:
            self.active.remove(stroke)
        if stroke in self.fresh:
            self.fresh.remove(stroke)
            self.loose.append(stroke.id)
        elif stroke.ends and self.end_slot:
            self.written[self.end_slot] = ' data-end="">'

    def segment(self, text: str) -> None:
        if self.loose:
            self.anchor()
        if not self.active:
            self.written.append(text)
            return self.end_bars()
        ids = " ".join([stroke.id for stroke in self.active])
        hues = "".join([stroke.hue for stroke in self.active])
        depth = len(self.active)
        if self.fresh:
            first = self.first()
        else:
            first = ""
        head = f'<mark data-highlights="{ids}" class="{hues}depth-{min(depth, LANES)}'
        self.written += (head, '"', first, ">", text, "</mark>")
        self.end_slot = len(self.written) - 3
        self.count(depth)

    def anchor(self) -> None:
        self.written += [f'<span id="h-{id}"></span>' for id in self.loose]
        self.loose = []

    def first(self) -> str:
        """Return what the first mark of a highlight carries; others that begin with it leave their ids before the mark."""
        stroke, *others = self.fresh
        self.loose = [other.id for other in others]
        self.anchor()
        label = "; ".join([other.label for other in self.fresh if other.label])
        self.fresh = []
        named = f' data-label="{label}"' if label else ""
        return f' id="h-{stroke.id}" tabindex="0" aria-details="card-{stroke.id}"{named}'

    def count(self, depth: int) -> None:
        """Give the first mark of a run of four or more its bars, and their number once the run has ended."""
        if depth < LANES:
            return self.end_bars()
        if not self.bars_slot:
            self.bars_slot = len(self.written) - 5
        self.most = max(self.most, depth)

    def end_bars(self) -> None:
        if self.bars_slot:
            self.written[self.bars_slot] = f' bars" data-depth="{self.most}"'
            self.bars_slot = self.most = 0

    def finish(self) -> None:
        self.turn(sum(len(piece) for piece in self.pieces))
        self.end_bars()
        self.written[self.tail : self.tail] = [f'<span id="h-{id}"></span>' for id in self.loose]


def _turns(block: Block, spans: "list[Span]") -> tuple[Turns, Turns, list[tuple[int, str]]]:
    """Return the strokes by where they open and by where they close, and the empty ones' places and ids, last first."""
    opening: Turns = defaultdict(list)
    closing: Turns = defaultdict(list)
    empty = []
    offset, length = block.offset, block.length
    for order, (span, lane) in enumerate(zip(spans, lanes(spans), strict=True)):
        start, end = span.start - offset, span.end - offset
        if start == length and end > length + 1:
            continue  # it begins with the line feed between two blocks: in the next one
        if start >= length or start == end:
            empty.append((start, escape(span.id)))
            continue
        label = escape(" ".join(span.label.split()))
        stroke = Stroke(lane, order, escape(span.id), HUE_CLASSES[lane][span.hue], label, start >= -1, end <= length + 1)
        opening[max(start, 0)].append(stroke)
        closing[min(end, length)].append(stroke)
    return opening, closing, empty[::-1]
