"""The revisions of an article: their list, what changed between two, and the original page fetched again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from newsreader.forms import ComparisonForm, RefetchForm
from newsreader.http import Request, UserRequest
from newsreader.models import Article, Reading, Revision
from newsreader.text.diff.changes import count_changed_words, list_first_changes
from newsreader.text.diff.comparison import Comparison
from newsreader.text.diff.summary import summarise_word_counts
from newsreader.views.merged import follow_merges

MAX_SHOWN_CHANGES = 3  # changes that the reading page lists
MAX_COMPARED_LENGTH = 200_000  # code points; of longer texts it says only that they changed


@require_safe
@follow_merges
def list_revisions(request: Request, slug: str) -> HttpResponse:
    """List the revisions of an article; ?old= and ?new= lead to what changed from one to the other."""
    article = get_object_or_404(Article.objects.visible_to(request.user).select_related("source"), slug=slug)
    form = ComparisonForm(request.GET or None)
    if form.is_valid():
        return redirect("difference", slug=article.slug, **form.cleaned_data)
    return render_revision_list(request, article, form)


def render_revision_list(
    request: Request, article: Article, form: ComparisonForm | RefetchForm, status: int = 200
) -> HttpResponse:
    """Return the list, with what is wrong with a form, if anything is."""
    context = {"article": article, "revisions": article.revisions.for_listing(), "section": "library"}
    return render(request, "newsreader/revisions.html", context | {"form": form}, status=status)


@require_POST
@login_required
def refetch_article(request: UserRequest, slug: str) -> HttpResponse:
    """Fetch the original page again; what is new there becomes a revision. For the staff."""
    article = get_object_or_404(Article.objects.visible_to(request.user).select_related("source"), slug=slug)
    if not Article.objects.editable_by(request.user).filter(pk=article.pk).exists():
        raise PermissionDenied
    form = RefetchForm(request.POST, article=article)
    if not form.is_valid():
        return render_revision_list(request, article, form, status=422)
    messages.success(request, describe_refetch(form.save(request.user)))
    return redirect("revisions", article.slug)


def describe_refetch(revision: Revision | None) -> str:
    """Return a sentence about what came of fetching again."""
    if not revision:
        return _("The original has not changed since it was last fetched.")
    if revision.difference:
        message = _("The text is now revision %(number)s: %(difference)s. Revision %(before)s is kept.")
    else:
        message = _("The text is now revision %(number)s. Revision %(before)s is kept.")
    return message % {"number": revision.number, "difference": revision.difference, "before": revision.number - 1}


@require_safe
def show_difference(request: Request, slug: str, old: int, new: int) -> HttpResponse:
    """Show what changed from one revision to another; ?show=all also shows what did not."""
    revisions = Revision.objects.visible_to(request.user).select_related("article__source").filter(article__slug=slug)
    before, after = (get_object_or_404(revisions, number=number) for number in (old, new))
    if old == new:
        return redirect(before)
    return render(request, "newsreader/difference.html", build_difference_context(request, before, after))


def build_difference_context(request: Request, old: Revision, new: Revision) -> dict[str, Any]:
    """Return the context of the page of a difference."""
    comparison = Comparison(old, new)
    return {
        "section": "library",
        "article": new.article,
        "old": old,
        "new": new,
        "summary": comparison.summarise(),
        "passages": comparison.group_rows(),
        "show_all": request.GET.get("show") == "all",
    }


def find_changes_since_reading(reading: Reading | None, current: Revision) -> dict[str, Any] | None:
    """Return what changed since somebody read an earlier text than this; None where nothing did, or nothing is known."""
    article = current.article
    if not reading or current.number != article.revision or not 0 < reading.revision < current.number:
        return None
    changes: dict[str, Any] = {"since": reading.revision}
    revisions = article.revisions.filter(number__in=(reading.revision, current.number))
    texts = dict(revisions.values_list("number", "text"))
    before, after = texts.get(reading.revision, ""), texts[current.number]
    if max(len(before), len(after)) > MAX_COMPARED_LENGTH:
        return changes
    words = summarise_word_counts(*count_changed_words(before, after))
    return changes | {"words": words, "changes": list_first_changes(before, after, MAX_SHOWN_CHANGES)}
