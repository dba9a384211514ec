"""Reads an imported file in a process that can be killed, with little time and memory: what it unpacks to cannot be known before."""

from annotations.exchange.bundle import FILE_TOO_LARGE, MAX_FILE_BYTES, ImportBundle
from annotations.exchange.bundle_json import load_answer
from annotations.exchange.file_kinds import PROJECT_DATABASE, is_project_name
from annotations.exchange.record import UnreadableFileError
from newsreader.importing.sandbox.process import WorkerError, WorkerTimeoutError, build_command, run_command
from newsreader.text.translation import gettext_noop

WORKER_COMMAND = build_command("annotations.exchange.reading_worker")
MAX_SECONDS = 60
TOO_SLOW = gettext_noop("This file takes too long to read. Import it in parts.")
UNREADABLE_FILE = gettext_noop("This file could not be read.")


def read_safely(data: bytes, name: str = "") -> ImportBundle:
    """Return what `read_bundle` returns; UnreadableFileError also where that takes too much time or memory.

    The name of the file tells no more than what to say of one that cannot be read.
    """
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableFileError(FILE_TOO_LARGE, megabytes=MAX_FILE_BYTES // 1_000_000)
    try:
        return load_answer(run_command(WORKER_COMMAND, data, MAX_SECONDS))
    except UnreadableFileError as error:
        if is_project_name(name):
            raise UnreadableFileError(PROJECT_DATABASE) from error
        raise
    except WorkerTimeoutError as error:
        raise UnreadableFileError(TOO_SLOW) from error
    except WorkerError as error:
        raise UnreadableFileError(UNREADABLE_FILE) from error
