"""Health checks, and the pages for errors."""

from typing import Any, NamedTuple

from django.core.exceptions import RequestDataTooBig
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django_htmx.http import reswap


class ErrorMessage(NamedTuple):
    """What went wrong (`title`) and what to do (`what`), in words for people."""

    title: str
    what: str


ERROR_MESSAGES = {
    400: ErrorMessage(
        "That request was not understood",
        "Something in it was not as it should be. Go back, reload the page and try again.",
    ),
    403: ErrorMessage(
        "This page is not for you",
        "Your account may not do this. Ask whoever runs this copy of Newsreader if it should.",
    ),
    404: ErrorMessage(
        "There is nothing here",
        "The address may be mistyped, what stood here was taken away, or only members of its project may see it.",
    ),
    413: ErrorMessage(
        "That was too much at once",
        "What you sent is larger than Newsreader takes. Send a smaller page or a shorter text.",
    ),
    429: ErrorMessage(
        "Too many tries",
        "Somebody at your address tried this very often. Wait ten minutes, then try again.",
    ),
    500: ErrorMessage(
        "Something broke on our side",
        "It has been noted. Go back and try again; if you were writing, copy your words first.",
    ),
}
STALE_FORM_MESSAGE = ErrorMessage(
    "This form was too old to send",
    "The page was opened before you last signed in or out, or cookies are switched off. Go back, reload the page and send it again.",
)


def report_alive(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("alive\n", content_type="text/plain")


def report_ready(request: HttpRequest) -> HttpResponse:
    """Say whether the database answers and every migration is done; 503 otherwise."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return HttpResponse(f"{len(waiting)} migrations to do\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be read, or is too large."""
    return render_error(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what is not allowed."""
    return render_error(request, 403)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose CSRF token is too old."""
    return render_error(request, 403, STALE_FORM_MESSAGE)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer where there is nothing, or nothing for this reader."""
    return render_error(request, 404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Answer too many attempts."""
    return render_error(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that something broke; this needs neither database nor session, since those may be what broke."""
    return render_error(request, 500, page="newsreader/server_error.html")


def render_error(
    request: HttpRequest, code: int, message: ErrorMessage | None = None, page: str = "newsreader/error.html"
) -> HttpResponse:
    """Return the page that says what went wrong; for htmx one line of it, and the page that asked stays as it is."""
    context: dict[str, Any] = {"code": code, "fault": message or ERROR_MESSAGES[code]}
    if getattr(request, "htmx", False):
        return reswap(HttpResponse(render_to_string("newsreader/_error_toast.html", context), status=code), "none")
    if code == 500:
        return HttpResponse(render_to_string(page, context), status=code)
    return render(request, page, context, status=code)
