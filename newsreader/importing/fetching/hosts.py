"""The hosts that may be fetched from: those on the public Internet, and none near the server."""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from newsreader.importing.errors import ArticleImportError
from newsreader.text.translation import gettext as _

NAT64_NETWORK = ip_network("64:ff9b::/96")
# Not private to ipaddress: carrier-grade NAT, relays and tunnels into IPv4, site-local and other special networks.
SPECIAL_NETWORKS = [
    ip_network(network)
    for network in (
        "100.64.0.0/10 192.88.99.0/24 ::/96 64:ff9b:1::/48 100::/64 2001::/23 2002::/16 3fff::/20 5f00::/16 fec0::/10"
    ).split()
]


def resolve_public_addresses(host: str, port: int, allow_loopback: bool = False) -> list[str]:
    """Return the IP addresses of a host; raise ArticleImportError if it has none, or one of them is not public."""
    try:
        entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError) as error:
        raise ArticleImportError(_("No site found at %(host)s.") % {"host": host}) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in entries))
    if not addresses or not all(is_allowed_address(address, allow_loopback) for address in addresses):
        message = _("%(host)s is not on the public Internet, so nothing is fetched from it.")
        raise ArticleImportError(message % {"host": host})
    return addresses


def is_allowed_address(address: str, allow_loopback: bool = False) -> bool:
    """Return whether an IP address is public, or a loopback address where these are allowed."""
    try:
        ip = unwrap_ipv4(ip_address(address))
    except ValueError:  # an IPv6 address with a zone, or none at all
        return False
    return is_public(ip) or (allow_loopback and ip.is_loopback)


def unwrap_ipv4(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 address maps or translates to, else the address itself."""
    if ip.version == 4:
        return ip
    return ip.ipv4_mapped or (IPv4Address(int(ip) & 0xFFFFFFFF) if ip in NAT64_NETWORK else ip)


def is_public(ip: IPv4Address | IPv6Address) -> bool:
    """Return whether an IP address is on the public Internet."""
    special = ip.is_multicast or ip.is_reserved or ip.is_link_local or ip.is_loopback or ip.is_unspecified
    return (
        ip.is_global
        and not special
        and not any(ip in network for network in SPECIAL_NETWORKS if network.version == ip.version)
    )
