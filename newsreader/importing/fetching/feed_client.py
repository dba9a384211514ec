"""Asks for a feed as the safe fetcher asks for pages, with validators, and tells all that the server says of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile

from urllib3.response import BaseHTTPResponse

from newsreader.importing.errors import ArticleImportError
from newsreader.importing.fetching.client import HEADERS, Redirect, follow_redirects, read_body
from newsreader.importing.limits import FEED_TOO_LARGE, MAX_FEED_BYTES
from newsreader.text.translation import gettext as _

PERMANENT_STATUSES = {301, 308}
FEED_HEADERS = {
    **HEADERS,
    "User-Agent": "Newsreader/0.1 (reads a feed once an hour at most)",
    "Accept": "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
}


@dataclass(frozen=True)
class FeedAnswer:
    """What a server answered: `url` in the end, and `moved_to` where it said for good that the feed is elsewhere.

    The fields behind `body` are headers as they came, empty where they did not.
    """

    url: str
    status: int
    moved_to: str = ""
    body: bytes = b""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    date: str = ""
    retry_after: str = ""
    cache_control: str = ""


def fetch_feed(url: str, validators: Mapping[str, str], *, allow_loopback: bool = False) -> FeedAnswer:
    """Return what the server of a feed answers to a request with these validators.

    The body is there where the status is 200, of at most 5 MB; raise ArticleImportError if there is no answer.
    """
    with follow_redirects(url, {**FEED_HEADERS, **validators}, allow_loopback=allow_loopback) as final:
        return read_answer(final.response, final.url, find_new_address(final.redirects))


def find_new_address(redirects: Iterable[Redirect]) -> str:
    """Return where a feed is for good: the last address before any redirect that is not permanent; empty where it did not move."""
    permanent = list(takewhile(lambda redirect: redirect.status in PERMANENT_STATUSES, redirects))
    return permanent[-1].url.partition("#")[0] if permanent else ""


def read_answer(response: BaseHTTPResponse, url: str, moved_to: str) -> FeedAnswer:
    """Return a response as an answer, with its body where it has a feed."""
    headers = response.headers
    has_body = response.status == 200
    if has_body and int(headers.get("Content-Length") or 0) > MAX_FEED_BYTES:
        raise ArticleImportError(_(FEED_TOO_LARGE))
    return FeedAnswer(
        url=url,
        status=response.status,
        moved_to=moved_to,
        body=read_body(response, MAX_FEED_BYTES, FEED_TOO_LARGE) if has_body else b"",
        content_type=headers.get("Content-Type", ""),
        etag=headers.get("ETag", ""),
        last_modified=headers.get("Last-Modified", ""),
        date=headers.get("Date", ""),
        retry_after=headers.get("Retry-After", ""),
        cache_control=headers.get("Cache-Control", ""),
    )
