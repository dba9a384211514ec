"""Articles as curators keep them."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime

from newsreader.admin.correction import ARTICLE_FIELDS, ArticleForm
from newsreader.models import Article


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
    def state(self, article):
        return article.get_status_display()

    @admin.display(description="date", ordering="dated_at")
    def dated(self, article):
        return date_format(localtime(article.dated_at), "j M Y")

    @admin.display(ordering="revision")
    def revisions(self, article):
        return article.revision

    @admin.display(description="on the site")
    def page(self, article):
        return format_html('<a href="{}">Read<span class="aside"> “{}”</span></a>', article.get_absolute_url(), article)

    @admin.display(description="As readers see it")
    def text(self, article):
        return format_html(
            '<div class="revision" tabindex="0" role="region" aria-label="Text" lang="{}" dir="{}">{}</div>',
            article.language,
            article.direction,
            mark_safe(article.current().html),
        )

    def get_form(self, request, article=None, change=False, **kwargs):
        form = super().get_form(request, article, change, **kwargs)
        if "source" in form.base_fields:
            source = form.base_fields["source"].widget
            source.can_change_related = source.can_delete_related = source.can_view_related = False
        return form

    def get_fieldsets(self, request, article=None):
        text = ["text", "html", "seen"] if self.has_change_permission(request, article) else ["text"]
        return [
            (None, {"fields": [*ARTICLE_FIELDS, "slug", "added_at"]}),
            (f"Revision {article.revision}", {"fields": text, "description": self.describe_consequence(article)}),
        ]

    def describe_consequence(self, article) -> str:
        """What becomes of the text when it is corrected; safe HTML."""
        return (
            f"A corrected text becomes revision {article.revision + 1}. Revision {article.revision} is kept as it is."
        )

    def get_actions(self, request):
        """No deletion in bulk: what is not to be read is withdrawn."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def view_on_site(self, article):
        return article.get_absolute_url()

    def add_view(self, request, form_url="", extra_context=None):
        """Leads to the page where articles come in."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return redirect("add")

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context |= {"revisions": self.list_revisions(obj), "show_save_and_add_another": False}
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def list_revisions(self, article):
        return article.revisions.for_listing()

    def save_model(self, request, article, form, change):
        before = article.revision
        article.amend(form.cleaned_data["html"], created_by=request.user)
        if article.revision != before:
            self.message_user(request, f"The text is now revision {article.revision}; revision {before} is kept.")

    @admin.action(description="Publish", permissions=["change"])
    def publish(self, request, articles):
        self.turn(request, articles, Article.Status.PUBLISHED, "published")

    @admin.action(description="Withdraw", permissions=["change"])
    def withdraw(self, request, articles):
        self.turn(request, articles, Article.Status.WITHDRAWN, "withdrawn")

    @admin.action(description="Make drafts again", permissions=["change"])
    def make_drafts(self, request, articles):
        self.turn(request, articles, Article.Status.DRAFT, "made drafts")

    def turn(self, request, articles, status: str, said: str) -> None:
        """Gives articles a status, notes it in their histories and says how many it changed."""
        with transaction.atomic():
            changed = list(articles.exclude(status=status))
            already = articles.count() - len(changed)
            articles.set_status(status)
            for article in changed:
                self.log_change(request, article, f"{said.capitalize()} from the list.")
        words = f"{len(changed)} article{'' if len(changed) == 1 else 's'} {said}."
        self.message_user(request, f"{words} {already} already were." if already else words)
