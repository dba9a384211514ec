"""Passages in lists."""

from django import template
from django.utils.safestring import SafeString

from annotations.passages.list_reader import ListReader
from annotations.passages.passage import Passage
from annotations.passages.rows import nest_row

register = template.Library()


@register.simple_tag
def passage_row(passage: Passage, reader: ListReader, has_acts: bool) -> SafeString:
    """Return a passage as a row of a list that is kept; `has_acts` as `keep_row` has it."""
    return nest_row(passage, reader.slug, reader.may_pin, has_acts)
