"""Which rows of projects a curator sees."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from annotations.models import Highlight, Project
from annotations.models.access import PEOPLE
from annotations.models.highlight import HighlightQuerySet
from newsreader.users import AnyUser


def select_counted_highlights(user: AnyUser) -> HighlightQuerySet:
    """Return the standing highlights of people that counts in the admin include: for curators those that they may see."""
    highlights = Highlight.objects.standing() if user.is_superuser else Highlight.objects.visible_to(user)
    return highlights.in_layer(PEOPLE).order_by()


class ScopedAdmin(admin.ModelAdmin):
    """Rows of projects: superusers see all, curators those of the projects that they may see. None is made or deleted here."""

    projects_lookup = "project__in"

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the rows that the curator may see."""
        rows: QuerySet = super().get_queryset(request)
        if request.user.is_superuser:
            return rows
        return rows.filter(**{self.projects_lookup: Project.objects.visible_to(request.user)})

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
