"""Who belongs to a project: roles, removing and restoring members, leaving, handing over."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.decorators import MemberRequest, ProjectRequest, project_required
from annotations.errors import LastOwnerError, MemberGoneError
from annotations.models import Highlight, Membership, Project, Role
from annotations.projects.forms import GONE, LAST_OWNER, HandOverForm, InvitationForm, MemberForm, RoleForm


@require_http_methods(["GET", "HEAD", "POST"])
@project_required("manage")
def edit_members(request: MemberRequest, project: Project) -> HttpResponse:
    """Show the members; sent, add one, or give one (`member` is the key) another role."""
    if request.method != "POST":
        return render_members(request, project)
    if "member" in request.POST:
        return change_role(request, project)
    form = MemberForm(request.POST, project=project)
    if not (form.is_valid() and form.save(request.user)):
        return render_members(request, project, 422, joining=form)
    values = {"user": form.cleaned_data["user"], "role": Role(form.cleaned_data["role"]).noun}
    messages.success(request, _("%(user)s was added as %(role)s.") % values)
    return redirect("members", project.slug)


def render_members(
    request: ProjectRequest | MemberRequest, project: Project, status: int = 200, **refused: Any
) -> HttpResponse:
    """Return the page of members, with the form that could not be kept: `joining`, `changing`, `inviting`."""
    may_manage, members = project.allows("manage"), list_members(request, project)
    context = {
        "project": project,
        "members": members,
        "former": project.list_former_members() if may_manage else [],
        "invitations": list_invitations(request, project) if may_manage else [],
        "joining": MemberForm(project=project),
        "inviting": InvitationForm(),
        "handing_over": HandOverForm(owner=project.membership) if project.membership else None,
        "changing": None,
        "roles": Role.values,
        "may_manage": may_manage,
        "may_invite": project.allows("settings"),
        "may_leave": not is_only_owner(project, members),
    }
    return render(request, "annotations/projects/members.html", context | refused, status=status)


def list_members(request: ProjectRequest | MemberRequest, project: Project) -> list[tuple[Membership, int]]:
    """Return the memberships, each with the number of its highlights that the reader can open."""
    readable = Highlight.objects.readable_by(request.user, project)
    numbers = dict(readable.order_by().values_list("author").annotate(Count("pk")))
    members = project.memberships.select_related("user").order_by("user__username")
    return [(member, numbers.get(member.user_id, 0)) for member in members]


def is_only_owner(project: Project, members: list[tuple[Membership, int]]) -> bool:
    """Return whether the project's reader is the only owner among its members."""
    return project.role == Role.OWNER and sum(member.role == Role.OWNER for member, _number in members) == 1


def list_invitations(request: ProjectRequest | MemberRequest, project: Project) -> list[tuple[str, Any]]:
    """Return the invitations of a project with their links, with who made and who used them, those that can be used first."""
    invitations = project.invitations.select_related("made_by").prefetch_related("used_by")
    ordered = sorted(invitations, key=lambda invitation: invitation.state != "open")
    return [(request.build_absolute_uri(invitation.get_absolute_url()), invitation) for invitation in ordered]


def change_role(request: MemberRequest, project: Project) -> HttpResponse:
    """Give a member another role."""
    member = get_member(project, request.POST["member"])
    form = RoleForm(request.POST, member=member)
    if not (form.is_valid() and form.save(request.user)):
        return render_members(request, project, 422, changing=form)
    values = {"user": member.user, "role": Role(member.role).noun}
    messages.success(request, _("%(user)s is now %(role)s of the project.") % values)
    return redirect("members", project.slug)


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
    return end_membership(request, get_member(project, str(pk)))


@require_http_methods(["GET", "HEAD", "POST"])
@project_required("read", methods=("GET", "HEAD", "POST"))
def leave_project(request: MemberRequest, project: Project) -> HttpResponse:
    """Ask whether to leave the project; sent, do it."""
    return end_membership(request, get_own_membership(request, project))


def get_own_membership(request: MemberRequest, project: Project) -> Membership:
    """Return the membership of who asks."""
    member = project.memberships.select_related("user").get(user=request.user)
    member.project = project
    return member


def end_membership(request: MemberRequest, member: Membership) -> HttpResponse:
    """Ask, or, sent, end the membership."""
    project = member.project
    if request.method != "POST":
        return render_removal(request, member)
    try:
        member.remove(by=request.user)
    except LastOwnerError:
        return render_removal(request, member, 422)
    except MemberGoneError:
        messages.warning(request, GONE)
        return redirect("projects") if member.user == request.user else redirect("members", project.slug)
    if member.user == request.user:
        messages.success(request, _("You left “%(project)s”.") % {"project": project})
        still_sees = Project.objects.visible_to(request.user).filter(pk=project.pk).exists()
        return redirect(project if still_sees else "projects")
    text = _("%(name)s was removed. You can restore the membership below.") % {"name": member.user}
    messages.success(request, text)
    return redirect("members", project.slug)


def render_removal(request: MemberRequest, member: Membership, status: int = 200) -> HttpResponse:
    """Return the page that asks whether to remove a member."""
    project = member.project
    context = {
        "project": project,
        "member": member,
        "is_self": member.user == request.user,
        "number": Highlight.objects.standing_in(project).filter(author=member.user).count(),
        "wrong": LAST_OWNER if status == 422 else "",
    }
    return render(request, "annotations/projects/member_remove.html", context, status=status)


@require_POST
@project_required("manage")
def restore_member(request: MemberRequest, project: Project) -> HttpResponse:
    """Give a former member (`user` is the key) their role again."""
    key = request.POST.get("user", "")
    former = {str(member.user.pk): member.user for member in project.list_former_members()}
    if key not in former:
        raise Http404
    membership = project.restore_member(former[key], by=request.user)
    values = {"user": membership.user, "role": Role(membership.role).noun}
    messages.success(request, _("%(user)s is a member again, as %(role)s.") % values)
    return redirect("members", project.slug)


@require_POST
@project_required("manage")
def hand_over(request: MemberRequest, project: Project) -> HttpResponse:
    """Make another member (`member` is the key) the owner; whoever was it stays as a curator."""
    form = HandOverForm(request.POST, owner=get_own_membership(request, project))
    if not (form.is_valid() and form.save()):
        return render_members(request, project, 422, handing_over=form)
    values = {"user": form.cleaned_data["member"].user}
    messages.success(request, _("%(user)s is now an owner of the project, and you are a curator.") % values)
    return redirect("members", project.slug)
