"""The terms of all codebooks."""

from django.contrib import admin
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.html import format_html

from annotations.admin.scoped_admin import ReachAdmin
from annotations.models import HighlightTag, Tag

CARRYING = HighlightTag.objects.filter(tag=OuterRef("pk"), highlight__deleted_at=None).order_by()


@admin.register(Tag)
class TagAdmin(ReachAdmin):
    """To be found and read here; a codebook's own page changes it, and knows what becomes of the highlights."""

    curator_permissions = ["view"]
    list_display = ["name", "line", "project", "status", "carrying"]
    list_filter = [("project", admin.RelatedOnlyFieldListFilter), "status", "colour"]
    list_select_related = ["project"]
    search_fields = ["name", "definition"]
    fields = ["name", "line", "status", "project", "parent", "definition", "use_for", "not_for"]
    readonly_fields = fields
    list_per_page = 100

    def has_change_permission(self, request, tag=None):
        return False

    def get_queryset(self, request):
        number = CARRYING.values("tag").annotate(number=Count("pk")).values("number")
        return super().get_queryset(request).annotate(number=Coalesce(Subquery(number), 0))

    @admin.display(ordering="colour")
    def line(self, tag):
        return format_html('<span class="stroke hue-{}"></span> {}', tag.colour, tag.get_colour_display())

    @admin.display(description="highlights", ordering="number")
    def carrying(self, tag):
        return tag.number

    def view_on_site(self, tag):
        return tag.get_absolute_url()
