"""What surrounds the reading page: its neighbours in the library, and what the reader has done with it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from newsreader.http import Request, UserRequest
from newsreader.models import Article, Reading
from newsreader.users import AnyUser
from newsreader.views.merged import follow_merges, refuse_merged_change
from newsreader.views.redirects import get_next_url

YES_NO = {"yes": True, "no": False}
MAX_DIGITS = 6  # of the number of a revision


def find_neighbours(article: Article, user: AnyUser) -> tuple[Article | None, Article | None]:
    """Return the next newer and the next older article of the library; None at either end.

    Those of a private article are private, too.
    """
    articles = Article.objects.visible_to(user)
    articles = articles.filter(scope=article.scope) if article.scope else articles.published()
    articles = articles.only("pk", "slug", "title", "language", "direction", "dated_at")
    return articles.newer_than(article).first(), articles.older_than(article).first()


@require_safe
@follow_merges
def show_neighbours(request: Request, slug: str) -> HttpResponse:
    """Return the titles of both neighbours, for the foot of the reading page."""
    article = get_object_or_404(Article.objects.visible_to(request.user), slug=slug)
    newer, older = find_neighbours(article, request.user)
    return render(
        request, "newsreader/_neighbours.html", {"article": article, "newer": newer, "older": older, "known": True}
    )


@require_safe
@follow_merges
def go_to_neighbour(request: Request, slug: str, way: str) -> HttpResponse:
    """Lead to the next newer or older article; from either end to the library."""
    article = get_object_or_404(Article.objects.visible_to(request.user), slug=slug)
    newer, older = find_neighbours(article, request.user)
    neighbour = newer if way == "newer" else older
    if not neighbour:
        messages.info(request, _("There is no newer article.") if way == "newer" else _("There is no older article."))
    return redirect(neighbour or "library")


@require_POST
@login_required
def save_reading_state(request: UserRequest, slug: str) -> HttpResponse:
    """Mark an article read (read=yes|no, revision=N) or saved (saved=yes|no); what is neither is left as it is."""
    article = Article.objects.visible_to(request.user).filter(slug=slug).first()
    if article is None:
        return refuse_merged_change(request, slug)
    reading, seen = Reading.objects.get_for(request.user, article), parse_seen_revision(request, article)
    states = {name: YES_NO.get(request.POST.get(name, "")) for name in ("read", "saved")}
    reading.mark(**states, revision=seen)
    next_url = get_next_url(request, article.get_absolute_url())
    if request.htmx:
        context = {"article": article, "reading": reading, "next": next_url, "seen": seen}
        return render(request, "newsreader/_reading_state.html", context)
    return redirect(next_url)


def parse_seen_revision(request: UserRequest, article: Article) -> int:
    """Return the number of the text that the reader saw, which may have been corrected since; 0 where it is not given."""
    number = request.POST.get("revision", "")
    return min(int(number), article.revision) if number.isdecimal() and len(number) <= MAX_DIGITS else 0
