"""The pages of feeds, for the staff: their list, each with its history, and the forms that change them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from newsreader.feeds.adding import ask_soon
from newsreader.feeds.conditions import describe_condition, describe_fetch, explain_pause, group_by_source
from newsreader.feeds.forms import AddFeedForm, FeedSettingsForm, OpmlForm
from newsreader.feeds.tasks import queue_refreshing
from newsreader.http import UserRequest
from newsreader.models import Feed, FeedFetch
from newsreader.views.access import require_staff

PAGE_SIZE = 50  # requests
MAX_FAILED = 20  # entries that are shown
FORM_METHODS = ["GET", "HEAD", "POST"]


def find_feed(request: UserRequest, pk: int) -> Feed:
    """Return a feed that the reader may see, with its source."""
    return get_object_or_404(Feed.objects.visible_to(request.user).select_related("source"), pk=pk)


@require_safe
@login_required
def list_feeds(request: UserRequest) -> HttpResponse:
    """List the feeds by source, with how each is."""
    require_staff(request)
    return render(request, "newsreader/feeds/list.html", build_list_context(request, OpmlForm()))


def build_list_context(request: UserRequest, form: OpmlForm) -> dict[str, Any]:
    """Return the context of the list of feeds."""
    feeds: list[Any] = list(Feed.objects.visible_to(request.user).select_related("source").with_new_articles())
    groups = group_by_source(feeds)
    return {
        "section": "feeds",
        "form": form,
        "groups": groups,
        "number": len(feeds),
        "sources": len(groups),
        "new": sum(feed.new_articles for feed in feeds),
        "bad": sum(condition.is_bad for _source, rows in groups for _feed, condition in rows),
    }


@require_http_methods(FORM_METHODS)
@login_required
def add_feed(request: UserRequest) -> HttpResponse:
    """Add a feed by its address or that of its site."""
    require_staff(request)
    form = AddFeedForm(request.POST) if request.method == "POST" else AddFeedForm()
    if not form.is_bound or not form.is_valid():
        return render_add_form(request, form, 422 if form.is_bound else 200)
    added = form.save(request.user)
    if not added:
        return render_add_form(request, form, 200)
    message = ngettext("Added %(number)s feed.", "Added %(number)s feeds.", len(added))
    messages.success(request, message % {"number": len(added)})
    return redirect(added[0] if len(added) == 1 else "feeds")


def render_add_form(request: UserRequest, form: AddFeedForm, status: int) -> HttpResponse:
    """Return the page with the form, and with the feeds that a site names, if it named several."""
    links = form.new if form.is_bound and form.is_valid() else []
    return render(
        request, "newsreader/feeds/add.html", {"section": "feeds", "form": form, "links": links}, status=status
    )


@require_http_methods(FORM_METHODS)
@login_required
def show_feed(request: UserRequest, pk: int) -> HttpResponse:
    """Show a feed with its history and its settings; sent, save the settings."""
    feed = find_feed(request, pk)
    if request.method != "POST":
        return render(request, "newsreader/feeds/feed.html", build_feed_context(request, feed, None))
    form = FeedSettingsForm(request.POST, instance=find_feed(request, pk))
    if not form.is_valid():
        return render(request, "newsreader/feeds/feed.html", build_feed_context(request, feed, form), status=422)
    form.save()
    messages.success(request, _("Saved the settings of “%(feed)s”.") % {"feed": form.instance})
    return redirect(feed)


def build_feed_context(request: UserRequest, feed: Feed, form: FeedSettingsForm | None) -> dict[str, Any]:
    """Return the context of the page of a feed."""
    page = Paginator(feed.fetches.with_waiting(), PAGE_SIZE).get_page(request.GET.get("page"))
    failed = feed.entries.exclude(why="")
    return {
        "section": "feeds",
        "feed": feed,
        "form": form or FeedSettingsForm(instance=feed),
        "condition": describe_condition(feed),
        "page": page,
        "fetches": [(fetch, describe_fetch(fetch, fetch.waiting)) for fetch in page.object_list],
        "failed": failed[:MAX_FAILED],
        **count_results(feed),
    }


def count_results(feed: Feed) -> dict[str, Any]:
    """Return how many requests the history has, how many of them found nothing new, and how many articles came."""
    unchanged = Count("pk", filter=Q(outcome=FeedFetch.Outcome.UNCHANGED))
    counts = feed.fetches.order_by().aggregate(requests=Count("pk"), unchanged=unchanged)
    articles = feed.entries.filter(stored_at__isnull=False).count()
    return {"requests": counts["requests"], "unchanged": counts["unchanged"], "articles": articles}


@require_POST
@login_required
def set_state(request: UserRequest, pk: int) -> HttpResponse:
    """Pause a feed, or resume it."""
    feed = find_feed(request, pk)
    if feed.state == Feed.State.ACTIVE:
        Feed.objects.filter(pk=pk).update(state=Feed.State.PAUSED)
        messages.success(request, _("Paused “%(feed)s”.") % {"feed": feed})
    elif feed.state == Feed.State.PAUSED:
        Feed.objects.filter(pk=pk).update(state=Feed.State.ACTIVE)
        queue_refreshing()
        messages.success(request, _("Resumed “%(feed)s”.") % {"feed": feed})
    return redirect(feed)


@require_POST
@login_required
def refresh_feed(request: UserRequest, pk: int) -> HttpResponse:
    """Have a feed asked for as soon as its server allows."""
    feed = find_feed(request, pk)
    due_at = ask_soon(feed)
    message = _("“%(feed)s” will be fetched in a minute.")
    if due_at > timezone.now():
        message = _("“%(feed)s” will be fetched at %(moment)s: %(why)s")
    local = timezone.localtime(due_at)
    messages.success(request, message % {"feed": feed, "moment": f"{local:%H:%M}", "why": explain_pause(feed, due_at)})
    return redirect(feed)


@require_http_methods(FORM_METHODS)
@login_required
def remove_feed(request: UserRequest, pk: int) -> HttpResponse:
    """Ask whether to remove a feed; sent, remove it: its articles stay."""
    feed = find_feed(request, pk)
    if request.method != "POST":
        context = {"section": "feeds", "feed": feed, **count_results(feed)}
        return render(request, "newsreader/feeds/remove.html", context)
    feed.delete()
    messages.success(request, _("Removed “%(feed)s”. Its articles stay.") % {"feed": feed})
    return redirect("feeds")
