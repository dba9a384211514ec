"""Requests as our middleware hands them to views, and pages as views hand them back."""

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from newsreader.fragments import Filled
from newsreader.users import AnyUser


class Request(HttpRequest):
    """A request with its user and with what htmx says of itself."""

    user: AnyUser
    htmx: HtmxDetails
    left_out: list[str]  # sentences about its query string, where the view has limit_query


class UserRequest(Request):
    """A request to a view that only signed-in users reach."""

    user: User


class PageOfParts(HttpResponse):
    """A page that knows the parts of which it was put together; its content stays what they are until it is compressed."""

    def __init__(self, html: Filled) -> None:
        super().__init__(html)
        self.parts = html.parts
