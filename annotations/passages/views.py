"""Passages: a project's highlights over all articles, a page at a time or as a table."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from annotations.decorators import ProjectRequest, project_required
from annotations.models.codebook import Codebook, codebook_of, leave_out_tags, load_codebook
from annotations.models.project import Project
from annotations.passages.facets import (
    describe_missing,
    list_offered_groups,
    load_filter_names,
    make_filter_context,
)
from annotations.passages.filters import (
    GROUP_LABELS,
    PASSAGE_LIMITS,
    PassageFilter,
    drop_page_parameters,
    read_filter,
    select_passages,
)
from annotations.passages.grouping import make_groups_context
from annotations.passages.list_reader import ListReader, describe_list_reader
from annotations.passages.queries import MAX_COUNT, PassagePage, all_passages
from annotations.passages.rows import list_row_fillers
from newsreader.fragments import fill, render_kept, slot
from newsreader.kept_pages import is_part_asked, render_kept_page
from newsreader.views.filters import build_query_string, limit_query

ORDER_LABELS = {"latest": _("latest first"), "article": _("by article"), "source": _("by source")}
TEMPLATES = ("annotations/passages/passages.html", "annotations/passages/_list.html")
NO_KEY = UUID(int=0)  # static/js/passage-acts.js puts that of each passage in its place
RETAG_TEMPLATE = "annotations/passages/_retag_link.html"
OPTIONS_TEMPLATE = "annotations/passages/_tag_options.html"
NAMES_TEMPLATE = "annotations/passages/_tag_names.html"


@require_safe
@project_required()
@limit_query(PASSAGE_LIMITS)
def show_passages(request: ProjectRequest, project: Project) -> HttpResponse:
    """Show the passages that the query string asks for; for htmx what stands below the filters."""
    if request.GET.get("format") == "csv":
        return redirect(reverse("export", args=[project.slug]) + build_query_string(request.GET))
    values = (describe_list_reader(request, project, request.GET), request.GET.urlencode(), tuple(request.left_out))
    may_retag = project.allows("codebook")
    fillers = {
        **list_row_fillers(request.user, project, request.get_full_path()),
        "retag": lambda address: render_to_string(RETAG_TEMPLATE, {"address": address}) if may_retag else "",
    }
    is_kept = not project.sight
    response = render_kept_page(
        request, "passages", TEMPLATES, build_passages_context, *values, fillers=fillers, is_kept=is_kept
    )
    if is_part_asked(request):
        # Without the fields that were left blank
        response["HX-Push-Url"] = request.path + build_query_string(request.GET)
    return response


def build_passages_context(
    reader: ListReader, written: str, left_out: tuple[str, ...], is_part: bool
) -> dict[str, Any]:
    """Return what a page of passages is rendered with."""
    query, project = QueryDict(written), reader.project
    passage_filter, codebook = read_filter(query, left_out), codebook_of(project)
    passages = select_passages(
        all_passages().readable_in_any_layer(reader.user, project), project, passage_filter, codebook
    )
    groups: dict[str, Any] = {}
    if passage_filter.group:
        groups = make_groups_context(query, project, passage_filter, passages, codebook)
        page = PassagePage([], None, None)
    else:
        page = passages.load_page(
            passage_filter.order,
            after=passage_filter.after,
            before=passage_filter.before,
            context=passage_filter.context,
        )
    context = {"project": project, "wanted": passage_filter, "leaf": page, "is_part": is_part}
    context |= {
        "tally": passages.count_roughly(),
        "path": slot("path"),
        "reader": reader,
        "no_passage": {"id": NO_KEY},
        "example_link": slot("example", str(NO_KEY)),
    } | groups
    context |= make_words_context(query, reader, passage_filter, codebook, page)
    return context | make_navigation_context(query, project, page)


@require_safe
@project_required()
def list_tag_options(request: ProjectRequest, project: Project) -> HttpResponse:
    """List the tags that the fields of a filter offer; with `names`, those that an expression may name."""
    template = NAMES_TEMPLATE if "names" in request.GET else OPTIONS_TEMPLATE
    return HttpResponse(
        fill(render_kept(template, build_options_context, project.pk, project.codebook, project.sight.tags), {})
    )


def build_options_context(project_id: UUID, version: int, hidden: tuple[UUID, ...]) -> dict[str, Any]:
    """Return what the tags of a field are rendered with, but for those that blind reading hides."""
    codebook = leave_out_tags(load_codebook(project_id, version), hidden)
    return {"tag_groups": list_offered_groups(codebook), "codebook": codebook.values()}


def make_words_context(
    query: QueryDict, reader: ListReader, passage_filter: PassageFilter, codebook: Codebook, page: PassagePage
) -> dict[str, Any]:
    """Return what the filters offer, and what they say."""
    names = load_filter_names(reader.user, reader.project, passage_filter, codebook, page.passages)
    return make_filter_context(query, passage_filter, codebook, names) | {
        "orders": ORDER_LABELS,
        "groups": GROUP_LABELS,
        "counted": MAX_COUNT,
        "heading": ", ".join(names["tag"].get(name, name) for name in passage_filter.tags),
        "missing": describe_missing(passage_filter, codebook, names),
    }


def make_navigation_context(query: QueryDict, project: Project, page: PassagePage) -> dict[str, str]:
    """Return the addresses of the pages around this one, and of the same passages elsewhere."""
    same_passages, base = build_query_string(drop_page_parameters(query)), reverse("passages", args=[project.slug])
    return {
        "base": base,
        "everything": base,
        "earlier": build_query_string(drop_page_parameters(query, before=page.before)),
        "later": build_query_string(drop_page_parameters(query, after=page.after)),
        "charts": reverse("charts", args=[project.slug]) + same_passages,
        "export": reverse("export", args=[project.slug]) + same_passages,
        "on_desk": reverse("desk", args=[project.slug]) + same_passages,
        "retag": slot("retag", reverse("passages-retag", args=[project.slug]) + same_passages),
    }
