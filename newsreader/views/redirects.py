"""Where a form leads back to."""

from django.utils.http import url_has_allowed_host_and_scheme


def get_next_url(request, otherwise: str) -> str:
    """The address in the field `next` if it is one of ours, else `otherwise`."""
    address = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours else otherwise
