"""One passage in a cell of a desk: rendered once for as long as all that it says stays the same."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.text import slugify

from annotations.desk.cells import RowExpression
from annotations.passages.passage import Passage
from newsreader.fragments import nest, render_kept

TEMPLATE = "annotations/desk/_cell_passage.html"


def nest_cell_passage(passage: Passage, row: RowExpression, slug: str, prefix: str, may_pin: bool) -> SafeString:
    """Return a passage in the row of a desk of the project of that slug; it has no slots."""
    colour = (row.term.colour if row.term else 0) or (passage.tags[0].colour if passage.tags else 0)
    row_key = slugify(row.term.key if row.term else row.written)
    return nest(
        render_kept(TEMPLATE, build_context, passage, colour, f"{prefix}bit-{passage.id}-{row_key}", slug, may_pin)
    )


def build_context(passage: Passage, colour: int, element_id: str, slug: str, may_pin: bool) -> dict[str, Any]:
    """Return what the passage is rendered with."""
    return {
        "passage": passage,
        "colour": colour,
        "element_id": element_id,
        "project": {"slug": slug},
        "may_pin": may_pin,
        "desk": True,
    }
