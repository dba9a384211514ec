"""The addresses that a link may lead to."""

import re
from urllib.parse import unquote, urljoin, urlsplit

from newsreader.text.html.allowlists import URL_SCHEMES

MAX_URL_LENGTH = 4_000
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# Browsers remove these from addresses before they parse them, so "java\nscript:" is a scheme to them.
IGNORED_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
ESCAPED_CHARACTERS = re.compile(r"[\s\"'<>`{}|^\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
MAILBOX = re.compile(r"[^\s@?]+@[^\s@?]+\.[^\s@?]+(\?.*)?")


def resolve_link(address: str, base_url: str = "") -> str | None:
    """Return the absolute address that a link to `address` leads to, or None if it is not a plain web or mail address."""
    address = IGNORED_CHARACTERS.sub("", address).strip()
    if not address or len(address) > MAX_URL_LENGTH:
        return None
    try:
        return _resolve(address, base_url)
    except ValueError:  # urlsplit raises it for a malformed host or port
        return None


def find_fragment(address: str, base_url: str = "") -> str:
    """Return the id that a link within the page at `base_url` leads to; an empty string for any other link."""
    address = IGNORED_CHARACTERS.sub("", address).strip()
    page, _, fragment = address.partition("#")
    if page and (not base_url or resolve_link(page, base_url) != base_url.partition("#")[0]):
        return ""
    return unquote(fragment)


def _resolve(address: str, base_url: str) -> str | None:
    scheme = SCHEME.match(address)
    if scheme and scheme[0].lower() == "mailto:":
        return _percent_encode("mailto:" + address[7:]) if MAILBOX.fullmatch(address[7:]) else None
    # Browsers read a backslash in a web address as a slash.
    parts = urlsplit(urljoin(base_url, address.replace("\\", "/")))
    is_plain = (
        parts.scheme in URL_SCHEMES
        and parts.hostname
        and "@" not in parts.netloc
        and not ESCAPED_CHARACTERS.search(parts.netloc)
    )
    return _percent_encode(parts.geturl()) if is_plain and (parts.port is None or parts.port) else None


def _percent_encode(address: str) -> str:
    return ESCAPED_CHARACTERS.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), address)
