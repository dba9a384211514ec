"""Fetches an image from the web as the safe fetcher fetches pages."""

import time
from urllib.parse import urljoin

from urllib3.response import BaseHTTPResponse

from newsreader.importing.errors import ArticleImportError
from newsreader.importing.fetching.client import (
    HEADERS,
    MAX_REDIRECTS,
    MAX_SECONDS,
    REDIRECT_STATUSES,
    name_status,
    open_response,
    read_body,
)
from newsreader.importing.fetching.urls import parse_web_url
from newsreader.importing.limits import IMAGE_TOO_LARGE, MAX_IMAGE_BYTES
from newsreader.text.translation import gettext as _

IMAGE_HEADERS = {
    **HEADERS,
    "User-Agent": "Newsreader/0.1 (keeps the images of single articles for people who annotate them)",
    "Accept": "image/webp, image/jpeg, image/png, image/gif;q=0.8",
    "Accept-Encoding": "identity",
}


def fetch_image(url: str, *, allow_loopback: bool = False) -> bytes:
    """Return the file at `url`, whatever it is, of at most 10 MB; raise ArticleImportError if it cannot or may not be fetched."""
    deadline = time.monotonic() + MAX_SECONDS
    for _attempt in range(MAX_REDIRECTS + 1):
        parts = parse_web_url(url, allow_loopback)
        with open_response(parts, deadline, allow_loopback, IMAGE_HEADERS) as response:
            if response.status not in REDIRECT_STATUSES or not response.headers.get("Location"):
                return read_file(response)
            url = urljoin(parts.geturl(), response.headers["Location"])
    raise ArticleImportError(_("The URL redirects too many times."))


def read_file(response: BaseHTTPResponse) -> bytes:
    """Return the body of a response; raise ArticleImportError if there is none, or it says that it is too large."""
    if response.status != 200:
        raise ArticleImportError(_("The URL answered %(status)s.") % {"status": name_status(response.status)})
    if int(response.headers.get("Content-Length") or 0) > MAX_IMAGE_BYTES:
        raise ArticleImportError(_(IMAGE_TOO_LARGE))
    return read_body(response, MAX_IMAGE_BYTES, IMAGE_TOO_LARGE)
