"""Reads images in a process that can be killed, with little time and memory."""

import json
from typing import NamedTuple

from newsreader.importing.errors import ArticleImportError
from newsreader.importing.limits import refuse_large_image
from newsreader.importing.sandbox.process import WorkerError, WorkerTimeoutError, build_command, run_command
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop

IMAGE_WORKER_COMMAND = build_command("newsreader.importing.sandbox.image_worker")
MAX_SECONDS = 10
TOO_SLOW = gettext_noop("This image takes too long to read.")
UNREADABLE_IMAGE = gettext_noop("This image could not be read.")


class PlainImage(NamedTuple):
    """A WebP file that holds pixels and nothing else, and its size in pixels."""

    file: bytes
    width: int
    height: int


def read_image_safely(file: bytes) -> PlainImage:
    """Return an image as it may be kept; raise ArticleImportError if the file is none, or takes too much time or memory."""
    refuse_large_image(file)
    try:
        header, _end, image = run_command(IMAGE_WORKER_COMMAND, file, MAX_SECONDS).partition(b"\n")
        answer = json.loads(header)
    except WorkerTimeoutError as error:
        raise ArticleImportError(_(TOO_SLOW)) from error
    except (WorkerError, ValueError) as error:
        raise ArticleImportError(_(UNREADABLE_IMAGE)) from error
    if "error" in answer:
        raise ArticleImportError(_(answer["error"]))  # the worker writes English
    return PlainImage(image, answer["width"], answer["height"])
