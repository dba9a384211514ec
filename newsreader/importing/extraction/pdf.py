"""Reads a PDF that has a text layer. Everything it unpacks is bounded; the process that reads it has little time and memory."""

import html
import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

from pypdf import Configuration, PdfReader, apply_configuration
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError

from newsreader.importing.cleaning import clean_article_html
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extracted import Extracted
from newsreader.importing.extraction.languages import normalise_code
from newsreader.importing.extraction.pdf_lines import Line, Paragraph, build_paragraphs
from newsreader.importing.limits import refuse_large_text
from newsreader.text.html.plaintext import text_of
from newsreader.text.language.direction import detect_direction
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop

MAX_OBJECTS, MAX_PAGES, MAX_STREAM_BYTES = 50_000, 500, 20_000_000
MIN_TEXT_LENGTH = 40  # characters, on all pages together
UNREADABLE = gettext_noop("This PDF is damaged.")
TOO_MANY_OBJECTS = gettext_noop("This PDF has more than 50,000 objects.")
TOO_MANY_PAGES = gettext_noop("This PDF has more than 500 pages.")
TOO_LARGE = gettext_noop("Unpacked, this PDF is too large.")
PROTECTED = gettext_noop("This PDF is protected by a password.")
NO_TEXT = gettext_noop("This PDF has no text, only images of it. Recognise its text first (OCR).")
OBJECT = re.compile(rb"\d\s+obj\b")
NO_TITLE = re.compile(r"untitled|microsoft word|.*\.(?:docx?|pdf|indd|odt|qxd)", re.IGNORECASE)
WRITTEN_DAY = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
# The largest that anything in a file may unpack to, and no program besides pypdf.
NAMES = ("array_based_stream", "lzw", "run_length", "zlib", "jbig2", "brotli")
LIMITS = {f"{name}_maximum_output_length": MAX_STREAM_BYTES for name in NAMES}
CONFIGURATION = Configuration(maximum_declared_stream_length=MAX_STREAM_BYTES, jbig2dec_binary=None).with_overwrites(
    **LIMITS
)


def extract_pdf(file: bytes) -> Extracted:
    """Return the article of a PDF; raise ArticleImportError if it has no text layer, or is past a cap."""
    if len(OBJECT.findall(file)) > MAX_OBJECTS:
        raise ArticleImportError(_(TOO_MANY_OBJECTS))
    try:
        with apply_configuration(CONFIGURATION):
            reader = open_pdf(file)
            details = dict(reader.metadata or {})
            language = normalise_code(str(reader.root_object.get("/Lang", "")))
            paragraphs = build_paragraphs([list(read_lines(page)) for page in reader.pages])
    except LimitReachedError as error:
        raise ArticleImportError(_(TOO_LARGE)) from error
    except DependencyError as error:  # of what decrypts
        raise ArticleImportError(_(PROTECTED)) from error
    except (PyPdfError, ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError) as error:
        raise ArticleImportError(_(UNREADABLE)) from error
    return build_article(paragraphs, details, language)


def open_pdf(file: bytes) -> PdfReader:
    """Return a reader of the file; raise ArticleImportError if it has a password, or too many objects or pages."""
    reader = PdfReader(BytesIO(file), root_object_recovery_limit=MAX_OBJECTS, xref_stream_maximum_entries=MAX_OBJECTS)
    if reader.is_encrypted and not reader.decrypt(""):
        raise ArticleImportError(_(PROTECTED))
    if sum(map(len, reader.xref.values())) + len(reader.xref_objStm) > MAX_OBJECTS:
        raise ArticleImportError(_(TOO_MANY_OBJECTS))
    if len(reader.pages) > MAX_PAGES:
        raise ArticleImportError(_(TOO_MANY_PAGES))
    return reader


def read_lines(page: Any) -> Iterator[Line]:
    """Yield the lines of a page, in the order in which it draws them."""
    pieces: list[Line] = []
    page.extract_text(visitor_text=lambda *piece: pieces.extend(place_piece(*piece)))
    line: Line | None = None
    for piece in pieces:
        if line and abs(line.y - piece.y) < line.size / 2 and not line.text.endswith("\n"):
            line = line._replace(text=line.text + piece.text)
            continue
        yield from finish_line(line)
        line = piece if piece.text.strip() else None
    yield from finish_line(line)


def place_piece(text: str, matrix: list[float], text_matrix: list[float], _font: Any, size: float) -> list[Line]:
    """Return the lines in a piece of text, each with the place where the piece begins."""
    x = text_matrix[4] * matrix[0] + text_matrix[5] * matrix[2] + matrix[4]
    y = text_matrix[4] * matrix[1] + text_matrix[5] * matrix[3] + matrix[5]
    points = size * abs(text_matrix[3] * matrix[3]) or size or 1
    return [Line(part, x, y, points) for part in text.splitlines(keepends=True) if part != "\n"]


def finish_line(line: Line | None) -> list[Line]:
    """Return a line with its white space collapsed; none where there is nothing in it."""
    text = " ".join(line.text.split()) if line else ""
    return [line._replace(text=text)] if line and text else []


def build_article(paragraphs: list[Paragraph], details: dict[str, Any], language: str) -> Extracted:
    """Return the article of these paragraphs, with the details that the file states."""
    refuse_large_text("\n".join(paragraph.text for paragraph in paragraphs))
    if sum(len(paragraph.text) for paragraph in paragraphs) < MIN_TEXT_LENGTH:
        raise ArticleImportError(_(NO_TEXT))
    title = find_title(paragraphs, read_detail(details, "/Title"))
    body = [paragraph for number, paragraph in enumerate(paragraphs) if number > 2 or paragraph.text != title]
    content = clean_article_html("\n".join(map(render_paragraph, body or paragraphs)), "")
    return Extracted(
        title=title,
        html=content,
        byline=read_detail(details, "/Author"),
        language=language,
        direction=detect_direction(language, text_of(content)),
        published=read_day(read_detail(details, "/CreationDate")),
    )


def read_detail(details: dict[str, Any], name: str) -> str:
    """Return a detail that the file states, on one line."""
    return " ".join(str(details.get(name) or "").split())


def find_title(paragraphs: list[Paragraph], stated: str) -> str:
    """Return the title that the file states, or the largest heading near its beginning; "" where it has none."""
    if stated and not NO_TITLE.match(stated):
        return stated
    headings = [paragraph for paragraph in paragraphs[:3] if paragraph.is_heading]
    return max(headings, key=lambda heading: heading.size).text if headings else ""


def render_paragraph(paragraph: Paragraph) -> str:
    """Return the HTML of a paragraph or heading."""
    tag = "h2" if paragraph.is_heading else "p"
    return f"<{tag}>{html.escape(paragraph.text)}</{tag}>"


def read_day(written: str) -> date | None:
    """Return the day that a PDF writes, as in D:20261118120000Z."""
    match = WRITTEN_DAY.match(written)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
