"""Rules for the pages of one site: CSS selectors that say which elements are the text, are not, or name the author."""

from lxml.cssselect import CSSSelector, SelectorError
from lxml.etree import XPathError
from lxml.html import HtmlElement, document_fromstring

from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extraction.page import get_text
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop

BODY, NO_TEXT, AUTHOR = "body", "no-text", "author"
MAX_BYLINE = 200  # characters
INVALID_SELECTOR = gettext_noop("This is not a valid CSS selector: %(selector)s")
RULE_NOT_APPLICABLE = gettext_noop("A rule of this site cannot be applied: %(selector)s")
Rules = list[dict[str, str]]  # each with `part` and `selector`


def parse_selector(selector: str) -> CSSSelector:
    """Return a compiled selector; raise ArticleImportError if it is none that can be applied."""
    try:
        compiled = CSSSelector(selector, translator="html")
        compiled(document_fromstring("<p>"))  # some faults show only now
        return compiled
    except (SelectorError, SyntaxError, ValueError, TypeError, RecursionError, XPathError) as error:
        raise ArticleImportError(_(INVALID_SELECTOR) % {"selector": selector}) from error


class SiteRules:
    """Rules as they are applied to one page."""

    def __init__(self, tree: HtmlElement, rules: Rules) -> None:
        self.tree = tree
        self.rules = rules

    def select(self, part: str) -> list[HtmlElement]:
        """Return the elements that the rules for this part select, in the order of the page, none inside another."""
        selected: set[HtmlElement] = set()
        for rule in self.rules:
            if rule["part"] == part:
                selected.update(self.select_by(rule["selector"]))
        return [
            element
            for element in (self.tree.iter() if selected else ())
            if element in selected and not any(outer in selected for outer in element.iterancestors())
        ]

    def select_by(self, selector: str) -> list[HtmlElement]:
        """Return the elements that a selector selects; raise ArticleImportError if it cannot be applied."""
        try:
            return parse_selector(selector)(self.tree)
        except XPathError as error:
            raise ArticleImportError(_(RULE_NOT_APPLICABLE) % {"selector": selector}) from error

    def find_byline(self) -> str:
        """Return the names of the authors that the rules select; empty where they select none."""
        names = dict.fromkeys(get_text(element) for element in self.select(AUTHOR))
        return ", ".join(name for name in names if name)[:MAX_BYLINE]

    def remove_no_text(self) -> None:
        """Remove from the page what the rules say is not text."""
        for element in self.select(NO_TEXT):
            if element.getparent() is not None and element.tag != "body":
                element.drop_tree()

    def keep_body(self) -> bool:
        """Leave in the page only what the rules say is the text, and return whether there is any."""
        chosen, body = self.select(BODY), self.tree.find("body")
        if not chosen or body is None:
            return False
        if chosen != [body] and self.tree not in chosen:
            for element in chosen:
                element.tail = None
            body.text = None
            body[:] = chosen
        return True
