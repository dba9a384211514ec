"""The process in which one page is read: `python -m newsreader.intake.child`. It knows no settings and no database."""

import json
import resource
import sys
from dataclasses import asdict

from newsreader.intake.errors import IntakeError

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
    # trafilatura would load it and numpy, for nothing, and numpy takes memory for each processor of the machine.
    sys.modules["py3langid"] = None  # type: ignore[assignment]
    origin = json.loads(sys.stdin.buffer.readline())
    sys.stdout.write(json.dumps(answer(sys.stdin.buffer.read(), **origin)))


def answer(page: bytes, url: str, content_type: str) -> dict:
    from newsreader.intake.extraction import extract_as_stated  # here, so that loading it counts towards the limits

    try:
        found = asdict(extract_as_stated(page, url, content_type))
        return found | {"published": found["published"] and found["published"].isoformat()}
    except IntakeError as error:
        return {"error": str(error)}
    except MemoryError:
        return {"error": TOO_MUCH}


if __name__ == "__main__":
    main()
