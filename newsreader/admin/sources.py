"""The outlets."""

from django.contrib import admin
from django.db.models import Count

from newsreader.models import Source
from newsreader.models.source import find_free_slug


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    curator_permissions = ["view", "add", "change"]
    list_display = ["name", "host", "articles"]
    search_fields = ["name", "host"]
    fields = ["name", "host", "about", "slug"]
    readonly_fields = ["slug"]
    list_per_page = 50

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(number=Count("articles"))

    @admin.display(ordering="number")
    def articles(self, source):
        return source.number

    def view_on_site(self, source):
        return source.get_absolute_url()

    def save_model(self, request, source, form, change):
        source.slug = source.slug or find_free_slug(Source.objects, source.name)
        super().save_model(request, source, form, change)
