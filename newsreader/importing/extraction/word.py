"""Reads a Word document (DOCX). Every size is checked before anything is unpacked."""

import re
from copy import deepcopy
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

import mammoth
from lxml import etree

from newsreader.importing.cleaning import clean_article_html
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extracted import Extracted
from newsreader.importing.extraction.epub import read_words, take_title
from newsreader.importing.extraction.languages import normalise_code
from newsreader.importing.extraction.markdown import parse_moment
from newsreader.importing.extraction.page import parse_page
from newsreader.text.html.plaintext import text_of
from newsreader.text.language.direction import detect_direction
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop

MAX_ENTRIES, MAX_UNPACKED_BYTES, MAX_PART_BYTES = 2_000, 200_000_000, 20_000_000
MAX_TAGS = 500_000  # of which a tree is made in a few seconds
MAX_FIRST_LINE = 100  # characters of a first paragraph that is a title
START_BYTES = 1_000
# White space, in any of the encodings that XML must have, and then a tag; or nothing else so far.
XML_START = re.compile(rb"[\xef\xbb\xbf\xfe\xff\0\s]*(?:<\0*[?!:A-Za-z_\x80-\xff]|\Z)")
CORE = "docProps/core.xml"
UNREADABLE = gettext_noop("This Word document is damaged or protected by a password.")
TOO_LARGE = gettext_noop("Unpacked, this Word document is too large.")
DECLARES = gettext_noop("This Word document defines entities, which no word processor writes.")
STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='Quote'] => blockquote:fresh
p[style-name='Intense Quote'] => blockquote:fresh
"""
NAMESPACES = {"dc": "http://purl.org/dc/elements/1.1/", "dcterms": "http://purl.org/dc/terms/"}


def extract_word(file: bytes) -> Extracted:
    """Return the article of a Word document; raise ArticleImportError if it is damaged, empty or past a cap."""
    try:
        with ZipFile(BytesIO(file)) as archive:
            refuse_hostile_parts(archive)
            details = read_details(archive)
        page = mammoth.convert_to_html(BytesIO(file), style_map=STYLES, convert_image=lambda image: []).value
    except (
        BadZipFile,
        ZlibError,
        etree.XMLSyntaxError,
        AttributeError,
        LookupError,
        NotImplementedError,
        OSError,
        RuntimeError,
        TypeError,
        ValueError,
        SyntaxError,
    ) as error:
        raise ArticleImportError(_(UNREADABLE)) from error
    return build_article(page, details)


def refuse_hostile_parts(archive: ZipFile) -> None:
    """Raise ArticleImportError for a document that unpacks to too much, or whose XML defines entities."""
    entries = archive.infolist()
    sizes = [entry.file_size for entry in entries]
    if len(entries) > MAX_ENTRIES or sum(sizes) > MAX_UNPACKED_BYTES:
        raise ArticleImportError(_(TOO_LARGE))
    parts = [entry for entry in entries if is_xml(archive, entry)]
    if sum(part.file_size for part in parts) > MAX_PART_BYTES:
        raise ArticleImportError(_(TOO_LARGE))
    tags = 0
    for part in parts:
        data = archive.read(part)
        tags += data.count(b"<")
        if tags > MAX_TAGS:
            raise ArticleImportError(_(TOO_LARGE))
        declares = b"<!DOCTYPE" if is_named_xml(part) else b"<!ENTITY"  # a picture (SVG) may have the former alone
        if declares in data or b"\0" in data:  # the latter in another encoding than UTF-8
            raise ArticleImportError(_(DECLARES))


def is_named_xml(entry: ZipInfo) -> bool:
    """Return whether the name of a part says that it is XML."""
    return entry.filename.endswith((".xml", ".rels"))


def is_xml(archive: ZipFile, entry: ZipInfo) -> bool:
    """Return whether a part is XML: by its name, or else by how it begins, since any part may be named as the document."""
    if is_named_xml(entry):
        return True
    with archive.open(entry) as part:
        return bool(XML_START.match(part.read(START_BYTES)))


def read_details(archive: ZipFile) -> dict[str, str]:
    """Return what the document says of itself: title, creator, language and the moment at which it was made."""
    if CORE not in archive.namelist():
        return {}
    root = etree.fromstring(archive.read(CORE), etree.XMLParser(resolve_entities=False, no_network=True))
    names = {"title": "dc:title", "creator": "dc:creator", "language": "dc:language", "created": "dcterms:created"}
    found = {name: root.findtext(f"{path}", "", NAMESPACES) for name, path in names.items()}
    return {name: " ".join((words or "").split()) for name, words in found.items()}


def build_article(page: str, details: dict[str, str]) -> Extracted:
    """Return the article of the HTML that was made of a document, with the details that it states."""
    body: Any = parse_page(f"<body>{page}</body>").find("body")
    title = details.get("title", "")
    heading = take_title(deepcopy(body))
    if not title or heading.casefold() == title.casefold():
        title = take_title(body) or title or take_first_line(body)
    content = clean_article_html(etree.tostring(body, encoding="unicode", method="html"), "")
    language = normalise_code(details.get("language", ""))
    return Extracted(
        title=title,
        html=content,
        byline=details.get("creator", ""),
        language=language,
        direction=detect_direction(language, text_of(content)),
        published=read_day(details.get("created", "")),
    )


def take_first_line(body: Any) -> str:
    """Return the words of a short first paragraph, and remove it; "" where it is long, or all that there is."""
    filled = [element for element in body if read_words(element)]
    if len(filled) < 2 or filled[0].tag != "p" or filled[0].find(".//br") is not None:
        return ""
    words = read_words(filled[0])
    if len(words) > MAX_FIRST_LINE:
        return ""
    body.remove(filled[0])
    return words


def read_day(written: str) -> date | None:
    """Return the day of a moment that is written as in ISO 8601."""
    return parse_moment(re.split("T", written)[0])
