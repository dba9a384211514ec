"""E-books, of which each chapter becomes an article."""

from datetime import date

import pytest

from books import LONG, PAGE, chapters, make_book, package
from cases import each
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extraction.epub import extract_book
from newsreader.importing.sandbox.runner import extract_book_safely
from newsreader.text.html.plaintext import text_of


def test_each_chapter_is_an_article_of_the_book():
    first, second = extract_book_safely(chapters(cover="A cover.", ferry=LONG, cranes=LONG + "Two cranes fell."))
    assert (first.title, second.title) == ("Ferry", "Cranes")
    assert (first.site, first.byline, first.language) == ("The harbour", "Mirela Anders, Tove Lind", "en")
    assert first.published == date(2026, 11, 18)
    assert text_of(second.html).strip().endswith("Two cranes fell.\xa0End.")
    assert "alert" not in second.html and "Cranes" not in second.html


@each(
    ("book", "sentence"),
    [
        (b"PK\x03\x04", "damaged"),
        (b"", "damaged"),
        (make_book({}), "damaged"),
        (make_book({}, container="<container/>"), "damaged"),
        (make_book({"OPS/book.opf": "<package/>"}), "no text"),
        (make_book({"OPS/book.opf": package("lost")}), "damaged"),
        (chapters(cover="A cover."), "no text"),
        (chapters(**{f"c{n}": "x" for n in range(201)}), "more than 200 chapters"),
        (chapters(bomb="x" * 2_000_001), "larger than 2 MB"),
        (chapters(deep="<div>" * 300 + LONG), "nested more than 200"),
        (lambda: make_book({f"{n}": "" for n in range(5_001)}), "too large"),
        (lambda: make_book({"a": "x" * 200_000_001}), "too large"),
    ],
)
def test_what_is_no_readable_book_is_refused_in_a_sentence(book, sentence):
    data = book() if callable(book) else book
    with pytest.raises(ArticleImportError, match=sentence):
        extract_book(data)


def test_no_entity_is_expanded_and_no_file_is_read():
    lol = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    page = PAGE.replace("<!DOCTYPE html>", lol).format(title="Bomb", text=LONG + "&b;&f;")
    [chapter] = extract_book(make_book({"OPS/book.opf": package("c"), "OPS/c.xhtml": page}))
    assert "haha" not in chapter.html and "root:" not in chapter.html


@each(("before", "after"), [("", "At once it rained."), ("<hr/>", "At once it rained."), ("<hr/> ", "")])
def test_the_words_behind_a_heading_stay(before, after):
    page = PAGE.replace("<h1>{title}</h1>", f"{before}<h1>{{title}}</h1>{after}").format(title="Rain", text=LONG)
    [chapter] = extract_book(make_book({"OPS/book.opf": package("c"), "OPS/c.xhtml": page}))
    assert chapter.title == "Rain"
    assert text_of(chapter.html).split() == [*after.split(), *LONG.split(), "End."]
