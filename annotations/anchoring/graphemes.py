"""Grapheme clusters: what a reader takes for one character, and no highlight may cut in two (UAX #29)."""

from collections.abc import Callable
from functools import lru_cache

from uniseg.derived import InCB, indic_conjunct_break
from uniseg.emoji import extended_pictographic
from uniseg.graphemecluster import GCB, grapheme_cluster_break

REACH = 1_000  # code points; what is longer is no character anybody reads, and looking further would take for ever
FLAG_LETTERS = "".join(map(chr, range(0x1F1E6, 0x1F200)))
CONTROLS = {GCB.CONTROL, GCB.CR, GCB.LF}
STICKS = {GCB.EXTEND, GCB.ZWJ, GCB.PACINGMARK}
HANGUL = {
    GCB.L: {GCB.L, GCB.V, GCB.LV, GCB.LVT},
    GCB.LV: {GCB.V, GCB.T},
    GCB.V: {GCB.V, GCB.T},
    GCB.LVT: {GCB.T},
    GCB.T: {GCB.T},
}


def floor(text: str, place: int) -> int:
    """Return where the character begins that the place (code points) stands in or before."""
    least = max(place - REACH, 0)
    while place > least and is_inside(text, place):
        place -= 1
    return place


def ceiling(text: str, place: int) -> int:
    """Return where the character ends that the place (code points) stands in or after."""
    most = min(place + REACH, len(text))
    while place < most and is_inside(text, place):
        place += 1
    return place


def is_inside(text: str, place: int) -> bool:
    """Say whether the place stands inside a grapheme cluster, by the rules GB3 to GB13."""
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    if before.isascii() and after.isascii():
        return before == "\r" and after == "\n"
    left, right = kind(before), kind(after)
    if left in CONTROLS or right in CONTROLS:
        return False
    if right in STICKS or left == GCB.PREPEND or right in HANGUL.get(left, ()):
        return True
    return _joins_pictures(text, place) or _parts_a_flag(text, place) or _joins_consonants(text, place)


@lru_cache(4096)
def kind(character: str) -> GCB:
    return grapheme_cluster_break(character)


def _joins_pictures(text: str, place: int) -> bool:
    """GB11: picture, marks, joiner, then another picture."""
    if text[place - 1] != "\u200d" or not extended_pictographic(text[place]):
        return False
    first = _back(text, place - 2, lambda character: kind(character) == GCB.EXTEND)
    return first >= 0 and bool(extended_pictographic(text[first]))


def _parts_a_flag(text: str, place: int) -> bool:
    """GB12, GB13: a flag is two regional indicators, counted from the first of their run."""
    if text[place] not in FLAG_LETTERS:
        return False
    before = text[max(place - REACH, 0) : place]
    return (len(before) - len(before.rstrip(FLAG_LETTERS))) % 2 == 1


def _joins_consonants(text: str, place: int) -> bool:
    """GB9c: consonant, marks with a linker among them, then another consonant."""
    if indic_conjunct_break(text[place]) != InCB.CONSONANT:
        return False
    first = _back(text, place - 1, lambda character: indic_conjunct_break(character) in (InCB.EXTEND, InCB.LINKER))
    linked = any(indic_conjunct_break(character) == InCB.LINKER for character in text[first + 1 : place])
    return linked and first >= 0 and indic_conjunct_break(text[first]) == InCB.CONSONANT


def _back(text: str, place: int, passes: Callable[[str], bool]) -> int:
    """Return the nearest place, from here back, whose character does not pass; -1 before the first."""
    least = max(place - REACH, -1)
    while place > least and passes(text[place]):
        place -= 1
    return place
