"""Reads many pages, one after the other, without starting a new process for each."""

import atexit
import json
import os
import subprocess
import threading
from select import select
from types import TracebackType
from typing import Any, Self

from newsreader.importing.errors import ArticleImportError
from newsreader.importing.sandbox.forking import KILLED, READ, read_frame, write_frame
from newsreader.importing.sandbox.process import ENVIRONMENT, build_command
from newsreader.importing.sandbox.runner import (
    TOO_SLOW,
    UNREADABLE_PAGE,
    ask_worker,
    build_request,
    check_answer,
    get_max_seconds,
)
from newsreader.text.translation import gettext as _

COMMAND = build_command("newsreader.importing.sandbox.forking")
SPARE_SECONDS = 15  # beyond those that a page may take: to load what reads pages


class PageReader:
    """A process that reads each page in a fork with limits; begun when it is asked, ended with the block or when it is idle."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.owner = 0  # the process that began it: a fork of that must not talk to it

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def ask(
        self, page: bytes, url: str, content_type: str, rules: list[dict[str, str]] | None = None
    ) -> dict[str, Any]:
        """Return the answer for a page; raise ArticleImportError with the reason for which it is refused."""
        max_seconds = get_max_seconds(content_type)
        request = b"%d\n" % max_seconds + build_request(page, url, content_type, rules)
        seconds = max_seconds + SPARE_SECONDS
        answer = self.exchange(request, seconds) or self.exchange(request, seconds)  # it may have ended just now
        if answer[:1] == KILLED:
            raise ArticleImportError(_(TOO_SLOW))
        if answer[:1] != READ:
            raise ArticleImportError(_(UNREADABLE_PAGE))
        return check_answer(json.loads(answer[1:]))

    def exchange(self, request: bytes, max_seconds: float) -> bytes:
        """Return what the process answers; KILLED where that takes too long, nothing where it ended."""
        process = self.start()
        assert process.stdin and process.stdout  # noqa: S101 # both are pipes
        try:
            write_frame(process.stdin, request)
        except BrokenPipeError:
            self.stop()
            return b""
        if not select([process.stdout], [], [], max_seconds)[0]:
            self.stop()
            return KILLED
        if not (answer := read_frame(process.stdout)):
            self.stop()
        return answer

    def start(self) -> subprocess.Popen[bytes]:
        """Return the process, begun if it is not running."""
        if self.owner != os.getpid():
            self.owner, self.process = os.getpid(), None
        if self.process and self.process.poll() is not None:
            self.stop()
        if self.process is None:
            self.process = subprocess.Popen(  # noqa: S603
                COMMAND, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        return self.process

    def stop(self) -> None:
        """End the process."""
        if self.process:
            self.process.kill()
            self.process.communicate()
            self.process = None


SHARED = PageReader()
LOCK = threading.Lock()  # around the shared one: it answers one question at a time
atexit.register(SHARED.stop)


def ask_shared(page: bytes, url: str, content_type: str, rules: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """Return the answer of the process that this one keeps for pages; of a process that begins now, where that is busy."""
    if not LOCK.acquire(blocking=False):
        return ask_worker(page, url, content_type, rules)
    try:
        return SHARED.ask(page, url, content_type, rules)
    finally:
        LOCK.release()
