"""The same page under other names and in other elements: a reader sees the same words, so the import must keep the same.

Each disguise changes a tree in place, and always in the same way.
"""

import random
from collections.abc import Callable
from itertools import cycle

from lxml.html import HtmlElement

BAD_NAMES = "teaser related-people nav-item comment-lead share-quote promo newsletter-lead sidebar tags-intro author-note".split()
TEXT_TAGS = ("p", "h2", "h3", "h4", "blockquote", "figure", "ul", "ol", "table", "dl", "pre")
PARTS = ("div", "section", "article", "main")


def name_at_random(tree: HtmlElement) -> None:
    """Give every class and id a name that says nothing."""
    rename(tree, lambda name: f"x{random.Random(name).randrange(10**8):08d}")


def remove_names(tree: HtmlElement) -> None:
    """Take all classes away, and the ids that no link leads to."""
    linked = {link.get("href", "")[1:] for link in tree.iter("a") if link.get("href", "").startswith("#")}
    for element in tree.iter():
        element.attrib.pop("class", None)
        if element.get("id") not in linked:
            element.attrib.pop("id", None)


def name_text_as_teasers(tree: HtmlElement) -> None:
    """Name every third block of text, and every container, as what does not belong to an article is named."""
    names = cycle(BAD_NAMES)
    for number, element in enumerate(tree.iterfind(".//body//p")):
        if number % 3 == 0:
            element.set("class", next(names))


def name_parts_as_navigation(tree: HtmlElement) -> None:
    """Name every container as navigation is named."""
    for number, element in enumerate(tree.iter(*PARTS)):
        element.set("class", "nav-menu" if number % 2 else "sidebar-widget")
        element.attrib.pop("id", None)


def wrap_paragraphs_in_custom_elements(tree: HtmlElement) -> None:
    for number, element in enumerate(list(tree.iterfind(".//body//p"))):
        wrap(element, "x-paragraph" if number % 2 else "x-text")


def make_parts_custom_elements(tree: HtmlElement) -> None:
    for element in tree.iter(*PARTS):
        element.tag = f"x-{element.tag}"


def nest_blocks(tree: HtmlElement) -> None:
    """Put every block of text in three more, of no meaning."""
    for element in list(tree.iterfind(".//body//p")):
        for _ in range(3):
            wrap(element, "div")


def turn_paragraphs_round(tree: HtmlElement) -> None:
    """Put the paragraphs that follow one another in the opposite order."""
    for parent in {paragraph.getparent(): None for paragraph in tree.iterfind(".//body//p")}:
        places = [(place, child) for place, child in enumerate(parent) if child.tag == "p"]
        for (place, _), (_, child) in zip(places, reversed(places), strict=True):
            copy = parent.makeelement("p", dict(child.attrib))
            copy.text, copy.tail = child.text, parent[place].tail
            copy.extend(list(child))
            parent[place] = copy


def wrap(element: HtmlElement, tag: str) -> None:
    """Put an element around another; what follows it stays outside."""
    outer = element.makeelement(tag)
    element.addprevious(outer)
    outer.tail, element.tail = element.tail, None
    outer.append(element)


def rename(tree: HtmlElement, new_name: Callable[[str], str]) -> None:
    """Give each class and id its new name, and the links to it."""
    for element in tree.iter():
        if element.get("class"):
            element.set("class", " ".join(map(new_name, element.get("class").split())))
        if element.get("id"):
            element.set("id", new_name(element.get("id")))
        if element.get("href", "").startswith("#") and len(element.get("href")) > 1:
            element.set("href", f"#{new_name(element.get('href')[1:])}")


DISGUISES: dict[str, Callable[[HtmlElement], None]] = {
    "names at random": name_at_random,
    "no names": remove_names,
    "paragraphs named as teasers": name_text_as_teasers,
    "parts named as navigation": name_parts_as_navigation,
    "paragraphs in custom elements": wrap_paragraphs_in_custom_elements,
    "parts as custom elements": make_parts_custom_elements,
    "paragraphs nested": nest_blocks,
    "paragraphs in reverse order": turn_paragraphs_round,
}
