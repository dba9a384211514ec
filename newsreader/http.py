"""Requests as our middleware hands them to views."""

from django.contrib.auth.models import User
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from newsreader.users import AnyUser


class Request(HttpRequest):
    """A request with its user and with what htmx says of itself."""

    user: AnyUser
    htmx: HtmxDetails
    left_out: list[str]  # sentences about its query string, where the view has limit_query


class UserRequest(Request):
    """A request to a view that only signed-in users reach."""

    user: User
