"""Splits canonical HTML into tags and text, for modules that write elements into the text."""

import re

TAG = re.compile("(<[^>]*>)")
BLOCK_TAG = (
    "(?:p|h[1-6]|blockquote|footer|ul|ol|li|dl|dt|dd|table|caption|thead|tbody|tfoot|tr|th|td|figure|figcaption|img|aside|"
    "section|hr)"
)
# Space inside pre is visible, space beside it is not: hence the difference between its two tags.
BEFORE_LAYOUT = re.compile(rf"</?{BLOCK_TAG}\b|</pre\b")
AFTER_LAYOUT = re.compile(rf"</?{BLOCK_TAG}\b|<pre\b")
# While elements are written into the text, each entity is one control character, which canonical HTML never contains.
ENTITIES = (("&amp;", "\x01"), ("&lt;", "\x02"), ("&gt;", "\x03"))


def encode_entities(html: str) -> str:
    """Return the html with one control character in place of each entity, so that lengths are code points."""
    for entity, control in ENTITIES:
        html = html.replace(entity, control)
    return html


def decode_entities(html: str) -> str:
    """Return the html that `encode_entities` was given."""
    for entity, control in ENTITIES:
        html = html.replace(control, entity)
    return html


def split_tags(html: str) -> list[str]:
    """Return the parts of the html: text, tag, text ... text; a text may be empty."""
    return TAG.split(html)


def is_layout_space(parts: list[str], index: int) -> bool:
    """Return whether a text is only the space between two blocks, where an inline element would be invalid or make an empty line."""
    if not parts[index].isspace() or parts[index].strip(" \n") or not 0 < index < len(parts) - 1:
        return False
    return bool(BEFORE_LAYOUT.match(parts[index - 1]) or AFTER_LAYOUT.match(parts[index + 1]))
