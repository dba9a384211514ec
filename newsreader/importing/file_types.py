"""Recognises files that are no web pages, by their first bytes, so that they are refused with a sentence that names them."""

import re

from newsreader.importing.errors import ArticleImportError
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop

SVG_FILE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{,2000}?-->\s*)?(?:<!DOCTYPE svg[^>]*>\s*)?<svg[\s>](?!.*<(?:html|body|p|div)[\s>])",
    re.IGNORECASE | re.DOTALL,
)
SIGNATURES = [
    (re.compile(rb"%PDF-"), gettext_noop("a PDF document")),
    (re.compile(rb"\x89PNG\r\n"), gettext_noop("an image (PNG)")),
    (re.compile(rb"\xff\xd8\xff"), gettext_noop("an image (JPEG)")),
    (re.compile(rb"GIF8[79]a"), gettext_noop("an image (GIF)")),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), gettext_noop("an image (WebP)")),
    (re.compile(rb"....ftyp(?:avif|avis|heic|heix|mif1)", re.DOTALL), gettext_noop("an image (AVIF or HEIC)")),
    (re.compile(rb"II\*\0|MM\0\*|BM.{4}\0{4}|\x00\x00\x01\x00", re.DOTALL), gettext_noop("an image")),
    (SVG_FILE, gettext_noop("an image (SVG)")),
    (re.compile(rb"PK\x03\x04.{26}mimetypeapplication/epub\+zip", re.DOTALL), gettext_noop("an e-book (EPUB)")),
    (re.compile(rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis", re.DOTALL), gettext_noop("an OpenDocument file")),
    (re.compile(rb"PK\x03\x04(?=.*word/document\.xml)", re.DOTALL), gettext_noop("a Word document (DOCX)")),
    (re.compile(rb"PK\x03\x04(?=.*xl/workbook\.xml)", re.DOTALL), gettext_noop("a workbook (XLSX)")),
    (re.compile(rb"PK\x03\x04(?=.*ppt/presentation\.xml)", re.DOTALL), gettext_noop("a presentation (PPTX)")),
    (re.compile(rb"PK(?:\x03\x04|\x05\x06)"), gettext_noop("a ZIP archive")),
    (re.compile(rb"bplist00(?=.*WebMainResource)", re.DOTALL), gettext_noop("a Safari web archive (.webarchive)")),
    (re.compile(rb"\x1f\x8b"), gettext_noop("a compressed file (gzip)")),
    (re.compile(rb"BZh[1-9]1AY|\xfd7zXZ\0|\x28\xb5\x2f\xfd"), gettext_noop("a compressed file")),
    (re.compile(rb"7z\xbc\xaf|Rar!\x1a|.{257}ustar", re.DOTALL), gettext_noop("an archive")),
    (re.compile(rb"\{\\rtf"), gettext_noop("a text document (RTF)")),
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), gettext_noop("a Microsoft Office document")),
    (re.compile(rb"%!PS"), gettext_noop("a PostScript document")),
    (re.compile(rb"....ftyp|\x1aE\xdf\xa3|RIFF.{4}AVI ", re.DOTALL), gettext_noop("a video")),
    (re.compile(rb"ID3[\x02-\x04]\0|OggS\0|fLaC\0|RIFF.{4}WAVE", re.DOTALL), gettext_noop("a sound file")),
    (re.compile(rb"SQLite format 3\0"), gettext_noop("a database")),
]
# The endings of the names of files of which articles are made without an extra library.
PAGE_SUFFIXES = [".html", ".htm", ".xhtml", ".mhtml", ".mht", ".epub", ".md", ".markdown", ".txt"]
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
CONTROL_BYTES = bytes({*range(0x20)} - set(b"\t\n\f\r\x1b"))
SAMPLE_BYTES = 65_536
MAX_CONTROL_SHARE = 0.02
MIN_UTF16_SHARE = 0.2  # of NUL at one half of the positions, in UTF-16 that has Latin letters or spaces
NO_PAGE = gettext_noop("This file is not a web page but %(kind)s. Save the page as HTML, or paste its text.")
UNKNOWN_KIND = gettext_noop("binary data")


def refuse_other_files(page: bytes) -> None:
    """Raise ArticleImportError for a file that is known to be no web page, and for one that is not even a text."""
    kind = next((kind for pattern, kind in SIGNATURES if pattern.match(page)), "")
    if not kind and is_binary(page[:SAMPLE_BYTES]):
        kind = UNKNOWN_KIND
    if kind:
        raise ArticleImportError(_(NO_PAGE) % {"kind": _(kind)})


def is_binary(sample: bytes) -> bool:
    """Return whether bytes are no text in any encoding: they have control characters, and not as UTF-16 has them."""
    if sample.startswith(UTF16_MARKS) or is_utf16(sample):
        return False
    controls = len(sample) - len(sample.translate(None, CONTROL_BYTES))
    return controls > MAX_CONTROL_SHARE * len(sample)


def is_utf16(sample: bytes) -> bool:
    """Return whether bytes look like UTF-16 without a byte order mark: NUL stands at even or odd positions only."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    return max(even, odd) > MIN_UTF16_SHARE * len(sample) / 2 and min(even, odd) == 0
