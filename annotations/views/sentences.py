"""Highlighting without script or mouse: choose the first and the last sentence."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from annotations.forms import SentencesForm
from annotations.marking.margin import block_of
from annotations.views.answers import address_of, undo_tag
from annotations.views.highlights import NOT_HERE, reason
from annotations.views.pages import Page
from annotations.views.reading import offered
from newsreader.models import Article


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def choose(request, slug):
    """The sentences of the article as a form; sent, it makes a highlight from the first to the last."""
    article = get_object_or_404(Article.objects.visible_to(request.user).select_related("source"), slug=slug)
    project, revision = request.project, article.current()
    if not project.allows("highlight"):
        messages.error(request, NOT_HERE)
        return redirect(article)
    form = SentencesForm(request.POST if request.method == "POST" else None, project=project, revision=revision)
    if form.is_valid():
        highlight, _ = form.save(request.user)
        messages.success(request, "Highlighted.", extra_tags=undo_tag(highlight))
        return redirect(address_of(highlight))
    context = listed(request, project, revision, form) | {"article": article, "section": "library"}
    return render(request, "annotations/sentences.html", context, status=422 if form.is_bound else 200)


def listed(request, project, revision, form) -> dict:
    """The sentences with their numbers and how many highlights each carries, and the tags to choose from."""
    page = Page(request.user, project, revision)
    spans = [(row.start, row.end) for row in page.layer.shown]
    given = request.POST
    return {
        "project": project,
        "error": reason(form) if form.is_bound else "",
        "sentences": [
            {
                "number": number,
                "words": revision.text[start:end],
                "block": block_of(page.starts, start) + 1,
                "highlights": sum(begin < end and stop > start for begin, stop in spans),
            }
            for number, (start, end) in enumerate(form.sentences, 1)
        ],
        "given": {"first": given.get("first", ""), "last": given.get("last", ""), "note": given.get("note", "")},
        "names": given.getlist("tags"),
        **offered(project, page),
    }
