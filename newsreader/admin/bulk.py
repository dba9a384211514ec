"""What curators do to many articles at once. Each act says in numbers what it did."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.db import transaction
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from newsreader.admin.article_tables import export_articles
from newsreader.curation.history import note
from newsreader.curation.tasks import queue_curation
from newsreader.http import UserRequest
from newsreader.models import Article, Refetch, Source
from newsreader.models.article import ArticleQuerySet

# As they are stored in the histories of articles, in the language of the source.
HISTORY_MESSAGES = {
    "draft": "Made drafts from the list.",
    "published": "Published from the list.",
    "withdrawn": "Withdrawn from the list.",
}
ACTIONS = [
    "publish",
    "withdraw",
    "make_drafts",
    "set_source",
    "set_checked",
    "fetch_again",
    "export_csv",
    "export_json",
]


class SourceChoiceForm(forms.Form):
    """The source that articles are given."""

    source = forms.ModelChoiceField(Source.objects.filter(scope=None), label=_("Source"))


class BulkActions(admin.ModelAdmin):
    """The actions of the list of articles."""

    @admin.action(description=_("Publish"), permissions=["change"])
    def publish(self, request: UserRequest, articles: ArticleQuerySet) -> None:
        self.set_status(request, articles, Article.Status.PUBLISHED)

    @admin.action(description=_("Withdraw"), permissions=["change"])
    def withdraw(self, request: UserRequest, articles: ArticleQuerySet) -> None:
        self.set_status(request, articles, Article.Status.WITHDRAWN)

    @admin.action(description=_("Make drafts again"), permissions=["change"])
    def make_drafts(self, request: UserRequest, articles: ArticleQuerySet) -> None:
        self.set_status(request, articles, Article.Status.DRAFT)

    def set_status(self, request: UserRequest, articles: ArticleQuerySet, status: str) -> None:
        """Give articles a status, note it in their histories and say how many it changed."""
        articles = by_keys(articles)
        with transaction.atomic():
            left_out = list(find_left_out(articles, status))
            merged = list(articles.filter(merged_into__isnull=False))
            articles = articles.exclude(pk__in=[article.pk for article in [*left_out, *merged]])
            changed = list(articles.exclude(status=status))
            already = articles.count() - len(changed)
            articles.set_status(status)
            articles.set_checked()
            note(changed, request.user, HISTORY_MESSAGES[status])
        opened = sum(article.status == Article.Status.PRIVATE for article in changed)
        sentences = [
            *(describe_change(status, len(changed)), describe_opened(opened)),
            *(describe_already(already), describe_merged(len(merged))),
        ]
        self.message_user(request, " ".join(filter(None, sentences)))
        for refusal in describe_left_out(left_out, status):
            self.message_user(request, refusal, messages.WARNING)

    @admin.action(description=_("Mark as checked"), permissions=["change"])
    def set_checked(self, request: UserRequest, articles: ArticleQuerySet) -> None:
        number = by_keys(articles).set_checked()
        message = ngettext("%(number)s article marked as checked.", "%(number)s articles marked as checked.", number)
        self.message_user(request, message % {"number": number})

    @admin.action(description=_("Fetch again"), permissions=["change"])
    def fetch_again(self, request: UserRequest, articles: ArticleQuerySet) -> None:
        """Have a worker fetch the pages of articles again."""
        number, without = Refetch.objects.ask_for(articles, request.user)
        queue_curation()
        message = ngettext(
            "%(number)s article will be fetched again in the background. What is new becomes a revision.",
            "%(number)s articles will be fetched again in the background. What is new becomes a revision.",
            number,
        )
        left_out = ngettext("%(number)s has no address.", "%(number)s have no address.", without)
        sentences = [message % {"number": number}, left_out % {"number": without} if without else ""]
        self.message_user(request, " ".join(sentences).strip())

    @admin.action(description=_("Export as CSV"), permissions=["view"])
    def export_csv(self, request: UserRequest, articles: ArticleQuerySet) -> HttpResponse:
        return export_articles(articles, "csv")

    @admin.action(description=_("Export as JSON"), permissions=["view"])
    def export_json(self, request: UserRequest, articles: ArticleQuerySet) -> HttpResponse:
        return export_articles(articles, "json")

    @admin.action(description=_("Set source…"), permissions=["change"])
    def set_source(self, request: UserRequest, articles: ArticleQuerySet) -> HttpResponse | None:
        """Ask which source, then give it to the articles."""
        form = SourceChoiceForm(request.POST if "source" in request.POST else None)
        if not form.is_valid():
            return self.ask(request, articles, form, "admin/newsreader/article/set_source.html", gettext("Set source"))
        source, articles = form.cleaned_data["source"], by_keys(articles)
        with transaction.atomic():
            changed = list(articles.exclude(source=source))
            articles.set_source(source)
            note(changed, request.user, f"Set the source to “{source}” from the list.")
        message = ngettext(
            "%(number)s article is now from “%(source)s”.",
            "%(number)s articles are now from “%(source)s”.",
            len(changed),
        ) % {"number": len(changed), "source": source}
        self.message_user(request, f"{message} {describe_already(articles.count() - len(changed))}".strip())
        return None

    def ask(
        self, request: UserRequest, articles: ArticleQuerySet, form: Any, template: str, title: str, **more: Any
    ) -> HttpResponse:
        """Return the page that asks for what an action needs; its form sends the same action again."""
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "articles": articles.select_related("source"),
            "form": form,
            "action": request.POST["action"],
            "action_checkbox_name": helpers.ACTION_CHECKBOX_NAME,
            **more,
        }
        return TemplateResponse(request, template, context)


def by_keys(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Return the same articles, found by their keys, since an action may take them out of the list that is filtered."""
    return Article.objects.filter(pk__in=list(articles.order_by().values_list("pk", flat=True)))


