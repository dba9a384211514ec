"""Parses a page into a tree, within the limits."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from newsreader.importing.errors import ArticleImportError
from newsreader.importing.limits import MAX_DEPTH, TOO_DEEP, refuse_large_page
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop

LINE_TAGS = ("br", "p", "div")  # which make several lines of a heading or a caption
EMPTY_PAGE = gettext_noop("This page is empty.")
# Characters that no tree can contain; the parser would stop at the first NUL.
UNREADABLE_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def parse_page(html: str) -> HtmlElement:
    """Return the tree of a page; raise ArticleImportError if it is empty or past a cap."""
    page = UNREADABLE_CHARACTERS.sub("", html).encode("utf-8", "ignore")
    refuse_large_page(page)
    if not page.strip():
        raise ArticleImportError(_(EMPTY_PAGE))
    try:
        tree = document_fromstring(page, parser=HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True))
    except etree.ParserError as error:  # nothing but comments
        raise ArticleImportError(_(EMPTY_PAGE)) from error
    if measure_depth(tree) > MAX_DEPTH:
        raise ArticleImportError(_(TOO_DEEP))
    return tree


def measure_depth(tree: HtmlElement) -> int:
    """Return how many elements are nested at the deepest place."""
    depth = deepest = 0
    for event, _element in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def get_text(element: HtmlElement) -> str:
    """Return the text of an element on one line, with spaces where it has several."""
    is_one_line = next(element.iter(*LINE_TAGS), None) is None
    return collapse_spaces("".join(element.itertext() if is_one_line else iterate_lines(element)))


def iterate_lines(element: HtmlElement) -> Iterator[str]:
    """Yield the texts in an element, with a space where a line begins or ends."""
    for event, part in etree.iterwalk(element, events=("start", "end")):
        if part is not element and part.tag in LINE_TAGS:
            yield " "
        yield ((part.text if event == "start" else part is not element and part.tail) or "")


def collapse_spaces(text: str) -> str:
    """Return the text with ASCII white space and no-break spaces collapsed; wide spaces of East Asian writing stay."""
    return re.sub("[ \t\n\r\f\v\u00a0]+", " ", text).strip(" ")
