"""The process that reads one import file: `python -m annotations.exchange.reading_worker`. It has no settings and no database."""

import sys
from typing import BinaryIO

from annotations.exchange.bundle_json import dump_bundle, dump_error
from annotations.exchange.detect import read_bundle
from annotations.exchange.record import UnreadableFileError
from newsreader.importing.sandbox.resources import build_limits, limit_resources
from newsreader.text.translation import gettext_noop

MAX_CPU_SECONDS = 20
MAX_MEMORY_BYTES = 1_000_000_000  # of address space
RESOURCE_LIMITS = build_limits(MAX_CPU_SECONDS, MAX_MEMORY_BYTES)
TOO_MUCH_MEMORY = gettext_noop("This file takes too much memory to read. Import it in parts.")


def main() -> None:
    """Read a file from standard input; write what it holds, or the error, as JSON."""
    limit_resources(RESOURCE_LIMITS)
    sys.stdout.buffer.write(answer(sys.stdin.buffer))


def answer(file: BinaryIO) -> bytes:
    """Return what the file holds, or the error, as JSON."""
    try:
        return dump_bundle(read_bundle(file.read()))
    except UnreadableFileError as error:
        return dump_error(error.message, error.values)
    except MemoryError:
        return dump_error(TOO_MUCH_MEMORY)


if __name__ == "__main__":
    main()
