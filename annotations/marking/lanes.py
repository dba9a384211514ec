"""Lanes: which line of a mark belongs to which highlight, so that a line never jumps while its highlight lasts."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotations.marking.highlighter import Span

LANES = 4  # lines and bars that can be drawn; a highlight that finds them all taken has none


def lanes(spans: "Iterable[Span]") -> list[int]:
    """Return the lane (0-3, or LANES for none) of each span; they come in order of their starts, the longer first."""
    free_at = [-1] * LANES
    return [_take(free_at, span.start, span.end) for span in spans]


def _take(free_at: list[int], start: int, end: int) -> int:
    for lane, free in enumerate(free_at):
        if free <= start:
            free_at[lane] = end
            return lane
    return LANES
