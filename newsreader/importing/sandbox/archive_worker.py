"""The process that unpacks one archive: `python -m newsreader.importing.sandbox.archive_worker`. It has no settings and no database."""

import json
import signal
import sys
from typing import Any

from newsreader.importing.archives import LeftOut, read_archive
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.sandbox.forking import write_frame
from newsreader.importing.sandbox.resources import build_limits, limit_resources
from newsreader.text.translation import gettext_noop

LIMITS = build_limits(cpu_seconds=30, memory_bytes=400_000_000)
MAX_SECONDS = 300  # others write meanwhile what it unpacks
TOO_MUCH_MEMORY = gettext_noop("This archive takes too much memory to read.")


def main() -> None:
    """Read an archive from standard input, which is a file; write each of its files, and at last the others or the error."""
    limit_resources(LIMITS)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # it ends where nobody waits for the files any more
    signal.alarm(MAX_SECONDS)
    try:
        for found in read_archive(sys.stdin.buffer):
            if isinstance(found, LeftOut):
                send({"left_out": found})
            else:
                send({"name": found.name, "error": found.error}, found.data)
    except ArticleImportError as error:
        send({"refused": str(error)})
    except MemoryError:
        send({"refused": TOO_MUCH_MEMORY})


def send(header: dict[str, Any], data: bytes = b"") -> None:
    """Write a frame of a line of JSON and bytes."""
    write_frame(sys.stdout.buffer, json.dumps(header).encode() + b"\n" + data)


if __name__ == "__main__":
    main()
