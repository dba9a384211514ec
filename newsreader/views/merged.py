"""Pages of an article that was merged into another: they lead to those of the one that stayed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import reswap

from newsreader.http import Request
from newsreader.models import Article

TEXT_FIELDS = ("revision", "old", "new")  # of a query, which name texts of the article that was merged


def follow_merges(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let a page of an article (`slug`) lead to the same page of the one into which it was merged, where that is to be seen."""

    @wraps(view)
    def show(request: Any, slug: str, **parameters: Any) -> HttpResponseBase:
        try:
            return view(request, slug, **parameters)
        except Http404:
            if way := find_way(request, slug):
                return HttpResponseRedirect(way)
            raise

    return show


def find_way(request: Request, slug: str) -> str:
    """Return the address of the page for the article that stayed, with what is asked there; empty where there is none."""
    article, match = Article.objects.find_merged(slug, request.user), request.resolver_match
    if article is None or match is None:
        return ""
    name = "article" if match.view_name == "revision" else match.view_name
    query = request.GET.copy()
    for field in TEXT_FIELDS:
        query.pop(field, None)
    address = reverse(name, args=[article.slug])
    return f"{address}?{query.urlencode()}" if query else address


def refuse_merged_change(request: Request, slug: str) -> HttpResponse:
    """Return that nothing was changed, for this article was merged, and the way to the one that stayed; else raise Http404."""
    article = Article.objects.find_merged(slug, request.user)
    if article is None:
        raise Http404
    message = _("Nothing was changed: this article was merged into “%(article)s”.") % {"article": article}
    if request.htmx:
        context = {"message": message, "article": article}
        return reswap(render(request, "newsreader/_merged_toast.html", context, status=409), "none")
    messages.error(request, message)
    return redirect(article)
