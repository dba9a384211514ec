"""Parts of pages that are rendered once and kept, with slots for what differs from reader to reader.

A kept part is rendered from the values that are its key and from nothing else: it knows no request, no user and no token, so
nothing of one reader's page can come into another's.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from hashlib import sha256
from secrets import token_hex
from typing import Any, TypeVar
from urllib.parse import quote

from django.core.cache import caches
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.utils.html import escape, escapejs
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

from newsreader.compression import KeptHtml

MIN_KEPT = 8_000  # characters of HTML between slots that is compressed by itself
BOUNDARY = token_hex(12)  # known to nobody outside this process, so no text can hold a slot
SLOT = re.compile(rf"{BOUNDARY}-(\w+)-(\w*);")
INDENTATION = re.compile(
    r"(?<=>)(\s+)(?=<)|(?<!\s)\s+(?=>)"
)  # between the tags of a template, and before the end of one

Fragment = list[str]  # HTML, a slot's name, its argument in hexadecimal digits, HTML, ... HTML
Kept = TypeVar("Kept")
Fillers = Mapping[str, Callable[[str], str]]


class Filled(SafeString):
    """HTML with the parts of which it was put together."""

    parts: list[str]

    @classmethod
    def join(cls, parts: Iterable[str]) -> "Filled":
        """Return the HTML of parts, those of parts of their own taken apart."""
        flat = [leaf for part in parts for leaf in (part.parts if isinstance(part, Filled) else [part])]
        filled = cls("".join(flat))
        filled.parts = flat
        return filled


def slot(name: str, argument: str = "") -> SafeString:
    """Return the place of what `fill` puts in; the argument is what its filler is called with."""
    return mark_safe(f"{BOUNDARY}-{name}-{argument.encode().hex()};")


def render_kept(template_name: str, build_context: Callable[..., dict[str, Any]], *values: Hashable) -> Fragment:
    """Return the template rendered with the context that is built of these values, out of the cache if it was before."""
    return keep(template_name, lambda: render_afresh(template_name, build_context, *values), *values)


def render_afresh(template_name: str, build_context: Callable[..., dict[str, Any]], *values: Hashable) -> Fragment:
    """Return the template rendered with the context that is built of these values."""
    context = build_context(*values) | {"csrf_token": slot("token")}
    return split_slots(drop_indentation(get_template(template_name).render(context)))


def drop_indentation(html: str) -> str:
    """Return HTML without the white space that templates have for who reads them; lines between tags stay."""
    return INDENTATION.sub(lambda found: shorten(found[1] or ""), html)


def shorten(space: str) -> str:
    """Return what is left of the white space between two tags."""
    return "\n" if "\n" in space else space


def keep(name: str, build: Callable[[], Kept], *values: Hashable) -> Kept:
    """Return what is built of these values, out of the cache if it was before; strings, lists and tuples."""
    written = repr((name, get_language(), get_current_timezone_name(), values))
    key = sha256(written.encode("utf-8", "surrogatepass")).hexdigest()
    kept = caches["fragments"].get(key)
    if kept is None:
        kept = build()
        caches["fragments"].set(key, kept)
    return kept


def split_slots(html: str) -> Fragment:
    """Return the fragment of HTML with slots in it."""
    pieces = SLOT.split(html)
    pieces[::3] = [KeptHtml(piece) if len(piece) >= MIN_KEPT else piece for piece in pieces[::3]]
    return pieces


def fill(fragment: Fragment, fillers: Fillers) -> Filled:
    """Return the HTML of a fragment with its slots filled, those that are the same alike."""
    pieces, filled = fragment[:], dict[tuple[str, str], str]()
    for index in range(1, len(fragment), 3):
        name, argument = slot_of_index = fragment[index], fragment[index + 1]
        if slot_of_index not in filled:
            filled[slot_of_index] = fillers[name](bytes.fromhex(argument).decode())
        pieces[index], pieces[index + 1] = filled[slot_of_index], ""
    return Filled.join(pieces)


def nest(fragment: Fragment) -> SafeString:
    """Return a fragment to stand in another, with its slots still to be filled."""
    pieces = fragment[:]
    for index in range(1, len(fragment), 3):
        pieces[index : index + 2] = [f"{BOUNDARY}-{fragment[index]}-", f"{fragment[index + 1]};"]
    return mark_safe("".join(pieces))


def get_masked_token(request: Any) -> str:
    """Return the token of the forms of this answer, which is masked once for all of them."""
    secret, masked = getattr(request, "masked_token", ("", ""))
    if not masked or secret != request.META["CSRF_COOKIE"]:  # it is another one after somebody signed in
        masked = get_token(request)
        request.masked_token = (request.META["CSRF_COOKIE"], masked)
    return masked


def list_request_fillers(request: HttpRequest) -> Fillers:
    """Return what fills the slots that depend on nothing but the request: the token of forms and the address."""
    path = request.get_full_path()
    return {
        "token": lambda _: get_masked_token(request),
        "path": lambda _: escape(path),
        "next": lambda _: escape(quote(path)),
        "here": lambda _: escapejs(request.path),
    }
