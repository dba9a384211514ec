"""The processes that read files, started by forking one that has loaded their modules: as the site starts them, in milliseconds.

`ForkingServer` takes the place of the module `subprocess` where the site starts such a process. The modules, their limits on
time and memory, and what they read and write stay the same; only loading them does not count.
"""

import importlib
import os
import select
import signal
import struct
import subprocess
import sys
import tempfile
import time
import traceback

LOADED = [
    "annotations.exchange.reading_worker",
    "annotations.exchange.refi_read",
    "newsreader.importing.sandbox.worker",
]
EXTRACTION = "newsreader.importing.extraction.article"
CHUNK = 1 << 20


class ForkingServer:
    """The process that forks; it has no settings and no database, as those that read files have none."""

    TimeoutExpired = subprocess.TimeoutExpired
    CompletedProcess = subprocess.CompletedProcess

    def __init__(self) -> None:
        paths = os.pathsep.join(filter(None, sys.path))
        environment = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": paths, "PYTHONUTF8": "1"}
        command = [sys.executable, "-m", "fuzzing.forking"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        self.said = b""  # by the last process, to standard error

    def run(self, command: list[str], input: bytes, timeout: float, **options) -> subprocess.CompletedProcess:
        """Do what `subprocess.run` does with `python -m MODULE`."""
        write_part(self.process.stdin, command[-1].encode())
        write_part(self.process.stdin, struct.pack("d", timeout))
        write_part(self.process.stdin, input)
        code = struct.unpack("i", read_part(self.process.stdout))[0]
        output, self.said = read_part(self.process.stdout), read_part(self.process.stdout)
        if code == -signal.SIGALRM:
            raise subprocess.TimeoutExpired(command, timeout)
        return subprocess.CompletedProcess(command, code, output, self.said)

    def close(self) -> None:
        """End the process."""
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()


def write_part(file, data: bytes) -> None:
    file.write(struct.pack("Q", len(data)) + data)
    file.flush()


def read_part(file) -> bytes:
    size = file.read(8)
    return file.read(struct.unpack("Q", size)[0]) if size else b""


def serve() -> None:
    """Answer requests until there are no more."""
    load_modules()
    while module := read_part(sys.stdin.buffer):
        seconds, request = struct.unpack("d", read_part(sys.stdin.buffer))[0], read_part(sys.stdin.buffer)
        for part in run_forked(module.decode(), request, seconds):
            write_part(sys.stdout.buffer, part)


def load_modules() -> None:
    """Load what the processes load, without what they do without."""
    sys.modules["py3langid"] = None  # type: ignore[assignment]  # as newsreader.importing.sandbox.worker does
    for name in (*LOADED, EXTRACTION):
        importlib.import_module(name)


def run_forked(module: str, request: bytes, seconds: float) -> tuple[bytes, bytes, bytes]:
    """The exit code of the module's `main` given the request, what it wrote, and what it wrote to standard error."""
    with tempfile.TemporaryFile() as given:
        given.write(request)
        given.seek(0)
        (output, writing), (errors, failing) = os.pipe(), os.pipe()
        if not (child := os.fork()):
            become(module, given.fileno(), writing, failing)
        os.close(writing)
        os.close(failing)
        written, is_late = read_until(output, errors, time.monotonic() + seconds)
        if is_late:
            os.kill(child, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return struct.pack("i", -signal.SIGALRM if is_late else code), written[output], written[errors]


def become(module: str, given: int, writing: int, errors: int) -> None:
    """Run the module in this process, the forked one, and end it."""
    code = 1
    try:
        for old, new in ((given, 0), (writing, 1), (errors, 2)):
            os.dup2(old, new)
        sys.stdin, sys.stdout = os.fdopen(0), os.fdopen(1, "w")
        importlib.import_module(module).main()
        sys.stdout.flush()
        code = 0
    except BaseException:
        os.write(2, traceback.format_exc().encode("utf-8", "replace")[-3_500:])
    finally:
        os._exit(code)


def read_until(output: int, errors: int, until: float) -> tuple[dict[int, bytes], bool]:
    """What is written to two pipes until their other ends are closed, and whether that took too long; the pipes are closed."""
    written, waiting = {output: b"", errors: b""}, {output, errors}
    while waiting and (ready := select.select(waiting, [], [], max(0, until - time.monotonic()))[0]):
        for file in ready:
            part = os.read(file, CHUNK)
            written[file] += part
            waiting -= set() if part else {file}
    for file in written:
        os.close(file)
    return written, bool(waiting)


if __name__ == "__main__":
    serve()
