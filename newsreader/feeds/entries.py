"""The entries of feeds: which are new, and how they become articles."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from newsreader.feeds import policy
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extracted import Extracted
from newsreader.importing.extraction.addresses import normalise_url
from newsreader.importing.extraction.languages import with_language
from newsreader.importing.feeds.documents import FeedContent, FeedEntryContent
from newsreader.importing.importer import extract_from_web
from newsreader.models import Article, Feed, FeedEntry, FeedFetch, HostSlot
from newsreader.text.html.plaintext import text_of
from newsreader.text.language.direction import detect_direction

Clock = Callable[[], datetime]
States = FeedEntry.State
RETRY_AFTER = timedelta(days=1)  # between two attempts to fetch a page, or between two looks at what may be revised
MAX_ATTEMPTS = 3
LEASE = timedelta(minutes=10)  # after which an entry of a process that was killed is taken up again
MAX_NEW = 50  # entries of one answer; more are taken when the feed is read again
AT_ONCE, PAGE_GAP = 10, timedelta(seconds=5)


class HostBusyError(Exception):
    """As many requests go to a host as may at a time."""


def add_entries(feed: Feed, fetch: FeedFetch, content: FeedContent, now: datetime) -> None:
    """Store the entries that are new, and let those wait again of which the feed says something else now."""
    listed = {compute_digest(entry.key): entry for entry in reversed(content.entries)}  # the oldest first, as feeds go
    known = {entry.key: entry for entry in feed.entries.filter(key__in=listed).defer("content")}
    new = [build_entry(feed, fetch, key, entry, now) for key, entry in listed.items() if key not in known]
    spread_out(new[-MAX_NEW:])
    FeedEntry.objects.bulk_create(new[-MAX_NEW:], ignore_conflicts=True)
    for key, entry in known.items():
        digest = digest_content(listed[key])
        if entry.digest != digest:
            reopen_entry(entry, digest, listed[key], fetch, now)


def spread_out(entries: list[FeedEntry]) -> None:
    """Give the entries after the first few later turns, so that the site is not asked for many pages at once."""
    for place, entry in enumerate(entries[AT_ONCE:], 1):
        entry.due_at += place * PAGE_GAP


def build_entry(feed: Feed, fetch: FeedFetch, key: str, content: FeedEntryContent, now: datetime) -> FeedEntry:
    """Return an unsaved entry that waits to become an article."""
    return FeedEntry(
        feed=feed,
        fetch=fetch,
        key=key,
        digest=digest_content(content),
        url=content.url,
        title=content.title,
        content=asdict(content),
        due_at=now,
        seen_at=now,
    )


def reopen_entry(entry: FeedEntry, digest: str, content: FeedEntryContent, fetch: FeedFetch, now: datetime) -> None:
    """Let an entry wait again, at most once a day: its article may have been revised, or fetching it may succeed now."""
    due_at = max(now, (entry.stored_at or entry.seen_at) + RETRY_AFTER)
    fields = {"digest": digest, "content": asdict(content), "fetch": fetch, "title": content.title, "url": content.url}
    FeedEntry.objects.filter(pk=entry.pk).update(state=States.WAITING, attempts=0, due_at=due_at, **fields)


def compute_digest(text: str) -> str:
    """Return the SHA-256 of a text, as hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def digest_content(content: FeedEntryContent) -> str:
    """Return a digest of what a feed says in an entry."""
    return compute_digest("\n".join((content.url, content.title, content.updated, content.html)))


def store_waiting_entries(is_over: Callable[[], bool], clock: Clock = timezone.now) -> int:
    """Make articles of the entries that wait, one after another until it is over, and return how many were looked at."""
    number = 0
    while not is_over():
        entry = FeedEntry.objects.waiting(clock()).select_related("feed__source", "article").first()
        if entry is None:
            break
        if FeedEntry.objects.claim(entry, clock() + LEASE):
            store_entry(entry, clock)
            number += 1
    return number


