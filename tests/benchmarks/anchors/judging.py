"""Right or wrong: an answer held against what the script says became of the passage."""

from typing import NamedTuple

from annotations.anchoring.placement import Placement
from benchmarks.anchors.bounds import is_well_drawn
from benchmarks.anchors.fates import Fate, fate_of
from benchmarks.anchors.script import Script
from benchmarks.anchors.units import Span
from benchmarks.anchors.wording import MARK_AFTER, MARK_BEFORE, MARKS, reads_alike


class Verdict(NamedTuple):
    """What became of a passage by the script, and what to say of the answer.

    `found`: it stands where the answer says, and the answer says whether its words changed.
    `offered`: no place is given, but the right one is proposed.
    `missed`: neither, though at least half of the passage still stands.
    `rightly gone`: less than half still stands, and no place is given.
    `falsely edited`: no word of the passage changed, but the answer says so.
    `misplaced`: given as edited, but drawn around too few words, too many, or others.
    `wrong`: given as `same` or `moved`, and not so. This is what must never be.
    """

    fate: Fate
    outcome: str
    unseen: bool = False  # a figure, a name or a negation changed within, and the answer does not say so
    unquoted: bool = (
        False  # it began or ended with a quotation mark, the new text has one there, and the answer leaves it out
    )


def judged(script: Script, span: Span, answer: Placement) -> Verdict:
    return verdict_on(script, span, answer)._replace(unquoted=is_unquoted(script, span, answer))


def verdict_on(script: Script, span: Span, answer: Placement) -> Verdict:
    fate = fate_of(script, *script.old.range_of(*span))
    if answer.state in {"same", "moved"}:
        return Verdict(fate, "found" if is_right(script, fate, answer) else "wrong")
    if answer.state == "edited":
        outcome = edited(script, fate, answer)
        return Verdict(fate, outcome, outcome == "found" and not answer.material and matters(script, fate))
    if fate.kind == "lost":
        return Verdict(fate, "rightly gone")
    return Verdict(fate, "offered" if any(offers(script, fate, place) for place in answer.proposals) else "missed")


def is_right(script: Script, fate: Fate, answer: Placement) -> bool:
    """Whether the very words of the passage stand there, and are those that the script kept.

    Where only some of them were kept, and the others stand beside them all the same, nobody can tell which were kept.
    """
    first, last = script.new.range_of(answer.start, answer.end)
    if not fate.pieces or not reads_alike(script.new.letters[first:last], script.old.letters[fate.first : fate.last]):
        return False
    begin, end = fate.pieces[0], fate.pieces[-1]
    has_beginning = begin.old == fate.first and begin.new == first
    has_end = end.old_end == fate.last and end.new_end == last
    return has_beginning or has_end or all(first <= piece.new and piece.new_end <= last for piece in fate.pieces)


def edited(script: Script, fate: Fate, answer: Placement) -> str:
    first, last = script.new.range_of(answer.start, answer.end)
    if fate.is_whole and not fate.is_touched:
        return "falsely edited"
    return "found" if is_well_drawn(script, fate, first, last) else "misplaced"


def matters(script: Script, fate: Fate) -> bool:
    """Whether something that matters changed in the passage, and did not only go with its beginning or its end."""
    return any(fate.first <= start and end <= fate.last and fate.first < end for start, end in script.material)


def offers(script: Script, fate: Fate, place: Span) -> bool:
    """Whether most of what is left of the passage stands there, without much around it."""
    first, last = script.new.range_of(*place)
    inside = sum(max(min(last, piece.new_end) - max(first, piece.new), 0) for piece in fate.pieces)
    length = fate.last - fate.first
    return 2 * inside >= sum(piece.length for piece in fate.pieces) and last - first <= 3 * length + 40


def is_unquoted(script: Script, span: Span, answer: Placement) -> bool:
    """Whether the passage began or ended with a quotation mark, and the answer leaves out the one that stands there."""
    old, new, (start, end) = script.old.text, script.new.text, span
    if answer.start == answer.end:
        return False
    loses_first = old[start] in MARKS and MARK_BEFORE.search(new[: answer.start])
    loses_last = old[end - 1] in MARKS and MARK_AFTER.match(new[answer.end :])
    return bool(loses_first and new[answer.start] not in MARKS) or bool(loses_last and new[answer.end - 1] not in MARKS)
