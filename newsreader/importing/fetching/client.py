"""Fetches a page from the web: from public hosts only, within limits, each redirect checked again."""

import http.client
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from socket import SHUT_RDWR, socket
from ssl import SSLError
from threading import Timer
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse
from urllib3.util.ssl_match_hostname import CertificateError

from newsreader.importing.documents import DOCUMENT_TYPES
from newsreader.importing.errors import ArticleImportError, PassingError
from newsreader.importing.fetching.hosts import resolve_public_addresses
from newsreader.importing.fetching.urls import DEFAULT_PORTS, parse_web_url
from newsreader.importing.limits import FILE_TOO_LARGE, MAX_FILE_BYTES
from newsreader.text.translation import gettext as _

MAX_SECONDS = 20
MAX_STEP_SECONDS = 8  # to connect, or to wait for the next bytes
MAX_REDIRECTS = 5
CHUNK_BYTES = 65_536
CONTENT_TYPES = {"text/html", "application/xhtml+xml", "text/plain", "multipart/related", "message/rfc822", ""}
CONTENT_TYPES |= DOCUMENT_TYPES.keys()
PASSING_STATUSES = {408, 425, 429, 500, 502, 503, 504}
REDIRECT_STATUSES = {301, 302, 303, 307, 308}
HEADERS = {
    "User-Agent": "Newsreader/0.1 (reads single articles for people who annotate them)",
    "Accept": "text/html, application/xhtml+xml, text/plain;q=0.8",
    "Accept-Encoding": "gzip",
}


@dataclass
class FetchedPage:
    """A page from the web: the address it came from in the end, its bytes, and its content type."""

    url: str
    body: bytes
    content_type: str


class Redirect(NamedTuple):
    """A response that leads elsewhere: its status, and the address to which it leads."""

    status: int
    url: str


class FinalResponse(NamedTuple):
    """The response that leads nowhere else, the address it came from, and the redirects that led there, in their order."""

    url: str
    response: BaseHTTPResponse
    redirects: list[Redirect]


def fetch_page(url: str, *, allow_loopback: bool = False) -> FetchedPage:
    """Return the page at `url`, at most 10 MB in at most 20 seconds; raise ArticleImportError if it cannot or may not be fetched."""
    with follow_redirects(url, HEADERS, allow_loopback=allow_loopback) as final:
        return FetchedPage(final.url, *read_content(final.response))


@contextmanager
def follow_redirects(url: str, headers: Mapping[str, str], *, allow_loopback: bool) -> Iterator[FinalResponse]:
    """Open the response at `url`, or at the address to which that leads; raise ArticleImportError if there is none."""
    deadline = time.monotonic() + MAX_SECONDS
    redirects: list[Redirect] = []
    for _attempt in range(MAX_REDIRECTS + 1):
        parts = parse_web_url(url, allow_loopback)
        with open_response(parts, deadline, allow_loopback, headers) as response:
            location = response.headers.get("Location")
            if response.status not in REDIRECT_STATUSES or not location:
                yield FinalResponse(parts.geturl(), response, redirects)
                return
            url = urljoin(parts.geturl(), location)
            redirects.append(Redirect(response.status, url))
    raise ArticleImportError(_("The URL redirects too many times."))


@contextmanager
def open_response(
    parts: SplitResult, deadline: float, allow_loopback: bool, headers: Mapping[str, str]
) -> Iterator[BaseHTTPResponse]:
    """Open the server's response; raise ArticleImportError if it fails or is not complete by the deadline."""
    try:
        with (
            closing(open_connection(parts, deadline, allow_loopback)) as connection,
            enforce_deadline(connection.sock, deadline),
        ):
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            connection.request("GET", target, headers={**headers, "Host": parts.netloc}, preload_content=False)
            yield connection.getresponse()
    except (OSError, HTTPError, http.client.HTTPException, ValueError) as error:
        raise PassingError(explain_error(error, deadline)) from error


@contextmanager
def enforce_deadline(sock: socket, deadline: float) -> Iterator[None]:
    """Close the connection at the deadline, however slowly its data come, and raise TimeoutError then."""
    timer = Timer(max(0, deadline - time.monotonic()), shut_down_socket, [sock])
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    if time.monotonic() >= deadline:  # a response without a stated length looks complete when it is cut off
        raise TimeoutError


def shut_down_socket(sock: socket) -> None:
    """Shut down a socket, which may be closed already."""
    with suppress(OSError):  # the server may have closed it
        socket.shutdown(sock, SHUT_RDWR)


def open_connection(parts: SplitResult, deadline: float, allow_loopback: bool) -> HTTPConnection:
    """Return a connection to the first of the checked addresses that answers; TLS still verifies the host name."""
    port = parts.port or DEFAULT_PORTS[parts.scheme]
    problem: Exception = PassingError(explain_delay())
    for address in resolve_public_addresses(parts.hostname or "", port, allow_loopback):
        timeout = min(MAX_STEP_SECONDS, deadline - time.monotonic())
        if timeout <= 0:
            break
        connection = make_connection(address, port, parts, timeout)
        try:
            connection.connect()
        except (OSError, HTTPError, CertificateError) as error:
            connection.close()
            problem = error
        else:
            return connection
    raise problem


def make_connection(address: str, port: int, parts: SplitResult, timeout: float) -> HTTPConnection:
    """Return a connection to an address, not opened yet; `timeout` is in seconds for each step."""
    if parts.scheme == "http":
        return HTTPConnection(address, port, timeout=timeout)
    return HTTPSConnection(
        address,
        port,
        timeout=timeout,
        cert_reqs="CERT_REQUIRED",
        ca_certs=certifi.where(),
        server_hostname=parts.hostname,
        assert_hostname=parts.hostname,
    )


def read_content(response: BaseHTTPResponse) -> tuple[bytes, str]:
    """Return the body and content type of a response; raise ArticleImportError if it is not a page or larger than 10 MB."""
    if response.status != 200:
        kind_of_error = PassingError if response.status in PASSING_STATUSES else ArticleImportError
        raise kind_of_error(_("The URL answered %(status)s.") % {"status": name_status(response.status)})
    content_type = response.headers.get("Content-Type", "")
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in CONTENT_TYPES:
        message = _("The URL is not a web page but a file of type %(type)s.")
        raise ArticleImportError(message % {"type": kind[:60]})
    if int(response.headers.get("Content-Length") or 0) > MAX_FILE_BYTES:
        raise ArticleImportError(_(FILE_TOO_LARGE))
    return read_body(response), content_type


def read_body(response: BaseHTTPResponse, max_bytes: int = MAX_FILE_BYTES, message: str = FILE_TOO_LARGE) -> bytes:
    """Return the unpacked body; raise ArticleImportError with this message if it is larger than that, 10 MB if not told."""
    body = bytearray()
    while chunk := response.read1(CHUNK_BYTES, decode_content=True):
        body += chunk
        if len(body) > max_bytes:
            raise ArticleImportError(_(message))
    return bytes(body)


def name_status(status: int) -> str:
    """Return a status code with its standard phrase, if it has one."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def explain_delay() -> str:
    """Return that the deadline has passed, as a sentence for people."""
    return _("The URL did not answer within %(number)s seconds.") % {"number": MAX_SECONDS}


def explain_error(error: Exception, deadline: float) -> str:
    """Return what went wrong, as a sentence for people."""
    if time.monotonic() >= deadline or isinstance(error, TimeoutError):
        return explain_delay()
    if isinstance(error, CertificateError | SSLError):
        return _("The site’s certificate is not valid.")
    return _("The URL could not be reached, or the connection broke.")
