"""Deleted highlights, listed for those who may restore them."""

from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from annotations.management.commands.db_worker import clean_up_jobs
from annotations.models import Desk, Event, Highlight, HighlightEntry, ImportJob, Role
from annotations.models.undoing import list_undoable
from annotations.passages.queries import PAGE_SIZE
from markup import markup
from storm import marked
from working import run_queued_tasks

URL = "/projects/harbour-study/deleted/"


@pytest.fixture
def by_bob(project, revision, bob) -> Highlight:
    start = revision.text.index("Two cranes")
    span = {"start": start, "end": start + 10}
    return Highlight.objects.make(project=project, revision=revision, author=bob, **span).highlight


def list_deleted(client, page: int = 1) -> list[str]:
    """The words that the page lists, in its order."""
    answer = client.get(URL, {"page": page})
    assert answer.status_code == 200
    return [row.passage.exact for row in answer.context["rows"]]


def test_a_deleted_highlight_is_listed_with_all_that_it_has(alice_client, highlight, alice):
    highlight.hide(alice)
    page = markup(alice_client.get(URL))
    for words in (
        "reopened on Monday",
        "Harbour reopens",
        "military option",
        "<em>first</em> note",
        "Deleted by alice,",
    ):
        assert words in page
    assert f'action="/highlights/{highlight.pk}/restore/"' in page


def test_restoring_leads_back_to_the_list_and_says_where_it_is(alice_client, highlight, alice):
    highlight.hide(alice)
    page = markup(alice_client.post(f"/highlights/{highlight.pk}/restore/", {"next": URL}, follow=True))
    assert "Highlight restored." in page
    assert f'{highlight.article.get_absolute_url()}?project=harbour-study#h-{highlight.pk}">Show it' in page
    assert "No deleted highlights." in page
    back = Highlight.objects.standing().get()
    assert (back.note, [tag.name for tag in back.ordered_tags()]) == (highlight.note, ["military option"])


def test_what_is_restored_stands_in_a_text_that_was_corrected_meanwhile(alice_client, highlight, revision, alice):
    highlight.hide(alice)
    highlight.article.revise(revision.html.replace("The harbour of Brevik", "The old harbour of Brevik"))
    alice_client.post(f"/highlights/{highlight.pk}/restore/", {"next": URL})
    page = alice_client.get(highlight.article.get_absolute_url(), {"project": "harbour-study"}).content.decode()
    assert f'id="h-{highlight.pk}"' in page


def test_the_last_deleted_comes_first(alice_client, alice, highlight, by_bob):
    by_bob.hide(alice)
    highlight.hide(alice)
    assert list_deleted(alice_client) == ["reopened on Monday", "Two cranes"]


def test_coders_find_their_own_and_curators_all(alice_client, bob_client, alice, bob, project, highlight, by_bob):
    highlight.hide(alice)
    by_bob.hide(alice)
    assert len(list_deleted(alice_client)) == 2
    assert list_deleted(bob_client) == ["Two cranes"]
    assert bob_client.post(f"/highlights/{highlight.pk}/restore/").status_code == 404
    project.memberships.filter(user=bob).update(role=Role.CURATOR)
    assert len(list_deleted(bob_client)) == 2
    bob_client.post(f"/highlights/{highlight.pk}/restore/")
    assert Highlight.objects.standing().get() == highlight


