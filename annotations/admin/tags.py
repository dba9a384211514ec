"""Tags in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from annotations.admin.scoped_admin import ScopedAdmin, select_counted_highlights
from annotations.models import HighlightTag, Tag

TAGGED_PASSAGES = HighlightTag.objects.filter(
    tag=OuterRef("pk"), highlight__deleted_at=None, highlight__adjudication=None
).order_by()


@admin.register(Tag)
class TagAdmin(ScopedAdmin):
    """Tags can be searched and read here; the codebook's own page edits them, and knows what becomes of the highlights."""

    curator_permissions = ["view"]
    list_display = ["name", "line", "project", "status", "heading_only", "carrying"]
    list_filter = [("project", admin.RelatedOnlyFieldListFilter), "status", "heading_only", "colour"]
    list_select_related = ["project"]
    search_fields = ["name", "definition"]
    readonly_fields = fields = (
        *("name", "line", "status", "heading_only", "project", "parent"),
        *("definition", "use_for", "not_for"),
    )
    list_per_page = 100

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return the tags with the number of their highlights."""
        passages = TAGGED_PASSAGES
        if not request.user.is_superuser:
            passages = passages.filter(highlight__in=select_counted_highlights(request.user).values("pk"))
        number = passages.values("tag").annotate(number=Count("pk")).values("number")
        return super().get_queryset(request).annotate(number=Coalesce(Subquery(number), 0))

    @admin.display(description=_("line"), ordering="colour")
    def line(self, tag: Tag) -> str:
        return format_html('<span class="stroke hue-{}"></span> {}', tag.colour, tag.get_colour_display())

    @admin.display(description=_("highlights"), ordering="number")
    def carrying(self, tag: Any) -> int:
        return tag.number

    def view_on_site(self, tag: Tag) -> str:
        return tag.get_absolute_url()
