"""Accounts: as little of a person as the work needs, and who curates."""

from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest

admin.site.unregister([User, Group, EmailAddress])


@admin.register(User)
class PersonAdmin(UserAdmin):
    list_display = ["username", "is_active", "is_staff", "is_superuser", "last_login"]
    list_filter = ["is_active", "is_staff", "is_superuser", "groups"]
    search_fields = ["username", "email"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password", "email"]}),
        ("Access", {"fields": ["is_active", "is_staff", "is_superuser", "groups"]}),
        ("Dates", {"fields": ["last_login", "date_joined"]}),
    ]
    filter_horizontal = []
    actions = ["make_curators", "dismiss_curators"]

    @admin.action(description="Make curators", permissions=["change"])
    def make_curators(self, request: HttpRequest, people: QuerySet[User]) -> None:
        with transaction.atomic():
            get_curator_group().user_set.add(*people)
            number = people.update(is_staff=True)
        self.message_user(
            request, f"{number} may now curate: keep articles and sources, and look into public projects."
        )

    @admin.action(description="Let them curate no more", permissions=["change"])
    def dismiss_curators(self, request: HttpRequest, people: QuerySet[User]) -> None:
        with transaction.atomic():
            get_curator_group().user_set.remove(*people)
            number = people.exclude(is_superuser=True).update(is_staff=False)
        self.message_user(request, f"{number} may curate no more.")


@admin.register(Group)
class PlainGroupAdmin(GroupAdmin):
    filter_horizontal = []


def get_curator_group() -> Group:
    """Return the group of those who curate, with at least the permissions that the admins name in `curator_permissions`."""
    group = Group.objects.get_or_create(name="Curators")[0]
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
