"""What a page says of itself: who wrote it, where, when, and in which language."""

import html
import re
from urllib.parse import urljoin

from lxml.html import HtmlElement

from newsreader.importing.extraction.jsonld import article_data, text_in, texts_in
from newsreader.importing.extraction.page import on_one_line

AUTHORS = ["author", "dc.creator", "dcterms.creator", "article:author", "og:article:author", "byl", "parsely-author"]
AUTHORS += ["sailthru.author", "dcsext.author", "citation_author", "cxenseparse:author"]
SITES = ["og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher"]
SUMMARIES = ["og:description", "twitter:description", "dc.description", "description"]
BYLINES = (
    '//*[@rel="author"][normalize-space()] | //*[contains(concat(" ", @itemprop, " "), " author ")][normalize-space()]',
    '//*[contains(translate(@class, "BYLINE", "byline"), "byline") and not(self::body or self::html)]',
    '//*[contains(concat(" ", @class, " "), " author ") or contains(@class, "author-name")]',
)
LEAD_IN = re.compile(r"^(?:written by|words by|by|von|par|por|di|door|od|автор:?)[ :]+", re.IGNORECASE)
# A page's byline often runs on with the date, the post or the number of the author.
RUN_ON = re.compile(r"\s*(?:\s\w+\.? \d{1,2}, \d{4}|\s[|•·–—-]\s|[|•·]|,? \d|\b(?:Published|Updated|Posted)\b).*")
ADDRESS = re.compile(r"https?:|www\.|@", re.IGNORECASE)
MAX_BYLINE = 120


class Metadata:
    """What a page says of itself, gathered from its linked data and its meta elements."""

    def __init__(self, tree: HtmlElement):
        self.tree = tree
        self.data = article_data(tree)
        self.meta = meta_of(tree)

    def first(self, names: list[str]) -> str:
        """What the first of these meta elements that is there says."""
        return next((text for name in names for text in self.meta.get(name, [])), "")

    def byline(self) -> str:
        """Who wrote it, names joined by commas; without “by”, dates and addresses."""
        stated = [texts_in(self.data.get("author")), texts_in(self.data.get("creator"))]
        stated += [self.meta.get(name, []) for name in AUTHORS]
        stated += [[shown_byline(self.tree, path)] for path in BYLINES]
        return next((byline for names in stated if (byline := joined(names))), "")

    def site(self) -> str:
        """The name of the outlet, as it states it itself; may be empty."""
        name = text_in(self.data.get("publisher")) or self.first(SITES)
        return "" if ADDRESS.match(name) else on_one_line(name)

    def summary(self) -> str:
        """What the page says it is about, in a sentence or two; may be empty."""
        return on_one_line(text_in(self.data.get("description")) or self.first(SUMMARIES))

    def addresses(self, base: str) -> list[str]:
        """The addresses under which the page wants to be known, best first."""
        links = self.tree.xpath('//link[contains(concat(" ", @rel, " "), " canonical ")]/@href')
        pages = [text_in(self.data.get(key)) for key in ("mainEntityOfPage", "url")]
        return [joined_address(base, link) for link in [*links, *self.meta.get("og:url", []), *pages] if link.strip()]


def meta_of(tree: HtmlElement) -> dict[str, list[str]]:
    """The contents of the meta elements by their lower-case names, in the order of the page."""
    found = {}
    for element in tree.iter("meta"):
        content = html.unescape(element.get("content", "")).strip()
        names = {element.get(key, "").lower() for key in ("property", "name", "itemprop", "http-equiv")} - {""}
        for name in names if content else ():
            found.setdefault(name, []).append(content)
    return found


def joined_address(base: str, link: str) -> str:
    try:
        return urljoin(base, link.strip())
    except ValueError:  # a malformed host
        return ""


def shown_byline(tree: HtmlElement, path: str) -> str:
    """The first short text at these places of the page."""
    texts = (byline_of(element) for element in tree.xpath(path)[:20])
    return next((text for text in texts if 1 < len(text) < MAX_BYLINE), "")


def byline_of(element: HtmlElement) -> str:
    return RUN_ON.sub("", LEAD_IN.sub("", on_one_line(" ".join(element.itertext()))))


def joined(names: list[str]) -> str:
    tidied = [RUN_ON.sub("", LEAD_IN.sub("", on_one_line(name))).strip(" ,;") for name in names]
    people = [name for name in tidied if name and not ADDRESS.search(name) and len(name) <= MAX_BYLINE]
    return ", ".join(dict.fromkeys(people))[:200]
