"""The codebook: a project's tags as a tree, and one entry beside it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.codebook.examples import load_examples
from annotations.codebook.forms import TagForm, combine_with_saved
from annotations.codebook.gone_tags import answer_for_gone_tag
from annotations.codebook.past_views import show_past_codebook
from annotations.codebook.tree import TagRow, build_tree_context, find_subtree, select_tags
from annotations.decorators import MemberRequest, ProjectRequest, project_required
from annotations.errors import StaleError, TagGoneError
from annotations.models import Event, Project, Tag
from annotations.models.codebook import codebook_of, find_address
from annotations.models.tag import choose_colour, list_children
from annotations.models.tag_lines import separate_lines
from annotations.passages.usage_queries import (
    count_tagged_articles,
    count_uses_by_reader,
    load_latest_passages,
)
from newsreader.users import AnyUser

GET_AND_POST = ("GET", "HEAD", "POST")
UNCOUNTED_VERBS = ("tag made", "example pinned", "example unpinned")  # not changes of what the tag means


@require_safe
@project_required()
def show_codebook(request: ProjectRequest, project: Project) -> HttpResponse:
    """Show the whole codebook as a dictionary; ?find= narrows its tree, ?on= shows the one of an earlier day."""
    if "on" in request.GET:
        return show_past_codebook(request, project)
    context = build_tree_context(request, project)
    context |= build_definitions_context(project, request.user, context["rows"])
    return render_codebook(request, "annotations/codebook/codebook.html", context)


def build_definitions_context(project: Project, user: AnyUser, rows: list[TagRow]) -> dict[str, list[TagRow]]:
    """Return the tags with and without definitions, in the order of the tree, with their examples."""
    examples = load_examples(project, user)
    rows = [row._replace(examples=examples.get(row.tag.pk, ())) for row in rows]
    return {
        "defined": [row for row in rows if row.is_described()],
        "bare": [row for row in rows if not row.is_described()],
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
    sent, tags = request.POST if request.method == "POST" else None, context["tags"]
    parent = next((tag for tag in tags if str(tag.pk) == request.GET.get("parent")), None)
    initial = {"parent": parent and parent.pk, "colour": choose_colour(tags, list_children(tags, parent))}
    form = TagForm(sent, project=project, tags=tags, codebook=tags, initial=initial)
    if form.is_valid() and (tag := form.add_tag(request.user)):
        messages.success(request, _("“%(tag)s” was added to the codebook.") % {"tag": tag})
        return redirect(tag)
    status = 422 if form.is_bound else 200
    return render_codebook(request, "annotations/codebook/tag_add.html", context | {"form": form}, status)


@require_http_methods(GET_AND_POST)
@project_required("highlight", GET_AND_POST)
def propose_tag(request: MemberRequest, project: Project) -> HttpResponse:
    """Propose a tag, which a curator accepts or deletes; until then no highlight gets it."""
    context = build_tree_context(request, project) | {"adding": True, "proposing": True}
    sent, tags = request.POST if request.method == "POST" else None, context["tags"]
    form = TagForm(sent, project=project, tags=tags, codebook=tags)
    if form.is_valid() and (tag := form.propose_tag(request.user)):
        messages.success(request, _("“%(tag)s” was proposed. A curator decides whether it is used.") % {"tag": tag})
        return redirect(tag)
    status = 422 if form.is_bound else 200
    return render_codebook(request, "annotations/codebook/tag_propose.html", context | {"form": form}, status)


@require_http_methods(GET_AND_POST)
@project_required("codebook")
@answer_for_gone_tag
def edit_tag(request: MemberRequest, project: Project, pk: UUID) -> HttpResponse:
    """Show what a tag means and how it is used.

    A stale edit is shown beside what somebody else wrote, and not kept; with `combine` both in one form.
    """
    context = build_tree_context(request, project)
    tag = find_tag(context["tags"], pk)
    if request.method != "POST":
        return render_tag(request, context, tag)
    if "combine" in request.POST:
        form = build_tag_form(context, tag, combine_with_saved(tag, request.POST))
        return render_tag(request, context, tag, form=form)
    form = build_tag_form(context, tag, request.POST)
    try:
        if form.is_valid() and form.edit_tag(request.user):
            messages.success(request, _("Saved."))
            return redirect(tag)
    except StaleError:
        return render_tag(request, context, tag, form=form, stale=True, status=409)
    return render_tag(request, context, tag, form=form, status=422)


def find_tag(tags: list[Tag], key: UUID) -> Tag:
    """Return the tag of this key; TagGoneError where there is none."""
    for tag in tags:
        if tag.pk == key:
            return tag
    raise TagGoneError


def build_tag_form(context: dict[str, Any], tag: Tag, sent: QueryDict | None = None) -> TagForm:
    """Return the form of a tag, which may stand under any that does not stand under it."""
    subtree = find_subtree(context["tags"], tag.pk)
    parents = [other for other in context["tags"] if other.pk not in subtree]
    return TagForm(sent, instance=tag, project=context["project"], tags=parents, codebook=context["tags"])


def render_tag(
    request: MemberRequest,
    context: dict[str, Any],
    tag: Tag,
    *,
    form: TagForm | None = None,
    stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Return the entry as it stands, with the form that was sent where it could not be kept.

    It names the version that its sender has seen: the one that was sent, or the one that is shown beside a stale one.
    """
    context |= build_usage_context(context, tag, request.user) | {
        "tag": tag,
        "form": form or (build_tag_form(context, tag) if context["may_edit"] else None),
        "version": form.data.get("version") if form and not stale else tag.version,
        "theirs": tag if stale else None,
    }
    return render_codebook(request, "annotations/codebook/tag.html", context, status)


