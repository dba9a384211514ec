"""Finds the feeds that a web page names."""

from dataclasses import dataclass

from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extraction.page import parse_page
from newsreader.importing.extraction.reduction import reduce_page
from newsreader.importing.feeds.documents import FeedContent
from newsreader.importing.feeds.reader import read_feed
from newsreader.importing.feeds.values import make_address, make_line
from newsreader.importing.fetching.encoding import decode_page

FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/json"}
MAX_LINKS = 50


@dataclass
class FeedLink:
    """A feed that a page names, with the title that it gives it."""

    url: str
    title: str = ""


@dataclass
class Discovery:
    """What stands at an address: a feed, or a page that names feeds."""

    feed: FeedContent | None
    links: list[FeedLink]


def discover(document: bytes, url: str, content_type: str) -> Discovery:
    """Return the feed in a document, or the feeds that the page in it names; raise ArticleImportError if it is neither."""
    try:
        return Discovery(read_feed(document, url, content_type), [])
    except ArticleImportError as error:
        try:
            return Discovery(None, find_feed_links(document, url, content_type))
        except ArticleImportError:
            raise error from None


def find_feed_links(document: bytes, url: str, content_type: str) -> list[FeedLink]:
    """Return the feeds that a page names in its head, each once."""
    tree = parse_page(reduce_page(decode_page(document, content_type)))
    base = tree.find(".//base[@href]")
    base_url = make_address(base.get("href"), url) if base is not None else url
    links: dict[str, FeedLink] = {}
    for link in tree.iter("link"):
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        address = make_address(link.get("href"), base_url or url)
        if address and kind in FEED_TYPES and "alternate" in (link.get("rel") or "").lower().split():
            links.setdefault(address, FeedLink(address, make_line(link.get("title"))))
    return list(links.values())[:MAX_LINKS]
