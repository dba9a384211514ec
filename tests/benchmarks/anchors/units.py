"""Words, sentences and lines of a text as stretches that an edit can take hold of."""

import random
from functools import lru_cache
from itertools import pairwise

import regex

from benchmarks.anchors.document import Impossible
from benchmarks.anchors.wording import WORD, is_word

Span = tuple[int, int]
SENTENCE_END = regex.compile(r"(?<=[.!?…][\"'”’»)]?)\s+|(?<=[。！？][”’」』]?)(?![”’」』。！？])|\n+")
LINE_END = regex.compile(r"\n+")


@lru_cache(maxsize=256)
def words(text: str) -> list[Span]:
    """Each word or figure, without signs."""
    return [match.span() for match in WORD.finditer(text) if is_word(match[0])]


@lru_cache(maxsize=256)
def sentences(text: str) -> list[Span]:
    """Each sentence with the space after it."""
    return parted(text, SENTENCE_END)


@lru_cache(maxsize=256)
def lines(text: str) -> list[Span]:
    """Each line with its break; a paragraph is one."""
    return parted(text, LINE_END)


def parted(text: str, ends) -> list[Span]:
    starts = sorted({0, *(match.end() for match in ends.finditer(text)), len(text)})
    return [(start, end) for start, end in pairwise(starts) if is_word(text[start:end])]


def few(chance: random.Random, most: int) -> int:
    """A number from 1 to `most`, the small ones as likely as all the large ones."""
    return chance.randint(1, chance.choice([1, 2, max(most // 2, 1), most]))


def some(chance: random.Random, found: list, most: int) -> list:
    """A few of what was found, at most half of it, in order. Impossible where there is nothing."""
    if not found:
        raise Impossible
    return sorted(chance.sample(found, min(few(chance, most), max(len(found) // 2, 1))))


def stretches(chance: random.Random, units: list[Span], number: int, most: int) -> list[Span]:
    """So many stretches of up to `most` units in a row, none touching another, at most half of all. Impossible where none fits."""
    left, taken = len(units) // 2, []
    for first in sorted(some(chance, list(range(len(units))), number)):
        count = min(few(chance, most), left, len(units) - first)
        if count > 0 and (not taken or units[first][0] > taken[-1][1]):
            taken.append((units[first][0], units[first + count - 1][1]))
            left -= count
    if not taken:
        raise Impossible
    return taken


def with_space(text: str, span: Span) -> Span:
    """The stretch and the space after it, or before it where none follows."""
    start, end = span
    while end < len(text) and text[end] == " ":
        return start, end + 1
    return (start - 1, end) if start and text[start - 1] == " " else span
