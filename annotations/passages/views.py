"""Passages: a project's highlights over all articles, a page at a time or as a table."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from annotations.decorators import project_required
from annotations.models.codebook import codebook_of
from annotations.passages.facets import choices, missing, names_in
from annotations.passages.filters import GROUPS, Wanted, found, narrowed, wanted_in
from annotations.passages.grouping import gather
from annotations.passages.queries import COUNTED, Leaf, all_passages
from newsreader.views.filters import build_query_string

ORDERS = {"latest": "latest first", "article": "by article", "source": "by source"}


@require_safe
@project_required()
def index(request, project):
    """The passages that the query string asks for."""
    wanted, codebook = wanted_in(request.GET), codebook_of(project)
    passages = found(all_passages().readable_by(request.user), project, wanted, codebook)
    if request.GET.get("format") == "csv":
        return redirect(reverse("export", args=[project.slug]) + build_query_string(request.GET))
    grouped = gather(request, project, wanted, passages, codebook) if wanted.group else {}
    leaf = Leaf([], None, None) if grouped else passages.leaf(wanted.order, **place_of(wanted))
    context = {"section": "passages", "project": project, "wanted": wanted, "leaf": leaf, "tally": passages.tally()}
    context |= grouped
    context |= words(request, context, codebook) | links(request, project, leaf)
    return answer(request, context)


def place_of(wanted: Wanted) -> dict:
    return {"after": wanted.after, "before": wanted.before, "context": wanted.context}


def words(request, context: dict, codebook: dict) -> dict:
    """What the filters offer, and what they say."""
    wanted, project = context["wanted"], context["project"]
    names = names_in(request.user, project, wanted, codebook, context["leaf"].passages)
    return choices(request.GET, wanted, codebook, names) | {
        "orders": ORDERS,
        "groups": GROUPS,
        "may_pin": project.allows("desk"),
        "counted": COUNTED,
        "heading": ", ".join(names["tag"].get(name, name) for name in wanted.tags),
        "missing": missing(wanted, codebook, names),
    }


def links(request, project, leaf) -> dict:
    """The addresses of what lies around these passages."""
    return {
        "base": request.path,
        "everything": request.path,
        "earlier": build_query_string(narrowed(request.GET, before=leaf.before)),
        "later": build_query_string(narrowed(request.GET, after=leaf.after)),
        "charts": reverse("charts", args=[project.slug]) + build_query_string(narrowed(request.GET)),
        "export": reverse("export", args=[project.slug]) + build_query_string(narrowed(request.GET)),
        "on_desk": reverse("desk", args=[project.slug]) + build_query_string(narrowed(request.GET)),
    }


def answer(request, context: dict):
    """The whole page, or for htmx what stands below the filters."""
    part = request.htmx and not request.htmx.history_restore_request
    response = render(
        request, "annotations/passages/_list.html" if part else "annotations/passages/passages.html", context
    )
    if part:
        # Without the fields that were left blank
        response["HX-Push-Url"] = request.path + build_query_string(request.GET)
    patch_vary_headers(response, ["HX-Request"])
    return response
