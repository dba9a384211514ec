"""Reads the metadata of a page: author, site, summary and addresses."""

import html
import re
from urllib.parse import urljoin

from lxml.html import HtmlElement

from newsreader.importing.extraction.jsonld import find_article_data, read_text, read_texts
from newsreader.importing.extraction.page import collapse_spaces

AUTHOR_NAMES = ["author", "dc.creator", "dcterms.creator", "article:author", "og:article:author", "byl"]
AUTHOR_NAMES += ["parsely-author", "sailthru.author", "dcsext.author", "citation_author", "cxenseparse:author"]
SITE_NAMES = ["og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher"]
SUMMARY_NAMES = ["og:description", "twitter:description", "dc.description", "description"]
BYLINE_PATHS = (
    '//*[@rel="author"][normalize-space()] | //*[contains(concat(" ", @itemprop, " "), " author ")][normalize-space()]',
    '//*[contains(translate(@class, "BYLINE", "byline"), "byline") and not(self::body or self::html)]',
    '//*[contains(concat(" ", @class, " "), " author ") or contains(@class, "author-name")]',
)
BYLINE_PREFIX = re.compile(r"^(?:written by|words by|by|von|par|por|di|door|od|автор:?)[ :]+", re.IGNORECASE)
# After a byline often follow the date, or the position or number of the author.
BYLINE_SUFFIX = re.compile(
    r"\s*(?:\s\w+\.? \d{1,2}, \d{4}|\s[|•·–—-]\s|[|•·]|,? \d|\b(?:Published|Updated|Posted)\b).*"
)
ADDRESS = re.compile(r"https?:|www\.|@", re.IGNORECASE)
MAX_BYLINE_LENGTH = 120


class Metadata:
    """The metadata of a page: `data` from its JSON-LD, `meta` from its meta elements."""

    def __init__(self, tree: HtmlElement) -> None:
        self.tree = tree
        self.data = find_article_data(tree)
        self.meta = read_meta_elements(tree)

    def find_first(self, names: list[str]) -> str:
        """Return the content of the first of these meta elements that the page has; else an empty string."""
        return next((text for name in names for text in self.meta.get(name, [])), "")

    def find_byline(self) -> str:
        """Return the authors, joined by commas, without "by", dates and addresses."""
        stated = [read_texts(self.data.get("author")), read_texts(self.data.get("creator"))]
        stated += [self.meta.get(name, []) for name in AUTHOR_NAMES]
        stated += [[find_shown_byline(self.tree, path)] for path in BYLINE_PATHS]
        return next((byline for names in stated if (byline := join_names(names))), "")

    def find_site(self) -> str:
        """Return the name of the outlet as the page states it; may be empty."""
        name = read_text(self.data.get("publisher")) or self.find_first(SITE_NAMES)
        return "" if ADDRESS.match(name) else collapse_spaces(name)

    def find_summary(self) -> str:
        """Return the page's summary of itself, a sentence or two; may be empty."""
        return collapse_spaces(read_text(self.data.get("description")) or self.find_first(SUMMARY_NAMES))

    def list_addresses(self, base: str) -> list[str]:
        """Return the addresses that the page states for itself, best first, resolved against `base`."""
        links = self.tree.xpath('//link[contains(concat(" ", @rel, " "), " canonical ")]/@href')
        pages = [read_text(self.data.get(key)) for key in ("mainEntityOfPage", "url")]
        return [join_url(base, link) for link in [*links, *self.meta.get("og:url", []), *pages] if link.strip()]


def read_meta_elements(tree: HtmlElement) -> dict[str, list[str]]:
    """Return the contents of the meta elements by their lower-case names, in the order of the page."""
    contents: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = html.unescape(element.get("content", "")).strip()
        names = {element.get(key, "").lower() for key in ("property", "name", "itemprop", "http-equiv")} - {""}
        for name in names if content else ():
            contents.setdefault(name, []).append(content)
    return contents


def join_url(base: str, link: str) -> str:
    """Return the absolute address of a link; empty if it is malformed."""
    try:
        return urljoin(base, link.strip())
    except ValueError:  # a malformed host
        return ""


def find_shown_byline(tree: HtmlElement, path: str) -> str:
    """Return the first short text among the elements at this XPath."""
    texts = (clean_byline(element) for element in tree.xpath(path)[:20])
    return next((text for text in texts if 1 < len(text) < MAX_BYLINE_LENGTH), "")


def clean_byline(element: HtmlElement) -> str:
    """Return the text of an element without "by" before it and dates or addresses after it."""
    return BYLINE_SUFFIX.sub("", BYLINE_PREFIX.sub("", collapse_spaces(" ".join(element.itertext()))))


def join_names(names: list[str]) -> str:
    """Return the names of people, cleaned and joined by commas."""
    cleaned = [BYLINE_SUFFIX.sub("", BYLINE_PREFIX.sub("", collapse_spaces(name))).strip(" ,;") for name in names]
    people = [name for name in cleaned if name and not ADDRESS.search(name) and len(name) <= MAX_BYLINE_LENGTH]
    return ", ".join(dict.fromkeys(people))[:200]
