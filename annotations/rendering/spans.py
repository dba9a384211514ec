"""The input of the highlighter: where a highlight stands, and how it looks."""

from typing import NamedTuple


class Span(NamedTuple):
    """One highlight to draw: code points start (inclusive) to end (exclusive); hue 1-12, or 0 where it has no tag.

    `has_card` is whether its card comes with the page.
    Each of its changes is (start, end, old words): the code points that replace other words, and these.
    """

    start: int
    end: int
    id: str
    hue: int
    label: str = ""
    changes: tuple[tuple[int, int, str], ...] = ()
    has_card: bool = True
