"""Moving one end of a passage without a selection."""

import re

from newsreader.text.language.sentences import split_sentences
from newsreader.text.translation import gettext as _

WORD = re.compile(r"\S+")
# name of the move -> (which end, direction, unit)
MOVES = {
    f"{end}-{direction}-{unit}": (end, direction, unit)
    for end in ("start", "end")
    for direction in ("back", "on")
    for unit in ("word", "sentence")
}


def move_end(text: str, start: int, end: int, move: str) -> tuple[int, int]:
    """Return the passage with one end moved by a word or a sentence; `move` is such as "start-back-word".

    ValueError, with a sentence for people, if nothing would be left.
    """
    if move not in MOVES:
        raise ValueError(_("Unknown adjustment."))
    which, direction, unit = MOVES[move]
    limits = list_limits(text, which, unit)
    if which == "start":
        start = find_next(limits, start, direction)
    else:
        end = find_next(limits, end, direction)
    if start >= end:
        raise ValueError(_("The highlight would be empty."))
    return start, end


def list_limits(text: str, which: str, unit: str) -> list[int]:
    """Return where the words or the sentences of the text start, or where they end (code points)."""
    spans = [match.span() for match in WORD.finditer(text)] if unit == "word" else split_sentences(text)
    return [start if which == "start" else end for start, end in spans]


def find_next(limits: list[int], place: int, direction: str) -> int:
    """Return the nearest of the limits in this direction; the place itself where there is none."""
    if direction == "back":
        return max([limit for limit in limits if limit < place], default=place)
    return min([limit for limit in limits if limit > place], default=place)
