"""Projects: whose highlights one reads, who belongs, and what they are about."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from annotations.decorators import project_required
from annotations.errors import StaleError
from annotations.models import Project, Role
from annotations.passages.usage_queries import latest_of, memberships_of, most_used, open_to
from annotations.projects.forms import MemberForm, ProjectForm, RoleForm
from newsreader.views.redirects import next_of


@require_http_methods(["GET", "HEAD", "POST"])
def index(request):
    """The reader's projects and the public ones; sent, the form begins a new one."""
    user = request.user
    if request.method == "POST" and not user.is_authenticated:
        return redirect_to_login(request.path)
    form = ProjectForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        project = form.begin(user)
        messages.success(request, f"“{project}” is begun, and what you highlight now is kept in it.")
        return redirect(project)
    context = {"own": memberships_of(user), "others": open_to(user), "form": form}
    return render(request, "annotations/projects/projects.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@project_required("manage")
def overview(request, project):
    """What the project is about, who belongs to it, and what was done last; its owner edits the words."""
    if request.method != "POST":
        return shown(request, project)
    form = ProjectForm(request.POST)
    if not form.is_valid():
        return shown(request, project, form=form, status=422)
    given = form.cleaned_data
    try:
        project.edit(given.pop("imprint"), by=request.user, **given)
    except StaleError:
        return shown(request, project, form=form, theirs=project, status=409)
    messages.success(request, "Saved.")
    return redirect(project)


def shown(request, project, *, form=None, joining=None, changing=None, theirs=None, status: int = 200):
    """The overview, with what the owner sent where it could not be kept."""
    context = {
        "project": project,
        "members": project.memberships.select_related("user").order_by("user__username"),
        "tags": most_used(project)[:12],
        "base": reverse("passages", args=[project.slug]),
        "latest": latest_of(project),
        "form": form or ProjectForm(instance=project),
        "joining": joining or MemberForm(project=project),
        "changing": changing,
        "theirs": theirs,
        "roles": Role.values,
        "may_manage": project.allows("manage"),
        "may_highlight": project.allows("highlight"),
        "in_use": project.membership and request.user.memberships.latest("used_at") == project.membership,
    }
    return render(request, "annotations/projects/project.html", context, status=status)


@require_POST
@project_required("read")
def use(request, project):
    """Makes it the project that the reader works in."""
    project.membership.make_current()
    messages.success(request, f"You now work in “{project}”.")
    return redirect(next_of(request, reverse("library")))


@require_POST
@project_required("manage")
def members(request, project):
    """Adds a member, or changes or ends a membership (`member` is its key, `role` its new role)."""
    if "member" in request.POST:
        return changed(request, project)
    form = MemberForm(request.POST, project=project)
    if not form.is_valid():
        return shown(request, project, joining=form, status=422)
    user = form.cleaned_data["user"]
    project.add_member(user, form.cleaned_data["role"], by=request.user)
    messages.success(request, f"{user} is a member now, as {form.cleaned_data['role']}.")
    return redirect(project)


def changed(request, project):
    """Another role for a member, or none."""
    key = request.POST["member"]
    member = get_object_or_404(project.memberships.select_related("user"), pk=int(key) if key.isdecimal() else 0)
    member.project = project
    form = RoleForm(request.POST, member=member)
    words = form.save(request.user) if form.is_valid() else ""
    if not words:
        return shown(request, project, changing=form, status=422)
    messages.success(request, words)
    return redirect(project if Project.objects.visible_to(request.user).filter(pk=project.pk).exists() else "projects")
