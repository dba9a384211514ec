"""Articles written in Markdown."""

from contextlib import suppress
from datetime import date

import pytest

from cases import each
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extraction.markdown import extract_markdown
from newsreader.importing.importer import extract_from_file

TEXT = """---
author: "Mirela Anders"
date: 2026-11-18
source: The Quay
url: https://quay.example/ferry
other: [1, 2]
---
# The *ferry* sails

Forty people were on board when she left the [pier](/pier) on Sunday.

## Who waited

| name | hours |
|---|---|
| Tove | 3 |

![a boat](boat.png) <b>Nobody</b> was hurt.
"""


def test_its_details_and_its_first_heading_are_taken():
    found = extract_markdown(TEXT)
    assert (found.title, found.byline, found.site) == ("The ferry sails", "Mirela Anders", "The Quay")
    assert (found.published, found.url) == (date(2026, 11, 18), "https://quay.example/ferry")


def test_it_becomes_elements_of_an_article():
    html = extract_markdown(TEXT).html
    assert '<a href="https://quay.example/pier"' in html and "<table" in html and ">Who waited</h2>" in html
    assert "ferry" not in html and "---" not in html and "<img" not in html and "<b>" not in html


def test_without_details_or_heading_it_is_all_text():
    found = extract_markdown("Forty people were *on board*.")
    assert (found.title, found.published, found.url) == ("", None, "")
    assert "<em>on board</em>" in found.html


@each("url", ["javascript:alert(1)", "file:///etc/passwd"])
def test_no_other_address_is_taken(url):
    found = extract_markdown(f"---\nurl: {url}\n---\nForty people. [here]({url})")
    assert found.url == "" and "href" not in found.html


@each("text", ["", "---\ntitle: x\n---\n", "# Only a title", "[x]: https://quay.example"])
def test_what_has_no_text_is_refused(text):
    with pytest.raises(ArticleImportError):
        extract_markdown(text)


def test_a_file_is_read_apart_from_the_site():
    found = extract_from_file("ferry.md", TEXT.encode())
    assert (found.title, found.language) == ("The ferry sails", "en")


@each("bomb", ["[" * 50_000, "> " * 20_000 + "x", "*a " * 100_000])
def test_what_would_take_long_is_refused_or_read(bomb):
    with suppress(ArticleImportError):  # and nothing else
        assert extract_from_file("bomb.md", bomb.encode()).html
