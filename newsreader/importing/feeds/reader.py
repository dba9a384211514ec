"""Reads a feed from its bytes, whatever its format and whatever its type says."""

import re

from newsreader.importing.errors import ArticleImportError
from newsreader.importing.feeds.documents import NO_FEED, PAGE_INSTEAD, FeedContent
from newsreader.importing.feeds.json_feed import read_json_feed
from newsreader.importing.feeds.xml_feed import read_xml_feed
from newsreader.importing.limits import refuse_large_feed
from newsreader.text.translation import gettext as _

JSON_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")
PAGE_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{,200}>\s*)?(?:<!--.{,2000}?-->\s*)?<(?:!doctype html|html)[\s>]", re.I | re.S
)


def read_feed(document: bytes, url: str = "", content_type: str = "") -> FeedContent:
    """Return the feed in a document from `url`; raise ArticleImportError if it is none or past a cap."""
    refuse_large_feed(document)
    if not document.strip():
        raise ArticleImportError(_(NO_FEED))
    if JSON_START.match(document):
        return read_json_feed(document, url)
    try:
        return read_xml_feed(document, url, content_type)
    except ArticleImportError as error:
        if PAGE_START.match(document):
            raise ArticleImportError(_(PAGE_INSTEAD)) from error
        raise
