"""What every request knows of its reader, and who may keep the answer."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.shortcuts import redirect
from django.urls import get_script_prefix, is_valid_path
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.crypto import constant_time_compare
from django.utils.encoding import escape_uri_path
from django.utils.functional import SimpleLazyObject

from newsreader.compression import compress_page
from newsreader.http import PageOfParts, Request
from newsreader.models import Preferences
from newsreader.users import AnyUser

COOKIE_NAME = "reading"
MAX_COOKIE_LENGTH = 400  # characters


class PreferencesRequest(Request):
    """A request with its reader's preferences."""

    preferences: Preferences


def keep_private(get_response: Callable[[Any], HttpResponseBase]) -> Callable[[Any], HttpResponseBase]:
    """Tell caches that serve several people to keep no answer but those that say otherwise, as static files do.

    Every page depends on who asks: it names them, and shows what they may see.
    """

    def middleware(request: Any) -> HttpResponseBase:
        response = get_response(request)
        if "public" not in response.get("Cache-Control", ""):
            patch_cache_control(response, private=True)
        return response

    return middleware


class CompressPages(GZipMiddleware):
    """Compress pages. Downloads are sent as they are, with their length.

    A page holds one secret, the token of its forms, which is masked anew in each answer, and each compressed answer has
    a random length: comparing lengths of answers (BREACH) tells nothing.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress an HTML page if the browser takes that."""
        is_page = response.get("Content-Type", "").startswith("text/html") and "Content-Disposition" not in response
        if isinstance(response, PageOfParts):
            return compress_parted_page(request, response)
        return super().process_response(request, response) if is_page else response


def compress_parted_page(request: HttpRequest, response: PageOfParts) -> PageOfParts:
    """Compress a page of parts as GZipMiddleware does any other, but for what is compressed already."""
    patch_vary_headers(response, ("Accept-Encoding",))
    if not re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
        return response
    response.content = compress_page(response.parts, response.content)
    response["Content-Length"] = str(len(response.content))
    response["Content-Encoding"] = "gzip"
    if "ETag" in response:
        response["ETag"] = f"W/{response['ETag'].removeprefix('W/')}"
    return response


def drop_unreadable_cookies(get_response: Callable[[Any], HttpResponseBase]) -> Callable[[Any], HttpResponseBase]:
    """Drop cookies with a NUL, which PostgreSQL refuses to look up."""

    def middleware(request: Any) -> HttpResponseBase:
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if "\0" not in value}
        return get_response(request)

    return middleware


def lead_to_page(get_response: Callable[[Any], HttpResponseBase]) -> Callable[[Any], HttpResponseBase]:
    """Lead whoever reads an address that only takes forms to the page above it.

    A browser reads one after a reload, on the way back, and after signing in again where a form was sent.
    """

    def middleware(request: Any) -> HttpResponseBase:
        response = get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method not in ("GET", "HEAD"):
            return response
        query = request.META.get("QUERY_STRING", "")
        return redirect(find_page_above(request.path_info) + (f"?{query}" if query else ""))

    return middleware


def find_page_above(path: str) -> str:
    """Return the nearest address above a path that has a view: what is left when the end is taken off, part by part."""
    while path != "/":
        path = f"{path.rstrip('/').rpartition('/')[0]}/"
        if is_valid_path(path):
            break
    return f"{get_script_prefix().removesuffix('/')}{escape_uri_path(path)}"


class ReaderMiddleware(AuthenticationMiddleware):
    """Gives each request its user on first use: the one who was read with the session, where that is still valid."""

    def process_request(self, request: Any) -> None:
        """Give the request `user` and `auser`."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: get_reader(request))


def get_reader(request: Any) -> AnyUser:
    """Return who is signed in; whatever is unusual about the session is left to Django."""
    if not hasattr(request, "_cached_user"):
        is_valid = is_session_of_loaded_user(request.session)
        request._cached_user = request.session.loaded_user if is_valid else auth.get_user(request)
    request.user = request._cached_user  # a lazy object would cost anew at each use
    return request._cached_user


def is_session_of_loaded_user(session: Any) -> bool:
    """Return whether the user who was read with the session is active and signed in with the present password."""
    user_id, backend = session.get(auth.SESSION_KEY), session.get(auth.BACKEND_SESSION_KEY)
    user = session.loaded_user
    if user is None or str(user.pk) != user_id or [backend] != settings.AUTHENTICATION_BACKENDS or not user.is_active:
        return False
    return constant_time_compare(session.get(auth.HASH_SESSION_KEY, ""), user.get_session_auth_hash())


def attach_preferences(get_response: Callable[[Any], HttpResponseBase]) -> Callable[[Any], HttpResponseBase]:
    """Give the request `preferences`: the account's, or for a visitor what the cookie says; loaded on first use."""

    def middleware(request: Any) -> HttpResponseBase:
        request.preferences = SimpleLazyObject(lambda: load_preferences(request))
        return get_response(request)

    return middleware


def load_preferences(request: Any) -> Preferences:
    """Return the reader's preferences, saved or not, which from then on are those of the request."""
    if request.user.is_authenticated:
        preferences = getattr(request.user, "preferences", None) or Preferences(user=request.user)
    else:
        preferences = parse_cookie(request.COOKIES.get(COOKIE_NAME, ""))
    request.preferences = preferences
    return preferences


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
