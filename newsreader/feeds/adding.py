"""New feeds: by their own address, by that of their site, or from a list."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from newsreader.feeds import policy
from newsreader.feeds.reasons import explain_status
from newsreader.feeds.requests import POLLED_FIELDS, Result, record_result
from newsreader.feeds.tasks import queue_refreshing
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.feeds.discovery import FeedLink
from newsreader.importing.feeds.opml import ListedFeed
from newsreader.importing.fetching.feed_client import fetch_feed
from newsreader.importing.fetching.urls import parse_web_url
from newsreader.importing.sandbox.feed_runner import discover_safely
from newsreader.models import Feed, HostSlot, Source
from newsreader.text.characters import clean_characters

MAX_CHOSEN = 50  # of the feeds that a site names
MAX_ADDRESS = 2_000  # characters


@dataclass
class Found:
    """What stands at an address: a feed, with the answer that brought it, or links to feeds."""

    url: str
    asked_at: datetime
    result: Result = field(default_factory=Result)
    links: list[FeedLink] = field(default_factory=list)


def normalise_address(url: str) -> str:
    """Return the address of a feed as it is stored; raise ArticleImportError if it may not be fetched."""
    address = parse_web_url(url, settings.NEWSREADER_ALLOW_LOOPBACK).geturl()
    if len(address) > MAX_ADDRESS:
        raise ArticleImportError(_("This URL is too long."))
    return address


def select_new(feeds: Iterable[ListedFeed]) -> list[ListedFeed]:
    """Return the feeds that may be fetched and are not here yet, each once, under their addresses as they are stored."""
    found: dict[str, ListedFeed] = {}
    for feed in feeds:
        with suppress(ArticleImportError):
            url = normalise_address(feed.url)
            found.setdefault(url, replace(feed, url=url))
    known = set(Feed.objects.values_list("url", flat=True))
    return [feed for url, feed in found.items() if url not in known]


def look_up(url: str) -> Found:
    """Return what stands at an address; raise ArticleImportError if that is neither a feed nor a page that names one."""
    host, now = urlsplit(url).hostname or "", timezone.now()
    with HostSlot.objects.hold(host, policy.HOST_REQUESTS, now) as is_free:
        if not is_free:
            raise ArticleImportError(_("Two other requests to this site are running. Try again in a minute."))
        answer = fetch_feed(url, {}, allow_loopback=settings.NEWSREADER_ALLOW_LOOPBACK)
    if answer.status != 200:
        raise ArticleImportError(explain_status(answer.status))
    found = discover_safely(answer.body, answer.url, answer.content_type)
    if not found.feed and not found.links:
        raise ArticleImportError(_("This page names no feed. Enter the address of the feed itself."))
    return Found(url, now, Result(answer, found.feed), found.links)


def add_found_feed(found: Found, source: str, by: User, **settings_of_feed: str) -> Feed:
    """Store the feed that was found, with what its first answer brought."""
    content = found.result.content
    if content is None:
        raise ValueError("No feed was found at this address.")
    with transaction.atomic():
        feed = add_feed(ListedFeed(found.url, content.title, source, content.home), by, **settings_of_feed)
        policy.record_request(feed, found.asked_at)
        record_result(feed, found.result, timezone.now())
    queue_refreshing()
    return feed


def add_listed_feeds(feeds: list[ListedFeed], by: User, **settings_of_feed: str) -> list[Feed]:
    """Store the feeds of a list that are new; they are asked for in the order that the policy allows."""
    with transaction.atomic():
        added = [add_feed(feed, by, **settings_of_feed) for feed in select_new(feeds)]
    queue_refreshing()
    return added


def add_feed(listed: ListedFeed, by: User, **settings_of_feed: str) -> Feed:
    """Store a feed of the source that its folder names, else of that of its site."""
    name = clean_characters(listed.folder).strip()[:120]
    source = Source.objects.find_or_create(name, listed.home or listed.url)
    title, url = clean_characters(listed.title)[:300], listed.url
    return Feed.objects.create(title=title, url=url, home=listed.home, source=source, added_by=by, **settings_of_feed)


def forget_requests(feed: Feed) -> None:
    """Set a feed as one that was never asked for and is due, as it is once it has another address."""
    fresh = Feed(due_at=timezone.now())
    for name in (*POLLED_FIELDS, "is_waiting", "why", "moved_at"):
        setattr(feed, name, getattr(fresh, name))
    if feed.state == Feed.State.STOPPED:
        feed.state = Feed.State.ACTIVE


def ask_soon(feed: Feed) -> datetime:
    """Have a feed asked for as soon as its server allows, and return that moment."""
    due_at = max(timezone.now(), feed.not_before or timezone.now())
    Feed.objects.filter(pk=feed.pk).update(due_at=due_at)
    queue_refreshing()
    return due_at