def build_usage_context(context: dict[str, Any], tag: Tag, user: AnyUser) -> dict[str, Any]:
    """Return who uses the tag, where, and how it was changed."""
    project, readers = context["project"], count_uses_by_reader(tag, user)
    events = list_changes(tag)
    proposal = next((event for event in events if event.verb == "tag proposed"), None)
    changes = [event for event in events if event.verb != "tag proposed"]
    below = find_subtree(context["tags"], tag.pk) - {tag.pk}
    examples = load_examples(project, user, tag.pk).get(tag.pk, [])
    return {
        "examples": examples,
        "example_keys": [example.highlight for example in examples],
        "address": find_address(codebook_of(project), tag),
        "number": sum(number for _, number in readers),
        "under": sum(context["counts"].get(key, 0) for key in below),
        "readers": readers,
        "articles": count_tagged_articles(tag, user),
        "latest": load_latest_passages(project, user, tag),
        "changes": changes and {"number": len(changes), "last": changes[-1]},
        "proposer": proposal.actor if proposal else None,
        "may_withdraw": context["may_propose"]
        and tag.status == Tag.Status.PROPOSED
        and proposal is not None
        and proposal.actor_id == user.pk,
    }


def list_changes(tag: Tag) -> list[Event]:
    """Return what happened to the tag, its proposal included, the first first."""
    events = Event.objects.filter(project=tag.project_id, subject=tag.pk).exclude(verb__in=UNCOUNTED_VERBS)
    return list(events.select_related("actor").defer("undo_data").order_by("pk"))


def get_tag(project: Project, key: UUID) -> Tag:
    """Return the project's tag of this key; TagGoneError where there is none."""
    tag = select_tags(project).filter(pk=key).first()
    if not tag:
        raise TagGoneError
    return tag


@require_POST
@project_required("codebook")
def change_lines(request: MemberRequest, project: Project) -> HttpResponse:
    """Give tags on the same words different lines."""
    changed, left = separate_lines(project, by=request.user)
    text = ngettext("%(number)s tag got another line.", "%(number)s tags got other lines.", changed)
    messages.success(request, text % {"number": changed} if changed else _("No line had to be changed."))
    if left:
        text = ngettext(
            "%(number)s tag still shares a line with a tag on the same words: all twelve are taken there.",
            "%(number)s tags still share a line with a tag on the same words: all twelve are taken there.",
            left,
        )
        messages.warning(request, text % {"number": left})
    return redirect("tags", project.slug)


@require_POST
@project_required("codebook")
@answer_for_gone_tag
def set_tag_status(request: MemberRequest, project: Project, pk: UUID) -> HttpResponse:
    """Retire the tag, or reinstate it."""
    tag, status = get_tag(project, pk), request.POST.get("status")
    if status == Tag.Status.RETIRED:
        tag.retire(by=request.user)
        message = _("“%(tag)s” is retired. It keeps its highlights but cannot be used for new ones.")
        messages.success(request, message % {"tag": tag})
    elif status == Tag.Status.ACTIVE and tag.status == Tag.Status.PROPOSED:
        tag.accept(by=request.user)
        messages.success(request, _("“%(tag)s” was accepted and can be used.") % {"tag": tag})
    elif status == Tag.Status.ACTIVE:
        tag.reinstate(by=request.user)
        messages.success(request, _("“%(tag)s” can be used again.") % {"tag": tag})
    else:
        messages.error(request, _("A tag is either active or retired."))
    return redirect(tag)
