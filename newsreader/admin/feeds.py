"""Feeds in the admin: looked at and corrected there; their own pages have their histories."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from newsreader.models import Feed


@admin.register(Feed)
class FeedAdmin(admin.ModelAdmin):
    curator_permissions = ["view", "change", "delete"]
    list_display = ["__str__", "source", "state", "fetched_at", "due_at", "failures"]
    list_filter = ["state", "text", "article_status", "source"]
    list_select_related = ["source"]
    search_fields = ["title", "url", "source__name"]
    autocomplete_fields = ["source"]
    fields = ["title", "url", "source", "text", "article_status", "state", "why"]
    readonly_fields = ["url", "why"]  # another address is given on the page of the feed, which forgets the old one
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def view_on_site(self, feed: Feed) -> str:
        return feed.get_absolute_url()

    def save_model(self, request: HttpRequest, obj: Feed, form: Any, change: bool) -> None:
        """Save what was changed, and nothing that a worker may have written in the meantime."""
        obj.save(update_fields=form.changed_data)
