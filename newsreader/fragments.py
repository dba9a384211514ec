"""Parts of pages that are rendered once and kept, with slots for what differs from reader to reader.

A kept part is rendered from the values that are its key and from nothing else: it knows no request, no user and no token, so
nothing of one reader's page can come into another's.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from secrets import token_hex
from typing import Any
from urllib.parse import quote

from django.core.cache import caches
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.utils.functional import SimpleLazyObject
from django.utils.html import escape, escapejs
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

BOUNDARY = token_hex(12)  # known to nobody outside this process, so no text can hold a slot
SLOT = re.compile(rf"{BOUNDARY}-(\w+)-(\w*);")
LINE_BREAK = re.compile(r"\s*\n\s*")  # of a template: no value that is kept has one

Fragment = list[str]  # HTML, a slot's name, its argument in hexadecimal digits, HTML, ... HTML
Fillers = Mapping[str, Callable[[str], str]]


def slot(name: str, argument: str = "") -> SafeString:
    """Return the place of what `fill` puts in; the argument is what its filler is called with."""
    return mark_safe(f"{BOUNDARY}-{name}-{argument.encode().hex()};")


def render_kept(template_name: str, build_context: Callable[..., dict[str, Any]], *values: Hashable) -> Fragment:
    """Return the template rendered with the context that is built of these values, out of the cache if it was before."""
    key = repr((template_name, get_language(), get_current_timezone_name(), values))
    fragment = caches["fragments"].get(key)
    if fragment is None:
        context = build_context(*values) | {"csrf_token": slot("token")}
        fragment = split_slots(get_template(template_name).render(context))
        caches["fragments"].set(key, fragment)
    return fragment


def split_slots(html: str) -> Fragment:
    """Return rendered HTML as a fragment, without the indentation of its templates."""
    return SLOT.split(LINE_BREAK.sub("\n", html))


def fill(fragment: Fragment, fillers: Fillers) -> SafeString:
    """Return the HTML of a fragment with its slots filled."""
    pieces = fragment[:]
    for index in range(1, len(fragment), 3):
        pieces[index] = fillers[fragment[index]](bytes.fromhex(fragment[index + 1]).decode())
        pieces[index + 1] = ""
    return mark_safe("".join(pieces))


def list_request_fillers(request: HttpRequest) -> Fillers:
    """Return what fills the slots that depend on nothing but the request: the token of forms and the address."""
    path = request.get_full_path()
    token = SimpleLazyObject(lambda: get_token(request))
    return {
        "token": lambda _: str(token),
        "path": lambda _: escape(path),
        "next": lambda _: escape(quote(path)),
        "here": lambda _: escapejs(request.path),
    }
