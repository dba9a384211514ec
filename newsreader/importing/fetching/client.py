"""Fetches a page from the web, safely: from public machines only, within limits, each redirect checked anew."""

import http.client
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from socket import SHUT_RDWR, socket
from ssl import SSLError
from threading import Timer
from urllib.parse import SplitResult, urljoin

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.util.ssl_match_hostname import CertificateError

from newsreader.importing.errors import IntakeError
from newsreader.importing.fetching.hosts import checked_addresses
from newsreader.importing.fetching.urls import PORTS, checked_url
from newsreader.importing.limits import MAX_BYTES, TOO_LARGE

MAX_SECONDS = 20
PATIENCE = 8  # seconds for one step: to connect, or for the next bytes
MAX_REDIRECTS = 5
CHUNK = 65_536
TYPES = {"text/html", "application/xhtml+xml", "text/plain", ""}
REDIRECTS = {301, 302, 303, 307, 308}
HEADERS = {
    "User-Agent": "Newsreader/0.1 (reads single articles on a person's request)",
    "Accept": "text/html, application/xhtml+xml, text/plain;q=0.8",
    "Accept-Encoding": "gzip",
}
TOO_SLOW = f"The address did not answer within {MAX_SECONDS} seconds."


@dataclass
class Fetched:
    """A page from the web: the address it came from in the end, its bytes, and what its server says it is."""

    url: str
    body: bytes
    content_type: str


def fetch(url: str, *, allow_loopback: bool = False) -> Fetched:
    """The page at `url`, at most 2 MB in at most 20 seconds. IntakeError where it cannot or may not be had."""
    deadline = time.monotonic() + MAX_SECONDS
    for _ in range(MAX_REDIRECTS + 1):
        parts = checked_url(url, allow_loopback)
        with answer(parts, deadline, allow_loopback) as response:
            if response.status not in REDIRECTS or not response.headers.get("Location"):
                return Fetched(parts.geturl(), *content_of(response))
            url = urljoin(parts.geturl(), response.headers["Location"])
    raise IntakeError("The address leads from one address to the next without end.")


@contextmanager
def answer(parts: SplitResult, deadline: float, allow_loopback: bool):
    """The answer of the server; IntakeError where it breaks, or is not whole by the deadline."""
    try:
        with closing(connected(parts, deadline, allow_loopback)) as connection, cut_off(connection.sock, deadline):
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            connection.request("GET", target, headers={**HEADERS, "Host": parts.netloc}, preload_content=False)
            yield connection.getresponse()
    except (OSError, HTTPError, http.client.HTTPException, ValueError) as error:
        raise IntakeError(reason(error, deadline)) from error


@contextmanager
def cut_off(sock: socket, deadline: float):
    """Ends the connection at the deadline under whoever reads from it, however slowly its data drip. TimeoutError then."""
    timer = Timer(max(0, deadline - time.monotonic()), end, [sock])
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    if time.monotonic() >= deadline:  # an answer without a stated length looks whole when it is cut off
        raise TimeoutError


def end(sock: socket) -> None:
    with suppress(OSError):  # it may have ended by itself
        socket.shutdown(sock, SHUT_RDWR)


def connected(parts: SplitResult, deadline: float, allow_loopback: bool) -> HTTPConnection:
    """A connection to the first of the checked addresses that answers; the name is still the one that TLS verifies."""
    port = parts.port or PORTS[parts.scheme]
    problem = IntakeError(TOO_SLOW)
    for address in checked_addresses(parts.hostname, port, allow_loopback):
        patience = min(PATIENCE, deadline - time.monotonic())
        if patience <= 0:
            break
        connection = connection_to(address, port, parts, patience)
        try:
            connection.connect()
        except (OSError, HTTPError, CertificateError) as error:
            connection.close()
            problem = error
        else:
            return connection
    raise problem


def connection_to(address: str, port: int, parts: SplitResult, patience: float) -> HTTPConnection:
    if parts.scheme == "http":
        return HTTPConnection(address, port, timeout=patience)
    name = parts.hostname
    tls = {"cert_reqs": "CERT_REQUIRED", "ca_certs": certifi.where(), "server_hostname": name, "assert_hostname": name}
    return HTTPSConnection(address, port, timeout=patience, **tls)


def content_of(response) -> tuple[bytes, str]:
    """The body and the type of an answer. IntakeError where it is no page, or too large, packed or unpacked."""
    if response.status != 200:
        raise IntakeError(f"The address answers {response.status}{phrase_of(response.status)}.")
    content_type = response.headers.get("Content-Type", "")
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in TYPES:
        raise IntakeError(f"The address holds no page, but a file of the type {kind[:60]}.")
    if int(response.headers.get("Content-Length") or 0) > MAX_BYTES:
        raise IntakeError(TOO_LARGE)
    return body_of(response), content_type


def body_of(response) -> bytes:
    body = b""
    while chunk := response.read1(CHUNK, decode_content=True):
        body += chunk
        if len(body) > MAX_BYTES:
            raise IntakeError(TOO_LARGE)
    return body


def phrase_of(status: int) -> str:
    try:
        return f" {HTTPStatus(status).phrase}"
    except ValueError:
        return ""


def reason(error: Exception, deadline: float) -> str:
    """What went wrong, for people."""
    if time.monotonic() >= deadline or isinstance(error, TimeoutError):
        return TOO_SLOW
    if isinstance(error, CertificateError | SSLError):
        return "The address could not prove who it is: its certificate is not valid."
    return "The address could not be reached, or broke off its answer."
