"""The process in which one page is read: `python -m newsreader.importing.sandbox.worker`. It knows no settings and no database."""

import json
import resource
import sys
from dataclasses import asdict
from importlib import import_module

from newsreader.importing.errors import IntakeError

CPU_SECONDS = 10
MEMORY = 1_500_000_000  # bytes of address space
LIMITS = {
    resource.RLIMIT_CPU: CPU_SECONDS,
    resource.RLIMIT_AS: MEMORY,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
}
TOO_MUCH = "This page takes too much memory to read."


def main() -> None:
    """Reads a line of JSON and a page from standard input, and writes the article, or the error, as JSON."""
    for limit, most in LIMITS.items():
        resource.setrlimit(limit, (most, most))
    origin = json.loads(sys.stdin.buffer.readline())
    sys.stdout.write(json.dumps(answer(sys.stdin.buffer.read(), **origin)))


def answer(page: bytes, url: str, content_type: str) -> dict:
    extract = import_module(
        "newsreader.importing.extraction.article"
    ).extract  # loaded here, so that it counts towards the limits
    try:
        found = asdict(extract(page, url, content_type))
        return found | {"published": found["published"] and found["published"].isoformat()}
    except IntakeError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": TOO_MUCH}


if __name__ == "__main__":
    main()
