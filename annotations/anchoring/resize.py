"""Moving one end of a passage without a selection."""

import re

from newsreader.text.language.sentences import split_sentences

WORD = re.compile(r"\S+")
# name of the move -> (which end, which way, by what)
MOVES = {
    f"{end}-{way}-{unit}": (end, way, unit)
    for end in ("start", "end")
    for way in ("back", "on")
    for unit in ("word", "sentence")
}


def nudged(text: str, start: int, end: int, move: str) -> tuple[int, int]:
    """The passage with one end moved by a word or a sentence, such as "start-back-word"; ValueError if nothing would be left."""
    if move not in MOVES:
        raise ValueError("That is no way to move an end.")
    which, way, unit = MOVES[move]
    spans = [match.span() for match in WORD.finditer(text)] if unit == "word" else split_sentences(text)
    places = [span[0] if which == "start" else span[1] for span in spans]
    here = start if which == "start" else end
    there = (
        max([place for place in places if place < here], default=here)
        if way == "back"
        else min([place for place in places if place > here], default=here)
    )
    start, end = (there, end) if which == "start" else (start, there)
    if start >= end:
        raise ValueError("Nothing would be left of the passage.")
    return start, end
