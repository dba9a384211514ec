"""Passages that changed: what waits for a decision in a project, and what was decided."""

from typing import NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from annotations.decorators import project_required
from annotations.models import Highlight, Placement
from annotations.reading.requests import read_number
from annotations.review.before_after import changed_of
from annotations.review.bulk import keep_all
from newsreader.models import Article
from newsreader.views.filters import address, plain
from newsreader.views.redirects import next_of

A_PAGE = 25
STATES = {
    "": "all that wait",
    "edited": "edited",
    "ambiguous": "more than one place",
    "gone": "gone",
    "settled": "decided already",
}
MATERIALS = {"": "any change", "yes": "a figure, a name or a negation", "no": "nothing material"}


class Wanted(NamedTuple):
    """The filters of one request; whatever is no filter has been left out."""

    state: str
    material: str
    article: str

    def narrowed(self, placements):
        """The placements of a project that fit."""
        found = placements.decided() if self.state == "settled" else placements.waiting()
        found = found.filter(state=self.state) if self.state in ("edited", "ambiguous", "gone") else found
        found = found.filter(material=self.material == "yes") if self.material else found
        return found.filter(highlight__article__slug=self.article) if self.article else found


def wanted_in(query) -> Wanted:
    state, material = query.get("state", ""), query.get("material", "")
    known = state if state in STATES else "", material if material in MATERIALS else ""
    return Wanted(*known, plain(query.get("article", "")))


@require_safe
@project_required()
def index(request, project):
    """The passages that the query string asks for, a page at a time."""
    wanted = wanted_in(request.GET)
    found = wanted.narrowed(project.placements.in_reading_order())
    page = Paginator(found.for_lists(), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "changed",
        "project": project,
        "wanted": wanted,
        "states": STATES,
        "materials": MATERIALS,
        "articles": articles_of(project),
        "page": page,
        "rows": changed_of(list(page), project),
        "listed": request.get_full_path(),
        "keepable": keepable(request.user, project, wanted),
        "earlier": page.has_previous() and f"{address(request.GET)}&page={page.previous_page_number()}",
        "later": page.has_next() and f"{address(request.GET)}&page={page.next_page_number()}",
    }
    return render(request, "annotations/review/review.html", context)


def articles_of(project) -> list:
    """The articles with passages that wait or were decided, by their titles."""
    placements = Placement.objects.filter(project=project, highlight__deleted_at=None)
    asked = placements.filter(open=True) | placements.exclude(decision="")
    return list(Article.objects.published().filter(pk__in=asked.values("highlight__article")).order_by("title"))


def keepable(user, project, wanted: Wanted) -> dict:
    """How many of the passages that the filters show can be kept at once, and the last of them."""
    if wanted.state not in ("", "edited") or wanted.material == "yes":
        return {"number": 0}
    return to_keep(user, project, wanted).count_and_last()


def to_keep(user, project, wanted: Wanted):
    """The edited passages that the filters show, without a material change, of which the user may decide."""
    found = wanted.narrowed(project.placements.all()).filter(state="edited", material=False)
    return found.filter(highlight__in=Highlight.objects.reviewable_by(user).filter(project=project))


@require_POST
@project_required()
def keep(request, project):
    """Keeps every passage that was shown and is not material on its new words, those that came later (`last`) not."""
    shown = to_keep(request.user, project, wanted_in(request.POST)).filter(pk__lte=read_number(request, "last"))
    number = keep_all(shown, project=project, by=request.user)
    messages.success(request, f"{number} passage{'' if number == 1 else 's'} kept on the new words.")
    return redirect(next_of(request, reverse("changed", args=[project.slug])))


def row_of(request, placement, said: str):
    """One passage of the list as it is after a decision."""
    project = placement.highlight.project
    project.refresh_from_db(fields=["version"])
    placement = project.placements.for_lists().get(pk=placement.pk)
    [row] = changed_of([placement], project)
    context = {"row": row, "project": project, "listed": next_of(request, ""), "message": said, "oob": True}
    return render(request, "annotations/review/_row_response.html", context)
