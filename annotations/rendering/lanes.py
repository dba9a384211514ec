"""Lanes: each highlight keeps one line of a mark for its whole length in a block, so a line never jumps."""

from bisect import bisect_left
from itertools import count

from annotations.rendering.spans import Span

LANE_SUFFIXES = ("", "-b", "-c", "-d")
HUE_CLASSES = [[f"hue-{hue}{suffix} " for hue in range(13)] for suffix in LANE_SUFFIXES]


class Lanes:
    """The highlights that cover one place: their lanes in the order they begin, and their lines sorted by lane.

    Those that found every lane taken come after the others, without a line.
    """

    def __init__(self) -> None:
        self.free = list(range(len(LANE_SUFFIXES)))
        self.overflow = count(len(LANE_SUFFIXES))
        self.lane_by_id: dict[str, int] = {}
        self.taken: list[int] = []
        self.hues: list[str] = []

    def add(self, span: Span) -> None:
        """Give the span the lowest free lane, or no line where all are taken."""
        lane = min(self.free) if self.free else next(self.overflow)
        if self.free:
            self.free.remove(lane)
        self.lane_by_id[span.id] = lane
        index = bisect_left(self.taken, lane)
        self.taken.insert(index, lane)
        self.hues.insert(index, HUE_CLASSES[lane][span.hue] if lane < len(LANE_SUFFIXES) else "")

    def remove(self, span: Span) -> bool:
        """Free the lane of the span; return whether it had one."""
        lane = self.lane_by_id.pop(span.id, None)
        if lane is None:
            return False
        index = bisect_left(self.taken, lane)
        del self.taken[index], self.hues[index]
        if lane < len(LANE_SUFFIXES):
            self.free.append(lane)
        return True
