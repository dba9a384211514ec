"""A text that is being edited, which remembers for each of its characters where in the old text it comes from."""

from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import NamedTuple


class Impossible(Exception):
    """This edit cannot be made in this text, or nobody could tell from the texts what was done."""


class Kept(NamedTuple):
    """A stretch of the old text that still stands."""

    start: int
    end: int


class Put(NamedTuple):
    """Words that were put in."""

    text: str


Segment = Kept | Put


class Document:
    """Segments in the order of the new text; every verb takes offsets into the text as it stands at that moment."""

    def __init__(self, old: str):
        self.old = self.text = old
        self.segments: list[Segment] = [Kept(0, len(old))]
        self.sources: list[Kept] = []  # what was copied: of the copies the one that stood there before is the original
        self.material: list[tuple[int, int]] = []  # places of the old text where a figure, a name or a negation changed
        self.focus: list[tuple[int, int]] = []  # passages of the old text that a reader is to have highlighted

    def begin_with(self, old: str) -> None:
        """Take this for the old text, before it is edited."""
        self.old = self.text = old
        self.segments = [Kept(0, len(old))]

    def replace(self, changes: Iterable[tuple[int, int, str]]) -> None:
        """Each (start, end, words): these words for what stands there. None may overlap another."""
        written: list[Segment] = []
        last = 0
        for start, end, words in sorted(changes):
            written += [*self.between(last, start), Put(words)]
            last = end
        self.settle([*written, *self.between(last, len(self.text))])

    def put(self, at: int, words: str, pad: str) -> None:
        """Puts words in, with `pad` around them where there is no white space yet."""
        self.lay(at, [Put(words)], pad)

    def copy(self, start: int, end: int, to: int, pad: str) -> None:
        """Puts in what stands from start to end once more; that must be a stretch of the old text in one piece."""
        piece = self.between(start, end)
        if len(piece) != 1 or not isinstance(piece[0], Kept):
            raise Impossible
        self.sources.append(piece[0])
        self.put(to, self.text[start:end], pad)

    def move(self, start: int, end: int, to: int, pad: str) -> None:
        """Takes out what stands from start to end and puts it in at `to`, outside of it."""
        piece = self.between(start, end)
        self.settle([*self.between(0, start), *self.between(end, len(self.text))])
        self.lay(to if to <= start else to - (end - start), piece, pad)

    def lay(self, at: int, piece: list[Segment], pad: str) -> None:
        words = self.written(piece)
        before = pad if at and not self.text[at - 1].isspace() and not words[:1].isspace() else ""
        after = pad if not self.text[at : at + 1].isspace() and not words[-1:].isspace() else ""
        whole = [Put(before), *piece, Put(after)]
        self.settle([*self.between(0, at), *whole, *self.between(at, len(self.text))])

    def between(self, start: int, end: int) -> list[Segment]:
        """The segments from one offset to another, those at the ends cut."""
        cut: list[Segment] = []
        ends = accumulate(map(length, self.segments), initial=0)
        for segment, (begins, stops) in zip(self.segments, pairwise(ends), strict=True):
            if begins < end and stops > start:
                cut.append(clipped(segment, max(start - begins, 0), min(end, stops) - begins))
        return cut

    def settle(self, segments: list[Segment]) -> None:
        self.segments = [segment for segment in segments if length(segment)]
        self.text = self.written(self.segments)

    def written(self, segments: list[Segment]) -> str:
        return "".join([part.text if isinstance(part, Put) else self.old[part.start : part.end] for part in segments])

    def origin(self, start: int, end: int) -> tuple[int, int] | None:
        """Where in the old text these characters come from; None if not from one place there."""
        piece = self.between(start, end)
        return tuple(piece[0]) if len(piece) == 1 and isinstance(piece[0], Kept) else None


def length(segment: Segment) -> int:
    return len(segment.text) if isinstance(segment, Put) else segment.end - segment.start


def clipped(segment: Segment, start: int, end: int) -> Segment:
    if isinstance(segment, Put):
        return Put(segment.text[start:end])
    return Kept(segment.start + start, segment.start + end)
