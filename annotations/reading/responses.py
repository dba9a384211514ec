"""Answers to what people do with highlights: the fragments that changed for htmx, a redirect for everyone else."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe

from annotations.reading.orphans import astray_on
from annotations.reading.page import Page

SIGNED_OUT = (
    "You are signed out, and nothing was kept. Sign in in another window, then press the button here once more."
)
STALE = "This passage or its text changed since you opened the page. Look at it again, then decide."


def announced(response: HttpResponse, event: str, **detail) -> HttpResponse:
    """The answer, with an event that scripts of the page hear."""
    response["HX-Trigger-After-Settle"] = json.dumps({event: detail})
    return response


def refused(request, message: str, *, status: int, back: str) -> HttpResponse:
    """Says why nothing was written."""
    if request.htmx:
        response = render(request, "annotations/reading/_refused.html", {"message": message}, status=status)
        return announced(response, "refused")
    messages.error(request, message)
    return redirect(back)


def signed_out(request, back: str) -> HttpResponse:
    """To htmx a refusal that loses nothing; to everyone else the sign-in page, and back from there."""
    if request.htmx:
        return refused(request, SIGNED_OUT, status=401, back=back)
    return redirect(f"{reverse('account_login')}?next={back}")


def reason(form) -> str:
    """Everything a form has against what was sent, as sentences."""
    return " ".join(dict.fromkeys(message for messages in form.errors.values() for message in messages))


def changed(request, highlight, event: str, message: str, *, old=(), undo: str = "", back: str = "") -> HttpResponse:
    """Draws anew what a change to one highlight touched; `old` is where it stood before, if elsewhere.

    `undo` is what takes the change back: "delete", "restore" or "reopen".
    """
    if not request.htmx:
        messages.success(request, message, extra_tags=f"{undo}:{highlight.pk}" if undo else "")
        return redirect(back or address_of(highlight))
    context = drawn(request, highlight, old) | {
        "message": message,
        "undo": undo,
        "highlight": highlight,
        "event": event,
    }
    return announced(
        render(request, "annotations/reading/_highlight_changes.html", context), event, id=str(highlight.pk)
    )


def address_of(highlight) -> str:
    """Where its mark is in its project's layer: on the current text if it has a place there, else on the text it was made on."""
    article = highlight.article
    on_current = highlight.revision.number == article.revision or highlight.has_place
    text = article.get_absolute_url() if on_current else older(article, highlight.revision.number)
    return f"{text}?project={highlight.project.slug}{'' if highlight.deleted_at else f'#h-{highlight.pk}'}"


def older(article, number: int) -> str:
    return reverse("revision", args=[article.slug, number])


def shown(request, highlight):
    """The revision that the page shows from which the form was sent; the current one where it does not say."""
    article, number = highlight.article, number_in(request, "revision") or highlight.article.revision
    if number == highlight.revision.number:
        return highlight.revision
    found = article.revisions.filter(number=number).first() or article.current()
    found.article = article
    return found


def number_in(request, name: str) -> int:
    """The number that a form or an address says, 0 where it is none."""
    said = request.POST.get(name, request.GET.get(name, ""))
    return int(said) if said.isdecimal() and len(said) < 10 else 0


def drawn(request, highlight, old) -> dict:
    """The blocks, the card and the counts that changed, and on a corrected text what stands above it."""
    page = Page(request, highlight.project, shown(request, highlight), request.POST)
    places = [*old, *filter(None, [highlight.place_on(page.revision)])]
    blocks = page.touched(*places) if places else ()
    order = [row.id for row in page.layer.shown]
    place = order.index(str(highlight.pk)) if str(highlight.pk) in order else None
    return {
        "page": page,
        "project": highlight.project,
        "article": highlight.article,
        "blocks": [page.block(index) for index in blocks],
        "outline": [page.outline_row(index) for index in blocks],
        "card": None if place is None else mark_safe(page.card(page.layer.shown[place])),
        "before": order[place - 1] if place else None,
        **(corrected(page) if page.revision.number > 1 else {}),
    }


def corrected(page) -> dict:
    """What stands above a text that was corrected, and in the head: counted for the project as it is after the change."""
    page.project.refresh_from_db(fields=["version"])
    return astray_on(page)
