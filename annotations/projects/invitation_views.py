"""Invitation links: made and revoked by owners, opened by whoever has one."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.decorators import MemberRequest, project_required
from annotations.errors import InvitationClosedError, InvitationLimitError, MemberRemovedError
from annotations.models import Invitation, Project, Role
from annotations.projects.forms import TOO_MANY, InvitationForm
from annotations.projects.invitation_mail import send_invitation
from annotations.projects.member_views import render_members
from newsreader.http import Request


@require_POST
@project_required("settings")
def create_invitation(request: MemberRequest, project: Project) -> HttpResponse:
    """Make an invitation link."""
    form = InvitationForm(request.POST)
    invitation = form.create_invitation(project, request.user) if form.is_valid() else None
    if invitation is None:
        return render_members(request, project, 422, inviting=form)
    if address := form.cleaned_data.get("email"):
        report_mail(request, invitation, address)
    else:
        messages.success(request, _("The link was created. Copy it below and send it to those you invite."))
    return redirect("members", project.slug)


def report_mail(request: MemberRequest, invitation: Invitation, address: str) -> None:
    """Send the link of an invitation to an address, and say how that went."""
    link = request.build_absolute_uri(invitation.get_absolute_url())
    if send_invitation(invitation, link, address):
        messages.success(request, _("The link was created and sent to %(address)s.") % {"address": address})
    else:
        messages.error(
            request, _("The link was created, but the mail was not sent. Copy it below and send it yourself.")
        )


@require_POST
@project_required("settings")
def revoke_invitation(request: MemberRequest, project: Project, pk: int) -> HttpResponse:
    """End an invitation link."""
    invitation = get_object_or_404(project.invitations, pk=pk)
    invitation.revoke(by=request.user)
    messages.success(request, _("The link can no longer be used."))
    return redirect("members", project.slug)


@require_POST
@project_required("settings")
def renew_invitation(request: MemberRequest, project: Project, pk: int) -> HttpResponse:
    """Make a new link like one that ended."""
    invitation = get_object_or_404(project.invitations, pk=pk)
    if invitation.state == "open":
        messages.error(request, _("Only a link that ended is created again."))
        return redirect("members", project.slug)
    try:
        invitation.renew(by=request.user)
    except InvitationLimitError:
        messages.error(request, TOO_MANY)
    else:
        text = _("A new link for %(role)s was created. Copy it below and send it to those you invite.")
        messages.success(request, text % {"role": Role(invitation.role).noun})
    return redirect("members", project.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def join_project(request: Request, token: str) -> HttpResponseBase:
    """Show what an invitation is to; sent, make the user a member of the project."""
    invitation = get_object_or_404(Invitation.objects.select_related("project", "made_by"), token=token)
    user = request.user
    if request.method != "POST":
        return render_invitation(request, invitation)
    if not user.is_authenticated:
        return redirect_to_login(request.path)
    try:
        joined = invitation.accept(user)
    except (InvitationClosedError, MemberRemovedError):
        return render_invitation(request, invitation, 409)
    project = invitation.project
    text = _("You joined “%(project)s” as %(role)s.") if joined else _("You are already a member of “%(project)s”.")
    messages.success(request, text % {"project": project, "role": Role(invitation.role).noun})
    return redirect(project)


def render_invitation(request: Request, invitation: Invitation, status: int = 200) -> HttpResponse:
    """Return the page of an invitation, which says why where it cannot be used."""
    user, project = request.user, invitation.project
    is_member = user.is_authenticated and project.memberships.filter(user=user).exists()
    was_removed = user.is_authenticated and not is_member and project.was_removed(user)
    context = {
        "invitation": invitation,
        "is_open": invitation.state == "open" and not project.archived_at and not was_removed,
        "is_member": is_member,
        "was_removed": was_removed,
        "role": Role(invitation.role).noun,
        "owners": project.list_members_allowed("manage"),
    }
    response = render(request, "annotations/projects/join.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
