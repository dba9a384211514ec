"""When those who read blind are answered: at steps of time, which do not tell how long the answer took."""

from collections.abc import Callable, Iterator
from math import ceil
from time import monotonic, sleep
from typing import Any

from django.conf import settings
from django.http import HttpResponseBase

from annotations.models import Project

MAX_PIECE = 256 * 1024  # bytes of a stream that are collected before they are sent


def send_in_steps(get_response: Callable[[Any], HttpResponseBase]) -> Callable[[Any], HttpResponseBase]:
    """Send answers to those who read blind at a multiple of NEWSREADER_BLIND_STEP_MS after the request began.

    It comes before all other middleware, so that their work is part of what is not told.
    """

    def middleware(request: Any) -> HttpResponseBase:
        begun, step = monotonic(), settings.NEWSREADER_BLIND_STEP_MS / 1000
        response = get_response(request)
        if step > 0 and is_answered_in_steps(request):
            hold_back(response, begun, step)
        return response

    return middleware


def is_answered_in_steps(request: Any) -> bool:
    """Return whether blind reading hides something from the reader that the answer may depend on; without any query.

    From users it hides something in one of their projects, as the query for the session found: then any answer may depend
    on it that is not known to be about something else. From guests it hides what is read blind in the project they look at.
    """
    loaded = get_loaded_project(request)
    if loaded and loaded.hides and not loaded.role:
        return True
    user = getattr(vars(request).get("session"), "loaded_user", None)
    return user is not None and user.reads_blind and not is_unrelated(request, loaded)


def get_loaded_project(request: Any) -> Project | None:
    """Return the project of a request if it was fetched already."""
    project = vars(request).get("project")
    return project if type(project) is Project else None  # a lazy object would fetch it


def is_unrelated(request: Any, project: Project | None) -> bool:
    """Return whether an address is that of an image, or one of the project’s own, where nothing in it is read blind."""
    match = request.resolver_match
    if match is None or project is None or not match.route.startswith("projects/"):
        return match is not None and match.route.startswith("images/")
    return match.kwargs.get("slug") == project.slug and not project.hides


def hold_back(response: HttpResponseBase, begun: float, step: float) -> None:
    """Wait for the end of the step (seconds), or let a stream that is made while it is sent do so."""
    is_file = getattr(response, "file_to_stream", None) is not None  # it is ready, and the server sends it by itself
    if response.streaming and not is_file:
        pieces: Any = response
        pieces.streaming_content = collect_pieces(pieces.streaming_content, begun, step)
    else:
        wait_for_step(begun, step)


def collect_pieces(content: Iterator[bytes], begun: float, step: float) -> Iterator[bytes]:
    """Yield the content in large pieces, each at the end of a step; the stream ends at one, too."""
    waiting = bytearray()
    for chunk in content:
        waiting += chunk
        if len(waiting) >= MAX_PIECE:
            wait_for_step(begun, step)
            yield bytes(waiting)
            waiting.clear()
    wait_for_step(begun, step)
    if waiting:
        yield bytes(waiting)


def wait_for_step(begun: float, step: float) -> None:
    """Sleep until a multiple of the step has passed since the beginning; all in seconds."""
    passed = monotonic() - begun
    sleep(max(0.0, ceil(passed / step) * step - passed))
