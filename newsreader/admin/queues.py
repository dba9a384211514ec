"""What waits for curators: new articles, articles that need a look, and what could not become an article."""

from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from newsreader.curation.tasks import queue_curation
from newsreader.feeds.tasks import queue_refreshing
from newsreader.models import Article, FeedEntry, ImportItem, Refetch
from newsreader.models.article import ArticleQuerySet

MAX_FAILED = 200  # rows of each kind on the page of failures


class Queue(NamedTuple):
    """A link to what waits: its name, how many wait, whether it is the page that is shown, and what it holds."""

    name: str
    address: str
    number: int
    is_current: bool
    about: str = ""


NAMES = {"new": _("New"), "look": _("Needs a look"), "failed": _("Failed"), "scheduled": _("Scheduled")}
ARTICLE_QUEUES = [name for name in NAMES if name != "failed"]
ABOUT = {
    "new": _("Articles that came in and that no curator has checked yet."),
    "look": _("Articles in which something seems wrong, such as a short text or a missing date."),
    "failed": _("Entries of feeds that could not become articles, and articles that could not be fetched again."),
    "scheduled": _("Drafts that are published automatically at a time."),
}


class QueueFilter(admin.SimpleListFilter):
    """New articles, those that need a look, and those that will be published by themselves."""

    title, parameter_name = _("queue"), "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [(name, NAMES[name]) for name in ARTICLE_QUEUES]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return select_queue(queryset, self.value() or "")


def select_queue(articles: ArticleQuerySet, name: str) -> ArticleQuerySet:
    """Return the articles in the queue of this name; all of them where there is none."""
    if name == "new":
        return articles.to_be_checked()
    if name == "look":
        return articles.doubtful()
    return articles.scheduled() if name == "scheduled" else articles


def list_queues(current: str) -> list[Queue]:
    """Return the links to all queues; `current` is the name of the one that is shown."""
    articles, page = Article.objects.order_by(), reverse("admin:newsreader_article_changelist")
    addresses = {name: f"{page}?queue={name}" for name in ARTICLE_QUEUES}
    addresses["failed"] = reverse("admin:newsreader_article_failed")
    numbers = {name: select_queue(articles, name).count() for name in ARTICLE_QUEUES}
    numbers["failed"] = FeedEntry.objects.failed().count() + Refetch.objects.failed().count()
    shown = [name for name in NAMES if name != "scheduled" or numbers[name] or current == name]
    queues = [Queue(str(NAMES[n]), addresses[n], numbers[n], current == n, str(ABOUT[n])) for n in shown]
    return [Queue(gettext("All articles"), page, 0, current == ""), *queues]


def show_failed(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """List what could not become an article, or could not be fetched again; POST tries what was chosen once more."""
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    if request.method == "POST":
        return try_again(model_admin, request)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": NAMES["failed"],
        "opts": model_admin.opts,
        "queues": list_queues("failed"),
        "not_imported": ImportItem.objects.filter(state__in=ImportItem.BAD_STATES).count(),
        "entries": FeedEntry.objects.failed().select_related("feed__source")[:MAX_FAILED],
        "refetches": Refetch.objects.failed().select_related("article__source", "asked_by")[:MAX_FAILED],
    }
    return TemplateResponse(request, "admin/newsreader/article/failed.html", context)


def try_again(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Let the chosen ones wait for a worker again, and say how many they are."""
    entries, refetches = (
        [int(key) for key in request.POST.getlist(name) if key.isdecimal() and len(key) < 19]
        for name in ("entry", "refetch")
    )
    number = FeedEntry.objects.filter(pk__in=entries).try_again() + Refetch.objects.filter(pk__in=refetches).try_again()
    queue_curation()
    queue_refreshing()
    message = ngettext("%(number)s page will be tried again.", "%(number)s pages will be tried again.", number)
    level = messages.SUCCESS if number else messages.WARNING
    model_admin.message_user(request, message % {"number": number}, level)
    return redirect("admin:newsreader_article_failed")
