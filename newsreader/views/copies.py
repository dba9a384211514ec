"""The copies of an article: what they have in common, and two of them side by side."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from newsreader.copies import load_copies
from newsreader.http import Request
from newsreader.models import Article
from newsreader.models.story import find_copies
from newsreader.text.diff.comparison import Comparison
from newsreader.users import AnyUser
from newsreader.views.merged import follow_merges
from newsreader.views.revisions import MAX_COMPARED_LENGTH


def get_article(user: AnyUser, slug: str) -> Article:
    """Return an article that the user may see, with its source and story, else raise Http404."""
    articles = Article.objects.visible_to(user).select_related("source", "story")
    return get_object_or_404(articles, slug=slug)


@require_safe
@follow_merges
def list_copies(request: Request, slug: str) -> HttpResponse:
    """List the copies of an article; with ?with=, go to the comparison of that one with it, or with another (?first=)."""
    article = get_article(request.user, slug)
    found, slugs = load_copies(article), [request.GET.get("first", slug), request.GET.get("with", "")]
    if {article.slug, *(copy.slug for copy in found.copies)}.issuperset(slugs):
        return redirect("copy", *slugs)
    return render(request, "newsreader/copies.html", {"section": "library", "article": article} | found._asdict())


@require_safe
def compare_copy(request: Request, slug: str, other: str) -> HttpResponse:
    """Show an article beside a copy of it; ?show=all also shows what both print alike."""
    article, copy = get_article(request.user, slug), get_article(request.user, other)
    if article == copy:
        return redirect("copies", article.slug)
    if copy.pk not in find_copies(article):
        raise Http404
    old, new = article.current(), copy.current()
    context: dict[str, Any] = {"section": "library", "article": article, "copy": copy, "old": old, "new": new}
    if max(len(old.text), len(new.text)) <= MAX_COMPARED_LENGTH:
        comparison = Comparison(old, new)
        context |= {"summary": comparison.summarise(), "passages": comparison.group_rows()}
        context |= {"sides": {"old": article.source.name, "new": copy.source.name}}
    return render(request, "newsreader/copy_difference.html", context | {"show_all": request.GET.get("show") == "all"})
