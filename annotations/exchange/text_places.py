"""The places in a text of another program, which may count line ends, byte order marks and rare characters in its own way."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import product
from typing import NamedTuple

from newsreader.text.characters import CONTROL_CHARACTERS, clean_characters

LINE_END = re.compile("\r\n|\r|\n")
OUTSIDE_PLANE = re.compile("[\U00010000-\U0010ffff]")  # two units of UTF-16 each
ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.)$")
MAX_COMPARED_PLACES = 200  # of one text, by which a way of counting is chosen
MAX_COMPARED_LENGTH = 200  # code points of a passage that are compared with its name


class Place(NamedTuple):
    """A passage by its offsets as the file has them, and what the file calls it: often its own words."""

    start: int
    end: int
    names: tuple[str, ...] = ()


class Counting(NamedTuple):
    """A way of counting: where, in its own units, it counts one more than the text has code points; and all its units."""

    extra: list[int]
    length: int

    def locate(self, offset: int) -> int:
        """Return the code point of the text that an offset means."""
        return offset - bisect_left(self.extra, offset)


class PlacedText:
    """A text as the library keeps it, with LF as its only line end and no control characters, and the way to its places.

    The rule is that offsets are code points of the file; `counts_once` says that its program counts a line end once. Where
    the names of passages, or else the ends of words, fit another way of counting only, that one is taken.
    """

    def __init__(self, raw: str, places: Iterable[Place], *, counts_once: bool = False, has_mark: bool = False) -> None:
        self.raw, self.has_mark = raw, has_mark
        self.lines = LINE_END.sub("\n", raw)
        self.text = clean_characters(self.lines)
        is_clean = len(self.text) == len(self.lines)
        self.removed = [] if is_clean else [match.start() for match in CONTROL_CHARACTERS.finditer(self.lines)]
        self.counting = self.choose_counting([*places][:MAX_COMPARED_PLACES], counts_once)

    def locate(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the passage in code points of `text`; None where it is not within it."""
        if not 0 <= start <= end <= self.counting.length:
            return None
        first, last = self.counting.locate(start), self.counting.locate(end)
        return first - bisect_left(self.removed, first), last - bisect_left(self.removed, last)

    def choose_counting(self, places: list[Place], counts_once: bool) -> Counting:
        """Return the way of counting that fits the passages."""
        rule = self.build_counting("once" if counts_once else "file")
        if all(self.fits(rule, place) for place in places):
            return rule
        countings = [rule, *self.list_countings()]
        hits = [sum(self.has_name(counting, place) for place in places) for counting in countings]
        if max(hits) > 0:
            return countings[hits.index(max(hits))]
        ends = [sum(self.count_word_ends(counting, place) for place in places) for counting in countings]
        is_wrong = ends[0] <= len(places)  # half of all ends, or fewer, stand between words
        return countings[ends.index(2 * len(places))] if is_wrong and 2 * len(places) in ends else rule

    def list_countings(self) -> list[Counting]:
        """Return the other ways in which programs count, the commonest first."""
        line_ends = ("file", "once", "twice") if "\n" in self.lines else ("file",)
        units = (False, True) if OUTSIDE_PLANE.search(self.raw) else (False,)
        marks = (False, True) if self.has_mark else (False,)
        return [self.build_counting(*ways) for ways in product(line_ends, units, marks)]

    def build_counting(self, line_ends: str, in_units: bool = False, with_mark: bool = False) -> Counting:
        """Return a way of counting: line ends as in the file, once or twice; in UTF-16 units; with the byte order mark."""
        text = self.raw if line_ends == "file" else self.lines
        doubled = r"\r\n" if line_ends == "file" else r"\n" if line_ends == "twice" else ""
        pattern = "|".join(filter(None, [doubled, OUTSIDE_PLANE.pattern if in_units else ""]))
        extra, before = ([0], 1) if with_mark else ([], 0)
        for match in re.finditer(pattern, text) if pattern else ():
            extra.append(match.start() + before + 1)
            before += len(match[0]) == 1  # of a pair both units stand in the text itself
        return Counting(extra, len(text) + before)

    def cut(self, counting: Counting, place: Place) -> str | None:
        """Return the words of a passage in one way of counting; None where it is not within the text."""
        if not 0 <= place.start <= place.end <= counting.length:
            return None
        start, end = counting.locate(place.start), counting.locate(place.end)
        return self.lines[start : min(end, start + MAX_COMPARED_LENGTH)]

    def fits(self, counting: Counting, place: Place) -> bool:
        """Return whether nothing speaks against a way of counting: the passage has its name, or none and stands between words."""
        return bool(self.has_name(counting, place)) or (not place.names and self.count_word_ends(counting, place) == 2)

    def has_name(self, counting: Counting, place: Place) -> int:
        """Return whether a passage is what the file calls it (2), begins with it (1), or has not to do with it (0)."""
        words = fold_beginning(self.cut(counting, place) or "")
        names = [fold_beginning(ELLIPSIS.sub("", name)) for name in place.names]
        return max(((words == name) + words.startswith(name) for name in names if name), default=0)

    def count_word_ends(self, counting: Counting, place: Place) -> int:
        """Return how many ends of a passage (0 to 2) stand between words, with no white space inside."""
        if self.cut(counting, place) is None:
            return -2
        start, end = counting.locate(place.start), counting.locate(place.end)
        return sum(is_between_words(self.lines, at, inner) for at, inner in ((start, start), (end, end - 1)))


def fold_beginning(words: str) -> str:
    """Return the beginning of a passage or its name, with single spaces."""
    return " ".join(words[:MAX_COMPARED_LENGTH].split())


def is_between_words(text: str, at: int, inner: int) -> bool:
    """Return whether a place parts two words, and the character on its inner side belongs to one."""
    if not 0 <= inner < len(text) or text[inner].isspace():
        return False
    return at in (0, len(text)) or not (text[at - 1].isalnum() and text[at].isalnum())
