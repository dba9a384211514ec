"""Whether a passage said to be edited is drawn where it is: around what is left of it, and not around more."""

from typing import NamedTuple

from benchmarks.anchors.fates import Fate, solid
from benchmarks.anchors.script import Run, Script

LEAST = 1 / 3  # of what is left has to be within, where it was torn apart


class Part(NamedTuple):
    """What is left of a passage in one run: all of it, and its whole words, as letters of the new text."""

    run: int
    piece: Run
    start: int
    end: int

    @property
    def is_solid(self) -> bool:
        return self.start < self.end

    def is_within(self, first: int, last: int) -> bool:
        return self.start < last and self.end > first


def is_well_drawn(script: Script, fate: Fate, first: int, last: int) -> bool:
    """Whether `first` to `last` of the new letters may be said to be the passage.

    It holds every whole word that is left, but where the passage was torn apart a part of it will do. It begins and ends with
    these, or with what was put in the place of those that went before and after them.
    """
    parts = parts_of(script, fate)
    within = [part for part in parts.values() if part.is_solid and part.is_within(first, last)]
    if not within:
        return not fate.pieces and stands_for(script, fate, first, last)
    if is_too_little(script, fate, parts, within):
        return False
    begin, end = min(within, key=lambda part: part.start), max(within, key=lambda part: part.end)
    begins_well = least(script, fate, parts, begin) <= first <= begin.start
    return begins_well and end.end <= last <= most(script, fate, parts, end)


def parts_of(script: Script, fate: Fate) -> dict[int, Part]:
    """The parts by the numbers of their runs; where none has a whole word, all count as if they had."""
    parts = {}
    for run, piece in zip(fate.runs, fate.pieces, strict=True):
        start, end = (place - piece.old + piece.new for place in solid(script, piece, fate.first, fate.last))
        parts[run] = Part(run, piece, start, end)
    if any(part.is_solid for part in parts.values()):
        return parts
    return {run: part._replace(start=part.piece.new, end=part.piece.new_end) for run, part in parts.items()}


def is_too_little(script: Script, fate: Fate, parts: dict[int, Part], within: list[Part]) -> bool:
    lengths = [part.piece.length for part in parts.values() if part.is_solid]
    if sum(part.piece.length for part in within) < min(LEAST * sum(lengths), max(lengths)):
        return True
    beside = [(part, parts.get(part.run + step)) for part in within for step in (-1, 1)]
    missing = [(part, other) for part, other in beside if other and other.is_solid and other not in within]
    return any(are_together(script, fate, min(part.run, other.run)) for part, other in missing)


def are_together(script: Script, fate: Fate, run: int) -> bool:
    """Whether this run and the next still follow one another, with no more put in between than the passage is long."""
    start, end = script.gap_after(run)
    return script.follows(run) and end - start <= fate.last - fate.first


def least(script: Script, fate: Fate, parts: dict[int, Part], part: Part) -> int:
    """The first letter that the passage may begin with, if the first whole words in it are these."""
    while (before := parts.get(part.run - 1)) and not before.is_solid and script.follows(before.run):
        part = before
    has_beginning = part.piece.old == fate.first
    return script.new.word_start(part.piece.new if has_beginning else script.gap_before(part.run)[0])


def most(script: Script, fate: Fate, parts: dict[int, Part], part: Part) -> int:
    """The last letter, exclusive, that the passage may end with, if the last whole words in it are these."""
    while (after := parts.get(part.run + 1)) and not after.is_solid and script.follows(part.run):
        part = after
    has_end = part.piece.old_end == fate.last
    return script.new.word_end(part.piece.new_end if has_end else script.gap_after(part.run)[1])


def stands_for(script: Script, fate: Fate, first: int, last: int) -> bool:
    """Whether it lies in what was put in the place of a passage of which nothing is left."""
    index = fate.runs.start
    if not script.runs or (0 < index < len(script.runs) and not script.follows(index - 1)):
        return False
    start, end = script.gap_before(index) if index < len(script.runs) else script.gap_after(index - 1)
    return start < end and script.new.word_start(start) <= first and last <= script.new.word_end(end)
