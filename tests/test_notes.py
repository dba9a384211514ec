"""Notes: Markdown on its way to a page."""

import re
from html import unescape

from annotations.notes import MAX_NOTE_LENGTH, render_note
from cases import each

LINKS = [
    ("see https://x.example/a_b_c", ["https://x.example/a_b_c"]),
    ("http://x.example", ["http://x.example"]),
    ("(see https://x.example/a_(b)).", ["https://x.example/a_(b)"]),
    ("https://x.example/a, https://y.example/b!", ["https://x.example/a", "https://y.example/b"]),
    ("“https://x.example/a”, «https://y.example/b»…", ["https://x.example/a", "https://y.example/b"]),
    ("見 https://x.example/a。次", ["https://x.example/a"]),
    ("https://x.example/?q=a*b*c&d=1", ["https://x.example/?q=a*b*c&d=1"]),
    ("*https://x.example/*\nhttps://y.example/", ["https://x.example/", "https://y.example/"]),
    ("- https://x.example/d~e\n- <https://y.example/>", ["https://x.example/d~e", "https://y.example/"]),
    ("[words](https://x.example/https://y.example)", ["https://x.example/https://y.example"]),
    ("`https://x.example` and\n\n    https://x.example\n\n```\nhttps://x.example\n```", []),
    ("www.x.example, ida@x.example, mailto:ida@x.example, ftp://x.example, //x.example/", []),
    ("javascript:alert(1) data:text/html,x file:///etc/passwd", []),
]


@each(("note", "links"), LINKS)
def test_a_bare_address_of_a_page_is_a_link(note, links):
    html = render_note(note)
    assert [unescape(href) for href in re.findall('href="([^"]*)"', html)] == links
    assert html.count('rel="nofollow noopener"') == len(links)


def test_a_note_full_of_addresses_is_kept_without_links():
    note = ("https://x.example/" + "ä" * 80 + "\n") * (MAX_NOTE_LENGTH // 100)
    assert render_note(note).count("https://x.example/") == MAX_NOTE_LENGTH // 100
