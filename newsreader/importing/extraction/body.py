"""Extracts the main text of a page as HTML: trafilatura finds the blocks, the page itself provides their structure."""

import logging
from copy import deepcopy
from typing import Any

from lxml import etree
from lxml.html import HtmlElement, tostring
from trafilatura import bare_extraction

from newsreader.importing.cleaning import NO_ARTICLE_FOUND
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extraction.boilerplate import remove_boilerplate
from newsreader.importing.extraction.layout import simplify_layout
from newsreader.importing.extraction.page import get_text
from newsreader.importing.extraction.source_blocks import SourceBlocks

HTML_TAGS = {"quote": "blockquote", "lb": "br", "row": "tr", "del": "s", "ref": "a", "item": "li", "graphic": "img"}
EMPHASIS_TAGS = {"#b": "strong", "#i": "em", "#u": "u", "#t": "code", "#sub": "sub", "#sup": "sup"}
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def extract_main_html(tree: HtmlElement, known_texts: list[str]) -> str:
    """Return the HTML of the article in a page; raise ArticleImportError if there is none.

    Blocks at the top that repeat `known_texts` (headline, byline, site) are left out.
    """
    tree = simplify_layout(tree)
    document: Any = bare_extraction(
        deepcopy(tree), include_comments=False, include_tables=True, include_formatting=True, include_links=True
    )
    if document is None or not len(document.body):
        raise ArticleImportError(NO_ARTICLE_FOUND)
    blocks = SourceBlocks(tree).restore_blocks([block for block in document.body if get_text(block)])
    return "\n".join(serialise_block(block) for block in remove_boilerplate(blocks, known_texts))


def serialise_block(block: etree._Element) -> str:
    """Return the HTML of a block, whether the page's own or trafilatura's."""
    block = block if isinstance(block, HtmlElement) else convert_block(block)
    return tostring(block, encoding="unicode", with_tail=False)


def convert_block(block: etree._Element) -> etree._Element:
    """Return trafilatura's block with HTML tags, changed in place."""
    for element in block.iter(etree.Element):
        tag, rend = element.tag, element.get("rend", "")
        target, role = element.get("target", ""), element.get("role", "")
        element.attrib.clear()
        element.tag = choose_html_tag(element, tag, rend, role)
        if tag == "ref":
            element.set("href", target)
    return block


def choose_html_tag(element: etree._Element, tag: str, rend: str, role: str) -> str:
    """Return the HTML tag for one of trafilatura's; `rend` and `role` are its attributes."""
    if tag == "head":
        return rend if rend[:1] == "h" else "h3"
    if tag == "list":
        return rend or "ul"
    if tag == "item" and rend[:2] in {"dt", "dd"}:
        return rend[:2]
    if tag == "cell":
        return "th" if role == "head" else "td"
    if tag == "hi":
        return EMPHASIS_TAGS.get(rend, "em")
    if tag == "code":
        return "pre" if "\n" in "".join(element.itertext()) else "code"
    return HTML_TAGS.get(tag, tag)
