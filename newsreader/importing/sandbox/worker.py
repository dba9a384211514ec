"""The process in which one page is read: `python -m newsreader.importing.sandbox.worker`. It knows no settings and no database."""

import json
import resource
import sys
from dataclasses import asdict
from importlib import import_module
from typing import Any

from newsreader.importing.errors import ArticleImportError

MAX_CPU_SECONDS = 10
MAX_MEMORY_BYTES = 1_500_000_000  # bytes of address space
RESOURCE_LIMITS = {
    resource.RLIMIT_CPU: MAX_CPU_SECONDS,
    resource.RLIMIT_AS: MAX_MEMORY_BYTES,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
}
TOO_MUCH_MEMORY = "This page takes too much memory to read."


def main() -> None:
    """Read a line of JSON and a page from standard input; write the article, or the error, as JSON."""
    for limit, most in RESOURCE_LIMITS.items():
        resource.setrlimit(limit, (most, most))
    # trafilatura would load it and numpy, for nothing, and numpy takes memory for each processor of the machine.
    sys.modules["py3langid"] = None  # type: ignore[assignment]
    origin = json.loads(sys.stdin.buffer.readline())
    sys.stdout.write(json.dumps(extract_to_dict(sys.stdin.buffer.read(), **origin)))


def extract_to_dict(page: bytes, url: str, content_type: str) -> dict[str, Any]:
    """Return the article, or what is wrong with the page, as JSON takes it."""
    article = import_module(
        "newsreader.importing.extraction.article"
    )  # here, so that loading it counts towards the limits
    try:
        found = asdict(article.extract_as_stated(page, url, content_type))
        return found | {"published": found["published"] and found["published"].isoformat()}
    except ArticleImportError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": TOO_MUCH_MEMORY}


if __name__ == "__main__":
    main()
