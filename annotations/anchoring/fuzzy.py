"""Words that are nowhere any more: where something like them stands. It is only ever proposed, never chosen."""

from bisect import bisect_right
from itertools import accumulate

import edlib

from annotations.anchoring.graphemes import ceiling, floor

UNLIKE = 0.4  # of its characters may differ
LONGEST = 1_000  # code points of a quote that are compared
COST_MOST = 20_000_000  # code points of text for each 64 of a quote, in all the searches of one text
OFFERED = 3
WORD_MOST = 100  # code points to the end of a word


class Search:
    """Searches in stretches (start, end) of one text, together bounded."""

    def __init__(self, text: str, stretches: list[tuple[int, int]]):
        self.text, self.stretches = text, stretches
        self.folded = b"\0".join([folded(text[start:end]) for start, end in stretches])
        self.begins = list(accumulate([end - start + 1 for start, end in stretches], initial=0))[:-1]
        self.left = COST_MOST

    def like(self, quote: str) -> tuple[tuple[int, int], ...]:
        """The places most like the quote, three at most."""
        quote = quote[:LONGEST]
        self.left -= len(self.folded) * (1 + len(quote) // 64)
        if self.left < 0 or not self.folded or not quote:
            return ()
        asked, most = folded(quote), int(len(quote) * UNLIKE)
        ends = edlib.align(asked, self.folded, mode="HW", task="distance", k=most)["locations"][:OFFERED]
        return tuple(dict.fromkeys(self.place(self.begin(asked, last + 1), last + 1) for _, last in ends))

    def begin(self, asked: bytes, end: int) -> int:
        """Where what is most like the quote begins, given its end."""
        start = max(end - 2 * len(asked), 0)
        found = edlib.align(asked, self.folded[start:end], mode="HW", task="locations")["locations"]
        return start + next((first or 0 for first, last in found if start + last + 1 == end), 0)

    def place(self, first: int, last: int) -> tuple[int, int]:
        """A place among the stretches as one of the text, its first and last words whole."""
        index = bisect_right(self.begins, (first + last) // 2) - 1
        start, end = self.stretches[index]
        shift = start - self.begins[index]
        return whole(self.text, max(first + shift, start), min(last + shift, end))


def folded(text: str) -> bytes:
    """A byte for each character, the same one for the same; few share one with another."""
    return bytes([1 + ord(character) % 255 for character in text]) if not text.isascii() else text.encode()


def whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The place with its first and last words whole."""
    before, after = text[max(start - WORD_MOST, 0) : start], text[end : end + WORD_MOST]
    begins_within = start < end and not text[start].isspace()
    ends_within = start < end and not text[end - 1].isspace()
    start -= len(before) - max(map(before.rfind, " \n")) - 1 if begins_within else 0
    end += min([place for place in map(after.find, " \n") if place >= 0], default=len(after)) if ends_within else 0
    return floor(text, start), ceiling(text, end)
