"""Word documents and PDF files: what becomes of their text and details, and what is refused, and how fast."""

import sys
import time
import zlib
from datetime import date

import pytest

from cases import each
from newsreader.importing.documents import PDF, WORD
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extraction.pdf import extract_pdf
from newsreader.importing.importer import extract_from_file, extract_from_web
from newsreader.importing.sandbox.process import run_command
from newsreader.importing.sandbox.runner import build_request
from newsreader.text.html.plaintext import text_of
from papers import LINES, join_objects, make_docx, make_pdf, make_stream

FULL = "The ferry left the pier on Sunday night with forty people on board and a horse that nobody knew"
DETAILS = {"title": "Night ferry", "author": "Mirela Anders"}
MANY_SECONDS = 10
READ_AND_PRINT_LIMIT = """
import resource, sys
from newsreader.importing.sandbox import worker
assert b"error" not in worker.answer(sys.stdin.buffer.read())
print(resource.getrlimit(resource.RLIMIT_AS)[0])
"""


def read_paragraphs(file: bytes) -> list[str]:
    return text_of(extract_from_file("x.pdf", file).html).strip().split("\n")


def test_a_pdf_becomes_an_article_with_its_details():
    found = extract_from_file("ferry.pdf", make_pdf(LINES, **DETAILS, created="D:20261118211000+01'00'"))
    assert (found.title, found.byline, found.published, found.language) == (*DETAILS.values(), date(2026, 11, 18), "en")
    assert found.html.count("<p ") == 2


def test_words_divided_at_line_ends_are_joined_and_compounds_keep_their_hyphens():
    assert read_paragraphs(make_pdf(LINES)) == [
        "At least twelve people were on board when the ferry left the pier on Sunday night, and the harbour master said "
        "that nobody had counted the horses. The long-term plan is a bridge.",
        "The council votes on Tuesday. A long-term lease would follow, its speaker said.",
    ]


def test_what_every_page_repeats_is_dropped_and_a_paragraph_goes_on_over_the_page():
    words = ["ferries", "harbours", "horses", "captains", "councils"]
    pages = [
        ["The Meridian, 18 November", "", f"{FULL} and {word}", f"of {word} we say, {FULL}", "", f"Page {number}"]
        for number, word in enumerate(words, 1)
    ]
    (only,) = read_paragraphs(make_pdf(*pages))
    assert "Meridian" not in only and "Page" not in only and only.count("The ferry left") == 10


def test_a_line_that_only_looks_like_a_header_stays():
    pages = [[f"Chapter on {word}", "", f"{FULL}, like {word}."] for word in ("ferries", "harbours", "horses")]
    assert sum("Chapter" in line for line in read_paragraphs(make_pdf(*pages))) == 3


def test_larger_lines_are_headings_and_the_first_is_the_title():
    found = extract_pdf(
        make_pdf(["# Night ferry", "", f"{FULL}.", "", "# The horse", "", f"{FULL}."], title="untitled")
    )
    assert found.title == "Night ferry"
    assert [part.split(">")[1].split("<")[0][:9] for part in found.html.split("\n")] == [
        "The ferry",
        "The horse",
        "The ferry",
    ]
    assert found.html.count("<h2") == 1


def test_a_word_document_becomes_an_article_with_its_details():
    found = extract_from_file("ferry.docx", make_docx("# The horse", f"{FULL}.", "Nobody knew <it>.", **DETAILS))
    assert (found.title, found.byline, found.published, found.language) == (*DETAILS.values(), date(2026, 11, 18), "en")
    assert text_of(found.html).split() == f"The horse {FULL}. Nobody knew <it>.".split()


def test_the_first_heading_of_a_word_document_is_its_title_unless_it_states_another():
    for stated in ("", "the horse"):
        found = extract_from_file("x.docx", make_docx("# The horse", FULL, title=stated))
        assert (found.title, text_of(found.html).strip()) == ("The horse", FULL)


@each(
    ("paragraphs", "title", "text"),
    [
        (["The horse", FULL, FULL], "The horse", f"{FULL}\n{FULL}"),
        ([f"{FULL}. Nobody counted.", FULL], "ferry notes", f"{FULL}. Nobody counted.\n{FULL}"),
        (["The horse"], "ferry notes", "The horse"),
    ],
)
def test_a_word_document_without_a_heading_is_named_by_its_short_first_line_or_its_file(paragraphs, title, text):
    found = extract_from_file("ferry_notes.docx", make_docx(*paragraphs))
    assert (found.title, text_of(found.html).strip()) == (title, text)


