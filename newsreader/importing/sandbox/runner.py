"""Extracts an article in a process that can be killed, with little time and memory."""

import json
from datetime import date, datetime
from typing import Any

from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extracted import Extracted
from newsreader.importing.extraction.languages import with_language
from newsreader.importing.file_types import refuse_other_files
from newsreader.importing.limits import refuse_large_file
from newsreader.importing.sandbox.process import WorkerError, WorkerTimeoutError, build_command, run_command
from newsreader.importing.sandbox.worker import BOOK, TABLE
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop

WORKER_COMMAND = build_command("newsreader.importing.sandbox.worker")
MAX_SECONDS = 30
TOO_SLOW = gettext_noop("This page takes too long to read.")
UNREADABLE_PAGE = gettext_noop("This page could not be read.")


def extract_safely(
    page: bytes | str, url: str = "", content_type: str = "", rules: list[dict[str, str]] | None = None
) -> Extracted:
    """Return the article in a page as `extract` does; raise ArticleImportError also if that takes too much time or memory.

    `rules` are those of its site, each with `part` and `selector`.
    """
    if isinstance(page, str):
        page, content_type = page.encode("utf-8", "ignore"), "text/html; charset=utf-8"
    refuse_large_file(page)
    refuse_other_files(page)
    return read_article(ask_worker(page, url, content_type, rules))


def extract_book_safely(file: bytes) -> list[Extracted]:
    """Return the chapters of an e-book as `extract_book` does; raise ArticleImportError also if that takes too much."""
    refuse_large_file(file)
    return [read_article(chapter) for chapter in ask_worker(file, "", BOOK)["articles"]]


def read_table_safely(file: bytes) -> list[dict[str, str]]:
    """Return the rows of a table of articles as `read_article_table` does; raise ArticleImportError also if that takes too much."""
    refuse_large_file(file)
    return ask_worker(file, "", TABLE)["rows"]


def ask_worker(page: bytes, url: str, content_type: str, rules: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """Return the worker's answer for a page; raise ArticleImportError with the reason for which it refuses that."""
    header = json.dumps({"url": url, "content_type": content_type, "rules": rules}).encode()
    answer = run_worker(header + b"\n" + page)
    if "error" in answer:
        raise ArticleImportError(_(answer["error"]))  # the worker writes English
    return answer


def read_article(fields: dict[str, Any]) -> Extracted:
    """Return an article of these fields, with a language.

    The model of languages is loaded here once, not for each page in a worker, which might not even unpack it.
    """
    published = read_published(fields.pop("published"))
    left_out = [(words, before) for words, before in fields.pop("left_out")]
    return with_language(Extracted(**fields, published=published, left_out=left_out))


def read_published(text: str | None) -> date | None:
    """Return the day or the moment that the worker wrote in ISO 8601."""
    if not text:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def run_worker(request: bytes) -> dict[str, Any]:
    """Return the worker's answer; raise ArticleImportError if it was killed or failed."""
    try:
        return json.loads(run_command(WORKER_COMMAND, request, MAX_SECONDS))
    except WorkerTimeoutError as error:
        raise ArticleImportError(_(TOO_SLOW)) from error
    except WorkerError as error:
        raise ArticleImportError(_(UNREADABLE_PAGE)) from error
