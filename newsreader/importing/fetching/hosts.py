"""Which machines a fetch may talk to: the public Internet, and nothing near the server."""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from newsreader.importing.errors import IntakeError

NAT64 = ip_network("64:ff9b::/96")
# What ipaddress does not call private: carrier-grade NAT, relays and tunnels into IPv4, site-local and other special nets.
CLOSED = [
    ip_network(network)
    for network in (
        "100.64.0.0/10 192.88.99.0/24 ::/96 64:ff9b:1::/48 100::/64 2001::/23 2002::/16 3fff::/20 5f00::/16 fec0::/10"
    ).split()
]


def checked_addresses(host: str, port: int, allow_loopback: bool = False) -> list[str]:
    """The addresses of a host. IntakeError where it has none, or one of them is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError) as error:
        raise IntakeError(f"There is no site at {host}.") from error
    addresses = list(dict.fromkeys(entry[4][0] for entry in found))
    if not addresses or not all(may_be_reached(address, allow_loopback) for address in addresses):
        raise IntakeError(f"{host} is not on the public Internet, so nothing is fetched from it.")
    return addresses


def may_be_reached(address: str, allow_loopback: bool = False) -> bool:
    """Whether an IP address is public, or a loopback address where these are allowed."""
    try:
        ip = embedded(ip_address(address))
    except ValueError:  # an IPv6 address with a zone, or none at all
        return False
    return is_public(ip) or (allow_loopback and ip.is_loopback)


def embedded(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address stands for by mapping or translation, else the address itself."""
    if ip.version == 4:
        return ip
    return ip.ipv4_mapped or (IPv4Address(int(ip) & 0xFFFFFFFF) if ip in NAT64 else ip)


def is_public(ip: IPv4Address | IPv6Address) -> bool:
    special = ip.is_multicast or ip.is_reserved or ip.is_link_local or ip.is_loopback or ip.is_unspecified
    return (
        ip.is_global and not special and not any(ip in network for network in CLOSED if network.version == ip.version)
    )
