"""How feeds are, in words for curators."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from newsreader.feeds import policy
from newsreader.models import Feed, FeedFetch

MOVED_DAYS = 7  # so long a list says that a feed moved


class Condition(NamedTuple):
    """The state of a feed in a word or two, whether it needs a curator, and why it is so."""

    label: str
    is_bad: bool = False
    why: str = ""


def describe_condition(feed: Feed) -> Condition:
    """Return how a feed is."""
    if feed.state == Feed.State.STOPPED:
        return Condition(_("Stopped"), True, feed.why)
    if feed.state == Feed.State.PAUSED:
        return Condition(_("Paused"))
    if feed.is_waiting:
        return Condition(_("Waiting"), False, feed.why)
    if feed.failures:
        return Condition(describe_failing(feed.failing_since), True, explain_tries(feed))
    if feed.moved_at and now() - feed.moved_at < timedelta(days=MOVED_DAYS):
        return Condition(_("Moved"), False, _("Moved for good. The new address is stored; no action needed."))
    return Condition(_("Working") if feed.fetched_at else _("New"))


def describe_failing(since: datetime | None) -> str:
    """Return for how long a feed has been failing."""
    days = (now() - since).days if since else 0
    if not days:
        return _("Failing")
    return ngettext("Failing for %(number)s day", "Failing for %(number)s days", days) % {"number": days}


def explain_tries(feed: Feed) -> str:
    """Return why a feed fails, and how often it is tried."""
    return f"{feed.why} {_('Tried once a day.')}" if feed.failures > policy.HOURLY_TRIES else feed.why


def describe_fetch(fetch: FeedFetch, waiting: int = 0) -> str:
    """Return what came of a request, of which so many entries are `waiting` to become articles."""
    if fetch.outcome == FeedFetch.Outcome.UNCHANGED:
        return _("Unchanged (304)")
    if fetch.outcome != FeedFetch.Outcome.READ:
        return fetch.why
    parts = [
        count_words(fetch.created, ngettext("%(number)s new article", "%(number)s new articles", fetch.created)),
        count_words(fetch.revised, ngettext("%(number)s revised", "%(number)s revised", fetch.revised)),
        count_words(fetch.failed, ngettext("%(number)s not stored", "%(number)s not stored", fetch.failed)),
    ]
    found = ngettext("%(number)s entry found", "%(number)s entries found", waiting)
    if waiting and not any(parts):
        return _("%(entries)s, being fetched") % {"entries": found % {"number": waiting}}
    parts.append(count_words(waiting, ngettext("%(number)s being fetched", "%(number)s being fetched", waiting)))
    return ", ".join(filter(None, parts)) or _("Nothing new")


def explain_pause(feed: Feed, until: datetime) -> str:
    """Return why a feed is not asked for before then: its server wants so, or it was within the hour."""
    if feed.requested_at and until <= feed.requested_at + policy.INTERVAL:
        return _("a feed is asked for at most once an hour.")
    return _("the earliest that its server allows.")


def count_words(number: int, words: str) -> str:
    """Return the words with their number; empty for none."""
    return words % {"number": number} if number else ""


def group_by_source(feeds: list[Any]) -> list[tuple[Any, list[tuple[Any, Condition]]]]:
    """Return (source, its feeds with how each is), in the order of the feeds."""
    groups: dict[int, tuple[Any, list[tuple[Any, Condition]]]] = {}
    for feed in feeds:
        groups.setdefault(feed.source_id, (feed.source, []))[1].append((feed, describe_condition(feed)))
    return list(groups.values())
