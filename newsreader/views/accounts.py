"""Accounts: who may sign up, and what a person reads when something is wrong."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.views import password_reset
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from newsreader.views.redirects import is_address_here


class Backend(AuthenticationBackend):
    """Signs in by name or mail address; fetches each request's user together with how they like to read."""

    def get_user(self, user_id: int) -> User | None:
        users = User._default_manager.select_related("preferences")
        user = users.filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up is closed unless a setting opens it."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _(
            "Wrong user name or password. After five failed attempts, sign-in is blocked for ten minutes."
        ),
        "email_password_mismatch": _(
            "Wrong e-mail address or password. After five failed attempts, sign-in is blocked for ten minutes."
        ),
        "too_many_login_attempts": _("Too many failed attempts. Wait ten minutes, then try again."),
        "account_inactive": _("This account is disabled. Ask the administrator of this site."),
        "enter_current_password": _("This is not your current password."),
        "email_taken": _("An account with this e-mail address already exists."),
    }

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Return what failed tries are counted by: the account, whichever of its names and of the site's was used."""
        login = credentials.get("email") or credentials.get("username", "")
        users = User._default_manager.filter(Q(username__iexact=login) | Q(email__iexact=login)).order_by("pk")
        user = users.values_list("pk", flat=True).first()
        return f"user:{user}" if user else f"name:{login.lower()}"

    def is_safe_url(self, url: str | None) -> bool:
        """Return whether signing in or out may lead to this address."""
        return is_address_here(self.request, url or "")

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.NEWSREADER_SIGNUP


def request_password_reset(request: HttpRequest) -> HttpResponseBase:
    """Send a link to choose a new password; where no mail can be sent, say whom to ask."""
    if settings.NEWSREADER_MAIL:
        return password_reset(request)
    return render(request, "account/no_mail.html")


def admin_login(request: HttpRequest) -> HttpResponseBase:
    """Lead to the sign-in that everybody uses, with its pauses; refuse whoever is signed in and no curator."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next") or reverse("admin:index"))
