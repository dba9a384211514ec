"""Projects: their list, what one is about, and who belongs to it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.decorators import MemberRequest, ProjectRequest, project_required
from annotations.errors import StaleError
from annotations.models import Assignment, Project, Role
from annotations.models.project import with_guest, with_role
from annotations.passages.usage_queries import (
    count_tags,
    list_memberships,
    list_open_projects,
    load_latest_passages,
    load_most_used_tags,
)
from annotations.projects.forms import ProjectForm, combine_with_saved
from newsreader.http import Request
from newsreader.users import AnyUser
from newsreader.views.redirects import get_next_url

MAX_TAGS = 12  # that the overview lists
MAX_TO_READ = 5  # assigned articles that it lists
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
    memberships, others = load_listed_projects(user)
    context = {
        "own": [membership for membership in memberships if not membership.project.archived_at],
        "archived": [membership for membership in memberships if membership.project.archived_at],
        "others": others,
        "form": form,
    }
    return render(request, "annotations/projects/projects.html", context, status=422 if form.is_bound else 200)


def load_listed_projects(user: AnyUser) -> tuple[list[Any], list[Any]]:
    """Return the user’s memberships and the other public projects, with what is in them for this user."""
    memberships: list[Any] = list(list_memberships(user))
    others: list[Any] = list(list_open_projects(user))
    for membership in memberships:
        membership.terms = count_tags(with_role(membership), membership.terms)
    for project in others:
        project.terms = count_tags(with_guest(project, user), project.terms)
    return memberships, others


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
    others = user.memberships.filter(project__archived_at=None).select_related("project")
    others = others.exclude(project__slug=request.GET.get("current", ""))
    projects = [membership.project for membership in others.order_by("-used_at")[:MAX_SWITCHES]]
    if section == "library":
        return [(project, request.GET.get("from", "")) for project in projects]
    name = SECTION_URLS.get(section, "project")
    return [(project, reverse(name, args=[project.slug])) for project in projects]


@require_http_methods(["GET", "HEAD", "POST"])
@project_required("settings")
def show_project(request: MemberRequest, project: Project) -> HttpResponse:
    """Show what the project is about, who belongs to it, and what was done last; its owner edits the words.

    A stale edit is shown beside what somebody else wrote, and not kept; with `combine` both in one form.
    """
    if request.method != "POST":
        return render_project(request, project)
    if "combine" in request.POST:
        return render_project(request, project, form=ProjectForm(combine_with_saved(project, request.POST)))
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
    """Return the overview, with what the owner sent where it could not be kept, as `form`."""
    context: dict[str, Any] = {
        "project": project,
        "members": project.memberships.select_related("user").order_by("user__username"),
        "tags": load_most_used_tags(project, request.user)[:MAX_TAGS],
        "base": reverse("passages", args=[project.slug]),
        "latest": load_latest_passages(project, request.user),
        "to_read": Assignment.objects.list_to_read(project)[:MAX_TO_READ] if project.has_assignments else [],
        "form": ProjectForm(instance=project),
        "theirs": None,
        "role": Role(project.role).noun if project.role else "",
        "may_manage": project.allows("manage"),
        "may_edit": project.allows("settings"),
        "may_highlight": project.allows("highlight"),
        "in_use": is_in_use(request, project),
    }
    context |= refused
    has_seen = context["form"].is_bound and not context["theirs"]
    context["imprint"] = context["form"].data.get("imprint") if has_seen else project.fingerprint
    return render(request, "annotations/projects/project.html", context, status=status)


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
