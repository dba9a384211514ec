"""The main text of a page as HTML: trafilatura says what belongs to it, the page says how it is built."""

import logging
from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement, tostring
from trafilatura import bare_extraction

from newsreader.importing.cleaning import NOTHING_FOUND
from newsreader.importing.errors import IntakeError
from newsreader.importing.extraction import boilerplate as clutter
from newsreader.importing.extraction import layout
from newsreader.importing.extraction.page import words_of
from newsreader.importing.extraction.source_blocks import Originals

TAGS = {"quote": "blockquote", "lb": "br", "row": "tr", "del": "s", "ref": "a", "item": "li", "graphic": "img"}
EMPHASES = {"#b": "strong", "#i": "em", "#u": "u", "#t": "code", "#sub": "sub", "#sup": "sup"}
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def main_text(tree: HtmlElement, known: list[str]) -> str:
    """The HTML of the article in a page, without what is `known` (headline, byline, site). IntakeError where there is none."""
    tree = layout.straightened(tree)
    found = bare_extraction(
        deepcopy(tree), include_comments=False, include_tables=True, include_formatting=True, include_links=True
    )
    if found is None or not len(found.body):
        raise IntakeError(NOTHING_FOUND)
    blocks = Originals(tree).restored([block for block in found.body if words_of(block)])
    return "\n".join(html_of(block) for block in clutter.without_clutter(blocks, known))


def html_of(block: etree._Element) -> str:
    """The HTML of a block, whether the page's own or trafilatura's."""
    block = block if isinstance(block, HtmlElement) else as_html(block)
    return tostring(block, encoding="unicode", with_tail=False)


def as_html(block: etree._Element) -> etree._Element:
    for element in block.iter(etree.Element):
        tag, rend = element.tag, element.get("rend", "")
        target, role = element.get("target", ""), element.get("role", "")
        element.attrib.clear()
        element.tag = html_tag(element, tag, rend, role)
        if tag == "ref":
            element.set("href", target)
    return block


def html_tag(element: etree._Element, tag: str, rend: str, role: str) -> str:
    if tag == "head":
        return rend if rend[:1] == "h" else "h3"
    if tag == "list":
        return rend or "ul"
    if tag == "item" and rend[:2] in {"dt", "dd"}:
        return rend[:2]
    if tag == "cell":
        return "th" if role == "head" else "td"
    if tag == "hi":
        return EMPHASES.get(rend, "em")
    if tag == "code":
        return "pre" if "\n" in "".join(element.itertext()) else "code"
    return TAGS.get(tag, tag)
