"""Grapheme clusters: what a reader takes for one character, and no highlight may cut in two (UAX #29)."""

from collections.abc import Iterator

import regex

REACH = 1_000  # code points; what is longer is no character anybody reads, and looking further would take for ever
FLAGS = "".join(map(chr, range(0x1F1E6, 0x1F200)))  # regional indicators, two of which are one flag
CLUSTER = regex.compile(r"\X")
# \X joins a consonant to a linker with no consonant before it; the rule (GB9c) wants one, and browsers keep to it.
UNLINKED = regex.compile(r"\P{InCB=Consonant}++(?<=[\p{InCB=Extend}\p{InCB=Linker}\p{GCB=ZWJ}])(?=\p{InCB=Consonant})")
# Two code points that never belong to one cluster, whatever stands before them.
APART = regex.compile(
    r"[^\p{GCB=Prepend}\p{GCB=Extend}\p{GCB=ZWJ}]\p{GCB=Other}"
    r"|\p{GCB=Other}[^\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}]"
    r"|[\p{GCB=LV}\p{GCB=LVT}\p{GCB=V}\p{GCB=T}][\p{GCB=L}\p{GCB=LV}\p{GCB=LVT}]"
)


def floor(text: str, place: int) -> int:
    """Return where the character begins that the place (code points) stands in or before."""
    return cluster_around(text, place)[0]


def ceiling(text: str, place: int) -> int:
    """Return where the character ends that the place (code points) stands in or after."""
    return cluster_around(text, place)[1]


def is_inside(text: str, place: int) -> bool:
    """Say whether the place (code points) stands inside a grapheme cluster."""
    start, end = cluster_around(text, place)
    return start < end


def cluster_around(text: str, place: int) -> tuple[int, int]:
    """Return the start and end of the cluster that the place stands inside; the place twice where it is between two."""
    if not 0 < place < len(text) or are_apart(text, place):
        return place, place
    for start, end in clusters(text, boundary_before(text, place), place + REACH):
        if end >= place:
            return (start, end) if end > place else (place, place)
    return place, place


def clusters(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where each cluster of a stretch starts and ends; the stretch starts at a boundary."""
    for match in CLUSTER.finditer(text, start, end):
        cut = UNLINKED.match(text, *match.span())
        middle = cut.end() if cut else match.start()
        if cut:
            yield match.start(), middle
        yield middle, match.end()


def boundary_before(text: str, place: int) -> int:
    """Return the nearest place before this one that is a boundary for certain, or where the search for it ends."""
    least = max(place - REACH, 0)
    place -= 1
    while place > least and not are_apart(text, place):
        flags = count_flags(text, least, place) if text[place] in FLAGS else 0
        if flags > 1:
            return place - flags % 2
        place -= 1
    return place


def count_flags(text: str, start: int, end: int) -> int:
    """Return how many regional indicators stand right before the end of a stretch."""
    stretch = text[start:end]
    return len(stretch) - len(stretch.rstrip(FLAGS))


def are_apart(text: str, place: int) -> bool:
    """Say whether the code points on either side of the place tell by themselves that it is a boundary."""
    pair = text[place - 1 : place + 1]
    return pair != "\r\n" if pair.isascii() else bool(APART.fullmatch(pair))
