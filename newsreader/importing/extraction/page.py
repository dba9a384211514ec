"""Parses a page into a tree, within the limits."""

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from newsreader.importing.errors import ArticleImportError
from newsreader.importing.limits import MAX_DEPTH, TOO_DEEP, refuse_large_page

EMPTY_PAGE = "This page is empty."
# Characters that no tree can contain; the parser would stop at the first NUL.
UNREADABLE_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def parse_page(html: str) -> HtmlElement:
    """Return the tree of a page; raise ArticleImportError if it is empty or past a cap."""
    page = UNREADABLE_CHARACTERS.sub("", html).encode("utf-8", "ignore")
    refuse_large_page(page)
    if not page.strip():
        raise ArticleImportError(EMPTY_PAGE)
    try:
        tree = document_fromstring(page, parser=HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True))
    except etree.ParserError as error:  # nothing but comments
        raise ArticleImportError(EMPTY_PAGE) from error
    if measure_depth(tree) > MAX_DEPTH:
        raise ArticleImportError(TOO_DEEP)
    return tree


def measure_depth(tree: HtmlElement) -> int:
    """Return how many elements are nested at the deepest place."""
    depth = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def get_text(element: HtmlElement) -> str:
    """Return the text of an element on one line."""
    return collapse_spaces("".join(element.itertext()))


def collapse_spaces(text: str) -> str:
    """Return the text with ASCII white space and no-break spaces collapsed; wide spaces of East Asian writing stay."""
    return re.sub("[ \t\n\r\f\v\u00a0]+", " ", text).strip(" ")
