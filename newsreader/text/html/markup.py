"""Canonical HTML in its parts, for those who draw into its text."""

import re

TAG = re.compile("(<[^>]*>)")
BLOCK_TAG = "(?:p|h[1-6]|blockquote|ul|ol|li|dl|dt|dd|table|caption|thead|tbody|tfoot|tr|th|td)"
# Space inside pre shows, space beside it does not: hence the difference between its two tags.
BEFORE_LAYOUT = re.compile(rf"</?{BLOCK_TAG}\b|</pre\b")
AFTER_LAYOUT = re.compile(rf"</?{BLOCK_TAG}\b|<pre\b")
# While it is drawn, each entity is one control character, which canonical html never holds: lengths are code points then.
ENTITIES = (("&amp;", "\x01"), ("&lt;", "\x02"), ("&gt;", "\x03"))


def coded(html: str) -> str:
    """The html with one character for each entity."""
    for entity, control in ENTITIES:
        html = html.replace(entity, control)
    return html


def decoded(html: str) -> str:
    """Coded html as it was."""
    for entity, control in ENTITIES:
        html = html.replace(control, entity)
    return html


def parts_of(html: str) -> list[str]:
    """Text, tag, text ... text; a text may be empty."""
    return TAG.split(html)


def is_layout(parts: list[str], index: int) -> bool:
    """Whether a text is only the space between two blocks, where an inline element would be invalid or draw an empty line."""
    if not parts[index].isspace() or parts[index].strip(" \n") or not 0 < index < len(parts) - 1:
        return False
    return bool(BEFORE_LAYOUT.match(parts[index - 1]) or AFTER_LAYOUT.match(parts[index + 1]))
