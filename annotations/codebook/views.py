"""The codebook: a project's tags as a tree, and one entry beside it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.codebook.forms import DissolveForm, TagForm
from annotations.codebook.tree import below, rows_of
from annotations.decorators import project_required
from annotations.errors import StaleError
from annotations.models import Event, Tag
from annotations.models.tag import least_used_colour
from annotations.passages.usage_queries import articles_of, counts_of, latest_of, readers_of

GET_AND_POST = ("GET", "HEAD", "POST")


@require_safe
@project_required()
def codebook(request, project):
    """The whole codebook as a dictionary; ?find= narrows its tree."""
    context = surroundings(request, project)
    defined = [row for row in context["rows"] if row.says_something()]
    bare = [row for row in context["rows"] if not row.says_something()]
    return answered(request, "annotations/codebook/codebook.html", context | {"defined": defined, "bare": bare})


def surroundings(request, project) -> dict:
    """The tree, and what the reader may do with it."""
    tags = list(Tag.objects.with_tree_fields().tree_filter(project_id=project.pk))
    counts, find = counts_of(project), request.GET.get("find", "").strip()[:200]
    return {
        "section": "codebook",
        "project": project,
        "tags": tags,
        "counts": counts,
        "retired": sum(tag.status == Tag.Status.RETIRED for tag in tags),
        "find": find,
        "rows": rows_of(tags, counts, find),
        "may_edit": project.allows("codebook"),
    }


def answered(request, page: str, context: dict, status: int = 200):
    """The page, or for htmx (which asks while one types) the tree alone."""
    part = request.htmx and request.htmx.target == "tree"
    response = render(request, "annotations/codebook/_tree.html" if part else page, context, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


@require_http_methods(GET_AND_POST)
@project_required("codebook", GET_AND_POST)
def add(request, project):
    """A new tag; ?parent= names the one it stands under."""
    context = surroundings(request, project) | {"adding": True}
    sent = request.POST if request.method == "POST" else None
    offered = {"parent": request.GET.get("parent", ""), "colour": least_used_colour(context["tags"])}
    form = TagForm(sent, project=project, tags=context["tags"], initial=offered)
    if form.is_valid() and (tag := form.add(request.user)):
        messages.success(request, f"“{tag}” is in the codebook.")
        return redirect(tag)
    return answered(
        request, "annotations/codebook/tag_add.html", context | {"form": form}, status=422 if form.is_bound else 200
    )


@require_http_methods(GET_AND_POST)
@project_required("codebook")
def entry(request, project, pk):
    """One tag: what it means and how it is used. A stale edit is shown beside what somebody else wrote, and not kept."""
    context = surroundings(request, project)
    tag = one_of(context["tags"], pk)
    if request.method != "POST":
        return described(request, project, context, tag)
    form = form_of(project, context["tags"], tag, request.POST)
    try:
        if form.is_valid() and form.edit(request.user):
            messages.success(request, "Saved.")
            return redirect(tag)
    except StaleError:
        return described(request, project, context, tag, form=form, stale=True, status=409)
    return described(request, project, context, tag, form=form, status=422)


def one_of(tags: list[Tag], pk) -> Tag:
    for tag in tags:
        if tag.pk == pk:
            return tag
    raise Http404


def form_of(project, tags: list[Tag], tag: Tag, given=None) -> TagForm:
    under = below(tags, tag.pk)
    return TagForm(given, instance=tag, project=project, tags=[other for other in tags if other.pk not in under])


def described(request, project, context: dict, tag: Tag, *, form=None, stale: bool = False, status: int = 200):
    """The entry as it stands, with the form that was sent where it could not be kept."""
    changes = Event.objects.filter(project=project, subject=tag.pk).exclude(verb="tag made").select_related("actor")
    readers = readers_of(tag)
    context |= {
        "tag": tag,
        "form": form or (form_of(project, context["tags"], tag) if context["may_edit"] else None),
        "theirs": tag if stale else None,
        "number": sum(number for _, number in readers),
        "under": sum(context["counts"].get(key, 0) for key in below(context["tags"], tag.pk) - {tag.pk}),
        "readers": readers,
        "articles": articles_of(tag),
        "latest": latest_of(project, tag),
        "changes": len(changes) and {"number": len(changes), "last": changes.order_by("-pk")[0]},
    }
    return answered(request, "annotations/codebook/tag.html", context, status)


@require_POST
@project_required("codebook")
def move(request, project, pk):
    """A place up or down among its siblings."""
    tag, step = tag_of(project, pk), {"up": -1, "down": 1}.get(request.POST.get("direction"))
    if not step:
        messages.error(request, "A tag moves up or down.")
    elif not tag.swap_with_sibling(step, by=request.user):
        messages.error(request, f"“{tag}” is the {'first' if step < 0 else 'last'} there.")
    return redirect(tag)


def tag_of(project, pk) -> Tag:
    tag = project.tags.without_tree_fields().filter(pk=pk).first()
    if not tag:
        raise Http404
    return tag


@require_POST
@project_required("codebook")
def status(request, project, pk):
    """Retires the tag, or reinstates it."""
    tag, wanted = tag_of(project, pk), request.POST.get("status")
    if wanted == Tag.Status.RETIRED:
        tag.retire(by=request.user)
        messages.success(request, f"“{tag}” is retired: it keeps its highlights and takes no new ones.")
    elif wanted == Tag.Status.ACTIVE:
        tag.reinstate(by=request.user)
        messages.success(request, f"“{tag}” takes highlights again.")
    else:
        messages.error(request, "A tag is active or retired.")
    return redirect(tag)


@require_http_methods(GET_AND_POST)
@project_required("codebook", GET_AND_POST)
def delete(request, project, pk):
    """Asks what becomes of the tag's highlights; sent, it does that and deletes the tag."""
    tag = tag_of(project, pk)
    others = project.tags.without_tree_fields().filter(status=Tag.Status.ACTIVE).exclude(pk=pk)
    form = DissolveForm(request.POST if request.method == "POST" else None, others=others)
    if form.is_valid():
        return dissolved(request, project, tag, form)
    context = {
        "section": "codebook",
        "project": project,
        "tag": tag,
        "form": form,
        "others": others,
        "number": tag.highlights.standing().count(),
        "children": tag.children.without_tree_fields().count(),
    }
    return render(request, "annotations/codebook/tag_delete.html", context, status=422 if form.is_bound else 200)


def dissolved(request, project, tag: Tag, form: DissolveForm):
    into = form.merge_or_delete(tag, request.user)
    if into:
        messages.success(request, f"“{tag}” is merged into “{into}”.")
        return redirect(into)
    messages.success(request, f"“{tag}” is deleted.")
    return redirect("tags", project.slug)
