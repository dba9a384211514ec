"""Addresses of the admin whose filters nobody can read: a page that says so, in place of an error."""

import logging
from collections.abc import Callable

from django.core.exceptions import FieldDoesNotExist, FieldError, ValidationError
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop

from newsreader.views.health import ErrorMessage, render_error

# What Django's admin lets through where a number is too large, a year is none, or a key is malformed.
UNREADABLE = (OverflowError, ValueError, ValidationError, FieldError, FieldDoesNotExist, DataError)
UNREADABLE_LOOKUP = ErrorMessage(
    gettext_noop("Invalid filter"),
    gettext_noop("A filter in the address has an invalid value. Open the list again and choose a filter there."),
)


class LookupMiddleware:
    """Answers with 400 where a page of the admin fails on its query string, or on the rows that an action is for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer of the view."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page that says what is wrong; None where something else is."""
        match = request.resolver_match
        if not (isinstance(exception, UNREADABLE) and match and "admin" in match.app_names):
            return None
        if not request.GET and "action" not in request.POST:
            return None
        logging.getLogger(__name__).warning("The admin could not read %s: %s", request.get_full_path(), exception)
        return render_error(request, 400, UNREADABLE_LOOKUP)
