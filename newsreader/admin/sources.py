"""Sources in the admin."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsreader.admin.site_rules import edit_rules
from newsreader.models import Source
from newsreader.models.source import find_free_slug


class SourceForm(forms.ModelForm):
    """A source, whose name no other of the library has, or of the same scope."""

    class Meta:
        model = Source
        fields = ["name", "host", "about"]

    def clean_name(self) -> str:
        """Refuse the name of another source."""
        name = self.cleaned_data["name"]
        if Source.objects.exclude(pk=self.instance.pk).filter(scope=self.instance.scope, name=name).exists():
            raise forms.ValidationError(gettext("There is a source of this name already."))
        return name


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    form = SourceForm
    curator_permissions = ["view", "add", "change"]
    list_display = ["name", "host", "articles"]
    search_fields = ["name", "host"]
    fields = ["name", "host", "about", "slug"]
    readonly_fields = ["slug"]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return super().get_queryset(request).annotate(number=Count("articles"))

    def get_urls(self) -> Any:
        """Return the addresses, with that of the rules for the pages of a source."""
        rules = self.admin_site.admin_view(partial(edit_rules, self))
        return [path("<path:object_id>/rules/", rules, name="newsreader_source_rules"), *super().get_urls()]

    @admin.display(description=_("articles"), ordering="number")
    def articles(self, source: Any) -> int:
        return source.number

    def view_on_site(self, source: Source) -> str:
        return source.get_absolute_url()

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: bool) -> None:
        """Give a new source a slug, and save it."""
        obj.slug = obj.slug or find_free_slug(Source.objects, obj.name)
        super().save_model(request, obj, form, change)
