"""Assignments: curators give articles to members and reveal what was read blind; members see what they are to read."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from annotations.assignments.forms import AssignmentForm
from annotations.assignments.table import list_own_assignments, load_table
from annotations.decorators import MemberRequest, project_required, refuse_act
from annotations.models import Assignment, AssignmentState, Project
from annotations.models.assignment import LISTED
from annotations.reading.requests import read_number

METHODS = ("GET", "HEAD", "POST")


@require_http_methods(METHODS)
@project_required("read", methods=METHODS)
def list_assignments(request: MemberRequest, project: Project) -> HttpResponse:
    """Show members what they are to read, and curators who reads what; sent, assign or reveal articles (`act`)."""
    if request.method != "POST":
        return render_assignments(request, project)
    if not project.allows("assign"):
        return refuse_act(request, project, "assign")
    act = ACTS.get(request.POST.get("act", ""), assign_articles)
    return act(request, project)


def render_assignments(
    request: MemberRequest, project: Project, form: AssignmentForm | None = None, status: int = 200
) -> HttpResponse:
    """Return the page, with the form that could not be kept."""
    may_assign = project.allows("assign")
    context: dict[str, Any] = {
        "project": project,
        "own": list_own_assignments(project),
        "may_assign": may_assign,
        "table": load_table(project) if may_assign else None,
        "form": form or (AssignmentForm(project=project, initial={"blind": True}) if may_assign else None),
    }
    return render(request, "annotations/assignments/assignments.html", context, status=status)


def assign_articles(request: MemberRequest, project: Project) -> HttpResponse:
    """Assign articles to members."""
    form = AssignmentForm(request.POST, project=project)
    number = form.assign(request.user) if form.is_valid() else None
    if number is None:
        return render_assignments(request, project, form, 422)
    text = ngettext("%(number)s assignment was made.", "%(number)s assignments were made.", number)
    if not number:
        text = _("These articles are assigned to these coders already. Nothing was changed.")
    messages.success(request, text % {"number": number})
    return redirect("assignments", project.slug)


def reveal_articles(request: MemberRequest, project: Project) -> HttpResponse:
    """Reveal all that is read blind, or one article (`article` is its key)."""
    assignments = Assignment.objects.filter(project=project)
    if "article" in request.POST:
        assignments = assignments.filter(article=read_number(request, "article"))
    number = assignments.reveal(project, by=request.user)
    text = ngettext("%(number)s assignment was revealed.", "%(number)s assignments were revealed.", number)
    messages.success(request, text % {"number": number} if number else _("No assignment was blind any more."))
    return redirect("assignments", project.slug)


def begin_blind_reading(request: MemberRequest, project: Project) -> HttpResponse:
    """Let each coder of the project see only their own highlights."""
    project.begin_blind_reading(by=request.user)
    messages.success(request, _("The project is read blind: coders see only their own highlights."))
    return redirect("assignments", project.slug)


def end_blind_reading(request: MemberRequest, project: Project) -> HttpResponse:
    """Show everyone the highlights of all again."""
    project.end_blind_reading(by=request.user)
    messages.success(request, _("Blind reading of the project is over. Blind assignments stay blind."))
    return redirect("assignments", project.slug)


ACTS: dict[str, Callable[[MemberRequest, Project], HttpResponse]] = {
    "reveal": reveal_articles,
    "begin": begin_blind_reading,
    "end": end_blind_reading,
}


@require_http_methods(METHODS)
@project_required("read", methods=METHODS)
def change_assignment(request: MemberRequest, project: Project, pk: UUID) -> HttpResponse:
    """Ask a member whether they are done with an article, or a curator what to do with an assignment; sent, do it."""
    assignments = Assignment.objects.filter(project=project).select_related("article__source", "user")
    assignment = get_object_or_404(assignments, pk=pk)
    assignment.project = project
    may_assign, is_own = project.allows("assign"), assignment.user_id == request.user.pk
    if not (is_own or may_assign):
        return refuse_act(request, project, "assign")
    if assignment.article.status not in LISTED and not request.user.is_staff:
        raise Http404
    if request.method == "POST":
        return do_act(request, project, assignment, is_own=is_own)
    context = {"project": project, "assignment": assignment, "is_own": is_own, "may_assign": may_assign}
    return render(request, "annotations/assignments/assignment.html", context)


def do_act(request: MemberRequest, project: Project, assignment: Assignment, *, is_own: bool) -> HttpResponse:
    """Finish the reader's own assignment; for curators also reopen, reveal or remove one (`act`)."""
    act, names = (
        request.POST.get("act", ""),
        {"title": assignment.article.title, "name": assignment.user.get_username()},
    )
    if project.archived_at or (act != "done" and not project.allows("assign")):
        return refuse_act(request, project, "assign")
    if act == "done" and is_own:
        return finish(request, project, assignment)
    if act == "reopen":
        assignment.reopen(by=request.user)
        messages.success(request, _("“%(title)s” is open again for %(name)s.") % names)
    elif act == "reveal":
        Assignment.objects.filter(pk=assignment.pk).reveal(project, by=request.user)
        messages.success(request, _("%(name)s now sees the others’ highlights in “%(title)s”.") % names)
    elif act == "remove":
        Assignment.objects.filter(pk=assignment.pk).drop(project, by=request.user)
        messages.success(request, _("“%(title)s” is no longer assigned to %(name)s. Highlights stay.") % names)
    else:
        messages.error(request, _("Choose what to do with the assignment."))
        return redirect("assignment", project.slug, assignment.pk)
    return redirect("assignments", project.slug)


def finish(request: MemberRequest, project: Project, assignment: Assignment) -> HttpResponse:
    """Say that the reader is done, and lead to the article, where they see what the others marked."""
    if assignment.state == AssignmentState.DONE:
        messages.success(request, _("You were done with it already."))
    else:
        assignment.finish(by=request.user)
        messages.success(request, _("Done. A curator can open it again for you."))
    return redirect(f"{assignment.article.get_absolute_url()}?project={project.slug}")
