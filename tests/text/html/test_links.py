"""Which addresses a link may lead to."""

from hypothesis import given
from hypothesis import strategies as st

from cases import each
from newsreader.text.html.links import resolve_link
from text.html.hostile import ADDRESSES

PIECES = [
    *ADDRESSES,
    "https://example.org/",
    "http://",
    "mailto:",
    "a@b.org",
    "/",
    "\\",
    "?a=b&c",
    "#d",
    "%",
    " ",
    "ä",
    "[",
    ":",
]


@each(
    ("address", "expected"),
    [
        ("https://example.org/a?b=c&d#e", "https://example.org/a?b=c&d#e"),
        ("HTTP://Example.org", "http://Example.org"),
        (" https://example.org/a b\n", "https://example.org/a%20b"),
        ("//other.example/a", "https://other.example/a"),
        ("/a/../b", "https://example.org/b"),
        ("c.html", "https://example.org/news/c.html"),
        ("?page=2", "https://example.org/news/?page=2"),
        ("#part", "https://example.org/news/#part"),
        ("https:\\\\example.org\\a", "https://example.org/a"),
        ("https://bücher.example/ü", "https://bücher.example/ü"),
        ("https://[2001:db8::1]:8080/", "https://[2001:db8::1]:8080/"),
        ("mailto:desk@example.org?subject=a b", "mailto:desk@example.org?subject=a%20b"),
        ("MAILTO:desk@example.org", "mailto:desk@example.org"),
        ('https://example.org/"<>`', "https://example.org/%22%3C%3E%60"),
    ],
)
def test_a_plain_address_is_kept_and_made_absolute(address, expected):
    assert resolve_link(address, "https://example.org/news/") == expected


@each("address", ["", "   ", "/a", "a.html", "#part", "?page=2", "//other.example/"])
def test_a_relative_address_without_a_base_leads_nowhere(address):
    assert resolve_link(address) is None


@each("base", ["javascript:alert(1)", "data:text/html,x", "file:///etc/", "about:blank", "https://["])
def test_a_base_of_another_kind_gives_no_address(base):
    assert resolve_link("a.html", base) is None


@given(address=st.lists(st.sampled_from(PIECES), max_size=4).map("".join))
def test_a_checked_address_is_checked_once_and_for_all(address):
    once = resolve_link(address, "https://example.org/news/")
    assert once is None or resolve_link(once) == once
    assert once is None or once.startswith(("http://", "https://", "mailto:"))
