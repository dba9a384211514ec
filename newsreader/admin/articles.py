"""Articles in the admin."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsreader.admin.article_tables import import_table
from newsreader.admin.bulk import ACTIONS, BulkActions
from newsreader.admin.correction import ARTICLE_FIELDS, ArticleForm, build_preview
from newsreader.admin.describing import describe_form_changes
from newsreader.admin.queues import QueueFilter, list_queues, show_failed
from newsreader.curation.tasks import queue_curation
from newsreader.http import UserRequest
from newsreader.models import Article, ArticleImage
from newsreader.models.concerns import describe_concerns
from newsreader.models.revision import RevisionQuerySet
from newsreader.text.html.presentation import present


@admin.register(Article)
class ArticleAdmin(BulkActions):
    curator_permissions = ["view", "add", "change"]
    form = ArticleForm
    list_display = ["title", "source", "state", "dated", "language", "words", "revisions", "page"]
    list_filter = ["status", QueueFilter, ("source", admin.RelatedOnlyFieldListFilter), "language"]
    list_select_related = ["source"]
    list_per_page = 50
    date_hierarchy = "dated_at"
    search_fields = ["title", "byline", "source__name", "url"]
    search_help_text = _("Searches title, byline, source and URL.")
    readonly_fields = ["slug", "added_at", "text"]
    actions = ACTIONS

    @admin.display(description=_("status"), ordering="status")
    def state(self, article: Article) -> str:
        return article.get_status_display()

    @admin.display(description=_("date"), ordering="dated_at")
    def dated(self, article: Article) -> str:
        return date_format(localtime(article.dated_at), "DATE_FORMAT")

    @admin.display(description=_("revisions"), ordering="revision")
    def revisions(self, article: Article) -> int:
        return article.revision

    @admin.display(description=_("on the site"))
    def page(self, article: Article) -> str:
        if article.scope:
            return gettext("for its members")
        link = gettext('<a href="{address}">Read<span class="aside"> “{article}”</span></a>')
        return format_html(link, address=article.get_absolute_url(), article=article)

    @admin.display(description=_("As readers see it"))
    def text(self, article: Article) -> str:
        revision = article.current()
        return format_html(
            '<div class="revision" tabindex="0" role="region" aria-label="{}" lang="{}" dir="{}">{}</div>',
            gettext("Text"),
            article.language,
            article.direction,
            mark_safe(present(revision.html, ArticleImage.objects.load_shown(revision))),
        )

    @admin.display(description=_("why"))
    def why(self, article: Article) -> str:
        return describe_concerns(article.concerns)

    @admin.display(description=_("publish at"), ordering="publish_at")
    def scheduled(self, article: Article) -> str:
        return date_format(localtime(article.publish_at), "DATETIME_FORMAT") if article.publish_at else ""

    def get_list_display(self, request: HttpRequest) -> Any:
        """Return the columns, in a queue with what it is about."""
        column = {"look": "why", "scheduled": "scheduled"}.get(request.GET.get("queue", ""))
        title, *others = super().get_list_display(request)
        return [title, column, *others] if column else [title, *others]

    def get_urls(self) -> Any:
        """Return the addresses, with those of the page of failures and of the import of tables."""
        failed = self.admin_site.admin_view(partial(show_failed, self))
        table = self.admin_site.admin_view(partial(import_table, self))
        return [
            path("failed/", failed, name="newsreader_article_failed"),
            path("import/", table, name="newsreader_article_import"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list, with links to what waits above it."""
        queues = list_queues(request.GET.get("queue", ""))
        return super().changelist_view(request, {"queues": queues} | (extra_context or {}))

    def get_form(
        self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        """Return the form for whoever asks, without links to edit a source beside its field."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.curator = request.user
        if "source" in form.base_fields:
            source: Any = form.base_fields["source"].widget
            source.can_change_related = source.can_delete_related = source.can_view_related = False
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fields, and below them the text with what becomes of it when it is corrected."""
        article: Article = obj
        text = ["text", "html", "seen", "previewed"] if self.has_change_permission(request, article) else ["text"]
        return [
            (None, {"fields": [*ARTICLE_FIELDS, "slug", "added_at"]}),
            (
                gettext("Revision %(number)s") % {"number": article.revision},
                {"fields": text, "description": self.describe_consequence(request, article)},
            ),
        ]

    def describe_consequence(self, request: HttpRequest, article: Article) -> str:
        """Return what becomes of the text when it is corrected; safe HTML."""
        message = gettext(
            "A corrected text becomes revision %(new)s, once you have seen a preview. Revision %(old)s is kept as it is."
        )
        sentences = [message % {"new": article.revision + 1, "old": article.revision}]
        if article.concerns:
            why = gettext("Needs a look: %(why)s.") % {"why": describe_concerns(article.concerns)}
            sentences.append(why)
        return " ".join(sentences)

    def get_actions(self, request: HttpRequest) -> Any:
        """Return the actions without deletion in bulk: what is not to be read is withdrawn."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def view_on_site(self, article: Article) -> str:
        return article.get_absolute_url()

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the page where articles are added."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return redirect("add")

    def render_change_form(
        self,
        request: Any,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """Show the article's revisions beside the form, and the preview of a corrected text above it."""
        article_form: ArticleForm = context["adminform"].form
        preview = self.build_preview(request, obj, article_form) if article_form.needs_preview else None
        revisions = self.list_revisions(request, obj)
        context |= {"revisions": revisions, "preview": preview, "show_save_and_add_another": False}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def build_preview(self, request: UserRequest, article: Article, form: ArticleForm) -> dict[str, Any]:
        """Return what the preview of a corrected text shows."""
        return build_preview(article, form.cleaned_data["html"]) | {"is_again": form.has_changed_since_preview}

    def list_revisions(self, request: HttpRequest, article: Article) -> RevisionQuerySet:
        """Return the revisions as their list shows them."""
        return article.revisions.for_listing()

    def save_model(self, request: Any, obj: Article, form: Any, change: bool) -> None:
        """Save the article, which is checked by that, and its text as a new revision where it was corrected."""
        article, before = obj, obj.revision
        article.is_new, article.concerns = False, ""
        if "publish_at" in form.changed_data:
            article.publish_by = request.user if article.publish_at else None
        article.amend(form.cleaned_data["html"], created_by=request.user)
        if article.revision != before:
            message = gettext("The text is now revision %(number)s; revision %(before)s is kept.")
            self.message_user(request, message % {"number": article.revision, "before": before})
        queue_curation()

    def construct_change_message(self, request: Any, form: Any, formsets: Any, add: bool = False) -> Any:
        """Return what the history of the article says of what was saved, in words."""
        return describe_form_changes(form)
