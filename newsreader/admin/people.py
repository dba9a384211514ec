"""Accounts: as little of a person as the work needs, and who curates."""

from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_permission_codename, get_user_model
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

User = get_user_model()
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
    def make_curators(self, request, people):
        with transaction.atomic():
            get_curator_group().user_set.add(*people)
            number = people.update(is_staff=True)
        self.message_user(
            request, f"{number} may now curate: keep articles and sources, and look into public projects."
        )

    @admin.action(description="Let them curate no more", permissions=["change"])
    def dismiss_curators(self, request, people):
        with transaction.atomic():
            get_curator_group().user_set.remove(*people)
            number = people.exclude(is_superuser=True).update(is_staff=False)
        self.message_user(request, f"{number} may curate no more.")


@admin.register(Group)
class PlainGroupAdmin(GroupAdmin):
    filter_horizontal = []


def get_curator_group() -> Group:
    """The group of those who curate, with at least the permissions that the admins name in `curator_permissions`."""
    group = Group.objects.get_or_create(name="Curators")[0]
    group.permissions.add(*Permission.objects.filter(build_curator_permissions()))
    return group


def build_curator_permissions() -> Q:
    """The condition on permissions that every registered admin's `curator_permissions` makes."""
    wanted = Q(pk=None)
    for model in filter(admin.site.is_registered, apps.get_models()):
        acts = getattr(admin.site.get_model_admin(model), "curator_permissions", [])
        names = [get_permission_codename(act, model._meta) for act in acts]
        wanted |= Q(content_type__app_label=model._meta.app_label, codename__in=names)
    return wanted
