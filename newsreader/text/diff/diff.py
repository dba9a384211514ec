"""What became of a text: which words still stand, in order or elsewhere, and which were put in and taken out."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from newsreader.text.diff.alignment import Run, ahead, behind, gaps_of, runs_of
from newsreader.text.diff.shift import settled
from newsreader.text.diff.significance import Scale, trusted
from newsreader.text.diff.tokens import Row, parts_in, plain, rows_of

MOVES_MOST = 1_000
LOOKS_MOST = 5_000


class Piece(NamedTuple):
    """A stretch of the old text (start, end) and what stands for it in the new, in code points.

    `same` ones have the same words, with other white space, quotation marks and dashes at most.
    """

    same: bool
    start: int
    end: int
    new_start: int
    new_end: int


class Alignment(NamedTuple):
    """Two texts as rows of words: the runs that stand in order, and those that stand elsewhere, each just once."""

    old: Row
    new: Row
    runs: list[Run]
    moved: list[Run]
    scale: Scale

    def turned(self) -> "Alignment":
        """The same from the new to the old."""
        return Alignment(
            self.new, self.old, list(map(turn, self.runs)), sorted(map(turn, self.moved)), self.scale.turned()
        )


def align(old: str, new: str) -> Alignment:
    """The alignment of two texts; the one of the new to the old is its mirror image."""
    if (len(old), old) > (len(new), new):
        return _align(new, old).turned()
    return _align(old, new)


@lru_cache(maxsize=4)
def _align(old: str, new: str) -> Alignment:
    olds, news = rows_of(old, new)
    scale = Scale(olds, news)
    runs = settled(trusted(runs_of(olds.code, news.code), olds.code, news.code, scale), olds, news)
    return Alignment(olds, news, runs, moved_runs(olds.code, news.code, runs, scale), scale)


def turn(run: Run) -> Run:
    return Run(run.new, run.old, run.length)


def moved_runs(old: str, new: str, runs: list[Run], scale: Scale) -> list[Run]:
    """What stands in no run of those in order, but elsewhere, in the order of the old; both texts have it just once."""
    gaps = gaps_of(runs, len(old), len(new))
    olds, news = [gap[:2] for gap in gaps if gap.old < gap.old_end], [gap[2:] for gap in gaps if gap.new < gap.new_end]
    there = {new[place]: place for start, end in news for place in range(start, end) if new[place] in scale.single}
    found: list[Run] = []
    for start, end in olds:
        for place in [place for place in range(start, end) if old[place] in there]:
            is_known = found and found[-1].old <= place < found[-1].old_end
            if not is_known and len(found) < LOOKS_MOST:
                found.append(grown(old, new, Run(place, there[old[place]], 1), (start, end), news))
    telling = [run for run in found if scale.is_telling(old[run.old : run.old_end])]
    return sorted(sorted(telling, key=lambda run: -run.length)[:MOVES_MOST])


def grown(old: str, new: str, run: Run, stretch: tuple[int, int], news: list[tuple[int, int]]) -> Run:
    """The run with all that is alike before and after it, within these stretches."""
    start, end = news[bisect_right(news, (run.new, len(new))) - 1]
    back = behind(old, run.old, stretch[0], new, run.new, start)
    return Run(run.old - back, run.new - back, back + ahead(old, run.old, stretch[1], new, run.new, end))


def pieces(old: str, new: str) -> list[Piece]:
    """The two texts in pieces, in order, by turns the same and changed; together they cover both."""
    cut: list[Piece] = []
    alignment = align(old, new)
    for piece in [stretch(alignment, run) for run in alignment.runs]:
        cut += [*changed(cut, piece, old, new), piece]
    cut += changed(cut, Piece(True, len(old), len(old), len(new), len(new)), old, new)
    return list(touching(cut, old, new))


def moves(old: str, new: str) -> list[Piece]:
    """What stands elsewhere in the new text, word for word, in the order of the old."""
    alignment = align(old, new)
    return [stretch(alignment, run) for run in alignment.moved]


def stretch(alignment: Alignment, run: Run) -> Piece:
    olds, news = alignment.old.spans, alignment.new.spans
    return Piece(True, olds[run.old][0], olds[run.old_end - 1][1], news[run.new][0], news[run.new_end - 1][1])


def changed(before: list[Piece], piece: Piece, old: str, new: str) -> list[Piece]:
    """The piece that stands between the last one and this, without what does not count at its ends; none where that is all."""
    last = before[-1] if before else Piece(True, 0, 0, 0, 0)
    start, end = bare(old, last.end, piece.start)
    new_start, new_end = bare(new, last.new_end, piece.new_start)
    return [Piece(False, start, end, new_start, new_end)] if start < end or new_start < new_end else []


def bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch from its first word to its last, with the signs directly at them; where there is no word, an empty one."""
    words = [slice_ for slice_ in parts_in(text, start, end) if not text[slice_].isspace()]
    counted = [index for index, slice_ in enumerate(words) if plain(text[slice_])]
    if not counted:
        return (end, end) if text[start:end][-1:].isspace() or start == end else (start, start)
    first, last = counted[0], counted[-1]
    while first and words[first - 1].stop == words[first].start:
        first -= 1
    while last + 1 < len(words) and words[last].stop == words[last + 1].start:
        last += 1
    return words[first].start, words[last].stop


def touching(cut: list[Piece], old: str, new: str) -> Iterator[Piece]:
    """The pieces with the space between them given to those that are the same."""
    start = new_start = 0
    for index, piece in enumerate(cut):
        if not piece.same:
            if index == 0 and (piece.start or piece.new_start):
                yield Piece(True, 0, piece.start, 0, piece.new_start)
            yield piece
            start, new_start = piece.end, piece.new_end
            continue
        following = cut[index + 1] if index + 1 < len(cut) else None
        end, new_end = (following.start, following.new_start) if following else (len(old), len(new))
        yield Piece(True, start, end, new_start, new_end)
        start, new_start = end, new_end
    if (start, new_start) != (len(old), len(new)):
        yield Piece(True, start, len(old), new_start, len(new))
