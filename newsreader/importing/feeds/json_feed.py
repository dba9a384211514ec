"""Reads JSON Feed, versions 1 and 1.1 (jsonfeed.org)."""

import json
from html import escape
from typing import Any

from newsreader.importing.errors import ArticleImportError
from newsreader.importing.feeds.documents import MAX_ENTRIES, NO_FEED, FeedContent, FeedEntryContent
from newsreader.importing.feeds.values import make_address, make_key, make_language, make_line, make_moment, make_text
from newsreader.text.translation import gettext as _


def read_json_feed(document: bytes, url: str) -> FeedContent:
    """Return the feed in a JSON document from `url`; raise ArticleImportError if it is none."""
    data = parse_json(document)
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list):
        raise ArticleImportError(_(NO_FEED))
    entries = [read_item(item, data, url) for item in items[:MAX_ENTRIES] if isinstance(item, dict)]
    return FeedContent(make_line(data.get("title")), make_address(data.get("home_page_url"), url), entries)


def parse_json(document: bytes) -> Any:
    """Return the value of a JSON document; raise ArticleImportError if it is none."""
    try:
        return json.loads(document.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise ArticleImportError(_(NO_FEED)) from error


def read_item(item: dict[str, Any], feed: dict[str, Any], base: str) -> FeedEntryContent:
    """Return an item of a JSON Feed as an entry."""
    url = make_address(item.get("url"), base) or make_address(item.get("external_url"), base)
    entry = FeedEntryContent(
        key="",
        url=url,
        title=make_line(item.get("title")),
        byline=find_authors(item) or find_authors(feed),
        html=make_text(find_content(item), url or base),
        language=make_language(item.get("language")) or make_language(feed.get("language")),
        published=make_moment(item.get("date_published")),
        updated=make_moment(item.get("date_modified")),
    )
    entry.key = make_key(item.get("id"), entry)
    return entry


def find_content(item: dict[str, Any]) -> str:
    """Return the HTML of an item, else its plain text or its summary as HTML."""
    if isinstance(html := item.get("content_html"), str) and html:
        return html
    plain = item.get("content_text") or item.get("summary")
    lines = plain.splitlines() if isinstance(plain, str) else []
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line.strip())


def find_authors(data: dict[str, Any]) -> str:
    """Return the names of the authors of an item or a feed."""
    authors = data.get("authors")
    listed = authors[:20] if isinstance(authors, list) else [data.get("author")]
    return make_line(", ".join(filter(None, (make_line(who.get("name")) for who in listed if isinstance(who, dict)))))
