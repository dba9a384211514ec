"""What a feed brings, asked for on a site on this machine."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from cases import each
from feedsite import ETAG, MODIFIED, STORIES, page
from newsreader.feeds.entries import add_entries
from newsreader.feeds.policy import INTERVAL
from newsreader.feeds.refreshing import refresh_all
from newsreader.feeds.requests import claim_feed
from newsreader.importing.feeds.documents import FeedContent, FeedEntryContent
from newsreader.importing.fetching import client as fetching
from newsreader.importing.importer import extract_from_web
from newsreader.models import Article, Feed, FeedEntry, HostSlot, Source

MOMENTS = ("first_requested_at", "requested_at", "not_before", "due_at")


@pytest.fixture
def feed(db, feed_site):
    """A feed that is due, whose own text is stored: that needs no page."""
    source = Source.objects.create_source("The Quay", "")
    return Feed.objects.create(url=f"{feed_site.url}/rss", title="World", source=source, text="feed")


def refresh(feed: Feed, path: str = "", **fields: object) -> Feed:
    """Ask for the feed, which is at this path now, as a worker does; return it with what came of that."""
    fields |= {"url": f"{feed.url.rpartition('/')[0]}/{path}"} if path else {}
    Feed.objects.filter(pk=feed.pk).update(**fields)
    refresh_all()
    feed.refresh_from_db()
    return feed


def refresh_new(feed: Feed, path: str, **fields: object) -> Feed:
    """Ask for a feed at this path for the first time, with no article here; return it."""
    Feed.objects.all().delete()
    Article.objects.all().delete()
    feed = Feed.objects.create(url=f"{feed.url.rpartition('/')[0]}/{path}", title="World", source=feed.source, **fields)
    return refresh(feed)


def later(feed: Feed, hours: int = 2) -> Feed:
    """Let all that is noted of requests have happened so many hours earlier."""
    feed.refresh_from_db()
    for name in MOMENTS:
        setattr(feed, name, getattr(feed, name) - timedelta(hours=hours))
    feed.save()
    for entry in feed.entries.all():
        earlier = {name: getattr(entry, name) - timedelta(hours=hours) for name in ("due_at", "seen_at")}
        stored = entry.stored_at and entry.stored_at - timedelta(hours=hours)
        FeedEntry.objects.filter(pk=entry.pk).update(stored_at=stored, **earlier)
    return feed


def pause_of(feed: Feed) -> float:
    """Return how many hours lie between the last request for a feed and the next."""
    return (feed.due_at - feed.requested_at) / timedelta(hours=1)


@each(("path", "text"), [("rss", "page"), ("atom", "feed"), ("json", "feed"), ("atom", "page")])
def test_a_feed_of_each_kind_brings_its_articles(feed, path, text):
    """Atom says that it is a page and JSON Feed that it is an image; nothing active survives in the text of a feed."""
    feed = refresh_new(feed, path, text=text)
    articles = Article.objects.order_by("title")
    assert [article.title for article in articles] == ["Dry wells", "Night ferry"]
    assert {(article.source, article.status) for article in articles} == {(feed.source, "published")}
    html = articles[0].current().html
    assert STORIES["story-2"][1] in html
    assert "script" not in html and "onclick" not in html and "javascript" not in html
    assert (feed.failures, feed.why) == (0, "")


def test_articles_have_the_address_of_their_page_and_the_time_of_the_feed(feed, feed_site):
    refresh(feed, text="page")
    article = Article.objects.get(title="Night ferry")
    assert article.url == f"{feed_site.url}/story-1"  # without where the reader came from
    assert article.published_at == datetime(2026, 11, 28, 10, tzinfo=UTC)


def test_a_feed_may_make_drafts(feed):
    refresh(feed, article_status="draft")
    assert set(Article.objects.values_list("status", flat=True)) == {"draft"}


def test_a_feed_is_asked_for_once_and_then_with_its_validators_byte_for_byte(feed, feed_site):
    refresh(feed)
    refresh(later(feed))
    first, second = (headers for path, headers in feed_site.asked if path == "/rss")
    assert "If-None-Match" not in first and "If-Modified-Since" not in first
    assert (second["If-None-Match"], second["If-Modified-Since"]) == (ETAG, MODIFIED)
    assert [(fetch.status, fetch.outcome, fetch.created) for fetch in feed.fetches.all()] == [
        (304, "unchanged", 0),
        (200, "read", 2),
    ]


def test_a_feed_without_validators_is_asked_for_what_is_newer_than_its_answer(feed, feed_site):
    refresh(feed, "no-validators")
    refresh(later(feed))
    headers = [headers for path, headers in feed_site.asked if path == "/no-validators"][-1]
    assert headers["If-Modified-Since"].endswith(" GMT") and "If-None-Match" not in headers


def test_a_feed_that_is_not_due_is_not_asked_for(feed, feed_site):
    refresh(feed)
    refresh(feed)
    assert feed_site.paths().count("/rss") == 1
    assert 1 <= pause_of(feed) < 1.1


def test_no_article_comes_twice(feed, feed_site):
    """Neither in the same feed under another validator, nor in another feed, nor where it was added before."""
    Article.objects.store(extract_from_web(f"{feed_site.url}/story-1"), source="The Quay")
    refresh(feed, text="page")
    assert sorted(feed.entries.values_list("state", flat=True)) == ["known", "stored"]
    Feed.objects.create(url=f"{feed_site.url}/atom", title="All", source=feed.source)
    later(feed)
    refresh(feed, etag="another")
    assert Article.objects.count() == 2
    assert feed_site.paths().count("/story-2") + feed_site.paths().count("/story-2?utm_source=rss") == 1


def test_only_new_entries_become_articles(feed, feed_site):
    feed_site.names = ["story-1"]
    refresh(feed)
    assert Article.objects.count() == 1
    feed_site.names = ["story-2", "story-1"]
    refresh(later(feed), etag="old")
    assert [fetch.created for fetch in feed.fetches.all()] == [1, 1]


def test_an_article_that_was_deleted_does_not_come_again(feed):
    refresh(feed)
    Article.objects.get(title="Dry wells").delete()
    refresh(later(feed), etag="old")
    assert [article.title for article in Article.objects.all()] == ["Night ferry"]


def test_a_page_that_changed_becomes_a_revision_once_the_feed_says_so(feed, feed_site):
    refresh(feed, text="page")
    feed_site.pages["story-1"] = page("story-1").replace(b"forty passengers", b"fifty passengers")
    STORIES_BEFORE = dict(STORIES)
    STORIES["story-1"] = ("Night ferry", "The ferry sailed again, with fifty passengers.")
    try:
        refresh(later(feed, 30), etag="old")
    finally:
        STORIES.update(STORIES_BEFORE)
    article = Article.objects.get(title="Night ferry")
    assert (article.revision, "fifty passengers" in article.current().text) == (2, True)
    assert [fetch.revised for fetch in feed.fetches.all()] == [1, 0]


def test_a_feed_that_moved_for_good_gets_its_new_address(feed, feed_site):
    refresh(feed, "for-good")
    assert feed.url == f"{feed_site.url}/rss"
    assert Article.objects.count() == 2


@each(("path", "kept"), [("for-now", "for-now"), ("to-missing", "to-missing")])
def test_a_feed_that_moved_for_now_or_to_nowhere_keeps_its_address(feed, feed_site, path, kept):
    assert refresh_new(feed, path).url == f"{feed_site.url}/{kept}"


def test_two_feeds_that_moved_to_one_address_stay_two(feed, feed_site):
    other = Feed.objects.create(url=f"{feed_site.url}/for-good", title="Other", source=feed.source)
    refresh(feed)
    other.refresh_from_db()
    assert other.url == f"{feed_site.url}/for-good"
    assert Article.objects.count() == 2


def test_a_server_that_wants_a_pause_gets_it(feed):
    refresh(feed, "busy")
    assert feed.why == "The server answered 429 Too Many Requests and asked for a pause of 6 hours."
    assert (feed.is_waiting, feed.failures) == (True, 0)
    assert 6 <= pause_of(feed) < 6.1


def test_an_answer_is_as_fresh_as_it_says(feed):
    assert 4 <= pause_of(refresh(feed, "max-age")) < 4.1


def test_a_feed_that_is_gone_is_never_asked_for_again(feed, feed_site):
    refresh(feed, "gone")
    assert (feed.state, feed.why) == ("stopped", "The server says that the feed is gone for good (410).")
    refresh(later(feed, 1000))
    assert feed_site.paths() == ["/gone"]


@each(
    ("path", "why"),
    [
        ("missing", "The server answered 404 Not Found."),
        ("site", "The answer is a web page, not a feed."),
        ("short", "The URL could not be reached, or the connection broke."),
        ("broken", "The URL could not be reached, or the connection broke."),
        ("around", "The URL redirects too many times."),
        ("inwards", "169.254.169.254 is not on the public Internet, so nothing is fetched from it."),
        ("ten-gigabytes", "This feed is larger than 5 MB."),
        ("feed-bomb", "This feed is larger than 5 MB."),
        ("endless", "This feed is larger than 5 MB."),
    ],
)
def test_a_feed_that_fails_says_why(feed, path, why):
    feed = refresh_new(feed, path)
    assert (feed.why, feed.failures, feed.is_waiting) == (why, 1, False)
    assert feed.fetches.get().why == why


def test_a_slow_feed_fails(feed, monkeypatch):
    monkeypatch.setattr(fetching, "MAX_SECONDS", 1)
    assert refresh(feed, "drip").why == "The URL did not answer within 1 seconds."


def test_a_feed_that_goes_on_failing_is_tried_once_a_day(feed):
    pauses = []
    for _time in range(4):
        pauses.append(round(pause_of(refresh(feed, "missing"))))
        later(feed, 30)
    assert pauses == [1, 1, 24, 24]
    assert (refresh(feed, "rss").failures, feed.failing_since, feed.why) == (0, None, "")


def test_an_entry_without_a_page_says_why_and_is_given_up_after_three_days(feed, feed_site):
    feed_site.pages["story-1"] = b"<html><title>Sign in</title></html>"
    refresh(feed, text="page")
    entry = feed.entries.get(title="Night ferry")
    assert (entry.state, entry.why) == ("waiting", "No article was found on this page.")
    assert feed.fetches.get().failed == 1
    for _day in range(3):
        refresh(later(feed, 30))
    entry.refresh_from_db()
    assert (entry.state, entry.attempts) == ("failed", 3)
    assert sum(path.startswith("/story-1") for path in feed_site.paths()) == 3


def test_a_host_that_is_busy_is_left_alone(feed, feed_site):
    now = timezone.now()
    slots = [HostSlot.objects.take("127.0.0.1", 2, now) for _ in range(3)]
    assert [slot is not None for slot in slots] == [True, True, False]
    assert refresh(feed).requested_at is None
    HostSlot.objects.filter(place=1).update(until=now)
    assert refresh(feed).requested_at is not None


def test_a_request_whose_process_ends_is_followed_by_a_pause(feed, feed_site, monkeypatch):
    def killed(*args, **options):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("newsreader.feeds.requests.fetch_feed", killed)
        with pytest.raises(KeyboardInterrupt):
            refresh_all()
    assert refresh(feed).due_at == feed.requested_at + INTERVAL
    assert feed_site.paths() == []
    refresh(later(feed))
    assert Article.objects.count() == 2 and "If-Modified-Since" in feed_site.asked[0][1]


def test_a_paused_feed_is_not_asked_for(feed, feed_site):
    refresh(feed, state="paused")
    assert feed_site.paths() == []


def test_the_command_says_what_it_did_and_which_feeds_fail(feed, capsys):
    Feed.objects.create(url=feed.url.replace("rss", "missing"), title="Gone", source=feed.source)
    call_command("refresh_feeds")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2 feeds asked for, 2 entries read, 1 feeds failing."
    assert lines[1].endswith("/missing): The server answered 404 Not Found.")


def test_a_large_feed_asks_for_its_pages_little_by_little(feed):
    """Of 120 entries the newest 50 are taken first, the others when the feed is read again; no entry is left out."""
    entries = [FeedEntryContent(f"{number}", title=f"{number}", html="<p>Words</p>") for number in range(120)]
    for _time in range(3):
        fetch = feed.fetches.create(at=timezone.now(), outcome="read")
        add_entries(feed, fetch, FeedContent(entries=entries), timezone.now())
        now = timezone.now()
        due = [entry for entry in fetch.entries.all() if entry.due_at <= now]
        assert len(due) <= 10
    assert feed.entries.count() == 120
    assert feed.entries.get(title="0").fetch != feed.entries.get(title="119").fetch


def test_the_history_goes_back_90_days(feed):
    for days in (80, 100):
        feed.fetches.create(at=timezone.now() - timedelta(days=days), outcome="read")
    refresh(feed)
    assert feed.fetches.count() == 2


def test_entries_of_a_paused_feed_wait(feed):
    refresh(feed, "rss")
    feed.entries.update(state="waiting")
    Feed.objects.update(state="paused")
    refresh_all()
    assert set(feed.entries.values_list("state", flat=True)) == {"waiting"}


def test_two_workers_do_not_ask_for_the_same_feed(feed):
    one, other, now = Feed.objects.get(), Feed.objects.get(), timezone.now()
    assert claim_feed(one, now)
    assert not claim_feed(other, now)


def test_two_workers_do_not_store_the_same_entry(feed):
    feed.entries.create(key="a", digest="a", due_at=timezone.now())
    one, other, until = FeedEntry.objects.get(), FeedEntry.objects.get(), timezone.now() + timedelta(hours=1)
    assert FeedEntry.objects.claim(one, until)
    assert not FeedEntry.objects.claim(other, until)
