"""Accounts: as little of a person as the work needs, and who curates."""

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import ReadOnlyPasswordHashField, ReadOnlyPasswordHashWidget, UserChangeForm
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group, Permission, User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

GROUP_NAME = "Curators"
MAX_NAMES = 200  # of the people of a group

admin.site.unregister([User, Group, EmailAddress])


class PasswordWidget(ReadOnlyPasswordHashWidget):
    """Whether there is a password, in words: how it is stored is nothing that people need to know."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Return what the widget shows."""
        context = super().get_context(name, value, attrs)
        is_set = value and not value.startswith(UNUSABLE_PASSWORD_PREFIX)
        label = gettext("A password is set. Nobody can read it.") if is_set else gettext("No password is set.")
        return context | {"summary": [{"label": label}]}


class AccountForm(UserChangeForm):
    """An account, without the parts of its password."""

    password = ReadOnlyPasswordHashField(label=_("Password"), widget=PasswordWidget)


class PersonForm(AccountForm):
    """An account with a tick that makes its owner a curator, for superusers."""

    curator = forms.BooleanField(
        label=_("Curator"),
        required=False,
        help_text=_("Can add and correct articles and sources, and view public projects. Sets staff status."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["curator"] = self.instance.is_staff and self.instance.groups.filter(name=GROUP_NAME).exists()


@admin.register(User)
class PersonAdmin(UserAdmin):
    form = AccountForm
    list_display = ["username", "is_active", "is_staff", "is_superuser", "last_login"]
    list_filter = ["is_active", "is_staff", "is_superuser", "groups"]
    search_fields = ["username", "email"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password", "email"]}),
        (_("Access"), {"fields": ["is_active"]}),
        (_("Other rights"), {"fields": ["is_staff", "is_superuser", "groups"], "classes": ["collapse"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    filter_horizontal = []
    actions = ["make_curators", "dismiss_curators"]

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        """Return the form, with the tick for curators where a superuser asks."""
        form = {"form": PersonForm} if obj and self.has_curating_permission(request) else {}
        return super().get_form(request, obj, change=change, **form | kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Return the fields, with the tick for curators first among those of access where a superuser asks."""
        fieldsets = super().get_fieldsets(request, obj)
        if not obj or not self.has_curating_permission(request):
            return fieldsets
        account, (title, access), *rest = fieldsets
        return [account, (title, {"fields": ["curator", *access["fields"]]}), *rest]

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """Save the groups, then make the person a curator, or none, where the tick changed."""
        super().save_related(request, form, formsets, change)
        if "curator" in form.changed_data:
            set_curating = grant_curating if form.cleaned_data["curator"] else revoke_curating
            set_curating(User.objects.filter(pk=form.instance.pk))

    def has_curating_permission(self, request: HttpRequest) -> bool:
        """Return whether whoever asks may say who curates."""
        return request.user.is_superuser

    @admin.action(description=_("Make curators"), permissions=["curating"])
    def make_curators(self, request: HttpRequest, people: QuerySet[User]) -> None:
        number = grant_curating(people)
        message = ngettext(
            "%(number)s account can now curate articles and sources and view public projects.",
            "%(number)s accounts can now curate articles and sources and view public projects.",
            number,
        )
        self.message_user(request, message % {"number": number})

    @admin.action(description=_("Remove curator rights"), permissions=["curating"])
    def dismiss_curators(self, request: HttpRequest, people: QuerySet[User]) -> None:
        number = revoke_curating(people)
        message = ngettext(
            "%(number)s account is no longer curating.", "%(number)s accounts are no longer curating.", number
        )
        self.message_user(request, message % {"number": number})


@admin.register(Group)
class PlainGroupAdmin(GroupAdmin):
    fieldsets = [
        (None, {"fields": ["name", "people"]}),
        (_("Other rights"), {"fields": ["permissions"], "classes": ["collapse"]}),
    ]
    readonly_fields = ["people"]
    filter_horizontal = []

    @admin.display(description=_("people"))
    def people(self, group: Group) -> str:
        names = [user.get_username() for user in group.user_set.order_by("username")[:MAX_NAMES]] if group.pk else []
        return ", ".join(names) or gettext("Nobody")


@transaction.atomic
def grant_curating(people: QuerySet[User]) -> int:
    """Make people curators, who are staff, and return how many they are."""
    get_curator_group().user_set.add(*people)
    return people.update(is_staff=True)


@transaction.atomic
def revoke_curating(people: QuerySet[User]) -> int:
    """Make people curators no more, and return how many left the staff: superusers stay."""
    get_curator_group().user_set.remove(*people)
    return people.exclude(is_superuser=True).update(is_staff=False)


def get_curator_group() -> Group:
    """Return the group of those who curate, with at least the permissions that the admins name in `curator_permissions`."""
    group = Group.objects.get_or_create(name=GROUP_NAME)[0]
    group.permissions.add(*Permission.objects.filter(build_curator_permissions()))
    return group


def build_curator_permissions() -> Q:
    """Return the condition on permissions that every registered admin's `curator_permissions` make."""
    condition = Q(pk=None)
    for model in filter(admin.site.is_registered, apps.get_models()):
        actions = getattr(admin.site.get_model_admin(model), "curator_permissions", [])
        names = [get_permission_codename(action, model._meta) for action in actions]
        condition |= Q(content_type__app_label=model._meta.app_label, codename__in=names)
    return condition
