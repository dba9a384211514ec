"""The process that reads many pages, each in a fork of its own: `python -m newsreader.importing.sandbox.forking`.

What reads pages is loaded once. The process itself never looks into a page: it passes on what the fork answers.
"""

import gc
import os
import signal
import sys
import time
from select import select
from typing import IO

from newsreader.importing.sandbox import worker

IDLE_SECONDS = 120  # without a question; then it ends, and the next question begins another
LENGTH_BYTES = 8
CHUNK_BYTES = 65_536
# A page of ours: what is loaded when the first page is read need not be loaded again in each fork.
OWN_PAGE = b"<html lang=en><title>Ferry</title><h1>Ferry</h1><p>By Ana Lind, 3 May 2026</p><p>%s</p></html>" % (
    b"Forty people were on board when she left the pier on Sunday night. " * 3
)
READ, KILLED, FAILED = b"r", b"k", b"f"  # how it ended, before what it wrote


def main() -> None:
    """Answer requests from standard input until it ends, or until there is none for long."""
    sys.modules["py3langid"] = None  # type: ignore[assignment] # as the worker of one page does
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # it ends where nobody waits for the answer any more
    worker.read_page(OWN_PAGE, "", "")
    gc.collect()
    gc.freeze()
    while select([sys.stdin], [], [], IDLE_SECONDS)[0] and (request := read_frame(sys.stdin.buffer)):
        max_seconds, _, question = request.partition(b"\n")
        write_frame(sys.stdout.buffer, answer_in_fork(question, float(max_seconds)))


def read_frame(stream: IO[bytes]) -> bytes:
    """Return the next bytes that `write_frame` wrote; empty at the end."""
    length = stream.read(LENGTH_BYTES)
    return stream.read(int.from_bytes(length)) if len(length) == LENGTH_BYTES else b""


def write_frame(stream: IO[bytes], data: bytes) -> None:
    """Write bytes with their length before them."""
    stream.write(len(data).to_bytes(LENGTH_BYTES))
    stream.write(data)
    stream.flush()


def answer_in_fork(question: bytes, max_seconds: float) -> bytes:
    """Return how a fork that reads this ended, and what it wrote."""
    source, target = os.pipe()
    child = os.fork()
    if not child:
        os.dup2(target, sys.stdout.fileno())
        answer_and_exit(question)
    os.close(target)
    deadline = time.monotonic() + max_seconds
    try:
        written = collect(source, deadline)
    finally:
        os.close(source)
    return end_fork(child, deadline) + written


def answer_and_exit(question: bytes) -> None:
    """Write the answer to standard output, as a worker of one page does, and end this process."""
    status = 1
    try:
        answer = worker.answer(question)
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()
        status = 0
    finally:
        os._exit(status)


def collect(source: int, deadline: float) -> bytes:
    """Return what comes until the end, or until the deadline."""
    written = bytearray()
    while select([source], [], [], max(0, deadline - time.monotonic()))[0]:
        chunk = os.read(source, CHUNK_BYTES)
        if not chunk:
            break
        written += chunk
    return bytes(written)


def end_fork(child: int, deadline: float) -> bytes:
    """Return how a fork ended; it is killed if it has not by the deadline."""
    if time.monotonic() >= deadline:
        os.kill(child, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return KILLED
    return FAILED if code else READ


if __name__ == "__main__":
    main()
