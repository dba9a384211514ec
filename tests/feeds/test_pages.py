"""The pages of feeds: what a curator sees and does there."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cases import each
from conftest import person, signed_in
from feedsite import STORIES
from newsreader.feeds.forms import FeedSettingsForm
from newsreader.feeds.refreshing import refresh_all
from newsreader.importing.feeds.opml import read_opml
from newsreader.models import Article, Feed, Source
from working import run_queued_tasks

OPML = b"""<opml version="2.0"><body><outline text="The Quay"><outline text="World" xmlUrl="https://quay.example/rss"/>
<outline text="Wells" xmlUrl="https://quay.example/wells"/></outline><outline xmlUrl="https://other.example/"/></body></opml>"""


@pytest.fixture
def feed(db):
    source = Source.objects.create_source("The Quay", "")
    return Feed.objects.create(url="https://quay.example/rss", title="World", source=source)


@pytest.fixture
def client(db):
    """A curator who is no superuser."""
    return signed_in(person("carol", is_staff=True))


def said(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_a_feed_is_added_by_its_address_with_one_request(client, feed_site):
    answer = client.post(
        "/feeds/add/", {"url": f"{feed_site.url}/rss", "source": "The Quay", "text": "page"}, follow=True
    )
    feed = Feed.objects.get()
    assert said(answer) == ["Added 1 feed."]
    assert (str(feed), feed.source.name, feed.home, feed.etag != "") == (
        "The Quay: World",
        "The Quay",
        f"{feed_site.url}/",
        True,
    )
    assert feed_site.paths() == ["/rss"]
    run_queued_tasks_once()
    assert feed_site.paths().count("/rss") == 1
    assert sorted(Article.objects.values_list("title", flat=True)) == ["Dry wells", "Night ferry"]


def run_queued_tasks_once() -> None:
    """Do what is queued for now; a pass over the feeds queues the next for later."""
    run_queued_tasks()
    assert DBTaskResult.objects.filter(status="READY", run_after__gt=timezone.now()).count() == 1


def test_a_site_that_names_one_feed_has_that_one_added(client, feed_site):
    client.post("/feeds/add/", {"url": f"{feed_site.url}/one-feed"})
    assert Feed.objects.get().url == f"{feed_site.url}/rss"
    refresh_all()
    assert feed_site.paths().count("/rss") == 1 and Feed.objects.get().title == "The Quay: World"


def test_a_site_that_names_several_feeds_lets_one_choose(client, feed_site):
    address = f"{feed_site.url}/site"
    page = words(client.post("/feeds/add/", {"url": address}))
    assert "This site names several feeds" in page and f'value="{feed_site.url}/atom"' in page
    answer = client.post("/feeds/add/", {"url": address, "feed": [f"{feed_site.url}/atom", "ftp://x"]}, follow=True)
    assert said(answer) == ["Added 1 feed."] and Feed.objects.get().url == f"{feed_site.url}/atom"
    answer = client.post("/feeds/add/", {"url": address}, follow=True)
    assert said(answer) == ["Added 1 feed."]  # the other, without a choice
    assert "There is already a feed with this address." in words(client.post("/feeds/add/", {"url": address}))


@each(
    ("path", "sentence"),
    [
        ("missing", "The server answered 404 Not Found."),
        ("story-1", "This page names no feed. Enter the address of the feed itself."),
        ("picture", "This page names no feed. Enter the address of the feed itself."),
    ],
)
def test_an_address_without_a_feed_is_refused_in_a_sentence(client, feed_site, path, sentence):
    answer = client.post("/feeds/add/", {"url": f"{feed_site.url}/{path}"})
    assert answer.status_code == 422 and sentence in words(answer)
    assert not Feed.objects.exists() and not Source.objects.exists()


def test_a_feed_that_is_here_is_not_asked_for_again(client, feed):
    assert "There is already a feed with this address." in words(client.post("/feeds/add/", {"url": feed.url}))


def test_the_list_says_how_each_feed_is(client, feed):
    now = timezone.now()
    fields = {"source": feed.source, "due_at": now}
    Feed.objects.create(url="https://a.example/", title="A", why="Gone.", state="stopped", **fields)
    Feed.objects.create(
        url="https://b.example/", title="B", why="Broken.", failures=3, failing_since=now - timedelta(days=3), **fields
    )
    Feed.objects.create(url="https://c.example/", title="C", why="Later.", is_waiting=True, **fields)
    Feed.objects.create(url="https://d.example/", title="D", state="paused", **fields)
    Feed.objects.create(url="https://e.example/", title="E", fetched_at=now, **fields)
    Feed.objects.create(url="https://f.example/", title="F", fetched_at=now, moved_at=now, **fields)
    page = words(client.get("/feeds/"))
    assert "7 feeds from 1 source, 0 new articles in 7 days. 2 feeds need attention." in page
    for sentence in (
        "Stopped",
        "Failing for 3 days",
        "Broken. Tried once a day.",
        "Waiting",
        "Paused",
        "Working",
        "Moved for good.",
        "New<",
    ):
        assert sentence in page, sentence


def test_the_number_of_queries_does_not_grow_with_the_feeds(client, feed, django_assert_num_queries):
    client.get("/feeds/")
    with django_assert_num_queries(3) as few:
        client.get("/feeds/")
    for number in range(20):
        Feed.objects.create(url=f"https://a.example/{number}", title="A", source=feed.source)
    with django_assert_num_queries(len(few)):
        client.get("/feeds/")


def test_a_feed_shows_its_history_and_what_is_not_stored(client, feed, feed_site):
    feed_site.pages["story-1"] = b"<html><title>Sign in</title></html>"
    Feed.objects.update(url=f"{feed_site.url}/rss")
    refresh_all()
    page = words(client.get(f"/feeds/{feed.pk}/"))
    assert "1 new article, 1 not stored" in page and "1 request, 0 unchanged, 1 article." in page
    assert "No article was found on this page." in page and STORIES["story-1"][0] in page


def test_settings_are_saved_and_another_address_begins_anew(client, feed):
    Feed.objects.update(etag="x", first_requested_at=timezone.now(), requested_at=timezone.now())
    sent = {"title": "News", "url": feed.url, "source": feed.source_id, "text": "feed", "article_status": "draft"}
    assert said(client.post(f"/feeds/{feed.pk}/", sent, follow=True)) == ["Saved the settings of “News”."]
    feed.refresh_from_db()
    assert (feed.title, feed.text, feed.article_status, feed.etag) == ("News", "feed", "draft", "x")
    client.post(f"/feeds/{feed.pk}/", sent | {"url": "https://quay.example/atom"})
    feed.refresh_from_db()
    assert (feed.url, feed.etag, feed.first_requested_at) == ("https://quay.example/atom", "", None)


def test_settings_overwrite_nothing_that_a_worker_writes_meanwhile(feed):
    sent = {"title": "News", "url": feed.url, "source": feed.source_id, "text": "feed", "article_status": "draft"}
    form = FeedSettingsForm(sent, instance=Feed.objects.get())
    Feed.objects.update(etag="x", state="stopped")
    assert form.is_valid() and form.save()
    feed.refresh_from_db()
    assert (feed.title, feed.etag, feed.state) == ("News", "x", "stopped")


def test_wrong_settings_are_told_and_not_saved(client, feed):
    other = Feed.objects.create(url="https://a.example/", title="A", source=feed.source)
    sent = {"title": "News", "url": other.url, "source": feed.source_id, "text": "feed", "article_status": "draft"}
    answer = client.post(f"/feeds/{feed.pk}/", sent)
    assert answer.status_code == 422 and "There is already a feed with this address." in words(answer)
    answer = client.post(f"/feeds/{feed.pk}/", sent | {"url": "http://user:x@quay.example/"})
    assert "URLs with a user name or password are not fetched." in words(answer)


def test_a_feed_is_paused_and_resumed(client, feed):
    address = f"/feeds/{feed.pk}/state/"
    assert said(client.post(address, follow=True)) == ["Paused “World”."]
    assert not Feed.objects.active().exists()
    assert said(client.post(address, follow=True)) == ["Resumed “World”."]
    assert Feed.objects.active().exists()


def test_a_stopped_feed_goes_on_once_it_has_another_address(client, feed):
    Feed.objects.update(state="stopped")
    client.post(f"/feeds/{feed.pk}/state/")
    assert Feed.objects.get().state == "stopped"
    sent = {
        "title": "N",
        "url": "https://a.example/",
        "source": feed.source_id,
        "text": "feed",
        "article_status": "draft",
    }
    client.post(f"/feeds/{feed.pk}/", sent)
    assert Feed.objects.get().state == "active"


def test_refreshing_now_waits_for_what_the_server_allows(client, feed):
    later = timezone.now() + timedelta(minutes=40)
    Feed.objects.update(not_before=later, due_at=later + timedelta(hours=3))
    (message,) = said(client.post(f"/feeds/{feed.pk}/refresh/", follow=True))
    assert message == f"“World” will be fetched at {later:%H:%M}: the earliest that its server allows."
    assert Feed.objects.get().due_at == later
    Feed.objects.update(requested_at=later - timedelta(hours=1))
    (message,) = said(client.post(f"/feeds/{feed.pk}/refresh/", follow=True))
    assert message == f"“World” will be fetched at {later:%H:%M}: a feed is asked for at most once an hour."
    Feed.objects.update(not_before=None)
    assert said(client.post(f"/feeds/{feed.pk}/refresh/", follow=True)) == ["“World” will be fetched in a minute."]


def test_the_history_says_that_new_entries_are_being_fetched(client, feed):
    fetch = feed.fetches.create(at=timezone.now(), outcome="read")
    for key in "abc":
        feed.entries.create(fetch=fetch, key=key)
    assert "3 entries found, being fetched" in words(client.get(f"/feeds/{feed.pk}/"))
    feed.entries.filter(key="a").update(state="stored")
    feed.fetches.update(created=1)
    assert "1 new article, 2 being fetched" in words(client.get(f"/feeds/{feed.pk}/"))
    feed.entries.update(state="stored")
    assert "being fetched" not in words(client.get(f"/feeds/{feed.pk}/"))


def test_a_removed_feed_leaves_its_articles(client, feed, article):
    feed.entries.create(key="a", digest="a", article=article, stored_at=timezone.now(), state="stored")
    assert "Its article stays." in words(client.get(f"/feeds/{feed.pk}/remove/"))
    client.post(f"/feeds/{feed.pk}/remove/")
    assert not Feed.objects.exists() and Article.objects.filter(pk=article.pk).exists()


def test_a_list_is_previewed_then_imported_and_comes_out_again(client, feed):
    page = client.post("/feeds/import/", {"file": SimpleUploadedFile("feeds.opml", OPML)})
    assert "2 new feeds. 1 is here already or cannot be fetched." in words(page)
    assert Feed.objects.count() == 1
    sent = {"opml": page.context["opml"], "text": "feed", "article_status": "draft"}
    assert said(client.post("/feeds/import/", sent, follow=True)) == ["Added 2 feeds."]
    wells = Feed.objects.get(url="https://quay.example/wells")
    assert (str(wells), wells.source, wells.article_status) == ("Wells", feed.source, "draft")
    listed = read_opml(client.get("/feeds/export/").content)
    assert {(each.url, each.folder) for each in listed} == set(Feed.objects.values_list("url", "source__name"))


@each("file", [b"", b"<rss/>", b"<opml><body>" + b"<outline>" * 1000])
def test_what_is_no_list_is_refused_in_a_sentence(client, file):
    answer = client.post("/feeds/import/", {"file": SimpleUploadedFile("x.opml", file)})
    assert answer.status_code == 422 and "error" in words(answer)


def test_only_the_staff_finds_the_pages(alice_client, feed):
    assert "Feeds" not in words(alice_client.get("/"))
    assert alice_client.get("/feeds/").status_code == 403
    assert alice_client.get(f"/feeds/{feed.pk}/").status_code == 404
    assert alice_client.post(f"/feeds/{feed.pk}/remove/").status_code == 404


def test_a_worker_that_starts_looks_at_the_feeds(feed):
    from annotations.management.commands.db_worker import clean_up_jobs

    clean_up_jobs()
    clean_up_jobs()
    assert DBTaskResult.objects.filter(task_path__endswith="refresh_feeds").count() == 1
    Feed.objects.update(state="paused")
    DBTaskResult.objects.all().delete()
    clean_up_jobs()
    assert not DBTaskResult.objects.filter(task_path__endswith="refresh_feeds").exists()