def test_who_cannot_highlight_learns_who_can_help_and_a_stranger_nothing(
    visitor, charlie_client, bob_client, bob, project
):
    project.memberships.filter(user=bob).update(role=Role.VIEWER)
    assert "restore highlights" in bob_client.get(URL).content.decode()
    assert bob_client.get(URL).status_code == 403
    assert charlie_client.get(URL).status_code == 404
    assert visitor.get(URL).status_code == 404
    project.public = True
    project.save()
    assert visitor.get(URL)["Location"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_nothing_of_an_article_that_is_not_published(alice_client, alice, highlight, status):
    highlight.hide(alice)
    highlight.article.status = status
    highlight.article.save()
    assert list_deleted(alice_client) == []
    assert alice_client.post(f"/highlights/{highlight.pk}/restore/").status_code == 404
    assert alice_client.get(highlight.get_absolute_url()).status_code == 404


def test_half_an_import_is_not_a_deletion(alice_client, alice, project, highlight):
    job = ImportJob.objects.create(project=project, made_by=alice, name="x.csv", total=1)
    Highlight.objects.update(pending_import=job, deleted_at=timezone.now())
    assert list_deleted(alice_client) == []


def test_many_are_listed_page_by_page_in_as_many_queries(alice_client, alice, highlight, project):
    highlight.hide(alice)
    with CaptureQueriesContext(
        connection,
    ) as one:
        list_deleted(alice_client)
    moment = timezone.now()
    fields = {
        name: getattr(highlight, name) for name in ("project", "article", "revision", "author", "start", "end", "exact")
    }
    Highlight.objects.bulk_create(
        Highlight(**fields, deleted_at=moment + timedelta(seconds=number)) for number in range(PAGE_SIZE)
    )
    with CaptureQueriesContext(connection) as many:
        assert len(list_deleted(alice_client)) == PAGE_SIZE
    assert len(many) <= len(one)
    page = markup(alice_client.get(URL, {"page": 2}))
    assert f"51 to 51 of {PAGE_SIZE + 1}" in page
    assert 'href="?page=1" rel="prev"' in page


def test_the_pages_of_a_project_lead_there(alice_client, project, highlight):
    for page in (project.get_absolute_url(), f"/projects/{project.slug}/passages/"):
        assert f'href="{URL}"' in alice_client.get(page).content.decode()
    message = alice_client.post(f"/highlights/{highlight.pk}/delete/", follow=True).content.decode()
    assert f'<a href="{URL}">Deleted highlights</a>' in message


def test_several_are_restored_at_once(alice_client, bob_client, alice, bob, highlight, by_bob):
    for deleted in (highlight, by_bob):
        deleted.hide(alice)
    keys = [str(highlight.pk), str(by_bob.pk), "x", str(uuid4())]
    page = markup(bob_client.post(URL, {"highlight": keys}, follow=True))
    assert "1 highlight restored." in page  # his own
    by_bob.hide(bob)
    page = markup(alice_client.post(URL, {"highlight": keys}, follow=True))
    assert "2 highlights restored." in page
    assert "No deleted highlights." in page
    verbs = Event.objects.filter(subject__in=(highlight.pk, by_bob.pk), verb="highlight restored")
    assert [event.actor.username for event in verbs.order_by("pk")] == ["bob", "alice", "alice"]
    assert "Select the highlights to restore." in markup(alice_client.post(URL, follow=True))


def set_deleted(highlight: Highlight, **ago) -> None:
    moment = timezone.now() - timedelta(**ago)
    Highlight.objects.filter(pk=highlight.pk).update(deleted_at=moment)
    Event.objects.filter(subject=highlight.pk).update(at=moment)


def test_the_page_says_how_long_each_is_kept(alice_client, alice, highlight, by_bob, settings):
    for deleted in (highlight, by_bob):
        deleted.hide(alice)
    set_deleted(highlight, days=28, hours=12)
    page = markup(alice_client.get(URL))
    assert "30 days after it was deleted, a highlight is removed for good." in page
    assert "Removed for good in 2 days" in page
    assert "Removed for good in 30 days" in page
    settings.NEWSREADER_BIN_DAYS = 0
    page = markup(alice_client.get(URL))
    assert "for good" not in page


def test_the_bin_is_emptied_of_what_is_old_and_the_history_stays(
    alice_client, alice, project, highlight, by_bob, revision, settings
):
    old, kept, standing = highlight, by_bob, marked(revision.article, project, alice, "harbour")
    Desk.objects.create_desk(project, "Cranes", "columns=article", by=alice).pin(old, by=alice)
    for deleted in (old, kept):
        deleted.hide(alice)
    set_deleted(old, days=31)
    set_deleted(kept, days=29)
    settings.NEWSREADER_BIN_DAYS = 0
    call_command("empty_bin")
    assert Highlight.objects.count() == 3
    settings.NEWSREADER_BIN_DAYS = 30
    call_command("empty_bin", stdout=(said := StringIO()))
    assert said.getvalue() == "1 highlights removed.\n"
    assert set(Highlight.objects.all()) == {kept, standing}
    assert not HighlightEntry.objects.filter(pk=old.pk).exists()
    verbs = list(Event.objects.filter(project=project).order_by("pk").values_list("verb", flat=True))
    assert verbs.count("highlight deleted") == 2
    assert verbs[-1] == "bin emptied"
    history = markup(alice_client.get("/projects/harbour-study/history/"))
    assert "Removed 1 deleted highlight for good" in history
    deletion = Event.objects.get(subject=old.pk, verb="highlight deleted")
    assert deletion.pk not in list_undoable(project.with_role_of(alice), alice, [deletion])


def test_a_worker_empties_the_bin_every_day(alice, highlight):
    highlight.hide(alice)
    set_deleted(highlight, days=31)
    clean_up_jobs()
    clean_up_jobs()
    run_queued_tasks()
    assert not Highlight.objects.exists()
    [queued] = DBTaskResult.objects.filter(status="READY")
    assert queued.run_after > timezone.now() + timedelta(hours=23)


def test_half_an_import_is_not_emptied(alice, project, highlight):
    job = ImportJob.objects.create(project=project, made_by=alice, name="x.csv", total=1)
    Highlight.objects.update(pending_import=job, deleted_at=timezone.now() - timedelta(days=40))
    call_command("empty_bin")
    assert Highlight.objects.exists()
