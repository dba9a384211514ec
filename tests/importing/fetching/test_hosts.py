import socket

import pytest

from cases import each
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.fetching.hosts import is_allowed_address, resolve_public_addresses

CLOSED = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.254 127.0.0.1 127.8.9.1 169.254.169.254 172.16.0.1 172.31.255.255
192.0.0.1 192.0.2.7 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.4 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1
255.255.255.255 :: ::1 ::7f00:1 ::808:808 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1
64:ff9b::127.0.0.1 64:ff9b::a00:1 64:ff9b::169.254.169.254 64:ff9b:1::808:808 100::1 2001::1
2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 2002:7f00:1:: 2002:a00:1::1 2002:808:808::1 3fff::1 5f00::1
fc00::1 fd12:3456:789a::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1 nowhere
""".split()
OPEN = "1.1.1.1 8.8.8.8 93.184.216.34 ::ffff:8.8.8.8 64:ff9b::808:808 2606:4700::1111 2a00:1450:4001:80e::200e".split()


def resolving_to(monkeypatch, *addresses):
    """Lets every name have these addresses."""
    entries = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: entries)


@each("address", CLOSED)
def test_what_is_near_the_server_or_leads_there_may_not_be_reached(address):
    assert not is_allowed_address(address)


@each("address", OPEN)
def test_the_public_internet_may_be_reached(address):
    assert is_allowed_address(address)


@each("address", CLOSED)
def test_a_setting_opens_loopback_and_nothing_else(address):
    loopback = {"127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1", "64:ff9b::127.0.0.1"}
    assert is_allowed_address(address, allow_loopback=True) == (address in loopback)


def test_a_host_with_public_addresses_is_known_by_them(monkeypatch):
    resolving_to(monkeypatch, "8.8.8.8", "1.1.1.1", "8.8.8.8")
    assert resolve_public_addresses("quay.test", 443) == ["8.8.8.8", "1.1.1.1"]


def test_one_address_that_is_not_public_closes_the_host(monkeypatch):
    resolving_to(monkeypatch, "8.8.8.8", "10.0.0.1")
    with pytest.raises(ArticleImportError, match="not on the public Internet"):
        resolve_public_addresses("quay.test", 443)


def test_a_host_without_addresses_is_no_site(monkeypatch):
    resolving_to(monkeypatch)
    with pytest.raises(ArticleImportError):
        resolve_public_addresses("quay.test", 443)


@each("host", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "localhost"])
def test_other_spellings_of_loopback_are_loopback(host):
    with pytest.raises(ArticleImportError):
        resolve_public_addresses(host, 80)
