"""Merging, deleting and withdrawing a tag."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from annotations.codebook.forms import DeleteTagForm
from annotations.codebook.gone_tags import answer_for_gone_tag
from annotations.codebook.tree import select_tags
from annotations.codebook.views import GET_AND_POST, get_tag
from annotations.decorators import MemberRequest, project_required
from annotations.errors import StaleError
from annotations.models import Event, Project, Tag
from annotations.models.access import PEOPLE
from annotations.models.joining import JoinedPassages
from annotations.models.undoing import find_last_act
from annotations.undo_messages import say_done
from newsreader.users import AnyUser


def is_own_proposal(user: AnyUser, slug: str, key: UUID) -> bool:
    """Return whether a tag is still proposed, and by this user."""
    if not user.is_authenticated:
        return False
    proposals = Event.objects.filter(project__slug=slug, subject=key, verb="tag proposed", actor=user.pk)
    is_proposed = Tag.objects.without_tree_fields().filter(pk=key, status=Tag.Status.PROPOSED).order_by()
    return proposals.exists() and is_proposed.exists()


@require_http_methods(GET_AND_POST)
def delete_tag(request: MemberRequest, slug: str, pk: UUID) -> HttpResponseBase:
    """Let curators delete a tag, and coders what they proposed themselves."""
    act = "highlight" if is_own_proposal(request.user, slug, pk) else "codebook"
    return project_required(act, GET_AND_POST)(ask_and_delete_tag)(request, slug=slug, pk=pk)


@answer_for_gone_tag
def ask_and_delete_tag(request: MemberRequest, project: Project, pk: UUID) -> HttpResponse:
    """Ask what becomes of the tag's highlights; sent, do that and delete the tag."""
    tag = get_tag(project, pk)
    others = select_tags(project).filter(status=Tag.Status.ACTIVE, heading_only=False).exclude(pk=pk)
    form = DeleteTagForm(request.POST if request.method == "POST" else None, others=others)
    if form.is_valid():
        return merge_or_delete_tag(request, project, tag, form)
    number = tag.highlights.readable_by(request.user, project).count()
    context = {
        "section": "codebook",
        "project": project,
        "tag": tag,
        "form": form,
        "others": others,
        "is_withdrawal": not project.allows("codebook"),
        "number": number,
        "is_used_elsewhere": bool(project.sight) or tag.highlights.standing().in_layer(PEOPLE).count() > number,
        "children": Tag.objects.without_tree_fields().filter(parent=tag).count(),
    }
    return render(request, "annotations/codebook/tag_delete.html", context, status=422 if form.is_bound else 200)


def merge_or_delete_tag(request: MemberRequest, project: Project, tag: Tag, form: DeleteTagForm) -> HttpResponse:
    """Do what the form says, and lead to the tag that has the highlights now, or to the codebook."""
    name, into = tag.name, form.get_target()
    if not project.allows("codebook"):
        return withdraw_tag(request, project, tag)
    try:
        joined = form.merge_or_delete(tag, request.user)
    except StaleError:
        messages.error(request, _("Someone else changed the codebook meanwhile. Nothing was merged. Look again."))
        return redirect("tags", project.slug)
    if not into:
        say_done(request, project, _("“%(tag)s” was deleted.") % {"tag": name})
        return redirect("tags", project.slug)
    say_merged(request, project, name, into)
    if not project.sight:
        report_joined(request, joined)
    return redirect(into)


def withdraw_tag(request: MemberRequest, project: Project, tag: Tag) -> HttpResponse:
    """Delete a proposal of the reader's own, unless it was accepted meanwhile."""
    name = tag.name
    try:
        tag.withdraw(by=request.user)
    except StaleError:
        messages.error(request, _("“%(tag)s” was accepted meanwhile and stays.") % {"tag": name})
        return redirect(tag)
    messages.success(request, _("Your proposal “%(tag)s” was withdrawn.") % {"tag": name})
    return redirect("tags", project.slug)


def say_merged(request: MemberRequest, project: Project, name: str, into: Tag) -> None:
    """Say that the tag of a name was merged, and how many highlights it had."""
    merge = find_last_act(project, request.user)
    number = merge.data["number"] if merge and merge.verb == "tag merged" and not project.sight else 0
    text = ngettext(
        "“%(tag)s” was merged into “%(into)s”. %(number)s highlight was retagged.",
        "“%(tag)s” was merged into “%(into)s”. %(number)s highlights were retagged.",
        number,
    )
    text = text if number else _("“%(tag)s” was merged into “%(into)s”.")
    say_done(request, project, text % {"tag": name, "into": into, "number": number}, merge)


def report_joined(request: MemberRequest, joined: JoinedPassages) -> None:
    """Say how many passages were joined, and how many stayed apart."""
    if joined.passages:
        text = _("%(passages)s passages were joined into %(groups)s. The others are among the deleted highlights.")
        messages.success(request, text % joined._asdict())
    if joined.apart:
        text = ngettext(
            "The passages of %(apart)s place stayed apart: their notes are too long together, or have replies.",
            "The passages of %(apart)s places stayed apart: their notes are too long together, or have replies.",
            joined.apart,
        )
        messages.warning(request, text % {"apart": joined.apart})
