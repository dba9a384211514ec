"""Highlighting without script or mouse: choose the first and the last sentence."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from annotations.errors import StaleError
from annotations.reading.create_views import NOT_HERE, led_to, read_in
from annotations.reading.forms import SentenceForm, SentencesForm
from annotations.reading.page import Page
from annotations.reading.reattach import sought
from annotations.reading.responses import STALE, address_of, number_in, reason
from annotations.reading.views import offered
from annotations.rendering.cards import find_block_index
from newsreader.models import Article


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def choose(request, slug):
    """The sentences of the article as a form; sent, it makes a highlight from the first to the last, or moves one there."""
    article = get_object_or_404(Article.objects.visible_to(request.user).select_related("source"), slug=slug)
    project, revision = request.project, read_in(request, article)
    if not project.allows("highlight"):
        messages.error(request, NOT_HERE)
        return redirect(article)
    seeking = sought(request, revision)
    if "reattach" in request.GET and not seeking:
        messages.error(request, STALE)
        return redirect(f"{article.get_absolute_url()}?project={project.slug}")
    sent, form_of = request.POST if request.method == "POST" else None, SentenceForm if seeking else SentencesForm
    form = form_of(sent, revision=revision, **({} if seeking else {"project": project}))
    if form.is_valid():
        return reattach_to(request, seeking, form) if seeking else led_to(request, form.save(request.user))
    context = listed(request, project, revision, form) | {"article": article, "revision": revision, "seeking": seeking}
    return render(request, "annotations/reading/sentences.html", context, status=422 if form.is_bound else 200)


def reattach_to(request, placement, form):
    """Gives a highlight the chosen sentences as its place."""
    try:
        placement.reattach(*form.cleaned_data["span"], version=number_in(request, "version"), by=request.user)
    except StaleError:
        messages.error(request, STALE)
        return redirect(request.get_full_path())
    messages.success(request, "It stands there now.", extra_tags=f"reopen:{placement.highlight_id}")
    return redirect(address_of(placement.highlight))


def listed(request, project, revision, form) -> dict:
    """The sentences with their numbers and how many highlights each carries, and the tags to choose from."""
    page = Page(request, project, revision)
    spans = [(row.start, row.end) for row in page.layer.shown]
    given = request.POST
    return {
        "section": "library",
        "project": project,
        "error": reason(form) if form.is_bound else "",
        "sentences": [
            {
                "number": number,
                "words": revision.text[start:end],
                "block": find_block_index(page.starts, start) + 1,
                "highlights": sum(begin < end and stop > start for begin, stop in spans),
            }
            for number, (start, end) in enumerate(form.sentences, 1)
        ],
        "given": {"first": given.get("first", ""), "last": given.get("last", ""), "note": given.get("note", "")},
        "names": given.getlist("tags"),
        **offered(project, page),
    }
