import os

import pytest

from cases import each
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.files import find_saved_url, list_pages, parse_pasted_text, read_page
from newsreader.text.html.plaintext import text_of

LINE = "The harbour master keeps a list of every boat that"


def test_a_folder_stands_for_its_files_that_can_be_read_by_name(tmp_path):
    for name in ["b.html", "a.HTM", "c.xhtml", "e.mhtml", "f.MHT", "notes.txt", "x.pdf", "picture.png"]:
        (tmp_path / name).touch()
    (tmp_path / "d.html").mkdir()
    names = ["a.HTM", "b.html", "c.xhtml", "e.mhtml", "f.MHT", "notes.txt", "x.pdf"]
    assert [page.name for page in list_pages(tmp_path)] == names


def test_a_file_stands_for_itself(tmp_path):
    assert list_pages(tmp_path / "a.html") == [tmp_path / "a.html"]


def test_a_page_is_read_whole(tmp_path):
    (tmp_path / "a.html").write_bytes(b"<p>caf\xe9")
    assert read_page(tmp_path / "a.html") == b"<p>caf\xe9"


def test_a_page_of_two_hundred_megabytes_is_refused_unread(tmp_path):
    with (tmp_path / "large.html").open("wb") as file:
        file.truncate(200_000_000)
    os.chmod(tmp_path / "large.html", 0)
    with pytest.raises(ArticleImportError, match="larger than 10 MB"):
        read_page(tmp_path / "large.html")


@each("name", ["none.html", "a.html/b.html", ""])
def test_what_cannot_be_read_is_said_to_be_missing(tmp_path, name):
    (tmp_path / "a.html").touch()
    with pytest.raises(ArticleImportError, match="There is no"):
        read_page(tmp_path / name)


@each(
    ("page", "address"),
    [
        (
            b"<!DOCTYPE html>\n<!-- saved from url=(0032)https://quay.example/a?b=1&c=2 -->\n<html>",
            "https://quay.example/a?b=1&c=2",
        ),
        (b"<!-- saved from url=(0014)about:internet -->", ""),
        (b"<html>", ""),
        (
            b"<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://quay.example/a?b=1 \n saved date: Wed",
            "https://quay.example/a?b=1",
        ),
        (
            b"<!-- Saved from https://quay.example/a at 2026-03-04T10:00:00Z using monolith v2.8 -->",
            "https://quay.example/a",
        ),
        (
            b"<html><!-- Mirrored from quay.example/a.html by HTTrack Website Copier/3.x -->",
            "https://quay.example/a.html",
        ),
        (b'<meta name="savepage-url" content="https://quay.example/a?b=1&amp;c=2">', "https://quay.example/a?b=1&c=2"),
    ],
)
def test_a_saved_page_says_where_it_was_saved_from(page, address):
    assert find_saved_url(page) == address


def test_empty_lines_part_the_paragraphs_of_a_pasted_text():
    assert (
        parse_pasted_text("One.\n \n\nTwo.\r\n\r\nThree.", "Title").html
        == '<p id="p1">One.</p>\n<p id="p2">Two.</p>\n<p id="p3">Three.</p>'
    )


def test_without_empty_lines_each_line_is_a_paragraph():
    assert parse_pasted_text("One.\nTwo.", "Title").html == '<p id="p1">One.</p>\n<p id="p2">Two.</p>'


def test_short_lines_of_a_paragraph_stay_lines():
    assert parse_pasted_text("Roses are red,\nviolets are blue.\n\nEnd.", "Title").html.startswith(
        '<p id="p1">Roses are red,<br>\nviolets'
    )


def test_lines_that_were_wrapped_become_one():
    assert text_of(parse_pasted_text(f"{LINE}\n{LINE}\nsails.\n\nEnd.", "Title").html).startswith(
        f"{LINE} {LINE} sails.\n"
    )


def test_the_first_line_is_the_title_where_none_is_given():
    found = parse_pasted_text("Harbour reopens\n\nThe harbour of Brevik is open again.")
    assert (found.title, text_of(found.html)) == ("Harbour reopens", "The harbour of Brevik is open again.")


def test_a_title_that_is_given_leaves_the_first_line_in_the_text():
    found = parse_pasted_text("Harbour reopens\n\nThe harbour of Brevik is open again.", "Boats")
    assert (found.title, text_of(found.html)[:15]) == ("Boats", "Harbour reopens")


def test_a_long_first_paragraph_is_no_title():
    assert parse_pasted_text(f"{LINE * 3}.\n\nEnd.").title == ""


def test_a_pasted_text_is_text_and_no_markup():
    assert (
        parse_pasted_text("<script>alert(1)</script> & co", "T").html
        == '<p id="p1">&lt;script&gt;alert(1)&lt;/script&gt; &amp; co</p>'
    )


def test_a_pasted_text_says_its_language_and_direction():
    found = parse_pasted_text(
        "عادت المياه إلى ثلاث آبار قديمة في الوادي بعد عشر سنوات من الجفاف، بحسب ما أعلنه مجلس القرية.", "آبار"
    )
    assert (found.language, found.direction) == ("ar", "rtl")


@each("nothing", ["", " \n\n \t", "\u200b\n\n\ufeff"])
def test_nothing_pasted_is_refused(nothing):
    with pytest.raises(ArticleImportError):
        parse_pasted_text(nothing)


def test_more_than_two_megabytes_pasted_is_refused():
    with pytest.raises(ArticleImportError, match="larger than 2 MB"):
        parse_pasted_text("é" * 1_000_001)
