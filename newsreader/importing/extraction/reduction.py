"""Leaves out of a page what nobody reads and what must not count towards its size: scripts, styles, comments, drawings, inlined files."""

import re

# Blocks of text, with which a browser ends a drawing that was not closed.
TEXT_TAGS = "p|div|h[1-6]|ul|ol|li|table|body|article|section|blockquote|pre|span"
ATTRIBUTES = r"""(?:[^<>=]|=\s*"[^"]*"|=\s*'[^']*'|=)*+"""
# Each branch stops at the next `<`, or takes all that it has read: no part of a page is read twice.
MARKUP = re.compile(
    r"(?P<comment><!--(?:-?>|.*?(?:--!?>|\Z)))"
    rf"|<(?P<raw>script|style)(?P<attributes>(?=[\s/>]){ATTRIBUTES})>.*?(?:</(?P=raw)(?=[\s/>])[^>]*>|\Z)"
    r"|<(?P<title>title|textarea)(?=[\s/>])[^>]*>.*?(?:</(?P=title)|\Z)"
    rf"|(?P<drawing><svg(?=[\s>]){ATTRIBUTES}(?<!/)>[^<]*+(?:<(?!/?svg\b|(?:{TEXT_TAGS})[\s/>])[^<]*+)*+</svg\s*>)"
    rf"|<[a-z/]{ATTRIBUTES}>",
    re.IGNORECASE | re.DOTALL,
)
LINKED_DATA = re.compile(r"""type\s*=\s*["']?\s*application/ld\+json""", re.IGNORECASE)
INLINED_FILE = re.compile(
    r"""(?<==)\s*(?:"\s*data:[^"]*"|'\s*data:[^']*')|data:[\w.+-]+/[^\s"'<>()]*|\bsrcdoc\s*=\s*(?:"[^"]*"|'[^']*')""",
    re.IGNORECASE,
)
MAX_TAG_LENGTH = 1_000  # characters, up to which a tag stays as it is


def reduce_page(html: str) -> str:
    """Return a page without comments, styles, drawings, inlined files, and scripts other than JSON-LD; in linear time."""
    return MARKUP.sub(reduce_match, html)


def reduce_match(match: re.Match[str]) -> str:
    """Return what stays of a part of a page."""
    if match["comment"] or match["drawing"]:
        return ""
    if match["raw"]:
        return match[0] if LINKED_DATA.search(match["attributes"]) else ""
    if match["title"] or len(match[0]) <= MAX_TAG_LENGTH:
        return match[0]
    return INLINED_FILE.sub('""', match[0])
