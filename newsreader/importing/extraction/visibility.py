"""Removes from a page what its readers do not see, and writes out as text what they see but no element of an article holds."""

import re

from lxml import etree
from lxml.html import HtmlElement

from newsreader.importing.extraction.page import get_text

# Their content is no text, or shown only where something else cannot be.
UNSEEN_TAGS = "style template noscript svg datalist iframe object audio video canvas".split()
UNSEEN_TAGS += "noembed noframes progress meter map applet".split()
CONTROL_TAGS = ("button", "label", "output", "select", "textarea")
DATA_TYPE = "application/ld+json"  # trafilatura reads the text there if the page has no other
# An element of these that holds only a button is what the button says: the heading of a section that opens, or of a column.
NAMING_TAGS = {"h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt", "th", "caption", "legend"}
LINE_TAGS = [
    *NAMING_TAGS,
    "p",
    "li",
    "td",
    "dd",
    "blockquote",
    "figcaption",
    "div",
    "section",
    "article",
    "main",
    "body",
]
WORDS_TAG = "x-words"  # of controls until their tags are removed, all at once
SENTENCE_END = (".", "!", "?", ":", "…", "。", "！", "？")
DECLARATION = re.compile(r"(?<![\w-])(display|visibility)\s*:\s*([a-z-]+)")  # not that of `backface-visibility`


def remove_hidden(tree: HtmlElement) -> None:
    """Remove all that is hidden; parts that close over a formula stay, since its picture stands beside it."""
    open_shadow_roots(tree)
    drop([*tree.iter(*UNSEEN_TAGS), *(script for script in tree.iter("script") if script.get("type") != DATA_TYPE)])
    hidden = []
    walk = etree.iterwalk(tree, events=("start",))
    for _event, element in walk:
        if is_hidden(element):
            hidden += [] if holds_formula(element) else [element]
            walk.skip_subtree()
    drop(hidden)


def open_shadow_roots(tree: HtmlElement) -> None:
    """Put in their places the contents of templates that browsers show: saved pages keep the inside of custom elements in them."""
    for template in list(tree.iter("template")):
        if template.get("shadowrootmode") or template.get("shadowroot"):
            template.drop_tag()


def drop(elements: list[HtmlElement]) -> None:
    """Remove elements with all they hold; the text after them stays."""
    for element in elements:
        if element.getparent() is not None:
            element.drop_tree()


def is_hidden(element: HtmlElement) -> bool:
    """Return whether the page itself hides an element; aria-hidden only hides it from those who listen."""
    if element.tag in {"html", "body"}:
        return False
    if element.get("hidden", "until-found").lower() != "until-found" or element.get("popover") is not None:
        return True
    style = dict(DECLARATION.findall(element.get("style", "").lower()))
    is_closed = element.tag == "dialog" and element.get("open") is None
    return is_closed or style.get("display") == "none" or style.get("visibility") in {"hidden", "collapse"}


def holds_formula(element: HtmlElement) -> bool:
    """Return whether there is nothing but a formula in an element."""
    formula = next(element.iter("math"), None)
    return formula is not None and get_text(formula) == get_text(element)


def write_out_controls(tree: HtmlElement) -> None:
    """Turn buttons and labels that are words of a sentence, or all of a heading, into plain text; the others lose theirs."""
    for element in list(tree.iter(*CONTROL_TAGS)):
        if element.tag in {"select", "textarea"} or not is_part_of_line(element):
            for part in [*element]:
                element.remove(part)
            element.text = None
        else:
            element.tag = WORDS_TAG
    etree.strip_tags(tree, WORDS_TAG)


def is_part_of_line(control: HtmlElement) -> bool:
    """Return whether a control stands within a sentence, or is all that a heading says."""
    line = next(control.iterancestors(*LINE_TAGS), None)
    if line is None or not get_text(control):
        return False
    if line.tag in NAMING_TAGS and is_alone(control, line):
        return True
    before, after = text_before(control, line), text_after(control, line)
    return bool(before and not before.endswith(SENTENCE_END)) or bool(after and not after[0].isupper())


def is_alone(element: HtmlElement, line: HtmlElement) -> bool:
    """Return whether a line holds nothing besides an element."""
    while element is not line:
        parent = element.getparent()
        if len(parent) > 1 or (parent.text or "").strip() or (element.tail or "").strip():
            return False
        element = parent
    return True


def text_before(element: HtmlElement, line: HtmlElement) -> str:
    """Return the text that stands directly before an element in its line, without that of other elements if there is some."""
    while element is not line:
        previous = element.getprevious()
        text = (element.getparent().text if previous is None else previous.tail) or ""
        if text.strip():
            return text.strip()
        if previous is not None:
            return "" if previous.tag in {*CONTROL_TAGS, "br", "input"} else get_text(previous)
        element = element.getparent()
    return ""


def text_after(element: HtmlElement, line: HtmlElement) -> str:
    """Return the text that stands directly after an element in its line."""
    while element is not line:
        if (element.tail or "").strip():
            return element.tail.strip()
        following = element.getnext()
        if following is not None:
            return "" if following.tag in {*CONTROL_TAGS, "br", "input"} else get_text(following)
        element = element.getparent()
    return ""
