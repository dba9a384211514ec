"""Archiving and deleting a project."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST

from annotations.decorators import MemberRequest, project_required, render_refusal
from annotations.models import Highlight, Project
from annotations.models.project_deletion import mark_deleted
from annotations.projects.forms import DeletionForm
from annotations.projects.tasks import remove_projects
from annotations.projects.views import is_in_use
from newsreader.models import Article

PERSONAL = _lazy("Your personal project cannot be archived or deleted.")


@require_POST
@project_required("manage")
def archive_project(request: MemberRequest, project: Project) -> HttpResponse:
    """Let nothing change in the project any more (`archived`), or let members work in it again."""
    if project.personal:
        return render_refusal(request, project, PERSONAL)
    if not request.POST.get("archived"):
        project.unarchive(by=request.user)
        if project.membership:
            project.membership.make_current()
        messages.success(request, _("The project is no longer archived and is now your current project."))
        return redirect(project)
    was_in_use = is_in_use(request, project)
    project.archive(by=request.user)
    text = _("The project is archived. Everyone who could read it still can.")
    messages.success(request, f"{text} {describe_current_project(request.user) if was_in_use else ''}".strip())
    return redirect(project)


def describe_current_project(user: User) -> str:
    """Return which project the user works in now, as a sentence; empty where it is none, or an archived one."""
    project = Project.objects.current_for(user)
    if not project or project.archived_at or not project.membership:
        return ""
    return _("Your current project is now “%(project)s”.") % {"project": project}


@require_http_methods(["GET", "HEAD", "POST"])
@project_required("manage", methods=("GET", "HEAD", "POST"))
def delete_project(request: MemberRequest, project: Project) -> HttpResponse:
    """Ask for the name of the project, and offer its export; sent, delete it."""
    if project.personal:
        return render_refusal(request, project, PERSONAL)
    form = DeletionForm(request.POST if request.method == "POST" else None, project=project)
    if request.method == "POST" and form.is_valid():
        name, was_in_use = project.name, is_in_use(request, project)
        mark_deleted(project, by=request.user)
        remove_projects.enqueue()
        text = _("“%(project)s” was deleted.") % {"project": name}
        messages.success(request, f"{text} {describe_current_project(request.user) if was_in_use else ''}".strip())
        return redirect("projects")
    number = Highlight.objects.standing().filter(project=project).count()
    private = Article.objects.filter(scope=project.pk).count()
    context = {"project": project, "form": form, "number": number, "private": private}
    template = "annotations/projects/project_delete.html"
    return render(request, template, context, status=422 if form.is_bound else 200)
