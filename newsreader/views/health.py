"""Health checks, and the pages for errors."""

import logging
import sys
from typing import Any, NamedTuple

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe
from django_htmx.http import reswap

from newsreader.disk import list_full_folders
from newsreader.views.unsaved import answer_unsaved, list_sent_texts


class ErrorMessage(NamedTuple):
    """What went wrong (`title`) and what to do (`what`), in words for people, which templates translate."""

    title: str
    what: str


ERROR_MESSAGES = {
    400: ErrorMessage(
        gettext_noop("Bad request"),
        gettext_noop("The request could not be understood. Go back, reload the page and try again."),
    ),
    403: ErrorMessage(
        gettext_noop("You don’t have access to this page"),
        gettext_noop(
            "Your account does not have the permission for this. Ask the administrator of this site if it should."
        ),
    ),
    404: ErrorMessage(
        gettext_noop("Page not found"),
        gettext_noop(
            "The address may be mistyped, the page may have been removed, or only members of its project can see it."
        ),
    ),
    413: ErrorMessage(
        gettext_noop("Upload too large"),
        gettext_noop("What you sent exceeds the size limit. Send a smaller file or a shorter text."),
    ),
    429: ErrorMessage(
        gettext_noop("Too many attempts"),
        gettext_noop("There were too many attempts from your network. Wait ten minutes, then try again."),
    ),
    500: ErrorMessage(
        gettext_noop("Something went wrong"),
        gettext_noop("The error has been logged. Go back and try again; copy unsaved text first."),
    ),
}
TOO_MANY_FIELDS_MESSAGE = ErrorMessage(
    gettext_noop("Too many values"),
    gettext_noop("The address or the form has more values than Newsreader reads. Select fewer at a time."),
)
DISK_FULL = "the disk is full or cannot be written: pages can be read, but nothing can be saved ({})\n"
STALE_FORM_MESSAGE = ErrorMessage(
    gettext_noop("This form has expired"),
    gettext_noop(
        "The page was opened before you last signed in or out, or cookies are switched off. "
        "Go back, reload the page and send it again."
    ),
)


@require_safe
def report_alive(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
def report_ready(request: HttpRequest) -> HttpResponse:
    """Say whether the database answers, every migration is done and something can be saved; 503 otherwise."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return HttpResponse(f"{len(waiting)} migrations to do\n", status=503, content_type="text/plain")
    if folders := list_full_folders():
        return HttpResponse(DISK_FULL.format(" and ".join(folders)), status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be read, or is too large; Django calls it so too where a session could not be saved."""
    if response := answer_unsaved(request, exception):
        return response
    if isinstance(exception, (TooManyFieldsSent, TooManyFilesSent)):
        return render_error(request, 400, TOO_MANY_FIELDS_MESSAGE)
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
    """Say that something broke, or why a request could not be saved before or after its view."""
    return answer_unsaved(request, sys.exc_info()[1]) or render_error(request, 500)


def render_error(request: HttpRequest, code: int, message: ErrorMessage | None = None) -> HttpResponse:
    """Return the page that says what went wrong; for htmx one line of it, and the page that asked stays as it is."""
    context: dict[str, Any] = {"code": code, "fault": message or ERROR_MESSAGES[code]}
    if getattr(request, "htmx", False):
        return reswap(HttpResponse(render_to_string("newsreader/_error_toast.html", context), status=code), "none")
    page = render_full_error_page(request, context) if code < 500 else None
    return HttpResponse(page or render_to_string("newsreader/server_error.html", context), status=code)


def render_full_error_page(request: HttpRequest, context: dict[str, Any]) -> str | None:
    """Return the page with the site's header; None where what that needs is broken: the query string, the database, the session."""
    try:
        return render_to_string("newsreader/error.html", context | {"texts": list_sent_texts(request)}, request)
    except Exception as error:
        logging.getLogger(__name__).warning("An error page has no header: %s: %s", type(error).__name__, error)
        return None
