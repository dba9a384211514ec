"""Extracts the main text of a page as HTML: trafilatura finds the blocks, the page itself provides their structure."""

import logging
from copy import deepcopy
from typing import Any, NamedTuple

from lxml import etree
from lxml.html import HtmlElement, tostring
from trafilatura import bare_extraction

from newsreader.importing.cleaning import NO_ARTICLE_FOUND
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extraction.boilerplate import remove_boilerplate
from newsreader.importing.extraction.found_text import FoundText
from newsreader.importing.extraction.layout import ORIGIN, separate_blocks, simplify_layout
from newsreader.importing.extraction.main_text import choose_blocks, mark_found
from newsreader.importing.extraction.parts import Part, iterate_blocks, read_parts
from newsreader.importing.extraction.pictures import keep_pictures
from newsreader.text.translation import gettext as _

HTML_TAGS = {"quote": "blockquote", "lb": "br", "row": "tr", "del": "s", "ref": "a", "item": "li", "graphic": "img"}
EMPHASIS_TAGS = {"#b": "strong", "#i": "em", "#u": "u", "#t": "code", "#sub": "sub", "#sup": "sup"}
MAX_LEFT_OUT, MAX_LEFT_OUT_LENGTH = 300, 1_000  # blocks, and characters of each
MIN_FOUND_AGAIN = 0.5  # of the letters that trafilatura found; else its own tree is taken
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


class MainText(NamedTuple):
    """The HTML of an article, and the words of the blocks that were left out, each with those of the block kept before it."""

    html: str
    left_out: list[tuple[str, str]]


def extract_main_text(tree: HtmlElement, known_texts: list[str]) -> MainText:
    """Return the article in a page; raise ArticleImportError if there is none.

    Blocks at the top that repeat `known_texts` (headline, byline, site) are left out.
    """
    tree = simplify_layout(tree)
    found = find_text(tree)
    if found is None:
        raise ArticleImportError(_(NO_ARTICLE_FOUND))
    separate_blocks(tree)
    root = read_parts(tree.find("body"))
    found_text = FoundText(found)
    mark_found(root, found_text)
    if root.facts.found < MIN_FOUND_AGAIN * found_text.size:
        blocks_found = remove_boilerplate(list(found), known_texts)
        return MainText("\n".join(serialise_block(block) for block in blocks_found), [])
    blocks = choose_blocks(root, known_texts)
    kept = remove_boilerplate([block.element for block in blocks], known_texts)
    left_out = list_left_out(root, set(kept))
    prune(tree.find("body"), {*kept, *keep_pictures(tree.find("body"), kept)})
    return MainText(tostring(restore_tags(tree.find("body")), encoding="unicode", with_tail=False), left_out)


def extract_chosen_text(tree: HtmlElement) -> MainText:
    """Return all that is in the body of a page of which only the article is left."""
    tree = simplify_layout(tree)
    separate_blocks(tree)
    return MainText(tostring(restore_tags(tree.find("body")), encoding="unicode", with_tail=False), [])


def list_left_out(root: Part, kept: set[HtmlElement]) -> list[tuple[str, str]]:
    """Return the words of the first blocks that are not kept, each with those of the block kept before it."""
    left_out: list[tuple[str, str]] = []
    before = ""
    for block in iterate_blocks(root):
        words = " ".join(" ".join(block.element.itertext()).split())[:MAX_LEFT_OUT_LENGTH]
        if block.element in kept:
            before = words
        elif words and len(left_out) < MAX_LEFT_OUT:
            left_out.append((words, before))
    return left_out


def find_text(tree: HtmlElement) -> etree._Element | None:
    """Return trafilatura's tree of the article in a page; None if it finds none."""
    document: Any = bare_extraction(
        deepcopy(tree), include_comments=False, include_tables=True, include_formatting=True, include_links=True
    )
    return None if document is None or not len(document.body) else document.body


def prune(element: HtmlElement, kept: set[HtmlElement]) -> bool:
    """Remove all of an element but the kept blocks, and the sections around them; return whether any are in it."""
    if element in kept:
        return True
    is_needed = False
    element.text = None
    for child in [*element]:
        child.tail = None
        if prune(child, kept):
            is_needed = True
        else:
            element.remove(child)
    return is_needed


def serialise_block(block: etree._Element) -> str:
    """Return the HTML of a block, whether the page's own or trafilatura's."""
    block = restore_tags(block) if isinstance(block, HtmlElement) else convert_block(block)
    html = tostring(block, encoding="unicode", with_tail=False)
    return f"<figure>{html}</figure>" if block.tag == "figcaption" else html


def restore_tags(block: HtmlElement) -> HtmlElement:
    """Return the page's own block with the tags that the layout took from elements in it, changed in place."""
    for element in list(block.iter(etree.Element)):
        element.tag = element.attrib.pop(ORIGIN, element.tag)
        if element.tag == "figcaption":
            put_in_figure(element)
    return block


def put_in_figure(caption: HtmlElement) -> None:
    """Put a caption into a figure: that of the image before it, if it stands behind one."""
    figure = caption.getprevious()
    if figure is None or figure.tag != "figure" or next(figure.iter("img"), None) is None:
        figure = caption.makeelement("figure")
        caption.addprevious(figure)
    figure.append(caption)


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
