"""What every request knows of its reader."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from django.http import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from newsreader.http import Request
from newsreader.models import Preferences

COOKIE_NAME = "reading"
MAX_COOKIE_LENGTH = 400  # characters


class PreferencesRequest(Request):
    """A request with its reader's preferences."""

    preferences: Preferences


def attach_preferences(get_response: Callable[[Any], HttpResponseBase]) -> Callable[[Any], HttpResponseBase]:
    """Give the request `preferences`: the account's, or for a visitor what the cookie says; loaded on first use."""

    def middleware(request: Any) -> HttpResponseBase:
        request.preferences = SimpleLazyObject(lambda: load_preferences(request))
        return get_response(request)

    return middleware


def load_preferences(request: Request) -> Preferences:
    """Return the reader's preferences, saved or not."""
    if request.user.is_authenticated:
        return getattr(request.user, "preferences", None) or Preferences(user=request.user)
    return parse_cookie(request.COOKIES.get(COOKIE_NAME, ""))


def parse_cookie(cookie: str) -> Preferences:
    """Return the preferences in a cookie such as `theme=dark&keys=`; what is no choice is left out."""
    values = parse_qs(cookie[:MAX_COOKIE_LENGTH])
    preferences = Preferences(keys=values.get("keys", ["on"]) == ["on"])
    for name in Preferences.CHOICE_FIELDS:
        field: Any = Preferences._meta.get_field(name)
        value = values.get(name, [""])[0]
        if value in dict(field.choices):
            setattr(preferences, name, value)
    return preferences
