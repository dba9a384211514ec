"""The process that reads one feed or list: `python -m newsreader.importing.sandbox.feed_worker`. It has no settings and no database."""

import json
import sys
from dataclasses import asdict
from importlib import import_module
from typing import Any

from newsreader.importing.errors import ArticleImportError
from newsreader.importing.sandbox.resources import build_limits, limit_resources
from newsreader.text.translation import gettext_noop

MAX_CPU_SECONDS = 6
MAX_MEMORY_BYTES = 400_000_000  # bytes of address space
TOO_MUCH_MEMORY = gettext_noop("This feed takes too much memory to read.")


def main() -> None:
    """Read a line of JSON and a document from standard input; write what was found, or the error, as JSON."""
    limit_resources(build_limits(MAX_CPU_SECONDS, MAX_MEMORY_BYTES))
    sys.modules["py3langid"] = None  # type: ignore[assignment] # as the worker of pages does
    header = json.loads(sys.stdin.buffer.readline())
    sys.stdout.write(json.dumps(read_document(sys.stdin.buffer.read(), **header)))


def read_document(document: bytes, kind: str, url: str, content_type: str) -> dict[str, Any]:
    """Return what a document of this kind (feed, site or opml) says, or `{"error": sentence}`, in English."""
    try:
        if kind == "opml":
            opml = import_module("newsreader.importing.feeds.opml")
            return {"feeds": [asdict(feed) for feed in opml.read_opml(document)]}
        if kind == "site":
            discovery = import_module("newsreader.importing.feeds.discovery")
            return asdict(discovery.discover(document, url, content_type))
        return asdict(import_module("newsreader.importing.feeds.reader").read_feed(document, url, content_type))
    except ArticleImportError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": TOO_MUCH_MEMORY}


if __name__ == "__main__":
    main()
