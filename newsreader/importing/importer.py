"""The three ways to import an article. All of them raise ArticleImportError, a sentence for people."""

import re
from dataclasses import replace
from functools import partial
from pathlib import PurePath
from typing import Protocol

from django.conf import settings
from django.contrib.auth.models import User

from newsreader.importing.documents import WORD, DocumentType, find_document_type, is_book_start, refuse_missing
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extracted import Extracted
from newsreader.importing.fetching.client import FetchedPage, fetch_page
from newsreader.importing.fetching.encoding import decode_page
from newsreader.importing.file_types import refuse_other_files
from newsreader.importing.files import find_saved_url, parse_pasted_text
from newsreader.importing.joining import join_parts
from newsreader.importing.limits import refuse_large_file
from newsreader.importing.mhtml import is_mhtml
from newsreader.importing.sandbox.reader import ask_shared
from newsreader.importing.sandbox.runner import (
    Ask,
    extract_book_safely,
    extract_document_safely,
    extract_safely,
)
from newsreader.models import SiteRule
from newsreader.models.article import StoredArticle
from newsreader.models.site_rule import Rules

PAGE_START = re.compile(rb"\s*(?:<!--.{,2000}?-->\s*)?<(?:!doctype html|html)[\s>]", re.IGNORECASE | re.DOTALL)

MARKDOWN_SUFFIXES = {".md", ".markdown"}


class ArticleForm(Protocol):
    """A form that finds articles when it is validated, and stores them."""

    def is_valid(self) -> bool:
        """Return whether any was found."""

    def save(self, user: User) -> list[StoredArticle]:
        """Store the articles."""


def import_articles(form: ArticleForm, user: User) -> list[StoredArticle]:
    """Store the article, or those of a book, that the import form was given; none if it is invalid and has the errors."""
    return form.save(user) if form.is_valid() else []


def extract_from_web(url: str, rules: Rules | None = None, ask: Ask = ask_shared) -> Extracted:
    """Return the article at a web address with its further parts, by these rules, or else by those of the source with its host."""
    return join_parts(extract_part(url, rules, ask), url, partial(extract_part, rules=rules, ask=ask))


def extract_part(url: str, rules: Rules | None = None, ask: Ask = ask_shared) -> Extracted:
    """Return the article, or the part of one, at a web address."""
    fetched = fetch_page(url, allow_loopback=settings.NEWSREADER_ALLOW_LOOPBACK)
    return extract_fetched(fetched, SiteRule.objects.list_for_page(fetched.url) if rules is None else rules, ask)


def extract_fetched(fetched: FetchedPage, rules: Rules, ask: Ask = ask_shared) -> Extracted:
    """Return the article in a page or document that was fetched."""
    if document := find_document_type("", fetched.body):
        return replace(extract_document(document, fetched.body, ask), url=fetched.url)
    if fetched.content_type.lower().startswith("text/plain"):
        return parse_pasted_text(decode_text(fetched.body, fetched.content_type), url=fetched.url)
    return extract_safely(fetched.body, fetched.url, fetched.content_type, rules, ask)


def extract_by_each(url: str, *rules: Rules) -> list[Extracted | str]:
    """Return what each of these rules makes of one page, fetched once: an article, or a sentence that says why there is none."""
    fetched = fetch_page(url, allow_loopback=settings.NEWSREADER_ALLOW_LOOPBACK)
    return [attempt(fetched, each) for each in rules]


def attempt(fetched: FetchedPage, rules: Rules) -> Extracted | str:
    """Return the article in a page that was fetched, or a sentence that says why there is none."""
    try:
        return extract_fetched(fetched, rules)
    except ArticleImportError as error:
        return str(error)


def extract_all_from_file(name: str, file: bytes, ask: Ask = ask_shared) -> list[Extracted]:
    """Return the articles in a file: the chapters of an e-book, or else one."""
    return extract_book_safely(file, ask) if is_book(name, file) else [extract_from_file(name, file, ask)]


def is_book(name: str, file: bytes) -> bool:
    """Return whether a file is an e-book (EPUB): an archive that says so by its content, or by its name."""
    is_named = PurePath(name).suffix.lower() == ".epub"
    return file.startswith(b"PK\x03\x04") and (is_named or is_book_start(file))


def extract_from_file(name: str, page: bytes, ask: Ask = ask_shared) -> Extracted:
    """Return the article in a saved page, in a document, in Markdown, or in a plain text."""
    suffix = PurePath(name).suffix.lower()
    if document := find_document_type(name, page):
        found = extract_document(document, page, ask)
        return found if found.title or document is not WORD else replace(found, title=read_title(name))
    if suffix in MARKDOWN_SUFFIXES and not is_page(page):
        return extract_safely(page, content_type="text/markdown", ask=ask)
    if suffix == ".txt" and not is_page(page):
        return parse_pasted_text(decode_text(page))
    url = find_saved_url(page)
    return extract_safely(page, url, "", SiteRule.objects.list_for_page(url), ask)


def read_title(name: str) -> str:
    """Return the name of a file as a title: without its ending, and with spaces for underscores."""
    return " ".join(PurePath(name).stem.replace("_", " ").split())


def extract_document(document: DocumentType, file: bytes, ask: Ask = ask_shared) -> Extracted:
    """Return the article in a document; raise ArticleImportError also if the library that reads it is not installed."""
    refuse_missing(document)
    return extract_document_safely(file, document.content_type, ask)


def is_page(file: bytes) -> bool:
    """Return whether a file is a web page by its content, whatever its name says."""
    return is_mhtml(file) or bool(PAGE_START.match(file))


def decode_text(page: bytes, content_type: str = "") -> str:
    """Return the characters of a plain text; raise ArticleImportError if the file is none."""
    refuse_large_file(page)
    refuse_other_files(page)
    return decode_page(page, content_type)
