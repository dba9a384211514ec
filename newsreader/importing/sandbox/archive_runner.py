"""Unpacks an archive in a process that can be killed, with little time and memory."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newsreader.importing.archives import UNREADABLE, ArchivedFile, LeftOut
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.sandbox.forking import read_frame
from newsreader.importing.sandbox.process import ENVIRONMENT, build_command
from newsreader.text.translation import gettext as _

COMMAND = build_command("newsreader.importing.sandbox.archive_worker")


def unpack_safely(path: Path) -> Iterator[ArchivedFile | LeftOut]:
    """Yield what `read_archive` does; raise ArticleImportError also if that takes too much time or memory."""
    with path.open("rb") as file:
        worker = subprocess.Popen(COMMAND, stdin=file, stdout=subprocess.PIPE, env=ENVIRONMENT)  # noqa: S603
    assert worker.stdout  # noqa: S101 # it is a pipe
    try:
        while frame := read_frame(worker.stdout):
            line, _separator, data = frame.partition(b"\n")
            header = json.loads(line)
            yield read_answer(header, data)
            if "left_out" in header:
                return
        raise ArticleImportError(_(UNREADABLE))  # it was ended
    finally:
        worker.kill()
        worker.communicate()


def read_answer(header: dict[str, Any], data: bytes) -> ArchivedFile | LeftOut:
    """Return what a frame holds; raise ArticleImportError with the reason for which the archive is refused."""
    if "refused" in header:
        raise ArticleImportError(_(header["refused"]))  # the worker writes English
    if "left_out" in header:
        return LeftOut(*header["left_out"])
    return ArchivedFile(header["name"], data, header["error"])
