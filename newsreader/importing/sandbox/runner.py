"""Extracts an article in a process that can be killed, with little time and memory."""

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extracted import Extracted
from newsreader.importing.extraction.languages import with_language
from newsreader.importing.file_types import refuse_other_files
from newsreader.importing.limits import refuse_large_file
from newsreader.importing.sandbox.process import WorkerError, WorkerTimeoutError, build_command, run_command
from newsreader.importing.sandbox.worker import BOOK, DOCUMENTS, TABLE
from newsreader.importing.table_columns import Table
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop

WORKER_COMMAND = build_command("newsreader.importing.sandbox.worker")
MAX_SECONDS, MAX_DOCUMENT_SECONDS = 30, 9
TOO_SLOW = gettext_noop("This page takes too long to read.")
UNREADABLE_PAGE = gettext_noop("This page could not be read.")
Ask = Callable[..., dict[str, Any]]  # of a page, its address, its content type and the rules of its site


def extract_safely(
    page: bytes | str,
    url: str = "",
    content_type: str = "",
    rules: list[dict[str, str]] | None = None,
    ask: Ask | None = None,
) -> Extracted:
    """Return the article in a page as `extract` does; raise ArticleImportError also if that takes too much time or memory.

    `rules` are those of its site, each with `part` and `selector`.
    """
    if isinstance(page, str):
        page, content_type = page.encode("utf-8", "ignore"), "text/html; charset=utf-8"
    refuse_large_file(page)
    refuse_other_files(page)
    return read_article((ask or ask_worker)(page, url, content_type, rules))


def extract_book_safely(file: bytes, ask: Ask | None = None) -> list[Extracted]:
    """Return the chapters of an e-book as `extract_book` does; raise ArticleImportError also if that takes too much."""
    refuse_large_file(file)
    return [read_article(chapter) for chapter in (ask or ask_worker)(file, "", BOOK)["articles"]]


def extract_document_safely(file: bytes, content_type: str, ask: Ask | None = None) -> Extracted:
    """Return the article in a document of that type; raise ArticleImportError also if that takes too much."""
    refuse_large_file(file)
    return read_article((ask or ask_worker)(file, "", content_type))


def read_table_safely(file: bytes) -> Table:
    """Return a table of articles as `read_article_table` does; raise ArticleImportError also if that takes too much."""
    refuse_large_file(file)
    return Table(**ask_worker(file, "", TABLE))


def ask_worker(page: bytes, url: str, content_type: str, rules: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """Return the answer of a worker that reads nothing else; raise ArticleImportError with the reason for which it refuses that."""
    return check_answer(run_worker(build_request(page, url, content_type, rules), get_max_seconds(content_type)))


def build_request(page: bytes, url: str, content_type: str, rules: list[dict[str, str]] | None = None) -> bytes:
    """Return what a worker reads: a line of JSON, then the page."""
    return json.dumps({"url": url, "content_type": content_type, "rules": rules}).encode() + b"\n" + page


def get_max_seconds(content_type: str) -> int:
    """Return how long a worker may take for what has this type."""
    return MAX_DOCUMENT_SECONDS if content_type in DOCUMENTS else MAX_SECONDS


def check_answer(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer; raise ArticleImportError if it is the reason why there is none."""
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


def run_worker(request: bytes, max_seconds: float) -> dict[str, Any]:
    """Return the worker's answer; raise ArticleImportError if it was killed or failed."""
    try:
        return json.loads(run_command(WORKER_COMMAND, request, max_seconds))
    except WorkerTimeoutError as error:
        raise ArticleImportError(_(TOO_SLOW)) from error
    except WorkerError as error:
        raise ArticleImportError(_(UNREADABLE_PAGE)) from error
