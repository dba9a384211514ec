"""Passages on a desk."""

from django import template
from django.utils.safestring import SafeString

from annotations.desk.cell_passages import nest_cell_passage
from annotations.desk.cells import RowExpression
from annotations.passages.passage import Passage

register = template.Library()


@register.simple_tag
def cell_passage(
    passage: Passage, row: RowExpression, slug: str, prefix: str, desk: object, may_keep: object
) -> SafeString:
    """Return a passage in a cell; on a desk that was saved, whoever may keep desks can pin it."""
    return nest_cell_passage(passage, row, slug, prefix, bool(desk and may_keep))
