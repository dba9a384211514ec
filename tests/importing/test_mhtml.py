"""Web pages that browsers saved as one MHTML file."""

import base64
import quopri
import time

import pytest

from cases import each
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extraction.article import extract
from newsreader.importing.importer import extract_from_file
from newsreader.importing.mhtml import is_mhtml, read_mhtml
from newsreader.text.html.plaintext import text_of

TEXT = (
    "The lighthouse keeper’s cat has learnt to ring the bell, and the whole of Brevik comes to hear it on Sundays. " * 3
)
PAGE = f"<html><head><title>The cat rings</title></head><body><article><h1>The cat rings</h1><p>{TEXT}</p></article></body></html>"
URL = "https://quay.example/2026/cat"


def part(content: bytes, kind: str = "text/html", **headers: str) -> bytes:
    lines = [f"Content-Type: {kind}", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def message(*parts: bytes, kind: str = 'multipart/related; type="text/html"', head: str = "") -> bytes:
    start = (
        f'From: <Saved by Blink>\r\n{head}MIME-Version: 1.0\r\nContent-Type: {kind};\r\n\tboundary="--b"\r\n\r\n\r\n'
    )
    return start.encode() + b"".join(b"----b\r\n" + one + b"\r\n" for one in parts) + b"----b--\r\n"


def quoted(text: str = PAGE, **headers: str) -> bytes:
    return part(quopri.encodestring(text.encode()), Content_Transfer_Encoding="quoted-printable", **headers)


PICTURE = part(base64.encodebytes(b"\x89PNG" * 50), "image/png", Content_Transfer_Encoding="base64", Content_ID="<i@q>")
LATIN = PAGE.replace("’", "'").replace("learnt", "appris à").encode("latin-1")
BYTES = part(LATIN, "text/html; charset=iso-8859-1", Content_Transfer_Encoding="binary")
BASE64 = part(
    base64.encodebytes(PAGE.encode("utf-16")), 'text/html; charset="unicode"', Content_Transfer_Encoding="base64"
)
FRAME = quoted(PAGE.replace("rings", "sleeps"), Content_ID="<frame@q>")


@each(
    ("file", "title", "address"),
    [
        (message(quoted(Content_Location=URL)), "The cat rings", URL),
        (message(quoted(), head=f"Snapshot-Content-Location: {URL}\r\n"), "The cat rings", URL),
        (
            message(quoted(Content_Location="cid:frame@mhtml.blink"), head=f"Content-Location:\r\n {URL}\r\n"),
            "The cat rings",
            URL,
        ),
        (message(PICTURE, quoted()), "The cat rings", ""),
        (
            message(FRAME, quoted(Content_ID="<root@q>"), kind='multipart/related; start="<root@q>"'),
            "The cat rings",
            "",
        ),
        (message(FRAME, quoted(), kind='multipart/related; start="<i@q>"'), "The cat sleeps", ""),
        (message(BYTES, PICTURE), "The cat rings", ""),
        (message(BASE64), "The cat rings", ""),
        (
            message(message(quoted(Content_Location=URL)).split(b"\r\n", 2)[2]).replace(b"--b", b"--a", 2),
            "The cat rings",
            URL,
        ),
        (b"\xef\xbb\xbf\r\n" + message(quoted()).replace(b"\r\n", b"\n"), "The cat rings", ""),
        (b"MIME-Version: 1.0\r\n" + quoted(Content_Location=URL), "The cat rings", URL),
    ],
)
def test_the_page_in_an_mhtml_file_is_read_with_its_address(file, title, address):
    found = extract(file)
    assert (found.title, found.url) == (title, address)
    assert "the whole of Brevik comes to hear it" in text_of(found.html)


@each("name", ["cat.mhtml", "cat.mht", "cat.html", "cat.txt"])
def test_an_mhtml_file_is_known_by_its_content_and_not_by_its_name(name):
    found = extract_from_file(name, message(quoted(Content_Location=URL)))
    assert (found.title, found.url) == ("The cat rings", URL)


@each(
    ("file", "sentence"),
    [
        (message(PICTURE), "contains no web page"),
        (message(quoted("")), "contains no web page"),
        (message(*[PICTURE] * 5_001), "too many parts"),
        (
            message(part(b"", "multipart/mixed; boundary=x")) + b"\r\nContent-Type: multipart/mixed" * 30,
            "too many parts",
        ),
    ],
)
def test_an_mhtml_file_without_a_page_is_refused(file, sentence):
    with pytest.raises(ArticleImportError, match=sentence):
        read_mhtml(file)


@each(
    "page",
    [
        PAGE.encode(),
        b"Dear reader: hello\n\nMIME-Version: 1.0\nContent-Type: text/html\n\n",
        b"",
        b"Subject: Boats\n\nBoats.",
    ],
)
def test_other_files_are_no_mhtml(page):
    assert not is_mhtml(page)


def test_a_hostile_message_is_read_in_a_moment():
    file = message(quoted()).removesuffix(b"--\r\n") + b"\r\n\r\n----b" * 50_000
    started = time.process_time()
    with pytest.raises(ArticleImportError, match="too many parts"):
        read_mhtml(file)
    assert time.process_time() - started < 5
