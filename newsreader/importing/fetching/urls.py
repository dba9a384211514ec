"""Which web addresses may be fetched."""

from urllib.parse import SplitResult, quote, urlsplit

from newsreader.importing.errors import IntakeError

PORTS = {"http": 80, "https": 443}


def checked_url(url: str, allow_loopback: bool = False) -> SplitResult:
    """The parts of a web address, its host in ASCII and without fragment. IntakeError where it is none we go to."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port
    except ValueError as error:  # malformed, or a name that no host can have
        raise IntakeError("This is not a web address.") from error
    if parts.scheme not in PORTS or not host:
        raise IntakeError("Only addresses that begin with http:// or https:// can be fetched.")
    if parts.username is not None or parts.password is not None:
        raise IntakeError("An address with a user name or password in it is not fetched.")
    if port not in {None, PORTS[parts.scheme]} and not allow_loopback:
        raise IntakeError("Only addresses on the ports 80 and 443 are fetched.")
    name = f"[{host}]" if ":" in host else host
    netloc = name if port in {None, PORTS[parts.scheme]} else f"{name}:{port}"
    return SplitResult(parts.scheme, netloc, quoted(parts.path) or "/", quoted(parts.query), "")


def quoted(part: str) -> str:
    return quote(part, safe="/%:@!$&'()*+,;=~-._?[]|")
