"""The outline of an article: a row for each of its parts, with its paragraphs and its highlights.

Written here and not in templates because a page may have a thousand highlights.
"""

from bisect import bisect_right
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop, ngettext

MAX_TICKS = 24  # of a row
BEGINNING, WHOLE = gettext_noop("Beginning"), gettext_noop("Whole article")  # what has no heading of its own


class Section(NamedTuple):
    """A part of an article: its heading, and the numbers of its first and last block, from 1."""

    heading: str
    first: int
    last: int


def list_sections(headings: Sequence[str]) -> list[Section]:
    """Return the parts of an article, each from a heading to the block before the next; `headings` are "" for other blocks."""
    firsts = [number for number, heading in enumerate(headings, 1) if heading or number == 1]
    lasts = [*(first - 1 for first in firsts[1:]), len(headings)]
    without = _(WHOLE if len(firsts) == 1 else BEGINNING)
    return [Section(headings[first - 1] or without, first, last) for first, last in zip(firsts, lasts, strict=False)]


def find_section_index(sections: Sequence[Section], block: int) -> int:
    """Return the index of the part in which the block of this number stands."""
    return max(0, bisect_right([section.first for section in sections], block) - 1)


def format_range(section: Section) -> str:
    """Return the numbers of the blocks, such as “¶4–7”."""
    return f"¶{section.first}" if section.first == section.last else f"¶{section.first}–{section.last}"


def render_outline_row(section: Section, hues: Sequence[int], oob: str = "") -> str:
    """Return the row of a part, with a tick for each highlight that begins in it; `hues` are those of the highlights.

    `oob` is the attribute, with a space before it, that makes the row an out-of-band swap.
    """
    first = section.first
    return (
        f'<li id="o{first}"{oob}><a href="#p{first}">'
        f'<span dir="auto">{escape(section.heading)}</span><span class="num">{format_range(section)}</span>'
        f"{render_ticks(hues)}</a></li>"
    )


def render_ticks(hues: Sequence[int]) -> str:
    """Return a tick for each highlight, MAX_TICKS at most, and how many there are in words; nothing where there is none."""
    if not hues:
        return ""
    ticks = "".join([f'<span class="stroke tick hue-{hue}"></span>' for hue in hues[:MAX_TICKS]])
    count = ngettext("%(number)s highlight", "%(number)s highlights", len(hues)) % {"number": len(hues)}
    return f'<span class="ticks">{ticks}</span><span class="aside">{escape(count)}</span>'
