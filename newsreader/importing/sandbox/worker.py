"""The process that extracts one article: `python -m newsreader.importing.sandbox.worker`. It has no settings and no database."""

import json
import sys
from dataclasses import asdict
from importlib import import_module
from typing import Any

from newsreader.importing.documents import PDF, WORD
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extracted import Extracted
from newsreader.importing.sandbox.resources import build_limits, limit_resources
from newsreader.text.translation import gettext_noop

BOOK, TABLE = "application/epub+zip", "application/x-article-table"
MAX_CPU_SECONDS = 10
MAX_MEMORY_BYTES = 1_500_000_000  # bytes of address space
RESOURCE_LIMITS = build_limits(MAX_CPU_SECONDS, MAX_MEMORY_BYTES)
DOCUMENT_LIMITS = build_limits(cpu_seconds=8, memory_bytes=400_000_000)
# The function that reads each type of document, in a module that needs a library of requirements-extras.txt.
DOCUMENTS = {
    PDF.content_type: ("newsreader.importing.extraction.pdf", "extract_pdf"),
    WORD.content_type: ("newsreader.importing.extraction.word", "extract_word"),
}
TOO_MUCH_MEMORY = gettext_noop("This page takes too much memory to read.")


def main() -> None:
    """Read a line of JSON and a page from standard input; write the article, or the error, as JSON."""
    # trafilatura would load it and numpy, for nothing, and numpy takes memory for each processor of the machine.
    sys.modules["py3langid"] = None  # type: ignore[assignment]
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read()))


def answer(request: bytes) -> bytes:
    """Return the answer to a line of JSON and a page; this process has its limits from then on."""
    line, _, page = request.partition(b"\n")
    header = json.loads(line)
    limit_resources(get_limits(header["content_type"]))
    return json.dumps(extract_to_dict(page, **header)).encode()


def get_limits(content_type: str) -> dict[int, int]:
    """Return what may be used to read something of this type."""
    return DOCUMENT_LIMITS if content_type in DOCUMENTS else RESOURCE_LIMITS


def extract_to_dict(
    page: bytes, url: str, content_type: str, rules: list[dict[str, str]] | None = None
) -> dict[str, Any]:
    """Return the fields of the article (of a book `{"articles": ...}`), or `{"error": sentence}`, in English."""
    try:
        return read_page(page, url, content_type, rules)
    except ArticleImportError as error:
        return {"error": str(error)}
    except (MemoryError, RecursionError):
        return {"error": TOO_MUCH_MEMORY}


def read_page(page: bytes, url: str, content_type: str, rules: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """Return the fields of what is read; what reads it is loaded here, so that it counts towards the limits."""
    if content_type == BOOK:
        book = import_module("newsreader.importing.extraction.epub")
        return {"articles": [describe(chapter) for chapter in book.extract_book(page)]}
    if content_type in DOCUMENTS:
        module, name = DOCUMENTS[content_type]
        return describe(getattr(import_module(module), name)(page))
    if content_type == TABLE:
        table = import_module("newsreader.importing.article_table")
        return table.read_article_table(page)._asdict()
    extraction = import_module("newsreader.importing.extraction.article")
    return describe(extraction.extract_as_stated(page, url, content_type, rules))


def describe(article: Extracted) -> dict[str, Any]:
    """Return the fields of an article as JSON has them."""
    return asdict(article) | {"published": article.published and article.published.isoformat()}


if __name__ == "__main__":
    main()
