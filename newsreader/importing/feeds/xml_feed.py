"""Reads RSS and Atom, well-formed or not. No DTD is read and no entity expanded."""

import re
from html import unescape
from io import BytesIO
from typing import Any

import feedparser
from feedparser.encodings import convert_to_utf8

from newsreader.importing.errors import ArticleImportError
from newsreader.importing.feeds.documents import MAX_ENTRIES, NO_FEED, FeedContent, FeedEntryContent
from newsreader.importing.feeds.values import make_address, make_key, make_language, make_line, make_moment, make_text
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop

MAX_DEPTH = 200
MAX_TAGS = 300_000  # of the feed and, as far as they are not escaped, of its texts
TAG = re.compile(rb"<(/?)[A-Za-z][^<>]*?(/?)>")
# One that is left open goes to the end.
CHARACTER_DATA = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
# Before the first element, so never one of which an entry tells.
DOCTYPE = re.compile(
    rb"\A((?:\s++|\xef\xbb\xbf|<\?.*?\?>|<!--.*?-->)*+)<!DOCTYPE[^\[>]*(?:\[(.*?)\]\s*)?>", re.DOTALL | re.IGNORECASE
)
ENTITY = re.compile(rb"<!ENTITY\s[^>]*", re.IGNORECASE)
NESTED_ENTITY = re.compile(rb"""["'][^"'>]*[&%][\w#]""")
MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")
FEED_TOO_DEEP = gettext_noop("This feed is nested more than 200 levels deep.")
FEED_TOO_DENSE = gettext_noop("This feed has too many elements to be read safely.")
FEED_ENTITIES = gettext_noop("This feed defines entities that expand each other, so it is not read.")


def read_xml_feed(document: bytes, url: str, content_type: str) -> FeedContent:
    """Return the feed in an XML document from `url`; raise ArticleImportError if it is none or past a cap."""
    document = drop_doctype(decode(document, content_type))
    refuse_deep(document)
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    found = feedparser.parse(BytesIO(document), response_headers=headers, sanitize_html=False)
    if not found.version and not found.entries:
        raise ArticleImportError(_(NO_FEED))
    feed = found.feed
    entries = [read_entry(entry, feed, url) for entry in found.entries[:MAX_ENTRIES]]
    return FeedContent(make_title(feed), make_address(feed.get("link"), url), entries)


def decode(document: bytes, content_type: str) -> bytes:
    """Return a document in UTF-8, whatever encoding its byte order mark, type, declaration or bytes suggest."""
    return convert_to_utf8({"content-type": content_type or "application/xml"}, document, {"bozo": False})


def drop_doctype(document: bytes) -> bytes:
    """Return a document without its DTD; raise ArticleImportError if that defines entities by others."""
    match = DOCTYPE.match(document)
    if not match:
        return document
    if any(map(NESTED_ENTITY.search, ENTITY.findall(match[2] or b""))):
        raise ArticleImportError(_(FEED_ENTITIES))
    return match[1] + document[match.end() :]


def refuse_deep(document: bytes) -> None:
    """Raise ArticleImportError if the elements of a document are nested too deep, or are too many."""
    if document.count(b"<") > MAX_TAGS:
        raise ArticleImportError(_(FEED_TOO_DENSE))
    depth = 0
    for end, empty in TAG.findall(CHARACTER_DATA.sub(b"", document)):
        depth = max(depth - 1, 0) if end else depth + (not empty)
        if depth > MAX_DEPTH:
            raise ArticleImportError(_(FEED_TOO_DEEP))


def read_entry(entry: Any, feed: Any, base: str) -> FeedEntryContent:
    """Return an entry as feedparser found it."""
    url = make_address(entry.get("link"), base)
    content = find_content(entry)
    found = FeedEntryContent(
        key="",
        url=url,
        title=make_title(entry),
        byline=make_line(entry.get("author")),
        html=make_text(content.get("value"), content.get("base") or url or base),
        language=make_language(content.get("language")) or make_language(feed.get("language")),
        published=make_moment(dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")),
        updated=make_moment(dict.get(entry, "updated_parsed")),  # not its own `get`, which answers with the other
    )
    found.key = make_key(entry.get("id"), found)
    return found


def make_title(found: Any) -> str:
    """Return the title of a feed or an entry, without its markup."""
    title = found.get("title")
    if title and found.get("title_detail", {}).get("type") != "text/plain":
        title = unescape(MARKUP.sub("", title[:5_000]))
    return make_line(title)


def find_content(entry: Any) -> Any:
    """Return the longest content of an entry, else its summary."""
    contents = [
        part
        for part in entry.get("content", [])[:20]
        if "xml" in part.get("type", "") or "text" in part.get("type", "")
    ]
    if contents:
        return max(contents, key=lambda part: len(part.get("value") or ""))
    return entry.get("summary_detail") or {}
