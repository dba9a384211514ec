"""The web addresses that may be fetched."""

from urllib.parse import SplitResult, quote, urlsplit

from newsreader.importing.errors import ArticleImportError
from newsreader.text.translation import gettext as _

DEFAULT_PORTS = {"http": 80, "https": 443}


def parse_web_url(url: str, allow_loopback: bool = False) -> SplitResult:
    """Return the parts of a web address, its host in ASCII and without fragment; raise ArticleImportError if it may not be fetched."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port
    except ValueError as error:  # malformed, or a name that no host can have
        raise ArticleImportError(_("This is not a URL.")) from error
    if parts.scheme not in DEFAULT_PORTS or not host:
        raise ArticleImportError(_("Only http:// and https:// URLs can be fetched."))
    if parts.username is not None or parts.password is not None:
        raise ArticleImportError(_("URLs with a user name or password are not fetched."))
    if port not in {None, DEFAULT_PORTS[parts.scheme]} and not allow_loopback:
        raise ArticleImportError(_("Only URLs on ports 80 and 443 are fetched."))
    name = f"[{host}]" if ":" in host else host
    netloc = name if port in {None, DEFAULT_PORTS[parts.scheme]} else f"{name}:{port}"
    return SplitResult(parts.scheme, netloc, quote_part(parts.path) or "/", quote_part(parts.query), "")


def quote_part(part: str) -> str:
    """Return a path or query with every character quoted that an address may not contain."""
    return quote(part, safe="/%:@!$&'()*+,;=~-._?[]|")
