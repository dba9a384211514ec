"""The revisions of an article: their list, what changed between two, and the original page fetched again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from newsreader.forms import ComparisonForm, RefetchForm
from newsreader.models import Article, Revision
from newsreader.text.diff.changes import count_changed_words, list_first_changes
from newsreader.text.diff.comparison import Comparison
from newsreader.text.diff.summary import summarise_word_counts

SHOWN = 3  # changes that the reading page tells of
LONGEST = 200_000  # code points; of longer texts it tells only that they changed


@require_safe
def index(request, slug):
    """The revisions of an article; ?old= and ?new= lead to what changed from one to the other."""
    article = get_object_or_404(Article.objects.visible_to(request.user).select_related("source"), slug=slug)
    form = ComparisonForm(request.GET or None)
    if form.is_valid():
        return redirect("difference", slug=article.slug, **form.cleaned_data)
    return listed(request, article, form)


def listed(request, article, form, status=200):
    """The list, with what is wrong with a form, if anything is."""
    context = {"article": article, "revisions": article.revisions.listed(), "section": "library"}
    return render(request, "newsreader/revisions.html", context | {"form": form}, status=status)


@require_POST
@login_required
def refetch(request, slug):
    """Fetches the original page again; what is new there becomes a revision. For the staff."""
    article = get_object_or_404(Article.objects.editable_by(request.user).select_related("source"), slug=slug)
    form = RefetchForm(request.POST, article=article)
    if not form.is_valid():
        return listed(request, article, form, status=422)
    messages.success(request, said_of(form.save(request.user), article))
    return redirect("revisions", article.slug)


def said_of(revision: Revision | None, article) -> str:
    """What came of fetching again."""
    if not revision:
        return "Nothing has changed in the original since it was fetched last."
    how = f": {revision.difference}" if revision.difference else ""
    return f"The text is now revision {revision.number}{how}. Revision {revision.number - 1} is kept."


@require_safe
def difference(request, slug, old, new):
    """What changed from one revision to another; ?show=all also shows what did not."""
    known = Revision.objects.visible_to(request.user).select_related("article__source").filter(article__slug=slug)
    before, after = (get_object_or_404(known, number=number) for number in (old, new))
    if old == new:
        return redirect(before)
    return render(request, "newsreader/difference.html", differing(request, before, after))


def differing(request, old: Revision, new: Revision) -> dict:
    """What the page of a difference says."""
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


def news_for(reading, current: Revision) -> dict | None:
    """What changed since somebody read an earlier text than this; None where nothing did, or nothing is known."""
    article = current.article
    if not reading or current.number != article.revision or not 0 < reading.revision < current.number:
        return None
    news = {"since": reading.revision}
    before = article.revisions.filter(number=reading.revision).values_list("text", flat=True).first() or ""
    if max(len(before), len(current.text)) > LONGEST:
        return news
    words = summarise_word_counts(*count_changed_words(before, current.text))
    return news | {"words": words, "changes": list_first_changes(before, current.text, SHOWN)}
