"""Accounts: who may sign up, and what a person reads when something is wrong."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.views import password_reset
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

PAUSE_SENTENCE = "After five failed tries there is a pause of ten minutes."


class Backend(AuthenticationBackend):
    """Signs in by name or mail address; fetches each request's user together with how they like to read."""

    def get_user(self, user_id: int) -> User | None:
        users = User._default_manager.select_related("preferences")
        user = users.filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up is closed unless a setting opens it."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": f"That name and password do not belong together. {PAUSE_SENTENCE}",
        "email_password_mismatch": f"That address and password do not belong together. {PAUSE_SENTENCE}",
        "too_many_login_attempts": "Too many tries failed. Wait ten minutes, then try again.",
        "account_inactive": "This account is switched off. Ask whoever runs this copy of Newsreader.",
        "enter_current_password": "This is not your present password.",
        "email_taken": "An account with this mail address is here already.",
    }

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
