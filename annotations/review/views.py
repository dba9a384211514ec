"""The review of passages that changed: what waits for a decision in a project, and what was decided."""

from typing import NamedTuple

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from annotations.decorators import MemberRequest, ProjectRequest, project_required
from annotations.models import Highlight, Placement, Project
from annotations.models.placement import PlacementQuerySet
from annotations.review.before_after import load_changed_passages
from annotations.review.bulk import accept_all
from newsreader.http import Request
from newsreader.models import Article
from newsreader.opaque_numbers import hide_number, reveal_number
from newsreader.users import AnyUser
from newsreader.views.filters import ActiveFilter, build_query_string, clean_words
from newsreader.views.redirects import get_next_url

PAGE_SIZE = 25  # passages
STATE_LABELS = {
    "": _("needs review"),
    "edited": _("edited"),
    "ambiguous": _("several matches"),
    "gone": _("gone"),
    "settled": _("reviewed"),
}
MATERIAL_LABELS = {
    "": _("any change"),
    "yes": _("a figure, a name or a negation"),
    "no": _("minor changes"),
}


class ReviewFilter(NamedTuple):
    """The filters of one request; whatever is no filter has been left out."""

    state: str
    material: str
    article: str

    def apply(self, placements: PlacementQuerySet, *, with_private: bool) -> PlacementQuerySet:
        """Return the placements that fit; also those on private articles, for members."""
        select = placements.decided if self.state == "settled" else placements.waiting
        fitting = select(with_private=with_private)
        fitting = fitting.filter(state=self.state) if self.state in ("edited", "ambiguous", "gone") else fitting
        fitting = fitting.filter(material=self.material == "yes") if self.material else fitting
        return fitting.filter(highlight__article__slug=self.article) if self.article else fitting


def read_review_filter(query: QueryDict) -> ReviewFilter:
    """Return the filters in a query string or a form."""
    state, material = query.get("state", ""), query.get("material", "")
    return ReviewFilter(
        state if state in STATE_LABELS else "",
        material if material in MATERIAL_LABELS else "",
        clean_words(query.get("article", "")),
    )


@require_safe
@project_required()
def list_changed_passages(request: ProjectRequest, project: Project) -> HttpResponse:
    """List the passages that the query string asks for, a page at a time."""
    review_filter = read_review_filter(request.GET)
    listed = select_placements(project).in_reading_order()
    placements = review_filter.apply(listed, with_private=bool(project.role))
    page = Paginator(placements.for_lists(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "section": "changed",
        "project": project,
        "wanted": review_filter,
        "states": STATE_LABELS,
        "materials": MATERIAL_LABELS,
        "articles": (articles := list_reviewed_articles(project)),
        "chosen": list_review_filters(request.GET, review_filter, articles),
        "page": page,
        "rows": load_changed_passages(list(page), project),
        "listed": request.get_full_path(),
        "keepable": count_acceptable(request.user, project, review_filter),
        **build_page_links(request.GET, page),
    }
    return render(request, "annotations/review/review.html", context)


def list_review_filters(query: QueryDict, review_filter: ReviewFilter, articles: list[Article]) -> list[ActiveFilter]:
    """Return every filter that is on."""
    labels = {
        "state": str(STATE_LABELS[review_filter.state]) if review_filter.state else "",
        "material": str(MATERIAL_LABELS[review_filter.material]) if review_filter.material else "",
        "article": next((article.title for article in articles if article.slug == review_filter.article), ""),
    }
    without = {field: build_query_string(query, field, query.get(field, "")) for field in labels}
    return [ActiveFilter(label, without[field], label) for field, label in labels.items() if label]


def select_placements(project: Project) -> PlacementQuerySet:
    """Return all placements of the project that its reader may see."""
    return Placement.objects.filter(project=project).seen_in(project)


def build_page_links(query: QueryDict, page: Page) -> dict[str, str]:
    """Return the addresses of the pages before and after this one; empty where there is none."""
    earlier = f"{build_query_string(query)}&page={page.previous_page_number()}" if page.has_previous() else ""
    later = f"{build_query_string(query)}&page={page.next_page_number()}" if page.has_next() else ""
    return {"earlier": earlier, "later": later}


def list_reviewed_articles(project: Project) -> list[Article]:
    """Return the articles with passages that wait or were decided, by their titles."""
    placements = select_placements(project).filter(highlight__deleted_at=None)
    reviewed = placements.filter(open=True) | placements.exclude(decision="")
    reviewed = reviewed.seen(with_private=bool(project.role))
    return list(Article.objects.filter(pk__in=reviewed.values("highlight__article")).order_by("title"))


def count_acceptable(user: AnyUser, project: Project, review_filter: ReviewFilter) -> dict[str, int | str | None]:
    """Return how many (`number`) of the passages that the filters show can be accepted at once, and the `last` of them."""
    if review_filter.state not in ("", "edited") or review_filter.material == "yes":
        return {"number": 0}
    found = select_acceptable(user, project, review_filter).count_and_last()
    return found | {"last": hide_number(found["last"] or 0)}


def select_acceptable(user: AnyUser, project: Project, review_filter: ReviewFilter) -> PlacementQuerySet:
    """Return the edited passages that the filters show, without a material change, which the user may review."""
    placements = review_filter.apply(select_placements(project), with_private=bool(project.role))
    placements = placements.filter(state="edited", material=False)
    return placements.filter(highlight__in=Highlight.objects.reviewable_by(user).filter(project=project))


@require_POST
@project_required("highlight")
def accept_passages(request: MemberRequest, project: Project) -> HttpResponse:
    """Accept the new words of every passage that was shown and is not material, but not of those that came later (`last`)."""
    placements = select_acceptable(request.user, project, read_review_filter(request.POST))
    number = accept_all(
        placements.filter(pk__lte=reveal_number(request.POST.get("last", ""))), project=project, by=request.user
    )
    message = ngettext("%(number)s passage accepted.", "%(number)s passages accepted.", number)
    messages.success(request, message % {"number": number})
    return redirect(get_next_url(request, reverse("changed", args=[project.slug])))


def render_row(request: Request, placement: Placement, message: str) -> HttpResponse:
    """Return one passage of the list as it is after a decision."""
    project = placement.highlight.project
    project.refresh_from_db(fields=["version"])
    placement = select_placements(project).for_lists().get(pk=placement.pk)
    [row] = load_changed_passages([placement], project)
    context = {"row": row, "project": project, "listed": get_next_url(request, ""), "message": message, "oob": True}
    return render(request, "annotations/review/_row_response.html", context)
