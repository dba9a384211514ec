"""What signing in and signing up do to projects."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from annotations.errors import InvitationClosedError
from annotations.models import Invitation, Project, Role
from newsreader.views.accounts import AccountAdapter as ReaderAccountAdapter
from newsreader.views.redirects import get_next_url


class AccountAdapter(ReaderAccountAdapter):
    """Gives everyone a project of their own when they first sign in, and opens sign-up to those who are invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return whether whoever asks may create an account: on an open site, or on the way to an invitation."""
        request.invitation = find_invitation(request)  # type: ignore[attr-defined]  # which the page names
        return super().is_open_for_signup(request) or request.invitation is not None  # type: ignore[attr-defined]

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Make the user's project where there is none; a new user joins the project to which they were invited."""
        Project.objects.personal_project(user)
        response = super().post_login(request, user, **kwargs)
        invitation = find_invitation(request) if kwargs.get("signup") else None
        if invitation is None:
            return response
        with suppress(InvitationClosedError):
            invitation.accept(user)
            text = _("You joined “%(project)s” as %(role)s.")
            messages.success(request, text % {"project": invitation.project, "role": Role(invitation.role).noun})
            return redirect(invitation.project)
        return response


def find_invitation(request: HttpRequest) -> Invitation | None:
    """Return the open invitation whose page the request leads to next."""
    try:
        match = resolve(get_next_url(request, "/").partition("?")[0])
    except Resolver404:
        return None
    if match.url_name != "join":
        return None
    return Invitation.objects.open().select_related("project").filter(token=match.kwargs["token"]).first()
