"""Highlights, which nobody but their readers edits, and the log of what happened."""

from django.contrib import admin
from django.db.models import Prefetch
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from annotations.admin.scoped_admin import ReachAdmin
from annotations.models import Event, Highlight, HighlightTag

TAGS = Prefetch("highlighttag_set", HighlightTag.objects.select_related("tag").order_by("position"))


HEAVY = ["revision__html", "revision__text", "revision__blocks"]


def said_of(placement) -> str:
    """A placement in a few words."""
    changes = ", ".join(f"“{before}” → “{after}”" for _, _, before, after in placement.changes[:5])
    found = f"{placement.get_state_display()}{f' ({changes})' if changes else ''}"
    by = f" by {placement.decided_by}" if placement.decided_by else ""
    return f"{found}; {placement.get_decision_display()}{by}" if placement.decision else found


class StandingFilter(admin.SimpleListFilter):
    title, parameter_name = "state", "state"

    def lookups(self, request, model_admin):
        return [("standing", "Standing"), ("deleted", "Deleted")] if request.user.is_superuser else []

    def queryset(self, request, highlights):
        return highlights.filter(deleted_at__isnull=self.value() == "standing") if self.value() else highlights


@admin.register(Highlight)
class HighlightAdmin(ReachAdmin):
    """A curator may hide a highlight, as its reader may; nobody's words are changed here."""

    curators_may = ["view", "delete"]
    list_display = ["passage", "article", "project", "author", "carried", "created_at"]
    list_filter = [("project", admin.RelatedOnlyFieldListFilter), StandingFilter]
    list_select_related = ["article", "project", "author"]
    search_fields = ["exact", "note", "article__title", "author__username"]
    date_hierarchy = "created_at"
    ordering = ["-pk"]
    list_per_page = 50
    fields = [
        "quote",
        "where",
        "placed",
        "carried",
        "comment",
        "author",
        "project",
        "created_at",
        "updated_at",
        "deleted_at",
    ]
    readonly_fields = fields
    actions = ["hide", "restore"]
    delete_confirmation_template = "admin/annotations/highlight_hide.html"

    def get_queryset(self, request):
        """Those that stand; whoever runs the site also sees what was deleted and can be restored."""
        rows = super().get_queryset(request).prefetch_related(TAGS)
        return rows if request.user.is_superuser else rows.visible_to(request.user)

    def has_change_permission(self, request, highlight=None):
        return False

    def has_delete_permission(self, request, highlight=None):
        return admin.ModelAdmin.has_delete_permission(self, request, highlight)

    def view_on_site(self, highlight):
        return None if highlight.deleted_at else highlight.get_absolute_url()

    @admin.display(description="passage", ordering="exact")
    def passage(self, highlight):
        short = " ".join(highlight.exact[:120].split())
        return f"{short} …" if len(highlight.exact) > 120 else short

    @admin.display(description="tags")
    def carried(self, highlight):
        tags = [(pair.tag.colour, pair.tag.name) for pair in highlight.highlighttag_set.all()]
        return format_html_join(" ", '<span class="tag hue-{}"><span>{}</span></span>', tags)

    @admin.display(description="words")
    def quote(self, highlight):
        return format_html(
            '<div class="quoted" lang="{}" dir="{}">{}<mark>{}</mark>{}</div>',
            highlight.article.language,
            highlight.article.direction,
            highlight.prefix,
            highlight.exact,
            highlight.suffix,
        )

    @admin.display(description="where")
    def where(self, highlight):
        article, number = highlight.article, highlight.revision.number
        place = f"revision {number}, characters {highlight.start:,} to {highlight.end:,}"
        return format_html('<a href="{}">{}</a>, {}', article.get_absolute_url(), article, place)

    @admin.display(description="on later texts")
    def placed(self, highlight):
        """What became of it, text by text."""
        placements = highlight.placements.select_related("revision", "decided_by").order_by("revision__number")
        lines = [(one.revision.number, said_of(one)) for one in placements.defer(*HEAVY)]
        return format_html_join(mark_safe("<br>"), "revision {}: {}", lines) or "It was made on the current text."

    @admin.display(description="note")
    def comment(self, highlight):
        return format_html('<div class="note">{}</div>', mark_safe(highlight.note_html))

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["subtitle"] = self.passage(obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def get_deleted_objects(self, highlights, request):
        """Nothing goes: the rows stay, so that they can be restored."""
        return [str(highlight) for highlight in highlights], {}, set(), []

    def delete_model(self, request, highlight):
        highlight.hide(request.user)

    def get_actions(self, request):
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    @admin.action(description="Hide", permissions=["delete"])
    def hide(self, request, highlights):
        for highlight in highlights:
            highlight.hide(request.user)
        self.message_user(request, f"{len(highlights)} hidden. Their readers can restore them.")

    @admin.action(description="Restore", permissions=["delete"])
    def restore(self, request, highlights):
        for highlight in highlights:
            highlight.restore(request.user)
        self.message_user(request, f"{len(highlights)} standing.")


@admin.register(Event)
class EventAdmin(ReachAdmin):
    """The log, to be read."""

    curators_may = ["view"]
    list_display = ["verb", "project", "article", "actor", "at"]
    list_filter = [("project", admin.RelatedOnlyFieldListFilter), "verb"]
    list_select_related = ["project", "article", "actor"]
    search_fields = ["article__title", "actor__username"]
    date_hierarchy = "at"
    ordering = ["-pk"]
    list_per_page = 50
    fields = ["verb", "subject", "project", "article", "actor", "at", "data"]

    def has_change_permission(self, request, event=None):
        return False
