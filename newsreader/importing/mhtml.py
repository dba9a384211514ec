"""Opens MHTML: a web page that a browser saved with its pictures, as a message of several parts (RFC 2557)."""

import re
from email import message_from_bytes
from email.message import Message
from email.parser import BytesHeaderParser
from typing import NamedTuple

from newsreader.importing.errors import ArticleImportError
from newsreader.importing.limits import refuse_large_file
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop

HEADER_BYTES = 20_000
FIRST_HEADER = re.compile(rb"[A-Za-z][\w-]*:")
MIME_HEADERS = (
    re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE),
    re.compile(rb"^Content-Type:\s*(?:multipart/|text/html|application/xhtml\+xml)", re.IGNORECASE | re.MULTILINE),
)
NESTED_PART = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
PAGE_TYPES = {"text/html", "application/xhtml+xml"}
ADDRESS_HEADERS = ["Snapshot-Content-Location", "Content-Location", "Content-Base"]
MAX_PARTS = 5_000
MAX_NESTED_PARTS = 20  # each line is compared with the boundaries of all parts around it
NO_PAGE_INSIDE = gettext_noop("This MHTML file contains no web page.")
TOO_MANY_PARTS = gettext_noop("This MHTML file has too many parts.")


class SavedPage(NamedTuple):
    """A page from a file: its bytes, the address it was saved from, and its content type; either may be empty."""

    body: bytes
    url: str
    content_type: str


def is_mhtml(page: bytes) -> bool:
    """Return whether bytes begin with the headers of a message that can contain a web page."""
    start = page[:HEADER_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not FIRST_HEADER.match(start):
        return False
    headers = re.split(rb"\r?\n[ \t]*\r?\n", start, maxsplit=1)[0]
    return all(pattern.search(headers) for pattern in MIME_HEADERS)


def read_mhtml(page: bytes) -> SavedPage:
    """Return the page in an MHTML file; raise ArticleImportError if there is none, or the file has too many parts."""
    page = page.lstrip(b"\xef\xbb\xbf \t\r\n")
    refuse_many_parts(page)
    message = message_from_bytes(page)
    root = find_root(message)
    body = root.get_payload(decode=True)
    if not isinstance(body, bytes) or not body.strip():
        raise ArticleImportError(_(NO_PAGE_INSIDE))
    refuse_large_file(body)
    charset = root.get_content_charset("")
    content_type = root.get_content_type() + (f"; charset={charset}" if charset else "")
    return SavedPage(body, find_address(message, root), content_type)


def refuse_many_parts(page: bytes) -> None:
    """Raise ArticleImportError where a message has so many parts, or parts within parts, that to read them takes long."""
    boundary = BytesHeaderParser().parsebytes(page[:HEADER_BYTES]).get_boundary("").encode("utf-8", "surrogateescape")
    is_large = bool(boundary) and page.count(b"\n--" + boundary) > MAX_PARTS
    if is_large or len(NESTED_PART.findall(page)) > MAX_NESTED_PARTS:
        raise ArticleImportError(_(TOO_MANY_PARTS))


def find_root(message: Message) -> Message:
    """Return the part that is the page: the one that the message names as its start, else the first page in it."""
    start = str(message.get_param("start", "") or "").strip("<> ")
    pages = [part for part in message.walk() if part.get_content_type() in PAGE_TYPES and not part.is_multipart()]
    named = (part for part in pages if start and get_header(part, "Content-ID").strip("<> ") == start)
    root = next(named, next(iter(pages), None))
    if root is None:
        raise ArticleImportError(_(NO_PAGE_INSIDE))
    return root


def find_address(message: Message, root: Message) -> str:
    """Return the address that the page was saved from; empty if the file states no web address."""
    addresses = [get_header(root, "Content-Location"), *(get_header(message, name) for name in ADDRESS_HEADERS)]
    return next((address for address in addresses if re.match(r"https?://", address, re.IGNORECASE)), "")


def get_header(part: Message, name: str) -> str:
    """Return the value of a header without the line breaks that long ones have; empty if there is none."""
    return "".join(str(part.get(name, "")).split())
