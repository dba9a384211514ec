"""The address of an article without what differs between links to the same page."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

MIRRORS = re.compile(r"^(?:(?:www\d?|m|mobile|amp)\.)+")
AMP = re.compile(r"(?:/amp|\.amp(?=\.html?$)|/index\.html?)$|/amp(?=/)")
TRACKING = re.compile(
    r"(?:utm_\w+|mc_\w+|at_\w+|\w*clid|ref|cmp|cmpid|ito|amp|outputtype|smid|partner)$", re.IGNORECASE
)


def make_canonical(url: str) -> str:
    """Return what all addresses of the same page have in common; empty for the first page of a site, and what is no address."""
    try:
        parts = urlsplit(url)
        host = MIRRORS.sub("", parts.hostname or "")
    except ValueError:
        return ""
    path = AMP.sub("", parts.path.rstrip("/")).rstrip("/")
    query = urlencode(sorted(pair for pair in parse_qsl(parts.query) if not TRACKING.match(pair[0])))
    return f"{host}{path}{'?' if query else ''}{query}" if host and (path or query) else ""
