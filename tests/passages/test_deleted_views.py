"""Deleted highlights, listed for those who may restore them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.models import Highlight, ImportJob, Role
from annotations.passages.queries import PAGE_SIZE
from markup import markup

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
