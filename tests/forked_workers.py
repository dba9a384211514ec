"""Runs the modules of the sandbox in forks of a process that has loaded them: to start each anew is most of what they cost.

It stands for `subprocess` where the product starts them. Everything else happens as there: the module's `main` has its
limits, a clean environment and pipes. The tests of these processes start them as the product does (`real_processes`).
"""

import atexit
import gc
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from functools import cache
from importlib import import_module
from select import select
from tempfile import TemporaryFile
from time import monotonic
from typing import IO, NoReturn

from newsreader.importing.sandbox.process import ENVIRONMENT, PROJECT_ROOT

SANDBOX = "newsreader.importing.sandbox"
NAMES = ("archive_worker", "feed_worker", "forking", "image_worker", "worker")
MODULES = {"annotations.exchange.reading_worker", *(f"{SANDBOX}.{name}" for name in NAMES)}
# What these load when they are asked.
LOADED_LATER = {"annotations.exchange.refi_read", "newsreader.importing.feeds.discovery", "PIL.Image", "PIL.ImageOps"}
PIPE, TimeoutExpired = subprocess.PIPE, subprocess.TimeoutExpired


def run(command: list[str], *, input: bytes, timeout: float, **options: object) -> subprocess.CompletedProcess:
    """Do what `subprocess.run` does, in a fork where the command is that of a module of the sandbox."""
    if not is_module(command):
        return subprocess.run(command, input=input, timeout=timeout, **options)
    deadline = monotonic() + timeout
    with TemporaryFile() as file:
        file.write(input)
        file.seek(0)
        process = Fork(command[2], file)
    written = bytearray()
    while select([process.stdout], [], [], max(0, deadline - monotonic()))[0]:
        if not (chunk := os.read(process.stdout.fileno(), 65_536)):
            process.communicate()
            return subprocess.CompletedProcess(command, process.returncode, bytes(written))
        written += chunk
    process.kill()
    process.communicate()
    raise TimeoutExpired(command, timeout)


def Popen(command: list[str], **options: object) -> "Fork | subprocess.Popen":
    """Return a process that runs the command."""
    return Fork(command[2], options["stdin"]) if is_module(command) else subprocess.Popen(command, **options)


def is_module(command: list[str]) -> bool:
    """Return whether a command is that of a module of the sandbox."""
    return command[:2] == [sys.executable, "-m"] and command[2] in MODULES


class Fork:
    """A process that runs a module of the sandbox, as far as `subprocess.Popen` is used of it."""

    def __init__(self, module: str, stdin: IO[bytes] | int) -> None:
        source, target = os.pipe()
        status_source, status_target = os.pipe()
        self.stdout, self.status, self.stdin = os.fdopen(source, "rb"), os.fdopen(status_source), None
        self.returncode = None
        if stdin == PIPE:
            file, question = os.pipe()
            self.stdin = os.fdopen(question, "wb")
        else:
            file = os.dup(stdin.fileno())
        socket.send_fds(start(), [json.dumps(module).encode()], [file, target, status_target])
        for descriptor in (file, target, status_target):
            os.close(descriptor)
        self.pid = int(self.status.readline())

    def poll(self) -> int | None:
        """Return the status with which it ended, or None if it runs."""
        if self.returncode is None and select([self.status], [], [], 0)[0]:
            self.wait()
        return self.returncode

    def wait(self) -> int:
        """Return the status with which it ends."""
        if self.returncode is None:
            self.returncode = int(self.status.read())
            self.status.close()
        return self.returncode

    def kill(self) -> None:
        """End it at once."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def communicate(self) -> None:
        """Close its pipes and wait until it has ended."""
        if self.stdin:
            with suppress(BrokenPipeError):
                self.stdin.close()
        self.stdout.close()
        self.wait()


@cache
def start() -> socket.socket:
    """Start the process that forks; return what it listens to, at whose end it ends. Forks of this process share it."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        command = [sys.executable, __file__, str(theirs.fileno())]
        process = subprocess.Popen(command, env=ENVIRONMENT, pass_fds=[theirs.fileno()], cwd=PROJECT_ROOT)
    atexit.register(stop, os.getpid(), process, ours)
    return ours


def stop(owner: int, process: subprocess.Popen, listener: socket.socket) -> None:
    """End the process that forks, unless this is a fork of its owner."""
    if os.getpid() == owner:
        listener.close()
        process.wait()


def main(number: int) -> None:
    """Answer each question in a fork until nobody can ask any more."""
    sys.modules["py3langid"] = None  # type: ignore[assignment] # as the workers do
    for name in MODULES | LOADED_LATER:
        import_module(name)
    forking = import_module(f"{SANDBOX}.forking")
    forking.worker.read_page(forking.OWN_PAGE, "", "")
    gc.collect()
    gc.freeze()
    listener = socket.socket(fileno=number)
    while True:
        module, descriptors, _flags, _address = socket.recv_fds(listener, 1000, 3)
        if not module:
            return
        if not os.fork():
            watch(json.loads(module), *descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


def watch(module: str, file: int, target: int, status: int) -> NoReturn:
    """Run a module in a fork; write the number of that, and the status with which it ended."""
    child = os.fork()
    if not child:
        os.close(status)
        run_module(module, file, target)
    os.close(file)
    os.close(target)
    with suppress(BrokenPipeError):  # whoever asked was killed
        os.write(status, f"{child}\n".encode())
        os.write(status, str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode())
    os._exit(0)


def run_module(module: str, file: int, target: int) -> NoReturn:
    """Run a module as `python -m` does, with these as standard input and output, and end this process."""
    code = 1
    try:
        for descriptor, standard in ((file, 0), (target, 1)):
            os.dup2(descriptor, standard)
            os.close(descriptor)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        import_module(module).main()
        sys.stdout.flush()
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    main(int(sys.argv[1]))
