"""An article as a line with its highlights where they stand, as SVG."""

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

LANE_OFFSETS = (7, 3, -1)  # pixels from the top of each lane, the lowest first; what needs a fourth is not drawn
MIN_BAR_WIDTH = 0.8  # per cent: narrower than this nobody sees it


class Bar(NamedTuple):
    """A highlight on the line; x and width in per cent of the text."""

    hue: int
    lane: int
    x: float
    width: float


def render_minimap(length: int, strokes: Iterable[tuple[int, int, int]], label: str) -> str:
    """Return the line of a text of `length` code points with its (start, end, hue) strokes, which come in reading order."""
    bars = "".join(map(render_bar, make_bars(length, strokes)))
    line = '<line x1="0" x2="100%" y1="11.5" y2="11.5"/>'
    return f'<svg class="strip" role="img" aria-label="{escape(label)}">{line}{bars}</svg>'


def render_bar(bar: Bar) -> str:
    """Return the bar as an SVG element."""
    y = LANE_OFFSETS[bar.lane]
    return f'<rect class="hue-{bar.hue}" x="{bar.x:.4g}%" y="{y}" width="{bar.width:.4g}%" height="3"/>'


def make_bars(length: int, strokes: Iterable[tuple[int, int, int]]) -> list[Bar]:
    """Return a bar for each stroke, in the lowest lane that is free where it begins."""
    lane_ends = [0.0] * len(LANE_OFFSETS)
    bars = []
    for start, end, hue in strokes:
        x = min(start / max(length, 1) * 100, 100 - MIN_BAR_WIDTH)
        width = max(min(end / max(length, 1) * 100, 100) - x, MIN_BAR_WIDTH)
        lane = next((lane for lane, lane_end in enumerate(lane_ends) if lane_end <= x), None)
        if lane is not None:
            lane_ends[lane] = x + width
            bars.append(Bar(hue, lane, x, width))
    return bars
