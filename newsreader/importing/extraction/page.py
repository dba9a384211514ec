"""A page as a tree, within the caps."""

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from newsreader.importing.errors import IntakeError
from newsreader.importing.limits import MAX_DEPTH, TOO_DEEP, refuse_large

EMPTY = "This page is empty."
# What no tree can hold; the parser would stop at the first NUL.
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def tree_of(html: str) -> HtmlElement:
    """The tree of a page. IntakeError where it is empty or past a cap."""
    html = UNREADABLE.sub("", html).encode("utf-8", "ignore")
    refuse_large(html)
    if not html.strip():
        raise IntakeError(EMPTY)
    try:
        tree = document_fromstring(html, parser=HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True))
    except etree.ParserError as error:  # nothing but comments
        raise IntakeError(EMPTY) from error
    if depth_of(tree) > MAX_DEPTH:
        raise IntakeError(TOO_DEEP)
    return tree


def depth_of(tree: HtmlElement) -> int:
    """How many elements stand one inside another at the deepest place."""
    depth = deepest = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def words_of(element: HtmlElement) -> str:
    """The text of an element on one line."""
    return on_one_line("".join(element.itertext()))


def on_one_line(text: str) -> str:
    """The text with its ASCII white space and no-break spaces collapsed; wide spaces of East Asian writing stay."""
    return re.sub("[ \t\n\r\f\v\u00a0]+", " ", text).strip(" ")
