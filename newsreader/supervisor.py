"""Run the web server and its background workers together: `python -m newsreader.supervisor 1 gunicorn ...`.

A worker that ends is started again. When the server ends or this process gets a signal to stop, all of them end.
"""

import ctypes
import os
import signal
import sys
import time
from functools import partial
from subprocess import Popen, TimeoutExpired

WORKER_MODULE = ["django", "db_worker", "--no-reload", "--verbosity", "0"]
STOP_SIGNALS = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
RESTART_SECONDS = 2  # between the end of a worker and its restart
GRACE_SECONDS = 25  # before a process is killed; gunicorn gives its own requests 20
PR_SET_PDEATHSIG = 1  # prctl(2)


def main(workers: int, server: list[str]) -> int:
    """Run the server and so many workers until it ends or a signal says stop; return the exit status."""
    signal.signal(signal.SIGCHLD, lambda *_: None)  # or some systems would not keep it for sigwait
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS | {signal.SIGCHLD})
    processes = [start_module(server), *(start_module(WORKER_MODULE) for _ in range(workers))]
    try:
        return watch_processes(processes)
    finally:
        stop_processes(processes)


def start_module(arguments: list[str]) -> Popen:
    """Start `python -m` with these arguments as a process that ends with this one."""
    libc = ctypes.CDLL(None)
    return Popen([sys.executable, "-m", *arguments], preexec_fn=partial(end_with_parent, os.getpid(), libc))  # noqa: S603


def end_with_parent(parent: int, libc: ctypes.CDLL) -> None:
    """Have the kernel stop this new process when its parent ends, where the kernel can (Linux)."""
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    if sys.platform == "linux":
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)


def watch_processes(processes: list[Popen]) -> int:
    """Start workers again that ended, until a signal says stop or the server (the first of them) ends; return the exit status."""
    server, *_ = processes
    while server.poll() is None:
        if signal.sigwait(STOP_SIGNALS | {signal.SIGCHLD}) in STOP_SIGNALS:
            return 0
        for place, process in enumerate(processes):
            if process is not server and process.poll() is not None and server.poll() is None:
                time.sleep(RESTART_SECONDS)
                processes[place] = start_module(WORKER_MODULE)
    return server.returncode if server.returncode >= 0 else 128 - server.returncode


def stop_processes(processes: list[Popen]) -> None:
    """Terminate all of them, and kill those that have not ended in time: a job that is cut off is taken up again."""
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + GRACE_SECONDS
    for process in processes:
        try:
            process.wait(max(0, deadline - time.monotonic()))
        except TimeoutExpired:
            process.kill()
            process.wait()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
