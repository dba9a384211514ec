"""How one person likes to read, and the pages that explain Newsreader."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import ModelForm, modelform_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from newsreader.forms import DailyMailForm
from newsreader.http import UserRequest
from newsreader.middleware import COOKIE_NAME, PreferencesRequest
from newsreader.models import Preferences
from newsreader.views.redirects import get_next_url

COOKIE_SECONDS = 60 * 60 * 24 * 365


class AccountRequest(PreferencesRequest, UserRequest):
    """A request of a signed-in user, with how they like to read."""


PreferencesForm = modelform_factory(Preferences, fields=[*Preferences.CHOICE_FIELDS, "keys"])


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def edit_preferences(request: PreferencesRequest) -> HttpResponse:
    """Show every setting with a sample of what it does, in the menu of a page without; save what is chosen.

    It is saved in the account, or for a visitor in a cookie.
    """
    if request.htmx and request.method != "POST":
        return render(request, "_settings_form.html", {"preferences": request.preferences})
    form = PreferencesForm(request.POST if request.method == "POST" else None, instance=request.preferences)
    if form.is_valid():
        return save_preferences(request, form)
    mail_form = DailyMailForm(request.user) if request.user.is_authenticated else None
    context = {"form": form, "mail_form": mail_form, "can_mail": settings.NEWSREADER_MAIL}
    return render(request, "newsreader/preferences.html", context, status=400 if form.is_bound else 200)


def save_preferences(request: PreferencesRequest, form: "ModelForm[Any]") -> HttpResponse:
    """Save the settings, and answer htmx with nothing and everyone else with the page they came from."""
    if request.user.is_authenticated:
        form.save()
    if request.htmx:
        return set_preferences_cookie(request, form, HttpResponse(status=204))
    messages.success(request, _("Settings saved."))
    return set_preferences_cookie(request, form, redirect(get_next_url(request, reverse("preferences"))))


def set_preferences_cookie(request: PreferencesRequest, form: "ModelForm[Any]", response: HttpResponse) -> HttpResponse:
    """Return the response, for a visitor with a cookie of the settings as newsreader.middleware reads it."""
    if request.user.is_authenticated:
        return response
    values = {name: value for name, value in form.cleaned_data.items() if value and name != "keys"}
    values |= {} if form.cleaned_data["keys"] else {"keys": "off"}
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(COOKIE_NAME, urlencode(values), COOKIE_SECONDS, samesite="Lax", httponly=True, secure=secure)
    return response


@require_POST
@login_required
def set_daily_mail(request: AccountRequest) -> HttpResponse:
    """Switch the daily mail on (`daily_mail`) or off, and save the address that it goes to; without one it is off."""
    before = request.user.email
    form = DailyMailForm(request.user, {"email": before} | request.POST.dict())
    if "daily_mail" in request.POST and not settings.NEWSREADER_MAIL:
        messages.error(request, _("This site sends no e-mail."))
    elif not form.is_valid():
        context = {"form": PreferencesForm(instance=request.preferences), "mail_form": form, "can_mail": True}
        return render(request, "newsreader/preferences.html", context, status=422)
    else:
        says = _("You will get the daily mail.") if form.save() else _("You will get no daily mail.")
        messages.success(request, f"{describe_address(before, request.user.email)}{says}")
    return redirect("preferences")


def describe_address(before: str, now: str) -> str:
    """Return a sentence, with a space, on what became of an address; empty where it is the same."""
    if before == now:
        return ""
    return (_("E-mail address saved.") if now else _("E-mail address removed.")) + " "


@require_safe
def show_help(request: HttpRequest) -> HttpResponse:
    """Explain every key, and every way to highlight."""
    return render(request, "newsreader/help.html")


@require_safe
def show_about(request: HttpRequest) -> HttpResponse:
    """Say what this is, who runs it, and whose work it uses."""
    return render(request, "newsreader/about.html")
