"""Projects: their list, what one is about, and who belongs to it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from annotations.decorators import MemberRequest, ProjectRequest, project_required
from annotations.errors import StaleError
from annotations.models import Project, Role
from annotations.passages.usage_queries import (
    list_memberships,
    list_open_projects,
    load_latest_passages,
    load_most_used_tags,
)
from annotations.projects.forms import MemberForm, ProjectForm, RoleForm
from newsreader.http import Request
from newsreader.views.redirects import get_next_url

MAX_TAGS = 12  # that the overview lists


@require_http_methods(["GET", "HEAD", "POST"])
def list_projects(request: Request) -> HttpResponseBase:
    """List the reader's projects and the public ones; sent, the form makes a new one."""
    user = request.user
    if request.method == "POST" and not user.is_authenticated:
        return redirect_to_login(request.path)
    form = ProjectForm(request.POST if request.method == "POST" else None)
    if user.is_authenticated and form.is_valid():
        project = form.create_project(user)
        messages.success(request, f"“{project}” is begun, and what you highlight now is kept in it.")
        return redirect(project)
    context = {"own": list_memberships(user), "others": list_open_projects(user), "form": form}
    return render(request, "annotations/projects/projects.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@project_required("manage")
def show_project(request: MemberRequest, project: Project) -> HttpResponse:
    """Show what the project is about, who belongs to it, and what was done last; its owner edits the words."""
    if request.method != "POST":
        return render_project(request, project)
    form = ProjectForm(request.POST)
    if not form.is_valid():
        return render_project(request, project, 422, form=form)
    try:
        form.edit_project(project, request.user)
    except StaleError:
        return render_project(request, project, 409, form=form, theirs=project)
    messages.success(request, "Saved.")
    return redirect(project)


def render_project(
    request: ProjectRequest | MemberRequest, project: Project, status: int = 200, **refused: Any
) -> HttpResponse:
    """Return the overview, with what the owner sent where it could not be kept: `form`, `joining` or `changing`."""
    context = {
        "project": project,
        "members": project.memberships.select_related("user").order_by("user__username"),
        "tags": load_most_used_tags(project)[:MAX_TAGS],
        "base": reverse("passages", args=[project.slug]),
        "latest": load_latest_passages(project),
        "form": ProjectForm(instance=project),
        "joining": MemberForm(project=project),
        "changing": None,
        "theirs": None,
        "roles": Role.values,
        "may_manage": project.allows("manage"),
        "may_highlight": project.allows("highlight"),
        "in_use": is_in_use(request, project),
    }
    return render(request, "annotations/projects/project.html", context | refused, status=status)


def is_in_use(request: ProjectRequest | MemberRequest, project: Project) -> bool:
    """Return whether this is the project that the reader works in."""
    if not project.membership or not request.user.is_authenticated:
        return False
    return request.user.memberships.latest("used_at") == project.membership


@require_POST
@project_required("read")
def use_project(request: MemberRequest, project: Project) -> HttpResponse:
    """Make it the project that the reader works in."""
    if project.membership:
        project.membership.make_current()
    messages.success(request, f"You now work in “{project}”.")
    return redirect(get_next_url(request, reverse("library")))


@require_POST
@project_required("manage")
def edit_members(request: MemberRequest, project: Project) -> HttpResponse:
    """Add a member, or change or end a membership (`member` is its key, `role` its new role)."""
    if "member" in request.POST:
        return edit_member(request, project)
    form = MemberForm(request.POST, project=project)
    if not form.is_valid():
        return render_project(request, project, 422, joining=form)
    user = form.cleaned_data["user"]
    project.add_member(user, form.cleaned_data["role"], by=request.user)
    messages.success(request, f"{user} is a member now, as {form.cleaned_data['role']}.")
    return redirect(project)


def edit_member(request: MemberRequest, project: Project) -> HttpResponse:
    """Give a member another role, or none."""
    key = request.POST["member"]
    member = get_object_or_404(project.memberships.select_related("user"), pk=int(key) if key.isdecimal() else 0)
    member.project = project
    form = RoleForm(request.POST, member=member)
    message = form.save(request.user) if form.is_valid() else ""
    if not message:
        return render_project(request, project, 422, changing=form)
    messages.success(request, message)
    still_sees = Project.objects.visible_to(request.user).filter(pk=project.pk).exists()
    return redirect(project if still_sees else "projects")
