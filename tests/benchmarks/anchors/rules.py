"""The rules that are compared: each takes two texts and passages of the old, and says where they stand in the new."""

from collections import Counter
from collections.abc import Callable, Iterator

import edlib

from annotations.anchoring.placement import Placement
from annotations.anchoring.quotes import carry
from benchmarks.anchors.units import Span

Rule = Callable[[str, str, list[Span]], list[Placement]]
CODES = 255  # characters that edlib can tell apart, less one for all others


def best_fuzzy_match(old: str, new: str, spans: list[Span]) -> list[Placement]:
    """Where the quote can be had with the fewest characters changed, however many those are."""
    common = [character for character, _ in Counter(old + new).most_common()]
    if len(common) <= CODES:
        code = {character: number for number, character in enumerate(common, start=1)}
        target = coded(new, code)
        return [nearest_likeness(old[start:end], new, start, code, target) for start, end in spans]
    return [nearest_likeness(old[start:end], new, start) for start, end in spans]


def nearest_likeness(quote: str, new: str, start: int, code: dict | None = None, target: bytes = b"") -> Placement:
    """The first of the likest places; without a code one of the quote's own, with what is not in it as one character."""
    if code is None:
        code = {character: number for number, character in enumerate(sorted(set(quote)), start=1)}
        target = coded(new, code)
    first, last = edlib.align(coded(quote, code), target, mode="HW", task="locations")["locations"][0]
    return placed(start, first or 0, last + 1)


def coded(text: str, code: dict[str, int]) -> bytes:
    return bytes([code.get(character, 0) for character in text])


def exact_else_nearest(old: str, new: str, spans: list[Span]) -> list[Placement]:
    """The quote to the letter; of several the one nearest to where it stood; `gone` if there is none."""
    return [exact(old[start:end], new, start) for start, end in spans]


def exact(quote: str, new: str, start: int) -> Placement:
    place = min(occurrences(quote, new), key=lambda place: abs(place - start), default=None)
    return Placement("gone") if place is None else placed(start, place, place + len(quote))


def occurrences(quote: str, text: str) -> Iterator[int]:
    place = text.find(quote)
    while place >= 0:
        yield place
        place = text.find(quote, place + 1)


def placed(before: int, start: int, end: int) -> Placement:
    return Placement("same" if start == before else "moved", start, end)


RULES: dict[str, Rule] = {
    "ours: carry": carry,
    "best fuzzy match, no threshold": best_fuzzy_match,
    "exact quote, else nearest": exact_else_nearest,
}
