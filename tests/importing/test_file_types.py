"""Files that are no web pages are refused in a sentence that names them, and texts in odd encodings are not."""

import gzip
import io
import plistlib
import random
import zipfile

import pytest

from cases import each
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extraction.article import extract
from newsreader.importing.file_types import refuse_other_files
from newsreader.importing.importer import extract_from_file

NOISE = random.Random(7).randbytes(5_000)
LETTER = "Der Hafen ist wieder offen, und wir sind alle sehr froh."


def make_zip(**entries: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


OTHER_FILES = [
    (b"\x89PNG\r\n\x1a\n" + NOISE, "an image (PNG)"),
    (b"\xff\xd8\xff\xe0" + NOISE, "an image (JPEG)"),
    (b"RIFF\x10\0\0\0WEBPVP8 " + NOISE, "an image (WebP)"),
    (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><text>Harbour</text></svg>', "an image (SVG)"),
    (make_zip(mimetype="application/epub+zip", **{"text.xhtml": LETTER}), "an e-book"),
    (make_zip(mimetype="application/vnd.oasis.opendocument.text"), "an OpenDocument file"),
    (make_zip(**{"page.html": LETTER}), "a ZIP archive"),
    (gzip.compress(LETTER.encode()), "a compressed file (gzip)"),
    (plistlib.dumps({"WebMainResource": {"WebResourceData": b"<p>"}}, fmt=plistlib.FMT_BINARY), "a Safari web archive"),
    (b"{\\rtf1\\ansi " + LETTER.encode() + b"}", "a text document (RTF)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NOISE, "a Microsoft Office document"),
    (NOISE, "binary data"),
    (b"<html><body><p>" + b"A line and \0\0\0\0 more. " * 50, "binary data"),
]


@each(("file", "kind"), OTHER_FILES)
def test_a_file_that_is_no_page_is_refused_by_its_name(file, kind):
    for name in ("saved.html", "notes.txt"):
        with pytest.raises(ArticleImportError, match="is not a web page but") as refused:
            extract_from_file(name, file)
        assert kind in str(refused.value)
    with pytest.raises(ArticleImportError, match="is not a web page but"):
        extract(file)


@each(
    "text",
    [
        LETTER.encode("utf-16"),
        LETTER.encode("utf-16-le"),
        "港の猫は灯台の見張りを手伝っている。".encode("iso2022_jp"),
        LETTER.encode() + b"\0",
        b"BM, MM and II are initials, PK is another, ID3 a tag.",
        b"<svg><path/></svg><article><p>Words after an icon.</p></article>",
        b"",
    ],
)
def test_texts_are_no_binary_data(text):
    refuse_other_files(text)
