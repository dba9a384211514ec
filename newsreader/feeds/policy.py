"""When a feed is asked for, and with which validators. Pure: every moment is passed in.

A request is recorded before it is sent, so that a process that ends in the middle is followed by a pause as after any other,
and only the first request ever is without validators.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from newsreader.feeds.headers import format_moment, parse_max_age, parse_retry_after

INTERVAL = timedelta(hours=1)  # between two requests for a feed, at least
LONG_INTERVAL = timedelta(
    days=1
)  # for a feed that fails, or whose server wants fewer requests and does not say how few
HOURLY_TRIES = 2  # of a feed that fails, before it is tried once a day
HOST_GAP = timedelta(minutes=2)  # between the feeds of one host, where there is room for that in an hour
HOST_REQUESTS = 2  # at a time
BUSY_PAUSE = timedelta(minutes=1)  # until a host is tried again that has all the requests it may have
# A server whose only answers were errors is asked for what is newer than this before the first request.
LOOK_BACK = timedelta(days=30)
MAX_VALIDATOR = 2_000  # characters
TOO_MANY_REQUESTS, UNAVAILABLE, GONE = 429, 503, 410


class PolledFeed(Protocol):
    """What is known of the requests for a feed; a row of the database has it."""

    host: str
    etag: str
    modified_since: str
    first_requested_at: datetime | None
    requested_at: datetime | None
    not_before: datetime | None
    due_at: datetime
    failures: int
    failing_since: datetime | None


AnyFeed = TypeVar("AnyFeed", bound=PolledFeed)


@dataclass(frozen=True)
class Answer:
    """What counts of an answer: its status (0: none came), whether it was of use, and headers as they came."""

    status: int
    is_good: bool
    etag: str = ""
    last_modified: str = ""
    date: str = ""
    retry_after: str = ""
    cache_control: str = ""


def take_turns(due: Iterable[AnyFeed]) -> list[AnyFeed]:
    """Return which of the feeds that are due to ask for now: few of each host, and one of each host in turn."""
    turns: list[list[AnyFeed]] = [[] for _ in range(HOST_REQUESTS)]
    numbers: Counter[str] = Counter()
    for feed in due:
        if numbers[feed.host] < HOST_REQUESTS:
            turns[numbers[feed.host]].append(feed)
        numbers[feed.host] += 1
    return [feed for turn in turns for feed in turn]


def build_validators(feed: PolledFeed) -> dict[str, str]:
    """Return the headers that make a request conditional; none for the first request ever."""
    headers = {"If-None-Match": feed.etag, "If-Modified-Since": feed.modified_since}
    headers = {name: value for name, value in headers.items() if value}
    if headers or not feed.first_requested_at:
        return headers
    return {"If-Modified-Since": format_moment(feed.first_requested_at - LOOK_BACK)}


def record_request(feed: PolledFeed, now: datetime) -> None:
    """Write down that a request is sent now: the next may follow in an hour, whatever becomes of this one."""
    feed.first_requested_at = feed.first_requested_at or now
    feed.requested_at = now
    feed.not_before = feed.due_at = now + INTERVAL


def record_answer(feed: PolledFeed, answer: Answer, now: datetime, taken: Iterable[datetime] = ()) -> None:
    """Write down what was answered now, and when to ask next: not when other feeds of the host are asked (`taken`)."""
    if answer.is_good:
        feed.failures, feed.failing_since = 0, None
        record_validators(feed, answer, now)
    elif not is_asking_to_wait(answer):
        feed.failures, feed.failing_since = feed.failures + 1, feed.failing_since or now
    feed.not_before = find_earliest(feed, answer, now)
    feed.due_at = find_free_moment(feed.not_before + find_extra_pause(feed, answer), taken)


def is_asking_to_wait(answer: Answer) -> bool:
    """Return whether a server wants fewer requests, or none for a while, which is no failure of the feed."""
    return answer.status == TOO_MANY_REQUESTS or (answer.status == UNAVAILABLE and bool(answer.retry_after))


def record_validators(feed: PolledFeed, answer: Answer, now: datetime) -> None:
    """Keep the validators of an answer byte for byte; those of before where it is "not modified" and names none.

    Where a feed has none, the time of its answer serves (RFC 9110, 13.1.3).
    """
    etag, modified = (value if is_usable(value) else "" for value in (answer.etag, answer.last_modified))
    if answer.status == 304:
        feed.etag, feed.modified_since = etag or feed.etag, modified or feed.modified_since
    else:
        feed.etag, feed.modified_since = etag, modified
    if not feed.etag and not feed.modified_since:
        feed.modified_since = answer.date if is_usable(answer.date) else format_moment(now)


def is_usable(value: str) -> bool:
    """Return whether a header can be sent back as it came."""
    return 0 < len(value) <= MAX_VALIDATOR and value.isprintable()


def find_earliest(feed: PolledFeed, answer: Answer, now: datetime) -> datetime:
    """Return the moment before which the server wants no other request."""
    moments = [
        (feed.requested_at or now) + INTERVAL,
        parse_retry_after(answer.retry_after, now),
        parse_max_age(answer.cache_control, now),
    ]
    if answer.status == TOO_MANY_REQUESTS and moments[1] is None:
        moments.append(now + LONG_INTERVAL)
    return max(moment for moment in moments if moment)


def find_extra_pause(feed: PolledFeed, answer: Answer) -> timedelta:
    """Return how much longer than it must a feed waits that fails again and again."""
    return LONG_INTERVAL - INTERVAL if not answer.is_good and feed.failures > HOURLY_TRIES else timedelta(0)


def find_free_moment(earliest: datetime, taken: Iterable[datetime]) -> datetime:
    """Return the first moment from `earliest` on that is far enough from those taken."""
    later = sorted(taken)
    gap = min(HOST_GAP, INTERVAL / (len(later) + 1))
    moment = earliest
    for other in later:
        if other - moment >= gap:
            break
        if other > moment - gap:
            moment = other + gap
    return moment
