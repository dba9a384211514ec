"""What became of a passage, by the script alone."""

from typing import NamedTuple

from benchmarks.anchors.doubts import is_undecided
from benchmarks.anchors.script import Run, Script


class Fate(NamedTuple):
    """Letters of the old text and what is left of them in the new.

    kind: `whole` (all in one piece), `edited` (at least half of the words), `lost` (less), `undecided` (two answers are
    equally good, see `doubts`). `pieces`: what is left, in the order of the old text, each a part of the run in `runs`.
    `share`: how much of the words changed. `is_touched`: words differ, if only one that the passage has a part of, or they
    were run together.
    """

    first: int
    last: int
    kind: str
    runs: range
    pieces: list[Run]
    share: float = 0.0
    is_touched: bool = False

    @property
    def is_whole(self) -> bool:
        return len(self.pieces) == 1 and self.pieces[0].length == self.last - self.first


def fate_of(script: Script, first: int, last: int) -> Fate:
    indexes, pieces = script.indexes(first, last), script.pieces(first, last)
    is_whole = len(pieces) == 1 and pieces[0].length == last - first
    is_doubtful = is_undecided(script, first, last)
    if is_whole and not is_touched(script, pieces[0]):
        return Fate(first, last, "undecided" if is_doubtful else "whole", indexes, pieces)
    words = max(script.old.count(first, last), 1)
    stand = sum(script.old.count(*solid(script, piece, first, last)) for piece in pieces)
    put = sum(script.new.count(*gap) for gap in gaps_within(script, indexes, first, last))
    share = max(words - stand, put) / words if is_in_order(script, indexes) else 1
    kind = "whole" if is_whole else "edited" if pieces and 2 * stand >= words else "lost"
    return Fate(first, last, "undecided" if is_doubtful else kind, indexes, pieces, share, True)


def is_touched(script: Script, piece: Run) -> bool:
    """Whether a word that the passage only has a part of changed, or other words begin than did."""
    old, new = script.old, script.new
    if old.begins[piece.old : piece.old_end + 1] != new.begins[piece.new : piece.new_end + 1]:
        return True
    start, end = old.word_start(piece.old), old.word_end(piece.old_end)
    new_start, new_end = new.word_start(piece.new), new.word_end(piece.new_end)
    return old.letters[start:end] != new.letters[new_start:new_end]


def is_in_order(script: Script, indexes: range) -> bool:
    return all(map(script.follows, indexes[:-1]))


def solid(script: Script, piece: Run, first: int, last: int) -> tuple[int, int]:
    """The letters of a piece without parts of words that changed; those at the ends of the passage count as whole."""
    start, end = piece.old, piece.old_end
    while start < end and not is_edge(script, piece, start, first):
        start += 1
    while end > start and not is_edge(script, piece, end, last):
        end -= 1
    return start, end


def is_edge(script: Script, piece: Run, letter: int, limit: int) -> bool:
    """Whether words begin at this letter in both texts; at the limits of a passage that has parts of words it need not."""
    if not script.old.begins[letter]:
        return letter == limit
    return bool(script.new.begins[piece.new + letter - piece.old])


def gaps_within(script: Script, indexes: range, first: int, last: int) -> set[tuple[int, int]]:
    """Where words were put in within the passage."""
    before = {script.gap_before(index) for index in indexes if script.runs[index].old > first}
    return before | {script.gap_after(index) for index in indexes if script.runs[index].old_end < last}
