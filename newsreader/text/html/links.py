"""Which addresses a link may lead to."""

import re
from urllib.parse import urljoin, urlsplit

from newsreader.text.html.allowlists import SCHEMES

MAX_LENGTH = 4_000
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# Browsers cut these from addresses before they read them, so "java\nscript:" is a scheme to them.
CUT = re.compile(r"[\x00-\x1f\x7f-\x9f]")
QUOTED = re.compile(r"[\s\"'<>`{}|^\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
MAILBOX = re.compile(r"[^\s@?]+@[^\s@?]+\.[^\s@?]+(\?.*)?")


def checked(address: str, base_url: str = "") -> str | None:
    """The absolute address that a link to `address` leads to, or None where it is not a plain web or mail address."""
    address = CUT.sub("", address).strip()
    if not address or len(address) > MAX_LENGTH:
        return None
    try:
        return _whole(address, base_url)
    except ValueError:  # urlsplit's word for a malformed host or port
        return None


def _whole(address, base_url):
    scheme = SCHEME.match(address)
    if scheme and scheme[0].lower() == "mailto:":
        return _quoted("mailto:" + address[7:]) if MAILBOX.fullmatch(address[7:]) else None
    # To a browser a backslash in a web address is a slash.
    joined = urljoin(base_url, address.replace("\\", "/"))
    parts = urlsplit(joined)
    plain = parts.scheme in SCHEMES and parts.hostname and "@" not in parts.netloc and not QUOTED.search(parts.netloc)
    return _quoted(parts.geturl()) if plain and (parts.port is None or parts.port) else None


def _quoted(address):
    return QUOTED.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), address)
