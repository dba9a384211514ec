"""The one address under which an article is known."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from courlan import extract_domain

from newsreader.importing.extraction.metadata import Metadata
from newsreader.text.html.links import checked

# What campaigns and networks add to a link to see where a reader came from.
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|_ga|ns_(campaign|mchannel|source)", re.I)
MAX_LENGTH = 2_000


def canonical(page: Metadata, url: str) -> str:
    """The address that the page states for itself, where it is credible, else `url`; without fragment and tracking."""
    stated = (tidied(address) for address in page.addresses(url))
    return next((address for address in stated if is_credible(address, url)), "") or tidied(url)


def tidied(url: str) -> str:
    """A web address in its plain form; empty for what is none."""
    address = checked(url) or ""
    if not address.startswith("http") or len(address) > MAX_LENGTH:
        return ""
    parts = urlsplit(address)
    query = parts.query
    if any(TRACKING.fullmatch(name) for name, _ in parse_qsl(query, keep_blank_values=True)):
        pairs = parse_qsl(query, keep_blank_values=True)
        query = urlencode([pair for pair in pairs if not TRACKING.fullmatch(pair[0])])
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path or "/", query, ""))


def is_credible(address: str, url: str) -> bool:
    """Whether a page at `url` (or a saved one, "") may say it is `address`: one article of the same site."""
    parts = urlsplit(address)
    if not address or (parts.path == "/" and not parts.query and address != tidied(url)):
        return False
    return not url or site_of(address) == site_of(url)


def site_of(url: str) -> str:
    """The registered domain of an address, or its host where it has none."""
    return extract_domain(url, fast=True) or urlsplit(url).hostname or ""
