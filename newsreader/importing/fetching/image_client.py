"""Fetches an image from the web as the safe fetcher fetches pages."""

from urllib3.response import BaseHTTPResponse

from newsreader.importing.errors import ArticleImportError
from newsreader.importing.fetching.client import HEADERS, follow_redirects, name_status, read_body
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
    with follow_redirects(url, IMAGE_HEADERS, allow_loopback=allow_loopback) as final:
        return read_file(final.response)


def read_file(response: BaseHTTPResponse) -> bytes:
    """Return the body of a response; raise ArticleImportError if there is none, or it says that it is too large."""
    if response.status != 200:
        raise ArticleImportError(_("The URL answered %(status)s.") % {"status": name_status(response.status)})
    if int(response.headers.get("Content-Length") or 0) > MAX_IMAGE_BYTES:
        raise ArticleImportError(_(IMAGE_TOO_LARGE))
    return read_body(response, MAX_IMAGE_BYTES, IMAGE_TOO_LARGE)
