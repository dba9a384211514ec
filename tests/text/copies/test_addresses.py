"""Canonical addresses: what links to the same page have in common."""

from cases import each
from newsreader.text.copies.addresses import make_canonical

PAGE = "quay.example/harbour/reopens"


@each(
    ("address", "canonical"),
    [
        ("https://quay.example/harbour/reopens", PAGE),
        ("http://www.quay.example/harbour/reopens/", PAGE),
        ("https://m.quay.example/harbour/reopens#comments", PAGE),
        ("https://amp.quay.example/harbour/reopens/amp?utm_source=x&fbclid=1", PAGE),
        ("https://quay.example/harbour/reopens?page=2&utm_medium=y", f"{PAGE}?page=2"),
        ("https://quay.example/?b=2&a=1", "quay.example?a=1&b=2"),
        ("https://quay.example/", ""),
        ("", ""),
        ("no address", ""),
        ("https://[broken/", ""),
    ],
)
def test_links_to_a_page_have_one_canonical_address(address, canonical):
    assert make_canonical(address) == canonical
