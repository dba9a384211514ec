"""Whole pages that are rendered once and kept, with slots for what is one reader's own."""

from collections.abc import Callable, Hashable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from newsreader.fragments import Fillers, fill, list_request_fillers, render_afresh, render_kept
from newsreader.http import PageOfParts, Request
from newsreader.page_head import get_preferences, render_page_head
from newsreader.templatetags.page import render_reading_attributes, render_toasts


def render_kept_page(
    request: Request,
    section: str,
    templates: tuple[str, str],
    build_context: Callable[..., dict[str, Any]],
    *values: Hashable,
    fillers: Fillers | None = None,
    is_kept: bool = True,
) -> HttpResponse:
    """Return a page that knows nothing but these values; `templates` are that of the whole page, and of its list for htmx.

    `build_context` is called with the values, and with whether htmx asks for the list. What is not kept is rendered each
    time, so that the time it takes does not tell whether it was before.
    """
    is_part = is_part_asked(request)
    render = render_kept if is_kept else render_afresh
    fragment = render(templates[is_part], build_context, *values, is_part)
    response = PageOfParts(fill(fragment, {**list_page_fillers(request, section), **(fillers or {})}))
    patch_vary_headers(response, ["HX-Request"])
    return response


def is_part_asked(request: Request) -> bool:
    """Return whether htmx asks for what stands below the filters."""
    return bool(request.htmx and not request.htmx.history_restore_request)


def list_page_fillers(request: HttpRequest, section: str) -> Fillers:
    """Return what fills the slots that every page has."""
    return {
        **list_request_fillers(request),
        "attributes": lambda _: render_reading_attributes(get_preferences(request)),
        "head": lambda query: render_page_head(request, section, query),
        "toasts": lambda _: render_toasts(request),
    }