def test_a_pdf_at_an_address_is_read_with_its_address(db, site, settings, monkeypatch):
    settings.NEWSREADER_ALLOW_LOOPBACK = True
    monkeypatch.setattr(site.RequestHandlerClass, "answer_paper", answer_paper, raising=False)
    found = extract_from_web(f"{site.url}/paper")
    assert (found.title, found.url) == ("Night ferry", f"{site.url}/paper")


def answer_paper(handler) -> None:
    handler.send(make_pdf(LINES, **DETAILS), kind="application/pdf")


NESTED = b"<?xml version='1.0'?><w:document xmlns:w='x'>%s</w:document>"
LAUGHS = b"<!DOCTYPE l [<!ENTITY a 'ha'>%s]>" % b"".join(
    b"<!ENTITY %c '%s'>" % (97 + n, b"&%c;" % (96 + n) * 10) for n in range(1, 10)
)
ELSEWHERE = b"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/other.bin"/>
</Relationships>"""
PAGE_OF_BOMB = [
    b"<</Type /Catalog /Pages 2 0 R>>",
    b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
    b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources <</Font <<>>>> /Contents 4 0 R>>",
]
ROOT = b"/Root 1 0 R"
TWICE_PACKED = zlib.compress(zlib.compress(b"BT (x) Tj ET " * 4_000_000, 9), 9)
TOO_MANY = make_pdf(LINES, extra=b"".join(b"%d 0 obj\n<<>>\nendobj\n" % n for n in range(9, 100_009)))


@each(
    ("file", "sentence"),
    [
        (TOO_MANY, "more than 50,000 objects"),
        (make_pdf(*[["x"]] * 501), "more than 500 pages"),
        (join_objects([*PAGE_OF_BOMB, make_stream(b" " * 30_000_000)], ROOT), "Unpacked, this PDF is too large"),
        (
            join_objects(
                [
                    *PAGE_OF_BOMB,
                    b"<</Length %d /Filter [/FlateDecode /FlateDecode]>>stream\n%s\nendstream"
                    % (len(TWICE_PACKED), TWICE_PACKED),
                ],
                ROOT,
            ),
            "Unpacked, this PDF is too large",
        ),
        (join_objects([*PAGE_OF_BOMB, make_stream(b"[" * 3_000_000)], ROOT), "PDF|page takes too"),
        (make_pdf([]), "no text, only images"),
        (b"%PDF-1.7 ...", "damaged"),
        (make_pdf(LINES).replace(b"FlateDecode", b"PlateDecode"), "damaged"),
        (make_docx(FULL, **{"word/media/a.xml": b" " * 30_000_000}), "Unpacked, this Word document is too large"),
        (make_docx(FULL, **{f"word/{n}.png": b"" for n in range(3_000)}), "Unpacked, this Word document is too large"),
        (make_docx(FULL, **{"word/document.xml": LAUGHS + NESTED % b"&i;"}), "defines entities"),
        (
            make_docx(FULL, **{"_rels/.rels": ELSEWHERE, "word/other.bin": b" " * 900 + LAUGHS + NESTED % b"&i;"}),
            "defines entities",
        ),
        (make_docx(FULL, **{"word/document.xml": NESTED % (b"<w:p>" * 50_000 + b"</w:p>" * 50_000)}), "damaged"),
        (
            make_docx(FULL, **{"word/document.xml": NESTED % (b"<w:p/>" * 3_000_000)}),
            "Unpacked, this Word document is too large",
        ),
        (b"PK\x03\x04 word/document.xml", "damaged"),
    ],
)
def test_a_bomb_is_refused_in_seconds(file, sentence):
    began = time.monotonic()
    with pytest.raises(ArticleImportError, match=sentence):
        extract_from_file("bomb", file)
    assert time.monotonic() - began < MANY_SECONDS


@each(("content_type", "file"), [(PDF.content_type, make_pdf(LINES)), (WORD.content_type, make_docx(FULL))])
def test_a_document_is_read_by_a_process_of_400_mb(content_type, file):
    request = build_request(file, "", content_type)
    assert run_command([sys.executable, "-c", READ_AND_PRINT_LIMIT], request, MANY_SECONDS) == b"400000000\n"


def test_a_picture_with_a_document_type_is_no_bomb():
    picture = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd"><svg/>'
    assert FULL in text_of(extract_from_file("x.docx", make_docx(FULL, **{"word/media/a.svg": picture})).html)


def test_without_its_library_a_document_is_refused_in_a_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(ArticleImportError, match="This site does not read PDF files"):
        extract_from_file("ferry.pdf", make_pdf(LINES))
    assert extract_from_file("ferry.docx", make_docx(FULL)).html
