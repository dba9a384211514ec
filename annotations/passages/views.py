"""Passages: a project's highlights over all articles, a page at a time or as a table."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from annotations.decorators import ProjectRequest, project_required
from annotations.models.codebook import Codebook, codebook_of
from annotations.models.project import Project
from annotations.passages.facets import describe_missing, load_filter_names, make_filter_context
from annotations.passages.filters import (
    GROUP_LABELS,
    PASSAGE_LIMITS,
    PassageFilter,
    drop_page_parameters,
    read_filter,
    select_passages,
)
from annotations.passages.grouping import make_groups_context
from annotations.passages.queries import MAX_COUNT, PassagePage, all_passages
from newsreader.http import Request
from newsreader.views.filters import build_query_string, limit_query

ORDER_LABELS = {"latest": _("latest first"), "article": _("by article"), "source": _("by source")}


@require_safe
@project_required()
@limit_query(PASSAGE_LIMITS)
def show_passages(request: ProjectRequest, project: Project) -> HttpResponse:
    """Show the passages that the query string asks for."""
    passage_filter, codebook = read_filter(request.GET, request.left_out), codebook_of(project)
    passages = select_passages(all_passages().readable_by(request.user), project, passage_filter, codebook)
    if request.GET.get("format") == "csv":
        return redirect(reverse("export", args=[project.slug]) + build_query_string(request.GET))
    groups: dict[str, Any] = {}
    if passage_filter.group:
        groups = make_groups_context(request, project, passage_filter, passages, codebook)
        page = PassagePage([], None, None)
    else:
        page = passages.load_page(
            passage_filter.order,
            after=passage_filter.after,
            before=passage_filter.before,
            context=passage_filter.context,
        )
    context = {"section": "passages", "project": project, "wanted": passage_filter, "leaf": page}
    context |= {"tally": passages.count_roughly()} | groups
    context |= make_words_context(request, project, passage_filter, codebook, page)
    return render_passages(request, context | make_navigation_context(request, project, page))


def make_words_context(
    request: Request, project: Project, passage_filter: PassageFilter, codebook: Codebook, page: PassagePage
) -> dict[str, Any]:
    """Return what the filters offer, and what they say."""
    names = load_filter_names(request.user, project, passage_filter, codebook, page.passages)
    return make_filter_context(request.GET, passage_filter, codebook, names) | {
        "orders": ORDER_LABELS,
        "groups": GROUP_LABELS,
        "may_pin": project.allows("desk"),
        "counted": MAX_COUNT,
        "heading": ", ".join(names["tag"].get(name, name) for name in passage_filter.tags),
        "missing": describe_missing(passage_filter, codebook, names),
    }


def make_navigation_context(request: Request, project: Project, page: PassagePage) -> dict[str, str]:
    """Return the addresses of the pages around this one, and of the same passages elsewhere."""
    same_passages = build_query_string(drop_page_parameters(request.GET))
    return {
        "base": request.path,
        "everything": request.path,
        "earlier": build_query_string(drop_page_parameters(request.GET, before=page.before)),
        "later": build_query_string(drop_page_parameters(request.GET, after=page.after)),
        "charts": reverse("charts", args=[project.slug]) + same_passages,
        "export": reverse("export", args=[project.slug]) + same_passages,
        "on_desk": reverse("desk", args=[project.slug]) + same_passages,
    }


def render_passages(request: Request, context: dict[str, Any]) -> HttpResponse:
    """Return the whole page, or for htmx what stands below the filters."""
    is_part = request.htmx and not request.htmx.history_restore_request
    template = "annotations/passages/_list.html" if is_part else "annotations/passages/passages.html"
    response = render(request, template, context)
    if is_part:
        # Without the fields that were left blank
        response["HX-Push-Url"] = request.path + build_query_string(request.GET)
    patch_vary_headers(response, ["HX-Request"])
    return response
