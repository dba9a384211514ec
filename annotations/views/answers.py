"""Answers to what people do with highlights: the fragments that changed for htmx, a redirect for everyone else."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe

from annotations.views.pages import Page

SIGNED_OUT = (
    "You are signed out, and nothing was kept. Sign in in another window, then press the button here once more."
)


def announced(response: HttpResponse, event: str, **detail) -> HttpResponse:
    """The answer, with an event that scripts of the page hear."""
    response["HX-Trigger-After-Settle"] = json.dumps({event: detail})
    return response


def refused(request, message: str, *, status: int, back: str) -> HttpResponse:
    """Says why nothing was written."""
    if request.htmx:
        response = render(request, "annotations/_refused.html", {"message": message}, status=status)
        return announced(response, "refused")
    messages.error(request, message)
    return redirect(back)


def signed_out(request, back: str) -> HttpResponse:
    """To htmx a refusal that loses nothing; to everyone else the sign-in page, and back from there."""
    if request.htmx:
        return refused(request, SIGNED_OUT, status=401, back=back)
    return redirect(f"{reverse('account_login')}?next={back}")


def changed(request, highlight, event: str, message: str, *, old=(), undo: bool = False) -> HttpResponse:
    """Draws anew what a change to one highlight touched; `old` is where it stood before, if elsewhere."""
    if not request.htmx:
        messages.success(request, message, extra_tags=undo_tag(highlight) if undo else "")
        return redirect(address_of(highlight))
    context = drawn(request, highlight, old) | {
        "message": message,
        "undo": undo,
        "highlight": highlight,
        "event": event,
    }
    return announced(render(request, "annotations/_changed.html", context), event, id=str(highlight.pk))


def undo_tag(highlight) -> str:
    """What tells the toast how the change can be taken back."""
    return f"{'restore' if highlight.deleted_at else 'delete'}:{highlight.pk}"


def address_of(highlight) -> str:
    """Where the highlight's mark is, in its project's layer on its revision."""
    article, project = highlight.article, highlight.project
    older = f"&revision={highlight.revision.number}" if highlight.revision.number != article.revision else ""
    mark = "" if highlight.deleted_at else f"#h-{highlight.pk}"
    return f"{article.get_absolute_url()}?project={project.slug}{older}{mark}"


def drawn(request, highlight, old) -> dict:
    """The blocks, the card and the counts that changed."""
    page = Page(request.user, highlight.project, highlight.revision, request.POST)
    blocks = page.touched((highlight.start, highlight.end), *old)
    order = [row.id for row in page.layer.shown]
    place = order.index(str(highlight.pk)) if str(highlight.pk) in order else None
    return {
        "page": page,
        "blocks": [page.block(index) for index in blocks],
        "outline": [page.outline_row(index) for index in blocks],
        "card": None if place is None else mark_safe(page.card(page.layer.shown[place])),
        "before": order[place - 1] if place else None,
    }
