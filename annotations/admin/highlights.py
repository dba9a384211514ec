"""Highlights in the admin, which nobody but their authors edits, and the history of projects."""

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from annotations.admin.scoped_admin import ScopedAdmin
from annotations.models import Event, Highlight, HighlightTag, Placement
from annotations.models.blindness import is_nothing_blind
from annotations.models.highlight import HighlightQuerySet
from newsreader.http import UserRequest
from newsreader.text.html.plaintext import cut_characters

TAGS = Prefetch("highlighttag_set", HighlightTag.objects.select_related("tag").order_by("position"))
MAX_CHANGES = 5  # of a placement that are listed
MAX_QUOTE = 120  # characters of a passage in the list
TEXT_FIELDS = ["revision__html", "revision__text", "revision__blocks"]


def describe_placement(placement: Placement) -> str:
    """Return what became of a highlight on a later text, in a few words."""
    changes = ", ".join(f"“{before}” → “{after}”" for *_place, before, after in placement.changes[:MAX_CHANGES])
    outcome = f"{placement.get_state_display()}{f' ({changes})' if changes else ''}"
    decision = placement.get_decision_display()
    if placement.decided_by:
        decision = _("%(decision)s by %(name)s") % {"decision": decision, "name": placement.decided_by}
    return f"{outcome}; {decision}" if placement.decision else outcome


class StandingFilter(admin.SimpleListFilter):
    """Highlights that stand, or were deleted; for superusers."""

    title, parameter_name = _("state"), "state"

    def lookups(self, request: Any, model_admin: Any) -> Any:
        return [("standing", _("Standing")), ("deleted", _("Deleted"))] if request.user.is_superuser else []

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(deleted_at__isnull=self.value() == "standing") if self.value() else queryset


@admin.register(Highlight)
class HighlightAdmin(ScopedAdmin):
    """A curator may hide a highlight, as its author may; nobody's words are changed here."""

    curator_permissions = ["view", "delete"]
    list_display = ["passage", "article", "project", "author", "carried", "created_at"]
    list_filter = [("project", admin.RelatedOnlyFieldListFilter), StandingFilter]
    list_select_related = ["article", "project", "author"]
    search_fields = ["exact", "note", "article__title", "author__username"]
    date_hierarchy = "created_at"
    ordering = ["-created_at", "-pk"]
    list_per_page = 50
    readonly_fields = fields = (
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
    )
    actions = ["hide", "restore"]
    delete_confirmation_template = "admin/annotations/highlight_hide.html"

    def get_queryset(self, request: Any) -> Any:
        """Return those of people that stand; to superusers also those that were deleted and can be restored."""
        rows = super().get_queryset(request).filter(pending_import=None, adjudication=None).prefetch_related(TAGS)
        return rows if request.user.is_superuser else rows.visible_to(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    def view_on_site(self, highlight: Highlight) -> str | None:
        return None if highlight.deleted_at else highlight.get_absolute_url()

    @admin.display(description=_("passage"), ordering="exact")
    def passage(self, highlight: Highlight) -> str:
        words = " ".join(cut_characters(highlight.exact, MAX_QUOTE).split())
        return f"{words} …" if len(highlight.exact) > MAX_QUOTE else words

    @admin.display(description=_("tags"))
    def carried(self, highlight: Highlight) -> str:
        tags = [(pair.tag.colour, pair.tag.name) for pair in highlight.highlighttag_set.all()]
        return format_html_join(" ", '<span class="tag hue-{}"><span>{}</span></span>', tags)

    @admin.display(description=_("words"))
    def quote(self, highlight: Highlight) -> str:
        return format_html(
            '<div class="quoted" lang="{}" dir="{}">{}<mark>{}</mark>{}</div>',
            highlight.article.language,
            highlight.article.direction,
            highlight.prefix,
            highlight.exact,
            highlight.suffix,
        )

    @admin.display(description=_("where"))
    def where(self, highlight: Highlight) -> str:
        article, number = highlight.article, highlight.revision.number
        ends = {"start": f"{highlight.start:,}", "end": f"{highlight.end:,}"}
        place = _("revision %(number)s, characters %(start)s to %(end)s") % {"number": number, **ends}
        return format_html('<a href="{}">{}</a>, {}', article.get_absolute_url(), article, place)

    @admin.display(description=_("in later revisions"))
    def placed(self, highlight: Highlight) -> str:
        """Return what became of it, text by text."""
        placements = highlight.placements.select_related("revision", "decided_by").order_by("revision__number")
        placements = placements.defer(*TEXT_FIELDS)
        lines = [
            (_("revision %(number)s:") % {"number": placement.revision.number}, describe_placement(placement))
            for placement in placements
        ]
        return format_html_join(mark_safe("<br>"), "{} {}", lines) or str(_("It was made on the current revision."))

    @admin.display(description=_("note"))
    def comment(self, highlight: Highlight) -> str:
        return format_html('<div class="note">{}</div>', mark_safe(highlight.note_html))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the highlight under its words."""
        context["subtitle"] = self.passage(kwargs["obj"])
        return super().render_change_form(request, context, *args, **kwargs)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Return the highlights alone: the rows stay, so that they can be restored."""
        return [str(highlight) for highlight in objs], {}, set(), []

    def delete_model(self, request: Any, obj: Highlight) -> None:
        """Hide the highlight."""
        obj.hide(request.user)

    def get_actions(self, request: HttpRequest) -> Any:
        """Return the actions without deletion in bulk."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    @admin.action(description=_("Hide"), permissions=["delete"])
    def hide(self, request: UserRequest, highlights: HighlightQuerySet) -> None:
        for highlight in highlights:
            highlight.hide(request.user)
        number = len(highlights)
        hidden = ngettext(
            "%(number)s hidden. Their authors can restore them.",
            "%(number)s hidden. Their authors can restore them.",
            number,
        )
        self.message_user(request, hidden % {"number": number})

    @admin.action(description=_("Restore"), permissions=["delete"])
    def restore(self, request: UserRequest, highlights: HighlightQuerySet) -> None:
        for highlight in highlights:
            highlight.restore(request.user)
        number = len(highlights)
        self.message_user(
            request, ngettext("%(number)s standing.", "%(number)s standing.", number) % {"number": number}
        )


@admin.register(Event)
class EventAdmin(ScopedAdmin):
    """The history, to be read."""

    curator_permissions = ["view"]
    list_display = ["event", "project", "article", "actor", "at"]
    list_filter = [("project", admin.RelatedOnlyFieldListFilter), "verb"]
    list_select_related = ["project", "article", "actor"]
    search_fields = ["article__title", "actor__username"]
    date_hierarchy = "at"
    ordering = ["-pk"]
    list_per_page = 50
    readonly_fields = ["event"]
    fields = ["event", "subject", "project", "article", "actor", "at", "data"]

    def get_queryset(self, request: Any) -> Any:
        """Return the events that the curator may see: of projects in which something is read blind, their own."""
        rows = super().get_queryset(request)
        return rows if request.user.is_superuser else rows.filter(Q(actor=request.user) | is_nothing_blind())

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("verb"), ordering="verb")
    def event(self, event: Event) -> str:
        return gettext(event.verb)
