"""Asks for feeds, and writes down what came: claimed in the database first, so that no two processes ask for the same."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from newsreader.feeds import policy
from newsreader.feeds.entries import add_entries
from newsreader.feeds.reasons import explain_pause, explain_status
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.feeds.documents import FeedContent
from newsreader.importing.fetching.feed_client import FeedAnswer, fetch_feed
from newsreader.importing.sandbox.feed_runner import read_feed_safely
from newsreader.models import Feed, FeedFetch, HostSlot

Clock = Callable[[], datetime]
POLLED_FIELDS = (
    "etag",
    "modified_since",
    "first_requested_at",
    "requested_at",
    "not_before",
    "due_at",
    "failures",
    "failing_since",
)
REQUEST_FIELDS = ("first_requested_at", "requested_at", "not_before", "due_at")
RESULT_FIELDS = (*POLLED_FIELDS, "fetched_at", "is_waiting", "why", "moved_at", "home", "title")
OUTCOMES = FeedFetch.Outcome
MAX_URL = 2_000  # characters


@dataclass
class Result:
    """What came of a request: the server's answer and the feed in it, where there are such, and why not."""

    answer: FeedAnswer | None = None
    content: FeedContent | None = None
    why: str = ""

    @property
    def status(self) -> int:
        """The status of the answer; 0 where there was none."""
        return self.answer.status if self.answer else 0

    @property
    def is_good(self) -> bool:
        """Whether it brought the feed, or that it has not changed."""
        return self.content is not None or self.status == 304


def refresh_due_feeds(is_over: Callable[[], bool], clock: Clock = timezone.now) -> int:
    """Ask for the feeds that are due, one after another until it is over, and return how many were asked for."""
    number = 0
    for feed in policy.take_turns(Feed.objects.due(clock()).select_related("source")):
        if is_over():
            break
        try:
            number += refresh_feed(feed, clock) is not None
        except Exception:  # of one feed, which is asked again in an hour; the others go on
            logging.getLogger(__name__).exception("A feed could not be refreshed: %s", feed.url)
    return number


def refresh_feed(feed: Feed, clock: Clock = timezone.now) -> FeedFetch | None:
    """Ask for a feed that is due and store what it brings; None where another process does, or its host is busy."""
    with HostSlot.objects.hold(feed.host, policy.HOST_REQUESTS, clock()) as is_free:
        if not is_free:
            return None
        validators = policy.build_validators(feed)
        if not claim_feed(feed, clock()):
            return None
        result = request_feed(feed, validators)
    return record_result(feed, result, clock())


def claim_feed(feed: Feed, now: datetime) -> bool:
    """Write down that a feed is asked for now; return False where it is not due any more."""
    due_at = feed.due_at
    policy.record_request(feed, now)
    fields = {name: getattr(feed, name) for name in REQUEST_FIELDS}
    return bool(Feed.objects.active().filter(pk=feed.pk, due_at=due_at).update(**fields))


def request_feed(feed: Feed, validators: dict[str, str]) -> Result:
    """Return what came of a request for a feed."""
    answer = None
    try:
        answer = fetch_feed(feed.url, validators, allow_loopback=settings.NEWSREADER_ALLOW_LOOPBACK)
        if answer.status != 200:
            return Result(answer, why=explain_status(answer.status))
        return Result(answer, read_feed_safely(answer.body, answer.url, answer.content_type))
    except ArticleImportError as error:
        return Result(answer, why=str(error))


def record_result(feed: Feed, result: Result, now: datetime) -> FeedFetch | None:
    """Store what came of a request: the state of the feed, its entries, and a row of its history.

    None where the feed was removed, or got another address, in the meantime.
    """
    with transaction.atomic():
        if not Feed.objects.select_for_update().filter(pk=feed.pk, url=feed.url).exists():
            return None
        answer = build_policy_answer(result)
        taken = Feed.objects.of_host(feed.host).exclude(pk=feed.pk).filter(due_at__gt=now)
        policy.record_answer(feed, answer, now, taken.values_list("due_at", flat=True))
        feed.save(update_fields=[*RESULT_FIELDS, *update_feed(feed, result, answer, now)])
        fetch = record_fetch(feed, result, now)
        if result.content:
            add_entries(feed, fetch, result.content, now)
    return fetch


def record_fetch(feed: Feed, result: Result, now: datetime) -> FeedFetch:
    """Store a row of the history of a feed, and remove those that are too old."""
    feed.fetches.remove_before(now)
    at = feed.requested_at or now
    return FeedFetch.objects.create(
        feed=feed,
        at=at,
        seconds=max(0, (now - at).total_seconds()),
        status=result.status,
        outcome=name_outcome(feed, result),
        why=feed.why,
    )


def build_policy_answer(result: Result) -> policy.Answer:
    """Return what of a result counts for when to ask next."""
    if result.answer is None:
        return policy.Answer(0, False)
    names = ("etag", "last_modified", "date", "retry_after", "cache_control")
    return policy.Answer(result.status, result.is_good, **{name: getattr(result.answer, name) for name in names})


def update_feed(feed: Feed, result: Result, answer: policy.Answer, now: datetime) -> list[str]:
    """Set what came of the last request; return the fields that are set besides RESULT_FIELDS."""
    feed.why = result.why
    feed.is_waiting = not result.is_good and policy.is_asking_to_wait(answer)
    if feed.is_waiting and feed.not_before:
        feed.why = explain_pause(result.status, feed.not_before - now)
    if result.status == policy.GONE:
        feed.state = Feed.State.STOPPED
        return ["state"]
    if not result.is_good or not result.answer:
        return []
    feed.fetched_at = now
    if result.content:
        feed.home, feed.title = result.content.home or feed.home, feed.title or result.content.title[:300]
    return follow_move(feed, result.answer.moved_to, now)


def follow_move(feed: Feed, moved_to: str, now: datetime) -> list[str]:
    """Set the address to which a feed moved for good, unless another feed has it; return the fields that are set."""
    if not moved_to or moved_to == feed.url or len(moved_to) > MAX_URL or Feed.objects.filter(url=moved_to).exists():
        return []
    feed.url, feed.moved_at = moved_to, now
    return ["url", "host"]


def name_outcome(feed: Feed, result: Result) -> str:
    """Return what came of a request, as the history has it."""
    if result.is_good:
        return OUTCOMES.READ if result.content else OUTCOMES.UNCHANGED
    if feed.state == Feed.State.STOPPED:
        return OUTCOMES.STOPPED
    return OUTCOMES.WAITING if feed.is_waiting else OUTCOMES.FAILED
