"""Reads the metadata of a page: author, site, summary and addresses."""

import html
import re
from collections.abc import Iterable
from itertools import islice
from urllib.parse import urljoin

from lxml.html import HtmlElement

from newsreader.importing.extraction.authors import is_full_name, split_names
from newsreader.importing.extraction.jsonld import find_article_data, read_address, read_names, read_text
from newsreader.importing.extraction.page import collapse_spaces, get_text
from newsreader.importing.extraction.shown_authors import find_shown_authors

AUTHOR_NAMES = ["author", "dc.creator", "dcterms.creator", "article:author", "og:article:author", "byl"]
AUTHOR_NAMES += ["parsely-author", "sailthru.author", "dcsext.author", "citation_author", "cxenseparse:author"]
SITE_NAMES = ["og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher"]
HEADLINE_NAMES = ["og:title", "twitter:title"]
SUMMARY_NAMES = ["og:description", "twitter:description", "dc.description", "description"]
ADDRESS = re.compile(r"https?:|www\.|@", re.IGNORECASE)
MAX_HEADINGS = 20


class Metadata:
    """The metadata of a page: `data` from its JSON-LD, `meta` from its meta elements."""

    def __init__(self, tree: HtmlElement, url: str = "") -> None:
        self.tree = tree
        self.url = url
        self.meta = read_meta_elements(tree)
        self.data = find_article_data(tree, self.list_own_addresses(), self.list_headlines())

    def list_own_addresses(self) -> list[str]:
        """Return the addresses of the page: the one it comes from, and those that its links and meta elements state."""
        links = [*list_canonical_links(self.tree), *self.meta.get("og:url", [])]
        return [self.url, *(join_url(self.url, link) for link in links)]

    def list_headlines(self) -> list[str]:
        """Return the headlines that the page shows and states outside its JSON-LD."""
        shown = [get_text(heading) for heading in islice(self.tree.iter("h1"), MAX_HEADINGS)]
        stated = [self.find_first([name]) for name in HEADLINE_NAMES]
        titles = [get_text(element) for element in islice(self.tree.iter("title"), 1)]
        return [headline for headline in [*shown, *stated, *titles] if headline]

    def find_first(self, names: list[str]) -> str:
        """Return the content of the first of these meta elements that the page has; else an empty string."""
        return next((text for name in names for text in self.meta.get(name, [])), "")

    def find_byline(self) -> str:
        """Return the authors, joined by commas; the name of the outlet only if no person is named."""
        groups = [split_all(names) for names in self.list_stated_authors()]
        groups += [names for names in find_shown_authors(self.tree) if any(map(is_full_name, names))]
        outlets = {
            name.casefold() for name in [read_text(self.data.get("publisher")), *self.meta.get("og:site_name", [])]
        }
        people = (names for names in groups if any(name.casefold() not in outlets for name in names))
        offices = split_all(name for name, is_organisation in self.list_authors() if is_organisation)
        return ", ".join(next(people, []) or next(filter(None, groups), offices))[:200]

    def list_authors(self) -> list[tuple[str, bool]]:
        """Return the names in the page's JSON-LD, and whether each is that of an organisation."""
        return read_names(self.data.get("author")) or read_names(self.data.get("creator"))

    def list_stated_authors(self) -> list[list[str]]:
        """Return the authors that the page's JSON-LD and each of its meta elements state, as they are written there."""
        return [
            [name for name, is_organisation in self.list_authors() if not is_organisation],
            *(self.meta.get(name, []) for name in AUTHOR_NAMES),
        ]

    def find_site(self) -> str:
        """Return the name of the outlet as the page states it; may be empty."""
        names = [read_text(self.data.get("publisher")), *(self.find_first([name]) for name in SITE_NAMES)]
        return next((collapse_spaces(name) for name in names if name and not ADDRESS.match(name)), "")

    def find_summary(self) -> str:
        """Return the page's summary of itself, a sentence or two; may be empty."""
        return collapse_spaces(read_text(self.data.get("description")) or self.find_first(SUMMARY_NAMES))

    def list_addresses(self, base: str) -> list[str]:
        """Return the addresses that the page states for itself, best first, resolved against `base`."""
        links = list_canonical_links(self.tree)
        pages = [read_address(self.data.get(key)) for key in ("mainEntityOfPage", "url")]
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


def list_canonical_links(tree: HtmlElement) -> list[str]:
    """Return what the page states as its canonical address, of which there should be one."""
    return tree.xpath('//link[contains(concat(" ", @rel, " "), " canonical ")]/@href')[:MAX_HEADINGS]


def split_all(texts: Iterable[str]) -> list[str]:
    """Return all names in these texts, each once."""
    return list(dict.fromkeys(name for text in texts for name in split_names(text)))
