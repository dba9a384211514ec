"""Finds the names of the authors where a page shows them."""

import re

from lxml import etree
from lxml.html import HtmlElement

from newsreader.importing.extraction.authors import is_full_name, split_names
from newsreader.importing.extraction.page import get_text

BYLINE_PATHS = (
    '//*[@rel="author"][normalize-space()] | //*[contains(concat(" ", @itemprop, " "), " author ")][normalize-space()]',
    '//*[contains(translate(@class, "BYLINE", "byline"), "byline") and not(self::body or self::html)]',
    '//*[contains(concat(" ", @class, " "), " author ") or contains(@class, "author-name")]',
)
# Where others write, or other articles are named.
OTHER_PLACES = re.compile(
    r"(?:^|\s)(?:comments?|comment-\w+|commentlist|reply|replies|related|related-\w+|recommended|teasers?|sidebar)(?:\s|$)",
    re.I,
)
OTHER_TAGS = {"aside", "nav", "footer"}
ROLE_CLASS = re.compile(
    r"role|title|position|job|date|time|share|social|follow|location|bio\b|description|contact", re.IGNORECASE
)
NAME_PATH = './/a | .//*[@itemprop="name" or @rel="author" or contains(@class, "name") or contains(@class, "author")]'
MAX_ELEMENTS = 20
MAX_BYLINE_LENGTH = 300  # characters of an element that shows the authors


def find_shown_authors(tree: HtmlElement) -> list[list[str]]:
    """Return the names that each way of showing authors gives, the most exact way first."""
    return [find_names_at(tree, path) for path in BYLINE_PATHS]


def find_names_at(tree: HtmlElement, path: str) -> list[str]:
    """Return the names in the first element at this XPath that has some, and in those beside it."""
    elements = [element for element in tree.xpath(path)[:MAX_ELEMENTS] if not is_elsewhere(element)]
    for element in elements:
        if read_names(element):
            is_person = element.get("rel") or element.get("itemprop")
            beside = [other for other in elements if is_person and other.getparent() is element.getparent()]
            return list(dict.fromkeys(name for other in [element, *beside] for name in read_names(other)))
    return []


def is_elsewhere(element: HtmlElement) -> bool:
    """Return whether an element is in a comment, or beside the article."""
    places = [element, *element.iterancestors()]
    names = (
        f"{place.get('class', '')} {place.get('id', '')} {place.get('itemprop', '')}"
        for place in places
        if place.tag != "body"
    )
    is_comment = any(place.get("itemtype", "").endswith("Comment") for place in places)
    return is_comment or any(place.tag in OTHER_TAGS for place in places) or any(map(OTHER_PLACES.search, names))


def read_names(element: HtmlElement) -> list[str]:
    """Return the names in an element that shows authors: those that are marked as such, else those in its text."""
    text = get_text(element)
    if not 1 < len(text) < MAX_BYLINE_LENGTH:
        return []
    marked = [
        names
        for part in element.xpath(NAME_PATH)
        if not is_role(part) and len(names := split_names(get_text(part))) == 1
    ]
    names = [name for (name,) in marked if is_full_name(name)]
    if names and "(" not in text:  # in brackets stand those who helped
        return list(dict.fromkeys(names))
    pieces = "\n".join(list_pieces(element)).replace("\n(", " (")
    names = split_names(pieces)
    return names if any(" " in name for name in names) else split_names(pieces.replace("\n", " "))


def list_pieces(element: HtmlElement) -> list[str]:
    """Return the texts in an element without those of roles, dates and buttons."""
    pieces = [element.text or ""]
    for child in element.iterchildren(etree.Element):
        pieces += [] if is_role(child) else list_pieces(child)
        pieces.append(child.tail or "")
    return [text for piece in pieces if (text := " ".join(piece.split()))]


def is_role(element: HtmlElement) -> bool:
    """Return whether an element in a byline is named as something other than the author."""
    return element.tag in {"time", "button"} or bool(
        ROLE_CLASS.search(f"{element.get('class', '')} {element.get('itemprop', '')}")
    )
