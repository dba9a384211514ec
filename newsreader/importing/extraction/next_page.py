"""Finds the next part of an article that a site shows in several pages."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml.html import HtmlElement

from newsreader.importing.extraction.metadata import join_url
from newsreader.importing.extraction.page import get_text

MAX_LINKS = 5_000
WORD = r"(?:page|part|p|pg|seite|teil|pagina|página|parte|sida|side|strana)"
# The end of a path that says which part it is of: /2/, /page/2, /page-2, -2.html, _p2.html.
IN_PATH = re.compile(
    rf"(?:/{WORD}[-_/]?|/|[-_,](?:{WORD}[-_]?)?)(\d{{1,2}})(\.\w{{2,5}}|/(?:index\.\w+)?)?$", re.IGNORECASE
)
IN_QUERY = re.compile(rf"(?:{WORD}|pagenum|page_?no|currentpage)$", re.IGNORECASE)
NEXT_WORDS = re.compile(
    r"(?:next|next page|weiter|nächste seite|suivant|page suivante|siguiente|volgende|nästa)\W*$", re.IGNORECASE
)


class Place(NamedTuple):
    """The address of an article without what names one of its parts, and the number of the part."""

    article: str
    number: int


def find_next_page(tree: HtmlElement, url: str) -> str:
    """Return the address of the part of the article behind that at `url`; empty where the page links none on its host."""
    here = split_address(url)
    for address, is_stated in iterate_links(tree, url, here.number + 1):
        place = split_address(address)
        is_numbered = place.article == here.article and place.number == here.number + 1
        if is_numbered or (is_stated and is_below(address, url)):
            return address.partition("#")[0]
    return ""


def iterate_links(tree: HtmlElement, url: str, number: int) -> Iterator[tuple[str, bool]]:
    """Yield the addresses that may be the next part, and whether the page states that: its own word first."""
    links = [element for element in tree.iter("link", "a") if element.get("href")][:MAX_LINKS]
    stated = [link for link in links if "next" in link.get("rel", "").lower().split()]
    shown = [link for link in links if link.tag == "a" and is_label(get_text(link), number)]
    for link in [*stated, *shown]:
        address = join_url(url, link.get("href"))
        if urlsplit(address).netloc.lower() == urlsplit(url).netloc.lower():
            yield address, link in stated


def is_label(text: str, number: int) -> bool:
    """Return whether the words of a link lead to the part of this number, or to the next one."""
    return bool(re.fullmatch(rf"(?:{WORD}\s*)?{number}", text, re.IGNORECASE) or NEXT_WORDS.match(text))


def split_address(url: str) -> Place:
    """Return which part of which article an address is of; the first where it says nothing."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    numbers = [int(value) for name, value in pairs if IN_QUERY.match(name) and value.isdecimal() and len(value) < 3]
    query = urlencode([(name, value) for name, value in pairs if not IN_QUERY.match(name)])
    found = None if numbers else IN_PATH.search(parts.path)
    path = parts.path[: found.start()] + (found[2] or "") if found else parts.path
    article = f"{parts.netloc.lower()}{path.rstrip('/')}?{query}"
    return Place(article, numbers[0] if numbers else int(found[1]) if found else 1)


def is_below(address: str, url: str) -> bool:
    """Return whether an address continues the path of a page."""
    path, own = urlsplit(address).path, re.sub(r"(\.\w{2,5}|/)$", "", urlsplit(url).path)
    return (
        bool(own)
        and path != urlsplit(url).path
        and re.match(r"[-_/]", path.removeprefix(own)) is not None
        and path.startswith(own)
    )
