"""Reads an e-book (EPUB): an article for each chapter. Every size is checked before anything is unpacked."""

import re
from datetime import date
from html.entities import html5
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Any, NamedTuple
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

from lxml import etree

from newsreader.importing.cleaning import clean_article_html
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extracted import Extracted
from newsreader.importing.extraction.markdown import parse_moment
from newsreader.importing.extraction.page import collapse_spaces, measure_depth
from newsreader.importing.fetching.encoding import decode_page
from newsreader.importing.limits import MAX_DEPTH, MAX_PAGE_BYTES, TOO_DEEP, TOO_LARGE
from newsreader.text.html.plaintext import text_of
from newsreader.text.language.direction import detect_direction
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop

MAX_ENTRIES, MAX_UNPACKED_BYTES, MAX_CHAPTERS = 5_000, 200_000_000, 200
MAX_TEXT_BYTES = 20_000_000  # of all chapters together
MIN_CHAPTER_LENGTH = 200  # characters; what is shorter is a cover, a title or an imprint
UNREADABLE = gettext_noop("This e-book is damaged or not an EPUB file.")
TOO_MANY_CHAPTERS = gettext_noop("This e-book has more than 200 chapters.")
BOOK_TOO_LARGE = gettext_noop("Unpacked, this e-book is too large.")
NO_CHAPTERS = gettext_noop("This e-book has no text, or it is protected against copying.")
CONTAINER, ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
PAGE_TYPE = "application/xhtml+xml"
DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(\w{2,32};)")
HEADINGS = ("h1", "h2", "h3")


class Book(NamedTuple):
    """What a book says of itself, and the paths of its chapters in their order."""

    title: str
    byline: str
    language: str
    published: date | None
    chapters: list[str]


def extract_book(file: bytes) -> list[Extracted]:
    """Return the chapters of an e-book as articles of which it is the source; raise ArticleImportError if there are none."""
    try:
        with ZipFile(BytesIO(file)) as archive:
            refuse_large_archive(archive)
            book = read_book(archive)
            articles = read_chapters(archive, book)
    except (
        BadZipFile,
        etree.XMLSyntaxError,
        KeyError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
    ) as error:
        raise ArticleImportError(_(UNREADABLE)) from error
    if not articles:
        raise ArticleImportError(_(NO_CHAPTERS))
    return articles


def refuse_large_archive(archive: ZipFile) -> None:
    """Raise ArticleImportError for an archive that has too many entries, or unpacks to too much."""
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise ArticleImportError(_(BOOK_TOO_LARGE))


def read_entry(archive: ZipFile, name: str) -> bytes:
    """Return the bytes of an entry, which may not be larger than a page."""
    with archive.open(name) as entry:
        data = entry.read(MAX_PAGE_BYTES + 1)
    if len(data) > MAX_PAGE_BYTES:
        raise ArticleImportError(_(TOO_LARGE))
    return data


def parse_xml(text: str) -> Any:
    """Return the root of XML, whose elements have no namespaces; entities and doctypes are not read."""
    text = ENTITY.sub(lambda match: html5.get(match[1], ""), DOCTYPE.sub("", text, count=1))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, recover=True
    )
    root = etree.fromstring(re.sub(r"\A\s*<\?xml[^>]*\?>", "", text).encode("utf-8", "ignore"), parser)
    if root is None:
        raise ArticleImportError(_(UNREADABLE))
    if measure_depth(root) > MAX_DEPTH:
        raise ArticleImportError(_(TOO_DEEP))
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    return root


def read_book(archive: ZipFile) -> Book:
    """Return what the package file of the book says."""
    container = parse_xml(decode_page(read_entry(archive, CONTAINER)))
    path = next(element.get("full-path", "") for element in [*container.iter("rootfile"), etree.Element("none")])
    package = parse_xml(decode_page(read_entry(archive, path)))
    pages = {
        item.get("id"): normpath(join(dirname(path), unquote(item.get("href", ""))))
        for item in package.iter("item")
        if item.get("media-type") == PAGE_TYPE and "nav" not in item.get("properties", "").split()
    }
    order = [item.get("idref") for item in package.iter("itemref") if item.get("linear") != "no"]
    chapters = list(dict.fromkeys(pages[key] for key in order if key in pages))
    if len(chapters) > MAX_CHAPTERS:
        raise ArticleImportError(_(TOO_MANY_CHAPTERS))
    words = {name: [read_words(one) for one in package.iter(name)] for name in ("title", "creator", "language", "date")}
    first = {name: next(filter(None, values), "") for name, values in words.items()}
    byline = ", ".join(filter(None, words["creator"]))
    return Book(first["title"], byline, first["language"], parse_moment(first["date"][:10]), chapters)


def read_words(element: Any) -> str:
    """Return the words of an element on one line."""
    return collapse_spaces("".join(element.itertext()))


def read_chapters(archive: ZipFile, book: Book) -> list[Extracted]:
    """Return the chapters that have a text."""
    articles, size = [], 0
    for path in book.chapters:
        page = read_entry(archive, path)
        size += len(page)
        if size > MAX_TEXT_BYTES:
            raise ArticleImportError(_(BOOK_TOO_LARGE))
        if article := read_chapter(page, book):
            articles.append(article)
    return articles


def read_chapter(page: bytes, book: Book) -> Extracted | None:
    """Return a page of a book as an article; None for one that has hardly any text."""
    body = parse_xml(decode_page(page)).find("body")
    if body is None or len(read_words(body)) < MIN_CHAPTER_LENGTH:
        return None
    title = take_title(body)
    html = clean_article_html(etree.tostring(body, encoding="unicode", method="html"), "")
    return Extracted(
        title=title,
        html=html,
        byline=book.byline,
        site=book.title,
        language=book.language,
        direction=detect_direction(book.language, text_of(html)),
        published=book.published,
    )


def take_title(body: Any) -> str:
    """Return the words of the heading with which a chapter begins, and remove it; "" where it begins otherwise."""
    first = next((element for element in body.iter(*HEADINGS, "p") if read_words(element)), None)
    if first is None or first.tag not in HEADINGS:
        return ""
    title, parent, previous = read_words(first), first.getparent(), first.getprevious()
    if previous is None:
        parent.text = (parent.text or "") + (first.tail or "")
    else:
        previous.tail = (previous.tail or "") + (first.tail or "")
    parent.remove(first)
    return title
