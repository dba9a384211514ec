"""The answer where the server could not save: why, and what was sent, to be sent again."""

import logging
from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_noop
from django_htmx.http import reswap

from newsreader.disk import is_disk_full
from newsreader.locks import is_busy

NOT_SENT_AGAIN = {"csrfmiddlewaretoken"}
LONG_VALUE = 60  # characters; longer values are shown, so that they can be copied

Field = tuple[str, str, bool]  # name, value, and whether it is long


class Reason(NamedTuple):
    """Why something was not saved: the errors that mean it, in words for people as in ErrorMessage, and when to try again (in seconds)."""

    applies: Callable[[BaseException | None], bool]
    title: str
    what: str
    retry_after: int


REASONS = [
    Reason(
        is_busy,
        gettext_noop("Newsreader is busy"),
        gettext_noop("Others are saving at this moment. Your request was not completed; try again in a few seconds."),
        5,
    ),
    Reason(
        is_disk_full,
        gettext_noop("The disk of this server is full"),
        gettext_noop(
            "You can go on reading, but nothing can be saved until the administrator of this site frees space."
        ),
        60,
    ),
]


class UnsavedMiddleware:
    """Answers with 503 where a view failed for one of the reasons."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the answer of the view."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the answer to an error that has one of the reasons; None for any other error."""
        return answer_unsaved(request, exception, list_sent_fields(request))


def list_sent_fields(request: HttpRequest) -> list[Field] | None:
    """Return the fields of a form as they were sent; None where they cannot be sent again: files, and passwords."""
    if request.method != "POST" or request.FILES or any("password" in name for name in request.POST):
        return None
    pairs = [(name, value) for name, values in request.POST.lists() for value in values if name not in NOT_SENT_AGAIN]
    return [(name, value, len(value) > LONG_VALUE or "\n" in value) for name, value in pairs]


def list_sent_texts(request: HttpRequest) -> list[Field]:
    """Return what somebody wrote in a form that was refused: the fields of several words. None of a form of another site."""
    fields = list_sent_fields(request) if getattr(request, "csrf_processing_done", False) else None
    return [field for field in fields or [] if len(field[1].split()) > 1]


def answer_unsaved(
    request: HttpRequest, error: BaseException | None, fields: list[Field] | None = None
) -> HttpResponse | None:
    """Return a page that sends these fields again; for htmx one line, and the page that asked stays as it is.

    None where the error has none of the reasons.
    """
    reason = next((reason for reason in REASONS if reason.applies(error)), None)
    if not reason:
        return None
    logging.getLogger(__name__).error("%s: %s %s: %s", reason.title, request.method, request.path, error)
    response = render_unsaved(
        request, {"code": 503, "fault": reason, "fields": fields, "path": request.get_full_path()}
    )
    response["Retry-After"] = str(reason.retry_after)
    add_never_cache_headers(response)
    return response


def render_unsaved(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Return the page, or the line for htmx."""
    if getattr(request, "htmx", False):
        return reswap(HttpResponse(render_to_string("newsreader/_error_toast.html", context), status=503), "none")
    return render(request, "newsreader/unsaved.html", context, status=503)
