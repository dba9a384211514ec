"""Highlighting without script or mouse: choose the first and the last sentence."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations.decorators import MemberRequest, refuse_act
from annotations.errors import StaleError
from annotations.models import Placement
from annotations.reading.forms import SentenceForm, SentenceHighlightForm, join_errors, split_tag_names
from annotations.reading.layer_query import HighlightRow
from annotations.reading.page import PageRenderer, build_picker_context
from annotations.reading.reattach import get_placement_to_reattach
from annotations.reading.requests import get_read_revision, read_number, show_own_project
from annotations.reading.responses import STALE, describe_creation, redirect_with_message, refuse_merged
from annotations.rendering.cards import find_block_index
from newsreader.models import Article, Revision
from newsreader.views.merged import follow_merges


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@follow_merges
def choose_sentences(request: MemberRequest, slug: str) -> HttpResponse:
    """Show the sentences of the article as a form; sent, make a highlight from the first to the last, or move one there."""
    article = Article.objects.visible_to(request.user).select_related("source").filter(slug=slug).first()
    if article is None and request.method == "POST":
        return refuse_merged(request, slug)
    if article is None:
        raise Http404
    show_own_project(request, article)
    project, revision = request.project, get_read_revision(request, article)
    if request.method == "POST" and request.GET.get("project", project.slug) != project.slug:
        raise Http404  # its sender was removed since, and must not write into another project
    if not project.allows("highlight"):
        return refuse_act(request, project, "highlight")
    placement = get_placement_to_reattach(request, project, revision)
    if "reattach" in request.GET and not placement:
        messages.error(request, _(STALE))
        return redirect(f"{article.get_absolute_url()}?project={project.slug}")
    form = build_sentence_form(request, revision, placement)
    if placement and form.is_valid():
        return reattach_to_sentences(request, placement, form)
    if isinstance(form, SentenceHighlightForm) and form.is_valid():
        return highlight_sentences(request, form)
    context = build_sentences_context(request, revision, form)
    context |= {"article": article, "revision": revision, "seeking": placement}
    return render(request, "annotations/reading/sentences.html", context, status=422 if form.is_bound else 200)


def build_sentence_form(request: MemberRequest, revision: Revision, placement: Placement | None) -> SentenceForm:
    """Return the form for a new highlight, or for a new place where a placement is to be re-attached."""
    sent = request.POST if request.method == "POST" else None
    if placement:
        return SentenceForm(sent, revision=revision)
    return SentenceHighlightForm(sent, revision=revision, project=request.project)


def reattach_to_sentences(request: MemberRequest, placement: Placement, form: SentenceForm) -> HttpResponse:
    """Give a highlight the chosen sentences as its place."""
    try:
        placement.reattach(*form.cleaned_data["span"], version=read_number(request, "version"), by=request.user)
    except StaleError:
        messages.error(request, _(STALE))
        return redirect(request.get_full_path())
    return redirect_with_message(request, placement.highlight, _("Moved."), undo="reopen")


def highlight_sentences(request: MemberRequest, form: SentenceHighlightForm) -> HttpResponse:
    """Make a highlight of the chosen sentences, and lead to it."""
    made = form.save(request.user)
    return redirect_with_message(request, made.highlight, describe_creation(made), undo="delete")


def build_sentences_context(request: MemberRequest, revision: Revision, form: SentenceForm) -> dict[str, Any]:
    """Return the numbered sentences with how many highlights each has, the tags to choose from, and what was sent."""
    page, sent = PageRenderer.load(request, request.project, revision), request.POST
    return {
        "section": "library",
        "project": request.project,
        "error": join_errors(form) if form.is_bound else "",
        "sentences": [
            {
                "number": number,
                "words": revision.text[start:end],
                "block": find_block_index(page.starts, start) + 1,
                "highlights": count_overlapping(page.layer.shown, start, end),
            }
            for number, (start, end) in enumerate(form.sentences, 1)
        ],
        "given": {"first": sent.get("first", ""), "last": sent.get("last", ""), "note": sent.get("note", "")},
        **build_picker_context(page, split_tag_names(sent.getlist("tags"))),
    }


def count_overlapping(rows: list[HighlightRow], start: int, end: int) -> int:
    """Return how many highlights have a character from start to end."""
    return sum(row.start < end and row.end > start for row in rows)