def find_left_out(articles: ArticleQuerySet, status: str) -> ArticleQuerySet:
    """Return the private ones of these that are not given this status: only what is published leaves its project."""
    if status == Article.Status.PUBLISHED:
        return articles.with_taken_address()
    return articles.filter(status=Article.Status.PRIVATE)


def describe_left_out(articles: list[Article], status: str) -> list[str]:
    """Return sentences on why these articles stay private."""
    if status == Article.Status.PUBLISHED:
        refusal = gettext("“%(article)s” stays private: the library has an article with its address.")
        return [refusal % {"article": article} for article in articles]
    message = ngettext(
        "%(number)s article stays private, for the members of its project. It can only be published.",
        "%(number)s articles stay private, for the members of their projects. They can only be published.",
        len(articles),
    )
    return [message % {"number": len(articles)}] if articles else []


def describe_opened(number: int) -> str:
    """Return that so many articles that were private are public now; empty for none."""
    message = ngettext(
        "%(number)s was private to a project and is public now.",
        "%(number)s were private to a project and are public now.",
        number,
    )
    return message % {"number": number} if number else ""


def describe_already(number: int) -> str:
    """Return that so many articles already were what an action makes them; empty for none."""
    message = ngettext("%(number)s already was.", "%(number)s already were.", number)
    return message % {"number": number} if number else ""


def describe_merged(number: int) -> str:
    """Return that so many articles were left out because they are merged into others; empty for none."""
    message = ngettext(
        "%(number)s is merged into another article and stays as it is. Undo the merge first.",
        "%(number)s are merged into other articles and stay as they are. Undo the merges first.",
        number,
    )
    return message % {"number": number} if number else ""


def describe_change(status: str, number: int) -> str:
    """Return a sentence about so many articles that were given a status."""
    return {
        "draft": ngettext("%(number)s article made a draft.", "%(number)s articles made drafts.", number),
        "published": ngettext("%(number)s article published.", "%(number)s articles published.", number),
        "withdrawn": ngettext("%(number)s article withdrawn.", "%(number)s articles withdrawn.", number),
    }[status] % {"number": number}
