"""Finds the canonical address of an article."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from courlan import extract_domain

from newsreader.importing.extraction.metadata import Metadata
from newsreader.text.html.links import resolve_link

# Parameters that campaigns and networks add to a link to see where a reader came from.
TRACKING_PARAMETER = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|_ga|ns_(campaign|mchannel|source)", re.I
)
# What is behind the path of an article in the address of its printed, mobile or further pages.
VARIANT = re.compile(r"(?:amp|print|mobile|all|full|single|index\.\w+|(?:page[/-]?)?\d{1,3})/?", re.I)
ARTICLE_NAME = re.compile(r"\d{5}[^/]*$|(?:[^/-]+-){3}[^/]*$")  # the last part of a path, with a number or a headline
MAX_URL_LENGTH = 2_000


def find_canonical_url(page: Metadata, url: str) -> str:
    """Return the address that the page states for itself, if credible, else `url`; without fragment and tracking."""
    stated = (normalise_url(address) for address in page.list_addresses(url))
    return next((address for address in stated if is_credible_url(address, url)), "") or normalise_url(url)


def normalise_url(url: str) -> str:
    """Return a web address in normal form, without fragment and tracking; empty if it is not a web address."""
    address = resolve_link(url) or ""
    if not address.startswith("http") or len(address) > MAX_URL_LENGTH:
        return ""
    parts = urlsplit(address)
    query = parts.query
    if any(TRACKING_PARAMETER.fullmatch(name) for name, _ in parse_qsl(query, keep_blank_values=True)):
        pairs = parse_qsl(query, keep_blank_values=True)
        query = urlencode([pair for pair in pairs if not TRACKING_PARAMETER.fullmatch(pair[0])])
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path or "/", query, ""))


def is_credible_url(address: str, url: str) -> bool:
    """Return whether a page at `url` (empty for a saved page) may have this address: one article of the same site."""
    parts = urlsplit(address)
    if not address or (parts.path == "/" and not parts.query and address != normalise_url(url)):
        return False
    return not url or (get_domain(address) == get_domain(url) and not is_folder_of(parts.path, urlsplit(url).path))


def is_folder_of(path: str, own: str) -> bool:
    """Return whether a path is that of a section in which a page lies, and not of a variant of the page itself."""
    path = path.rstrip("/")
    rest = own.removeprefix(path + "/")
    is_within = bool(path) and rest != own and bool(rest.strip("/"))
    return is_within and not VARIANT.fullmatch(rest) and not ARTICLE_NAME.search(path)


def get_domain(url: str) -> str:
    """Return the registered domain of an address, or its host if it has none."""
    return extract_domain(url, fast=True) or urlsplit(url).hostname or ""
