"""Articles in the admin."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime

from newsreader.admin.correction import ARTICLE_FIELDS, ArticleForm
from newsreader.http import UserRequest
from newsreader.models import Article
from newsreader.models.article import ArticleQuerySet
from newsreader.models.revision import RevisionQuerySet


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    curator_permissions = ["view", "add", "change"]
    form = ArticleForm
    list_display = ["title", "source", "state", "dated", "language", "words", "revisions", "page"]
    list_filter = ["status", ("source", admin.RelatedOnlyFieldListFilter), "language"]
    list_select_related = ["source"]
    list_per_page = 50
    date_hierarchy = "dated_at"
    search_fields = ["title", "byline", "source__name", "url"]
    search_help_text = "Words of the title, the byline, the source or the address."
    readonly_fields = ["slug", "added_at", "text"]
    actions = ["publish", "withdraw", "make_drafts"]

    @admin.display(description="status", ordering="status")
    def state(self, article: Article) -> str:
        return article.get_status_display()

    @admin.display(description="date", ordering="dated_at")
    def dated(self, article: Article) -> str:
        return date_format(localtime(article.dated_at), "j M Y")

    @admin.display(ordering="revision")
    def revisions(self, article: Article) -> int:
        return article.revision

    @admin.display(description="on the site")
    def page(self, article: Article) -> str:
        return format_html('<a href="{}">Read<span class="aside"> “{}”</span></a>', article.get_absolute_url(), article)

    @admin.display(description="As readers see it")
    def text(self, article: Article) -> str:
        return format_html(
            '<div class="revision" tabindex="0" role="region" aria-label="Text" lang="{}" dir="{}">{}</div>',
            article.language,
            article.direction,
            mark_safe(article.current().html),
        )

    def get_form(
        self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        """Return the form, without links to edit a source beside its field."""
        form = super().get_form(request, obj, change, **kwargs)
        if "source" in form.base_fields:
            source: Any = form.base_fields["source"].widget
            source.can_change_related = source.can_delete_related = source.can_view_related = False
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fields, and below them the text with what becomes of it when it is corrected."""
        article: Article = obj
        text = ["text", "html", "seen"] if self.has_change_permission(request, article) else ["text"]
        return [
            (None, {"fields": [*ARTICLE_FIELDS, "slug", "added_at"]}),
            (f"Revision {article.revision}", {"fields": text, "description": self.describe_consequence(article)}),
        ]

    def describe_consequence(self, article: Article) -> str:
        """Return what becomes of the text when it is corrected; safe HTML."""
        return (
            f"A corrected text becomes revision {article.revision + 1}. Revision {article.revision} is kept as it is."
        )

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
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """Show the article's revisions beside the form."""
        context |= {"revisions": self.list_revisions(obj), "show_save_and_add_another": False}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def list_revisions(self, article: Article) -> RevisionQuerySet:
        """Return the revisions as their list shows them."""
        return article.revisions.for_listing()

    def save_model(self, request: Any, obj: Article, form: Any, change: bool) -> None:
        """Save the article, and its text as a new revision where it was corrected."""
        article, before = obj, obj.revision
        article.amend(form.cleaned_data["html"], created_by=request.user)
        if article.revision != before:
            self.message_user(request, f"The text is now revision {article.revision}; revision {before} is kept.")

    @admin.action(description="Publish", permissions=["change"])
    def publish(self, request: UserRequest, articles: ArticleQuerySet) -> None:
        self.set_status(request, articles, Article.Status.PUBLISHED, "published")

    @admin.action(description="Withdraw", permissions=["change"])
    def withdraw(self, request: UserRequest, articles: ArticleQuerySet) -> None:
        self.set_status(request, articles, Article.Status.WITHDRAWN, "withdrawn")

    @admin.action(description="Make drafts again", permissions=["change"])
    def make_drafts(self, request: UserRequest, articles: ArticleQuerySet) -> None:
        self.set_status(request, articles, Article.Status.DRAFT, "made drafts")

    def set_status(self, request: UserRequest, articles: ArticleQuerySet, status: str, participle: str) -> None:
        """Give articles a status, note it in their histories and say how many it changed."""
        with transaction.atomic():
            changed = list(articles.exclude(status=status))
            already = articles.count() - len(changed)
            articles.set_status(status)
            for article in changed:
                self.log_change(request, article, f"{participle.capitalize()} from the list.")
        message = f"{len(changed)} article{'' if len(changed) == 1 else 's'} {participle}."
        self.message_user(request, f"{message} {already} already were." if already else message)
