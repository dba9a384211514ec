"""Access to a reader's own highlight."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404

from annotations.models import Highlight
from annotations.reading.responses import refuse_visitor
from newsreader.http import Request

View = Callable[..., HttpResponseBase]


def own_highlight_required(view: View) -> View:
    """Pass the reader's own highlight to the view, in a project that still lets the reader highlight; else a 404."""

    @wraps(view)
    def run(request: Request, pk: UUID) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return refuse_visitor(request, request.path)
        highlights = Highlight.objects.editable_by(request.user)
        highlights = highlights.select_related("article", "revision", "project", "author")
        highlight = get_object_or_404(highlights, pk=pk)
        highlight.project.with_role_of(request.user)
        return view(request, highlight)

    return run
