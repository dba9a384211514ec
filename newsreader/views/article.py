"""What surrounds the reading page: its neighbours in the library, and what the reader has done with it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from newsreader.models import Article, Reading
from newsreader.views.redirects import get_next_url

YES_NO = {"yes": True, "no": False}


def find_neighbours(article, user) -> tuple:
    """The next newer and the next older article of the library; None at either end."""
    known = Article.objects.visible_to(user).published()
    known = known.only("pk", "slug", "title", "language", "direction", "dated_at")
    return known.newer_than(article).first(), known.older_than(article).first()


@require_safe
def show_neighbours(request, slug):
    """The titles of both neighbours, for the foot of the reading page."""
    article = get_object_or_404(Article.objects.visible_to(request.user), slug=slug)
    newer, older = find_neighbours(article, request.user)
    return render(
        request, "newsreader/_neighbours.html", {"article": article, "newer": newer, "older": older, "known": True}
    )


@require_safe
def go_to_neighbour(request, slug, way):
    """Leads to the next newer or older article; from either end to the library."""
    article = get_object_or_404(Article.objects.visible_to(request.user), slug=slug)
    newer, older = find_neighbours(article, request.user)
    there = newer if way == "newer" else older
    if not there:
        messages.info(request, f"There is no {way} article.")
    return redirect(there or "library")


@require_POST
@login_required
def save_reading_state(request, slug):
    """Marks an article read (read=yes|no, revision=N) or saved (saved=yes|no); what is neither is left as it is."""
    article = get_object_or_404(Article.objects.visible_to(request.user), slug=slug)
    reading, seen = Reading.objects.get_for(request.user, article), parse_seen_revision(request, article)
    answers = {name: YES_NO.get(request.POST.get(name)) for name in ("read", "saved")}
    reading.mark(**answers, revision=seen)
    back = get_next_url(request, article.get_absolute_url())
    if request.htmx:
        context = {"article": article, "reading": reading, "next": back, "seen": seen}
        return render(request, "newsreader/_reading_state.html", context)
    return redirect(back)


def parse_seen_revision(request, article) -> int:
    """The number of the text that the reader had before them, which may have been corrected since; 0 where it is not said."""
    number = request.POST.get("revision", "")
    return min(int(number), article.revision) if number.isdecimal() and len(number) < 7 else 0
