"""The codebook: a project's tags as a tree, and one entry beside it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.codebook.forms import DeleteTagForm, TagForm
from annotations.codebook.tree import build_tag_rows, find_subtree, select_tags
from annotations.decorators import MemberRequest, ProjectRequest, project_required
from annotations.errors import StaleError
from annotations.models import Event, Project, Tag
from annotations.models.tag import least_used_colour
from annotations.passages.usage_queries import (
    count_tag_uses,
    count_tagged_articles,
    count_uses_by_reader,
    load_latest_passages,
)

GET_AND_POST = ("GET", "HEAD", "POST")
MAX_SEARCH = 200  # characters


@require_safe
@project_required()
def show_codebook(request: ProjectRequest, project: Project) -> HttpResponse:
    """Show the whole codebook as a dictionary; ?find= narrows its tree."""
    context = build_tree_context(request, project)
    context["defined"] = [row for row in context["rows"] if row.has_definition()]
    context["bare"] = [row for row in context["rows"] if not row.has_definition()]
    return render_codebook(request, "annotations/codebook/codebook.html", context)


def build_tree_context(request: ProjectRequest | MemberRequest, project: Project) -> dict[str, Any]:
    """Return the tree, and what the reader may do with it."""
    tags = list(Tag.objects.with_tree_fields().tree_filter(project_id=project.pk))
    counts, words = count_tag_uses(project), request.GET.get("find", "").strip()[:MAX_SEARCH]
    return {
        "section": "codebook",
        "project": project,
        "tags": tags,
        "counts": counts,
        "retired": sum(tag.status == Tag.Status.RETIRED for tag in tags),
        "find": words,
        "rows": build_tag_rows(tags, counts, words),
        "may_edit": project.allows("codebook"),
    }


def render_codebook(
    request: ProjectRequest | MemberRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Return the page, or for htmx (which asks while one types) the tree alone."""
    is_tree = request.htmx and request.htmx.target == "tree"
    response = render(request, "annotations/codebook/_tree.html" if is_tree else template, context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


@require_http_methods(GET_AND_POST)
@project_required("codebook", GET_AND_POST)
def add_tag(request: MemberRequest, project: Project) -> HttpResponse:
    """Add a tag; ?parent= names the one it stands under."""
    context = build_tree_context(request, project) | {"adding": True}
    sent = request.POST if request.method == "POST" else None
    initial = {"parent": request.GET.get("parent", ""), "colour": least_used_colour(context["tags"])}
    form = TagForm(sent, project=project, tags=context["tags"], initial=initial)
    if form.is_valid() and (tag := form.add_tag(request.user)):
        messages.success(request, f"“{tag}” is in the codebook.")
        return redirect(tag)
    status = 422 if form.is_bound else 200
    return render_codebook(request, "annotations/codebook/tag_add.html", context | {"form": form}, status)


@require_http_methods(GET_AND_POST)
@project_required("codebook")
def edit_tag(request: MemberRequest, project: Project, pk: UUID) -> HttpResponse:
    """Show what a tag means and how it is used. A stale edit is shown beside what somebody else wrote, and not kept."""
    context = build_tree_context(request, project)
    tag = find_tag(context["tags"], pk)
    if request.method != "POST":
        return render_tag(request, context, tag)
    form = build_tag_form(context, tag, request.POST)
    try:
        if form.is_valid() and form.edit_tag(request.user):
            messages.success(request, "Saved.")
            return redirect(tag)
    except StaleError:
        return render_tag(request, context, tag, form=form, stale=True, status=409)
    return render_tag(request, context, tag, form=form, status=422)


def find_tag(tags: list[Tag], key: UUID) -> Tag:
    """Return the tag of this key, else a 404."""
    for tag in tags:
        if tag.pk == key:
            return tag
    raise Http404


def build_tag_form(context: dict[str, Any], tag: Tag, sent: QueryDict | None = None) -> TagForm:
    """Return the form of a tag, which may stand under any that does not stand under it."""
    subtree = find_subtree(context["tags"], tag.pk)
    parents = [other for other in context["tags"] if other.pk not in subtree]
    return TagForm(sent, instance=tag, project=context["project"], tags=parents)


def render_tag(
    request: MemberRequest,
    context: dict[str, Any],
    tag: Tag,
    *,
    form: TagForm | None = None,
    stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Return the entry as it stands, with the form that was sent where it could not be kept."""
    context |= build_usage_context(context, tag) | {
        "tag": tag,
        "form": form or (build_tag_form(context, tag) if context["may_edit"] else None),
        "theirs": tag if stale else None,
    }
    return render_codebook(request, "annotations/codebook/tag.html", context, status)


def build_usage_context(context: dict[str, Any], tag: Tag) -> dict[str, Any]:
    """Return who uses the tag, where, and how it was changed."""
    project, readers = context["project"], count_uses_by_reader(tag)
    changes = Event.objects.filter(project=project, subject=tag.pk).exclude(verb="tag made").select_related("actor")
    below = find_subtree(context["tags"], tag.pk) - {tag.pk}
    return {
        "number": sum(number for _, number in readers),
        "under": sum(context["counts"].get(key, 0) for key in below),
        "readers": readers,
        "articles": count_tagged_articles(tag),
        "latest": load_latest_passages(project, tag),
        "changes": len(changes) and {"number": len(changes), "last": changes.order_by("-pk")[0]},
    }


@require_POST
@project_required("codebook")
def move_tag(request: MemberRequest, project: Project, pk: UUID) -> HttpResponse:
    """Move a tag up or down among its siblings."""
    tag, step = get_tag(project, pk), {"up": -1, "down": 1}.get(request.POST.get("direction", ""))
    if not step:
        messages.error(request, "A tag moves up or down.")
    elif not tag.swap_with_sibling(step, by=request.user):
        messages.error(request, f"“{tag}” is the {'first' if step < 0 else 'last'} there.")
    return redirect(tag)


def get_tag(project: Project, key: UUID) -> Tag:
    """Return the project's tag of this key, else a 404."""
    tag = select_tags(project).filter(pk=key).first()
    if not tag:
        raise Http404
    return tag


@require_POST
@project_required("codebook")
def set_tag_status(request: MemberRequest, project: Project, pk: UUID) -> HttpResponse:
    """Retire the tag, or reinstate it."""
    tag, status = get_tag(project, pk), request.POST.get("status")
    if status == Tag.Status.RETIRED:
        tag.retire(by=request.user)
        messages.success(request, f"“{tag}” is retired: it keeps its highlights and takes no new ones.")
    elif status == Tag.Status.ACTIVE:
        tag.reinstate(by=request.user)
        messages.success(request, f"“{tag}” takes highlights again.")
    else:
        messages.error(request, "A tag is active or retired.")
    return redirect(tag)


@require_http_methods(GET_AND_POST)
@project_required("codebook", GET_AND_POST)
def delete_tag(request: MemberRequest, project: Project, pk: UUID) -> HttpResponse:
    """Ask what becomes of the tag's highlights; sent, do that and delete the tag."""
    tag = get_tag(project, pk)
    others = select_tags(project).filter(status=Tag.Status.ACTIVE).exclude(pk=pk)
    form = DeleteTagForm(request.POST if request.method == "POST" else None, others=others)
    if form.is_valid():
        return merge_or_delete_tag(request, project, tag, form)
    context = {
        "section": "codebook",
        "project": project,
        "tag": tag,
        "form": form,
        "others": others,
        "number": tag.highlights.standing().count(),
        "children": Tag.objects.without_tree_fields().filter(parent=tag).count(),
    }
    return render(request, "annotations/codebook/tag_delete.html", context, status=422 if form.is_bound else 200)


def merge_or_delete_tag(request: MemberRequest, project: Project, tag: Tag, form: DeleteTagForm) -> HttpResponse:
    """Do what the form says, and lead to the tag that has the highlights now, or to the codebook."""
    into = form.merge_or_delete(tag, request.user)
    if into:
        messages.success(request, f"“{tag}” is merged into “{into}”.")
        return redirect(into)
    messages.success(request, f"“{tag}” is deleted.")
    return redirect("tags", project.slug)
