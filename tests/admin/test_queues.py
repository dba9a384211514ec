"""What waits for curators: new articles, doubtful ones, what failed, and what is scheduled."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from annotations.management.commands.db_worker import clean_up_jobs
from cases import each
from conftest import signed_in
from curating import act, address, errors, said, save
from newsreader.curation.publishing import publish_due
from newsreader.curation.tasks import do_curation, find_next_moment, queue_curation
from newsreader.importing.extracted import Extracted
from newsreader.models import Article, ArticleImport, Feed, FeedEntry, Refetch
from newsreader.models.refetch import LEASE
from newsreader.search import matching
from texts import PAGE, extracted
from working import run_queued_tasks

LIST, FAILED = reverse("admin:newsreader_article_changelist"), reverse("admin:newsreader_article_failed")
LONG = "<p>" + "The harbour reopened on Monday. " * 30 + "</p>"


@pytest.fixture
def keeper(curator_client, alice):
    """A client of somebody with no more than the tick for curators."""
    act(curator_client, "make_curators", alice)
    return signed_in(alice)


@pytest.fixture
def failed(article):
    """An entry of a feed that was given up."""
    feed = Feed.objects.create(url="https://quay.example/rss", title="World", source=article.source)
    fields = {"url": "https://quay.example/gone", "title": "The lost page", "why": "The server answered 404."}
    return FeedEntry.objects.create(feed=feed, key="1", state=FeedEntry.State.FAILED, **fields)


def titles(response) -> list[str]:
    return [article.title for article in response.context["cl"].result_list]


def queues(page) -> dict[str, int]:
    return {queue.name: queue.number for queue in page.context["queues"]}


@each(
    ("found", "why"),
    [
        ({"html": LONG}, ""),
        ({"html": "<p>Short.</p>"}, "The text is short"),
        ({"html": LONG, "published": None}, "No date was found"),
        ({"html": LONG, "title": ""}, "No title was found"),
        ({"html": LONG, "left_out": [("word " * 400, "")]}, "More was left out of the page than kept"),
        ({"html": LONG, "problem": "Part 2 of this article is missing."}, "A part of the article is missing"),
    ],
)
def test_what_is_doubtful_about_an_article_is_said_in_the_list_of_those_that_need_a_look(keeper, found, why):
    content = Extracted(**{"title": f"Page {len(why)}", "published": timezone.now(), **found})
    stored = Article.objects.store(content, source=f"Outlet {len(why)}").article
    page = keeper.get(f"{LIST}?queue=look")
    assert (stored.title in titles(page)) == bool(why)
    assert why in page.content.decode()


def test_an_original_that_changed_needs_a_look_until_somebody_saved_it(keeper, article):
    article.apply_refetch(article.current().html + '\n<p id="p6">More.</p>')
    assert "the original changed when it was fetched again" in keeper.get(f"{LIST}?queue=look").content.decode()
    save(keeper, article, byline="Ana")
    assert titles(keeper.get(f"{LIST}?queue=look")) == []


def test_what_came_in_is_new_until_a_curator_checked_it(keeper, article, curator):
    arrived = Article.objects.store(extracted(LONG, title="Arrived"), status="draft").article
    Article.objects.store(extracted(LONG, title="Added by a curator", site="Other"), created_by=curator)
    assert titles(keeper.get(f"{LIST}?queue=new")) == ["Arrived", "Harbour reopens"]
    assert queues(keeper.get(LIST))["New"] == 2
    assert said(act(keeper, "set_checked", arrived, article)) == "2 articles marked as checked."
    assert titles(keeper.get(f"{LIST}?queue=new")) == []


def test_publishing_from_a_queue_takes_articles_out_of_it(keeper, article):
    Article.objects.update(status="draft")
    page = keeper.post(
        f"{LIST}?queue=new", {"action": "publish", "index": 0, "_selected_action": [article.pk]}, follow=True
    )
    assert said(page) == "1 article published."
    assert Article.objects.to_be_checked().count() == 0


def test_private_articles_are_in_no_queue(keeper, article, project):
    Article.objects.store(extracted("<p>Ours.</p>", title="Ours", site="Ours"), scope=project.pk)
    assert titles(keeper.get(f"{LIST}?queue=new")) == ["Harbour reopens"]
    assert queues(keeper.get(LIST))["New"] == 1


def test_the_index_leads_to_the_queues(keeper):
    page = keeper.get(reverse("admin:index")).content.decode()
    assert f'href="{LIST}?queue=new"' in page
    assert f'href="{FAILED}"' in page


def test_what_failed_says_why_and_is_tried_again(keeper, failed, article, alice):
    tried = article.refetches.create(asked_by=alice, due_at=timezone.now() - timedelta(days=2))
    tried.finish(Refetch.State.FAILED, why="This page takes too long to read.")
    page = keeper.get(FAILED)
    assert queues(page)["Failed"] == 2
    assert "Entries of feeds that could not become articles" in page.content.decode()
    assert page.content.decode().count("Last tried") == 2
    assert page.context["refetches"][0].due_at > timezone.now() - timedelta(minutes=1)
    assert "The server answered 404." in page.content.decode()
    assert "This page takes too long to read." in page.content.decode()
    again = keeper.post(FAILED, {"entry": failed.pk, "refetch": article.refetches.get().pk}, follow=True)
    assert said(again) == "2 pages will be tried again."
    failed.refresh_from_db()
    assert (failed.state, failed.attempts, failed.content["url"]) == ("waiting", 0, failed.url)


def test_the_queue_of_failures_leads_to_what_imports_did_not_add(keeper):
    assert "could not be imported" not in keeper.get(FAILED).content.decode()
    job = ArticleImport.objects.create(state="done", finished_at=timezone.now())
    job.items.create(number=1, name="notes.html", state="refused", why="No article was found on this page.")
    page = " ".join(keeper.get(FAILED).content.decode().split())
    assert "1 file or URL could not be imported." in page and reverse("article-imports") in page
    assert "Last tried" in keeper.get(job.get_absolute_url()).content.decode()


def test_nobody_else_sees_what_failed(alice_client, failed):
    assert alice_client.get(FAILED).status_code == 302
    assert alice_client.post(FAILED, {"entry": failed.pk}).status_code == 302


MOMENT = (timezone.now() + timedelta(days=2)).replace(hour=6, minute=15, second=0, microsecond=0)


@pytest.fixture
def scheduled(keeper, article):
    """A draft that a curator scheduled."""
    Article.objects.update(status="draft")
    save(keeper, article, status="draft", publish_at=MOMENT.strftime("%Y-%m-%dT%H:%M"))
    article.refresh_from_db()
    return article


def test_a_scheduled_draft_becomes_visible_at_its_time_and_not_before(keeper, scheduled, client, alice):
    assert titles(keeper.get(f"{LIST}?queue=scheduled")) == ["Harbour reopens"]
    assert find_next_moment() == MOMENT
    assert publish_due(MOMENT - timedelta(seconds=1)) == 0
    assert client.get(scheduled.get_absolute_url()).status_code == 404
    before = scheduled.version
    assert publish_due(MOMENT) == 1
    assert client.get(scheduled.get_absolute_url()).status_code == 200
    scheduled.refresh_from_db()
    assert (scheduled.publish_at, scheduled.version) == (None, before + 1)
    entry = LogEntry.objects.filter(object_id=scheduled.pk).latest("pk")
    assert (entry.get_change_message(), entry.user) == ("Published, as scheduled.", alice)


def test_clearing_the_time_takes_a_schedule_back(keeper, scheduled, client):
    assert "A draft is published automatically at this time." in keeper.get(address(scheduled)).content.decode()
    save(keeper, scheduled, publish_at="")
    assert publish_due(MOMENT) == 0
    assert "Cleared the schedule." in keeper.get(address(scheduled, "history")).content.decode()


@each(
    ("fields", "message"),
    [
        ({"status": "published", "publish_at": "2033-01-01T10:00"}, "Only a draft can be scheduled"),
        ({"status": "draft", "publish_at": "2020-01-01T10:00"}, "Enter a time in the future"),
    ],
)
def test_a_schedule_that_cannot_be_is_refused(keeper, article, fields, message):
    assert message in errors(save(keeper, article, **fields))


def test_the_worker_publishes_what_is_due(scheduled, client):
    Article.objects.update(publish_at=timezone.now())
    queue_curation()
    run_queued_tasks()
    assert client.get(scheduled.get_absolute_url()).status_code == 200


def test_the_history_says_in_words_who_did_what(keeper, article, alice):
    save(keeper, article, status="withdrawn", html=f"<p>{PAGE}</p>".replace("Monday", "Tuesday"), byline="Ana")
    page = keeper.get(address(article, "history")).content.decode()
    assert "Withdrawn. Corrected the text: revision 2. Changed byline." in page
    assert "alice" in page


def test_articles_get_another_source_in_bulk(keeper, article):
    other = Article.objects.store(extracted(LONG, title="Another", site="The Pier")).article
    page = act(keeper, "set_source", article, other)
    assert "2 articles get the source that you choose" in page.content.decode()
    sent = {"action": "set_source", "index": 0, "_selected_action": [article.pk, other.pk], "source": other.source_id}
    assert said(keeper.post(LIST, sent, follow=True)) == "1 article is now from “The Pier”. 1 already was."
    article.refresh_from_db()
    assert article.source == other.source
    assert matching(Article.objects.all(), 'source:"The Pier"').count() == 2
    assert "The Pier" in LogEntry.objects.get(object_id=article.pk).get_change_message()


def test_pages_are_fetched_again_in_the_background(keeper, article, site, settings, alice):
    settings.NEWSREADER_ALLOW_LOOPBACK = True
    lost = Article.objects.store(extracted(LONG, title="Lost", site="A", url=f"{site.url}/missing")).article
    bare = Article.objects.store(extracted(LONG, title="Bare", site="B")).article
    Article.objects.filter(pk=article.pk).update(url=f"{site.url}/ferry")
    page = act(keeper, "fetch_again", article, lost, bare)
    assert said(page).startswith("2 articles will be fetched again in the background.")
    assert said(page).endswith("1 has no address.")
    run_queued_tasks()
    assert article.revisions.count() == 2
    assert article.revisions.latest("number").created_by == alice
    assert dict(Refetch.objects.values_list("article", "state")) == {article.pk: "revised", lost.pk: "failed"}
    assert "Lost" in keeper.get(FAILED).content.decode()


def test_a_worker_that_starts_takes_up_what_another_left(article, alice, scheduled):
    Refetch.objects.ask_for(Article.objects.filter(pk=article.pk), alice)
    Article.objects.filter(pk=article.pk).update(url="https://quay.example/a")
    Refetch.objects.ask_for(Article.objects.filter(pk=article.pk), alice)
    refetch, now = Refetch.objects.get(), timezone.now()
    assert Refetch.objects.claim(refetch, now)
    assert not Refetch.objects.claim(refetch, now)  # by another process
    DBTaskResult.objects.all().delete()
    clean_up_jobs()
    [task] = DBTaskResult.objects.filter(task_path=do_curation.module_path)
    assert task.run_after == now + LEASE
