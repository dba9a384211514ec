"""Selectors: a passage by its words and what stands around them, cut where a reader would cut."""

import re
from typing import NamedTuple

from annotations.anchoring.graphemes import ceiling, floor, is_inside

CONTEXT = 32  # code points of prefix and suffix to begin with, and the step by which they widen
CONTEXT_MOST = 256
SPACE_BEFORE_WORD = re.compile(r"\s+(?=\S)")


class Selector(NamedTuple):
    """A passage by its words, what stands before and after them, and its place when it was made (code points)."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


def snap(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the passage without space at its ends and with its first and last characters whole.

    What is out of range is clamped; ValueError, with a sentence for people, where nothing but space is left.
    """
    start, end = max(start, 0), max(end, 0)
    selected = text[start:end]
    words = selected.strip()
    if not words:
        raise ValueError("Select some words first.")
    start += len(selected) - len(selected.lstrip())
    return floor(text, start), ceiling(text, start + len(words))


def describe(text: str, start: int, end: int) -> Selector:
    """Return the selector of a passage, with just as much around it as tells it from all others (256 code points at most)."""
    exact = text[start:end]
    for size in range(CONTEXT, CONTEXT_MOST + 1, CONTEXT):
        prefix, suffix = _prefix(text, start, size), _suffix(text, end, size)
        if _is_unique(text, prefix + exact + suffix):
            break
    return Selector(exact, prefix, suffix, start, end)


def _is_unique(text: str, whole: str) -> bool:
    return text.find(whole, text.find(whole) + 1) < 0


def _prefix(text: str, end: int, size: int) -> str:
    start = min(ceiling(text, max(end - size, 0)), end)
    if start and not text[start - 1].isspace():
        word = SPACE_BEFORE_WORD.search(text, start, end - size // 2)
        if word and not is_inside(text, word.end()):
            start = word.end()
    return text[start:end]


def _suffix(text: str, start: int, size: int) -> str:
    end = max(floor(text, min(start + size, len(text))), start)
    if end < len(text) and not text[end].isspace():
        spaces = list(SPACE_BEFORE_WORD.finditer(text, start + size // 2, end))
        if spaces and not is_inside(text, spaces[-1].start()):
            end = spaces[-1].start()
    return text[start:end]
