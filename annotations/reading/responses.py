"""Responses to what people do with highlights: the fragments that changed for htmx, a redirect for everyone else."""

import json
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django_htmx.http import reswap

from annotations.models import Highlight, Tag
from annotations.models.highlight import Made
from annotations.reading.links import build_highlight_url, build_layer_query
from annotations.reading.orphans import load_orphans_context
from annotations.reading.page import PageRenderer
from annotations.reading.requests import get_shown_revision
from newsreader.http import Request
from newsreader.models import Article

SIGNED_OUT = gettext_noop("You are signed out and nothing was saved. Sign in in another window, then try again here.")
STALE = gettext_noop(
    "This passage or its text has changed since you opened the page. Check it again before you decide."
)
NO_PROJECT = gettext_noop("You can no longer see this project. Nothing was saved; what you typed is still here.")
PRIVATE_TO_ANOTHER = gettext_noop(
    "This article is private to another project and can only be highlighted there. Switch to that project first."
)
MAY_NOT_HIGHLIGHT = gettext_noop(
    "You can read this project but not highlight in it. Switch to one of your projects at the top of the page."
)
HAS_MOVED = gettext_noop(
    "The article has changed since you opened it; your highlight is on the same words in the new text. Highlighted."
)
NOT_SHOWN = gettext_noop("It is not in the layer that this page shows.")
# What happened to a highlight whose article was corrected while it was read, and the words of its link.
OUTCOMES = {
    "same": (
        gettext_noop("The article was corrected while you read. Your highlight is on the same words in the new text."),
        gettext_noop("Read the new text"),
    ),
    "moved": (
        gettext_noop(
            "The article was corrected while you read. Your highlight is on the same words, elsewhere in the new text."
        ),
        gettext_noop("Read the new text"),
    ),
    "edited": (
        gettext_noop("The article was corrected while you read. Your highlight is on words that were edited."),
        gettext_noop("See changes"),
    ),
    "ambiguous": (
        gettext_noop(
            "The article was corrected while you read. Your highlight is saved, but its words occur more than once in the new text."
        ),
        gettext_noop("Choose the place"),
    ),
    "gone": (
        gettext_noop(
            "The article was corrected while you read. Your highlight is saved, but its words are not in the new text."
        ),
        gettext_noop("See options"),
    ),
}


def refuse(request: Request, message: str, *, status: int, back: str) -> HttpResponse:
    """Return why nothing was written; for htmx a message alone, so that what is open on the page stays."""
    if request.htmx:
        response = render(request, "annotations/reading/_refused.html", {"message": message}, status=status)
        return trigger_event(reswap(response, "none"), "refused")
    messages.error(request, message)
    return redirect(back)


def refuse_merged(request: Request, slug: str) -> HttpResponse:
    """Return that the article of the page, which was open meanwhile, was merged into another, and which that is; else a 404."""
    merged = Article.objects.find_merged(slug, request.user)
    if merged is None:
        raise Http404
    text = _("Not highlighted: this article was merged into “%(article)s”. Its text and highlights are there now.")
    return refuse(request, text % {"article": merged}, status=409, back=merged.get_absolute_url())


def refuse_visitor(request: Request, back: str) -> HttpResponse:
    """Return to htmx a refusal that loses nothing; to everyone else the sign-in page, and back from there."""
    if request.htmx:
        return refuse(request, _(SIGNED_OUT), status=401, back=back)
    return redirect(f"{reverse('account_login')}?next={back}")


def trigger_event(response: HttpResponse, event: str, **detail: Any) -> HttpResponse:
    """Return the response with an event that scripts of the page hear."""
    response["HX-Trigger-After-Settle"] = json.dumps({event: detail})
    return response


def respond_with_change(
    request: Request,
    highlight: Highlight,
    event: str,
    message: str,
    *,
    old_places: Iterable[tuple[int, int]] = (),
    new_tags: Iterable[Tag] = (),
    undo: str = "",
    back: str = "",
    editing: dict[str, Any] | None = None,
) -> HttpResponse:
    """Return what a change to one highlight touched; `old_places` are where it stood before, if elsewhere.

    `new_tags` came into the codebook with it, and go into the page's toolbar. `undo` is what takes the change back:
    "delete", "restore" or "reopen". `editing` is the context of the edit form, where the card stays open.
    """
    if not request.htmx:
        return redirect_with_message(request, highlight, message, undo=undo, back=back)
    context = {"message": message, "undo": undo, "highlight": highlight, "event": event}
    context |= build_change_context(request, highlight, list(old_places)) | (editing or {})
    if event == "highlighted" and not context["card"]:
        context["message"] = format_html("{} {}", message, _(NOT_SHOWN))
    context["new_tags"] = new_tags if "offers-tags" in request.POST else []
    response = render(request, "annotations/reading/_highlight_changes.html", context)
    return trigger_event(response, event, id=str(highlight.pk))


def redirect_with_message(
    request: Request, highlight: Highlight, message: str, *, undo: str = "", back: str = ""
) -> HttpResponse:
    """Return the way to the highlight's mark or `back`, where the message is shown with a way to undo."""
    messages.success(request, message, extra_tags=f"{undo}:{highlight.pk}" if undo else "")
    return redirect(back or build_highlight_url(highlight))


def build_change_context(request: Request, highlight: Highlight, places: list[tuple[int, int]]) -> dict[str, Any]:
    """Return the blocks, the card and the counts that changed, and on a corrected text what stands above it."""
    highlight.project.reload_versions()  # those after the change
    page = PageRenderer.load(request, highlight.project, get_shown_revision(request, highlight), request.POST)
    place = highlight.place_on(page.revision)
    blocks = page.find_blocks([*places, place] if place else places)
    return {
        "page": page,
        "project": highlight.project,
        "article": highlight.article,
        "blocks": [page.render_block(index) for index in blocks],
        "outline": page.swap_outline_rows(blocks),
        "card": render_shown_card(page, str(highlight.pk)),
        **(load_orphans_context(page.project, page.revision, page.user_id) if page.revision.number > 1 else {}),
    }


def render_shown_card(page: PageRenderer, highlight_id: str) -> SafeString:
    """Return the highlight's card; nothing where the page does not show it."""
    return mark_safe("".join(page.render_card(row) for row in page.layer.shown if row.id == highlight_id))


def describe_creation(made: Made, *, has_moved: bool = False) -> str:
    """Return what became of a new highlight, with a way to the new text where there is one."""
    if not made.placement:
        return _(HAS_MOVED) if has_moved and made.created else _("Highlighted.")
    outcome, link = OUTCOMES[made.placement.state]
    return format_html(
        '{} <a href="{}">{}</a>',
        _(outcome),
        build_new_text_url(made.highlight, has_place=made.placement.start is not None),
        _(link),
    )


def build_new_text_url(highlight: Highlight, *, has_place: bool) -> str:
    """Return where the highlight is on the current text: its mark, or its place above the text.

    The number of the text makes it another address than that of the page one is on, which would not be loaded anew.
    """
    article, anchor = highlight.article, f"{'h' if has_place else 'astray'}-{highlight.pk}"
    layer = build_layer_query(highlight.project, highlight.author_id, highlight.author.get_username())
    return f"{article.get_absolute_url()}?project={highlight.project.slug}{layer}&revision={article.revision}#{anchor}"
