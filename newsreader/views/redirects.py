"""Where a form leads back to."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

MAX_ADDRESS_LENGTH = 8_000  # characters


def get_next_url(request: HttpRequest, default: str) -> str:
    """Return the address in the field `next` if it is one of ours, else `default`."""
    address = request.POST.get("next") or request.GET.get("next", "")
    return address if is_address_here(request, address) else default


def is_address_here(request: HttpRequest, address: str) -> bool:
    """Return whether an address is a path on this site, short enough to be redirected to."""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return is_ours and address.startswith("/") and len(address) <= MAX_ADDRESS_LENGTH