def store_entry(entry: FeedEntry, clock: Clock = timezone.now) -> None:
    """Make an article of an entry, or a revision of the one that it is; a failure is written down and tried again."""
    try:
        outcome = revise_article(entry) if entry.article else create_article(entry, clock)
    except HostBusyError:
        FeedEntry.objects.filter(pk=entry.pk).update(due_at=clock() + policy.BUSY_PAUSE)
        return
    except ArticleImportError as error:
        outcome = record_failure(entry, str(error), clock())
    except Exception:  # of one entry; the others go on
        logging.getLogger(__name__).exception("An entry could not be stored: %s", entry.url)
        outcome = record_failure(entry, _("This entry could not be stored."), clock())
    if outcome and entry.fetch_id:
        FeedFetch.objects.filter(pk=entry.fetch_id).update(**{outcome: F(outcome) + 1})


def record_failure(entry: FeedEntry, why: str, now: datetime) -> str:
    """Write down why an entry is no article; after three attempts it is given up."""
    attempts = entry.attempts + 1
    state = States.FAILED if attempts >= MAX_ATTEMPTS else States.WAITING
    fields = {"attempts": attempts, "why": why, "state": state, "due_at": now + RETRY_AFTER}
    if state == States.FAILED:
        fields |= {"content": {}, "due_at": now}
    FeedEntry.objects.filter(pk=entry.pk).update(**fields)
    return "failed" if attempts == 1 else ""


def create_article(entry: FeedEntry, clock: Clock) -> str:
    """Store the article of an entry, unless it is here already; return the count of the history that this raises."""
    known = Article.objects.known_in(None).filter(url=entry.url).first() if entry.url else None
    if known:
        return finish_entry(entry, known, States.KNOWN, clock())
    extracted = extract_entry(entry)
    stored = Article.objects.store(extracted, source=entry.feed.source.name, status=entry.feed.article_status)
    state = States.STORED if stored.created else States.KNOWN
    return finish_entry(entry, stored.article, state, clock(), extracted.problem if stored.created else "")


def finish_entry(entry: FeedEntry, article: Article, state: str, now: datetime, problem: str = "") -> str:
    """Write down which article an entry is, and what is missing of it; forget what the feed said."""
    stored_at = now if state == States.STORED else None
    fields = {"article": article, "state": state, "stored_at": stored_at, "content": {}, "why": problem}
    FeedEntry.objects.filter(pk=entry.pk).update(**fields)
    return "created" if state == States.STORED else ""


def revise_article(entry: FeedEntry) -> str:
    """Give the article of an entry the text that its page, or the feed, has now; return the count that this raises."""
    article = entry.article
    was_stored = entry.stored_at is not None
    extracted = extract_entry(entry) if article and was_stored else None
    if extracted and extracted.problem:  # the article has perhaps what is missing now
        raise ArticleImportError(extracted.problem)
    revision = article.apply_refetch(extracted.html) if article and extracted else None
    state = States.STORED if was_stored else States.KNOWN
    FeedEntry.objects.filter(pk=entry.pk).update(state=state, content={}, why="")
    return "revised" if revision else ""


def extract_entry(entry: FeedEntry) -> Extracted:
    """Return the article of an entry: from its page, or as the feed has it; raise ArticleImportError if there is none."""
    content = FeedEntryContent(**entry.content)
    if entry.feed.text == Feed.Text.FEED or not entry.url:
        return extract_from_feed(content)
    host = urlsplit(entry.url).hostname or ""
    with HostSlot.objects.hold(host, policy.HOST_REQUESTS, timezone.now()) as is_free:
        if not is_free:
            raise HostBusyError
        return complete(extract_from_web(entry.url), content)


def extract_from_feed(content: FeedEntryContent) -> Extracted:
    """Return the article as the feed has it; raise ArticleImportError where it has no text."""
    if not content.html:
        raise ArticleImportError(_("The feed has no text for this entry."))
    direction = detect_direction(content.language, text_of(content.html))
    found = Extracted(content.title, content.html, language=content.language, direction=direction, url=content.url)
    return with_language(complete(found, content))


def complete(found: Extracted, content: FeedEntryContent) -> Extracted:
    """Return an article with what only the feed says of it: title, byline, moment of publication."""
    found.title = found.title or content.title
    found.byline = found.byline or content.byline
    if not found.published and content.published:
        found.published = datetime.fromisoformat(content.published)
    found.url = found.url or normalise_url(content.url)
    return found
