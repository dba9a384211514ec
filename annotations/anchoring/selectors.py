"""Selectors: a passage described by its words and their context, cut between words and characters."""

import re
from typing import NamedTuple

from annotations.anchoring.graphemes import ceiling, floor, is_inside
from newsreader.text.translation import gettext as _

CONTEXT_STEP = 32  # code points of prefix and suffix to begin with, and the step by which they widen
MAX_CONTEXT_LENGTH = 256
SPACE_BEFORE_WORD = re.compile(r"\s+(?=\S)")


class Selector(NamedTuple):
    """A passage by its words, what stands before and after them, and where it stood when it was made (code points)."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


def snap(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the passage without white space at its ends and with its first and last characters whole.

    What is out of range is clamped; ValueError, with a sentence for people, where nothing but white space is left.
    """
    start, end = max(start, 0), max(end, 0)
    selected = text[start:end]
    words = selected.strip()
    if not words:
        raise ValueError(_("Select some words first."))
    start += len(selected) - len(selected.lstrip())
    return floor(text, start), ceiling(text, start + len(words))


def describe(text: str, start: int, end: int) -> Selector:
    """Return the selector of a passage, with as much context as tells it from all others (at most 256 code points)."""
    exact = text[start:end]
    for size in range(CONTEXT_STEP, MAX_CONTEXT_LENGTH + 1, CONTEXT_STEP):
        prefix, suffix = _cut_prefix(text, start, size), _cut_suffix(text, end, size)
        if _is_unique(text, prefix + exact + suffix):
            break
    return Selector(exact, prefix, suffix, start, end)


def _is_unique(text: str, whole: str) -> bool:
    return text.find(whole, text.find(whole) + 1) < 0


def _cut_prefix(text: str, end: int, size: int) -> str:
    """Return about `size` code points before the passage that begins at `end`, from the beginning of a word where there is one."""
    start = min(ceiling(text, max(end - size, 0)), end)
    if start and not text[start - 1].isspace():
        word = SPACE_BEFORE_WORD.search(text, start, end - size // 2)
        if word and not is_inside(text, word.end()):
            start = word.end()
    return text[start:end]


def _cut_suffix(text: str, start: int, size: int) -> str:
    """Return about `size` code points behind the passage that ends at `start`, up to the end of a word where there is one."""
    end = max(floor(text, min(start + size, len(text))), start)
    if end < len(text) and not text[end].isspace():
        spaces = list(SPACE_BEFORE_WORD.finditer(text, start + size // 2, end))
        if spaces and not is_inside(text, spaces[-1].start()):
            end = spaces[-1].start()
    return text[start:end]
