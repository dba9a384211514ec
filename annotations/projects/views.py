"""Projects: their list, what one is about, and who belongs to it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.decorators import MemberRequest, ProjectRequest, project_required
from annotations.errors import LastOwnerError, StaleError
from annotations.models import Membership, Project, Role
from annotations.passages.usage_queries import (
    list_memberships,
    list_open_projects,
    load_latest_passages,
    load_most_used_tags,
)
from annotations.projects.forms import LAST_OWNER, MemberForm, ProjectForm, RoleForm
from newsreader.http import Request
from newsreader.views.redirects import get_next_url

MAX_TAGS = 12  # that the overview lists
MAX_SWITCHES = 12  # projects that the switcher in the header lists
SECTION_URLS = {name: name for name in ("passages", "desk", "charts", "changed")} | {"codebook": "tags"}


@require_http_methods(["GET", "HEAD", "POST"])
def list_projects(request: Request) -> HttpResponseBase:
    """List the reader's projects and the public ones; sent, the form makes a new one."""
    user = request.user
    if request.method == "POST" and not user.is_authenticated:
        return redirect_to_login(request.path)
    form = ProjectForm(request.POST if request.method == "POST" else None)
    if user.is_authenticated and form.is_valid():
        project = form.create_project(user)
        message = _("“%(project)s” was created and is now your current project.")
        messages.success(request, message % {"project": project})
        return redirect(project)
    if request.htmx and "switch" in request.GET:
        return show_switches(request)
    context = {"own": list_memberships(user), "others": list_open_projects(user), "form": form}
    return render(request, "annotations/projects/projects.html", context, status=422 if form.is_bound else 200)


def show_switches(request: Request) -> HttpResponse:
    """Show the reader's other projects, each with a button that switches to it: what the header's menu loads when it opens."""
    response = render(request, "annotations/projects/_switches.html", {"switches": list_switches(request)})
    patch_vary_headers(response, ["HX-Request"])
    return response


def list_switches(request: Request) -> list[tuple[Project, str]]:
    """Return the reader's other projects, used last first, each with where to go on in it: in the same section as here."""
    user, section = request.user, request.GET["switch"]
    if not user.is_authenticated:
        return []
    others = user.memberships.exclude(project__slug=request.GET.get("current", "")).select_related("project")
    projects = [membership.project for membership in others.order_by("-used_at")[:MAX_SWITCHES]]
    if section == "library":
        return [(project, request.GET.get("from", "")) for project in projects]
    name = SECTION_URLS.get(section, "project")
    return [(project, reverse(name, args=[project.slug])) for project in projects]


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
    messages.success(request, _("Saved."))
    return redirect(project)


def render_project(
    request: ProjectRequest | MemberRequest, project: Project, status: int = 200, **refused: Any
) -> HttpResponse:
    """Return the overview, with what the owner sent where it could not be kept: `form`, `joining` or `changing`."""
    context = {
        "project": project,
        "members": project.memberships.select_related("user").order_by("user__username"),
        "tags": load_most_used_tags(project, request.user)[:MAX_TAGS],
        "base": reverse("passages", args=[project.slug]),
        "latest": load_latest_passages(project, request.user),
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
    messages.success(request, _("“%(project)s” is now your current project.") % {"project": project})
    return redirect(get_next_url(request, reverse("library")))


@require_http_methods(["GET", "HEAD", "POST"])
@project_required("manage")
def edit_members(request: MemberRequest, project: Project) -> HttpResponse:
    """Show the members with the project; sent, add one, or give one (`member` is the key) another role."""
    if request.method != "POST":
        return render_project(request, project)
    if "member" in request.POST:
        return change_role(request, project)
    form = MemberForm(request.POST, project=project)
    if not form.is_valid():
        return render_project(request, project, 422, joining=form)
    user = form.cleaned_data["user"]
    project.add_member(user, form.cleaned_data["role"], by=request.user)
    values = {"user": user, "role": Role(form.cleaned_data["role"]).label}
    messages.success(request, _("%(user)s was added as %(role)s.") % values)
    return redirect(project)


def change_role(request: MemberRequest, project: Project) -> HttpResponse:
    """Give a member another role."""
    member = get_member(project, request.POST["member"])
    form = RoleForm(request.POST, member=member)
    if not (form.is_valid() and form.save(request.user)):
        return render_project(request, project, 422, changing=form)
    values = {"user": member.user, "role": member.get_role_display()}
    messages.success(request, _("%(user)s is now %(role)s of the project.") % values)
    return redirect(project)


def get_member(project: Project, key: str) -> Membership:
    """Return the membership of the project with this key; Http404 where there is none."""
    memberships = project.memberships.select_related("user")
    member = get_object_or_404(memberships, pk=int(key) if key.isdecimal() else 0)
    member.project = project
    return member


@require_http_methods(["GET", "HEAD", "POST"])
@project_required("manage", methods=("GET", "HEAD", "POST"))
def remove_member(request: MemberRequest, project: Project, pk: int) -> HttpResponse:
    """Ask whether to remove the member, and say what becomes of the highlights; sent, do it."""
    member = get_member(project, str(pk))
    if request.method != "POST":
        return render_removal(request, member)
    try:
        member.remove(by=request.user)
    except LastOwnerError:
        return render_removal(request, member, 422)
    messages.success(request, _("%(name)s was removed.") % {"name": member.user})
    still_sees = Project.objects.visible_to(request.user).filter(pk=project.pk).exists()
    return redirect(project if still_sees else "projects")


def render_removal(request: MemberRequest, member: Membership, status: int = 200) -> HttpResponse:
    """Return the page that asks whether to remove a member."""
    project = member.project
    context = {
        "project": project,
        "member": member,
        "is_self": member.user == request.user,
        "number": project.highlights.standing().filter(author=member.user).count(),
        "wrong": LAST_OWNER if status == 422 else "",
    }
    return render(request, "annotations/projects/member_remove.html", context, status=status)
