"""The text of an article with its disagreements and agreed passages marked; the words of it are the article's alone."""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from annotations.agreement.queries import CurrentText

LANES = ("", "-b", "-c")


class Mark(NamedTuple):
    """A stretch of the text: of an agreed passage its hues, of a disagreement its class and its number."""

    start: int
    end: int
    hues: tuple[int, ...]
    state: str
    label: str
    number: int = 0


def render_text(text: CurrentText, marks: Iterable[Mark]) -> SafeString:
    """Return the blocks of the text with the marks on them; nothing stands between them but what is in the text."""
    marks = sorted(marks)
    ends = [*text.blocks[1:], len(text.text)]
    blocks = enumerate(zip(text.blocks, ends, strict=True), 1)
    return mark_safe("".join(render_block(text.text, number, *place, marks) for number, place in blocks))


def render_block(text: str, number: int, start: int, end: int, marks: list[Mark]) -> str:
    """Return one block."""
    here = [mark for mark in marks if mark.start < end and start < mark.end]
    cuts = sorted({start, end, *(place for mark in here for place in mark[:2] if start < place < end)})
    return f'<p id="p{number}">{"".join(render_piece(text, *piece, here) for piece in pairwise(cuts))}</p>'


def render_piece(text: str, start: int, end: int, marks: list[Mark]) -> str:
    """Return some words with the marks on them."""
    here = [mark for mark in marks if mark.start <= start and end <= mark.end]
    words = escape(text[start:end])
    if not here:
        return words
    hues = [hue for mark in here for hue in mark.hues][: len(LANES)]
    classes = [f"hue-{hue}{lane}" for hue, lane in zip(hues, LANES, strict=False)]
    classes += [f"depth-{len(hues)}"] if hues else []
    classes += sorted({mark.state for mark in here if mark.state})
    anchor = next((f' id="d{mark.number}"' for mark in here if mark.number and mark.start == start), "")
    label = escape("; ".join(mark.label for mark in here))
    return f'<mark{anchor} class="{" ".join(classes)}" data-label="{label}">{words}</mark>'
