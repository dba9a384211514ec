"""The process that extracts one article: `python -m newsreader.importing.sandbox.worker`. It has no settings and no database."""

import json
import sys
from dataclasses import asdict
from importlib import import_module
from typing import Any

from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extracted import Extracted
from newsreader.importing.sandbox.resources import build_limits, limit_resources
from newsreader.text.translation import gettext_noop

BOOK, TABLE = "application/epub+zip", "application/x-article-table"
MAX_CPU_SECONDS = 10
MAX_MEMORY_BYTES = 1_500_000_000  # bytes of address space
RESOURCE_LIMITS = build_limits(MAX_CPU_SECONDS, MAX_MEMORY_BYTES)
TOO_MUCH_MEMORY = gettext_noop("This page takes too much memory to read.")


def main() -> None:
    """Read a line of JSON and a page from standard input; write the article, or the error, as JSON."""
    limit_resources(RESOURCE_LIMITS)
    # trafilatura would load it and numpy, for nothing, and numpy takes memory for each processor of the machine.
    sys.modules["py3langid"] = None  # type: ignore[assignment]
    header = json.loads(sys.stdin.buffer.readline())
    sys.stdout.write(json.dumps(extract_to_dict(sys.stdin.buffer.read(), **header)))


def extract_to_dict(
    page: bytes, url: str, content_type: str, rules: list[dict[str, str]] | None = None
) -> dict[str, Any]:
    """Return the fields of the article (of a book `{"articles": ...}`), or `{"error": sentence}`, in English."""
    # Loaded here, so that it counts towards the limits.
    extraction = import_module("newsreader.importing.extraction.article")
    try:
        if content_type == BOOK:
            book = import_module("newsreader.importing.extraction.epub")
            return {"articles": [describe(chapter) for chapter in book.extract_book(page)]}
        if content_type == TABLE:
            table = import_module("newsreader.importing.article_table")
            return {"rows": table.read_article_table(page)}
        return describe(extraction.extract_as_stated(page, url, content_type, rules))
    except ArticleImportError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": TOO_MUCH_MEMORY}


def describe(article: Extracted) -> dict[str, Any]:
    """Return the fields of an article as JSON has them."""
    return asdict(article) | {"published": article.published and article.published.isoformat()}


if __name__ == "__main__":
    main()
