"""Fuzzy search for a quote that stands nowhere any more; what it finds is only ever proposed, never chosen."""

from bisect import bisect_right
from itertools import accumulate

import edlib

from annotations.anchoring.graphemes import ceiling, floor

MAX_DIFFERING_SHARE = 0.4  # of the quote's characters
MAX_QUOTE_LENGTH = 1_000  # code points of a quote that are compared
MAX_SEARCH_COST = 20_000_000  # code points of text for each 64 of a quote, in all the searches of one text
MAX_MATCHES = 3
MAX_WORD_LENGTH = 100  # code points to the end of a word


class FuzzySearch:
    """Searches in (start, end) stretches of one text, bounded all together."""

    def __init__(self, text: str, stretches: list[tuple[int, int]]) -> None:
        self.text, self.stretches = text, stretches
        self.folded = b"\0".join([fold_characters(text[start:end]) for start, end in stretches])
        self.offsets = list(accumulate([end - start + 1 for start, end in stretches], initial=0))[:-1]
        self.remaining_cost = MAX_SEARCH_COST

    def find_similar(self, quote: str) -> tuple[tuple[int, int], ...]:
        """Return the (start, end) places most like the quote, at most three; none once the searches have cost too much."""
        quote = quote[:MAX_QUOTE_LENGTH]
        self.remaining_cost -= len(self.folded) * (1 + len(quote) // 64)
        if self.remaining_cost < 0 or not self.folded or not quote:
            return ()
        pattern, max_distance = fold_characters(quote), int(len(quote) * MAX_DIFFERING_SHARE)
        matches = edlib.align(pattern, self.folded, mode="HW", task="distance", k=max_distance)["locations"]
        ends = [last + 1 for _, last in matches[:MAX_MATCHES]]
        return tuple(dict.fromkeys(self.locate(self.find_start(pattern, end), end) for end in ends))

    def find_start(self, pattern: bytes, end: int) -> int:
        """Return where the match that ends there begins, among the folded stretches."""
        start = max(end - 2 * len(pattern), 0)
        matches = edlib.align(pattern, self.folded[start:end], mode="HW", task="locations")["locations"]
        return start + next((first or 0 for first, last in matches if start + last + 1 == end), 0)

    def locate(self, first: int, last: int) -> tuple[int, int]:
        """Return a place among the folded stretches as one of the text, its first and last words whole."""
        index = bisect_right(self.offsets, (first + last) // 2) - 1
        start, end = self.stretches[index]
        shift = start - self.offsets[index]
        return extend_to_words(self.text, max(first + shift, start), min(last + shift, end))


def fold_characters(text: str) -> bytes:
    """Return one byte for each character, the same one for the same character; few share one with another."""
    return bytes([1 + ord(character) % 255 for character in text]) if not text.isascii() else text.encode()


def extend_to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the place with its first and last words whole."""
    before, after = text[max(start - MAX_WORD_LENGTH, 0) : start], text[end : end + MAX_WORD_LENGTH]
    starts_in_word = start < end and not text[start].isspace()
    ends_in_word = start < end and not text[end - 1].isspace()
    start -= len(before) - max(map(before.rfind, " \n")) - 1 if starts_in_word else 0
    end += min([index for index in map(after.find, " \n") if index >= 0], default=len(after)) if ends_in_word else 0
    return floor(text, start), ceiling(text, end)
