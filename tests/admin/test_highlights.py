"""Highlights in the admin: read by curators, edited by nobody."""

import pytest

from annotations.models import Event, Highlight, Project
from cases import each
from conftest import signed_in
from curating import act, address, list_of


@pytest.fixture
def public(project):
    Project.objects.filter(pk=project.pk).update(public=True)
    return project


def test_a_highlight_is_shown_with_its_words_its_place_its_tags_and_its_note(curator_client, highlight, tag):
    page = curator_client.get(address(highlight)).content.decode()
    for words in (highlight.exact, highlight.article.title, "revision 1", tag.name, "<em>first</em>"):
        assert words in page


def test_nobody_edits_somebody_elses_words(curator_client, highlight):
    assert curator_client.post(address(highlight), {"note": "mine"}).status_code == 403
    assert 'name="note"' not in curator_client.get(address(highlight)).content.decode()


def test_to_delete_a_highlight_hides_it_by_its_own_verb(curator_client, curator, highlight):
    assert "Its author can restore it." in curator_client.get(address(highlight, "delete")).content.decode()
    curator_client.post(address(highlight, "delete"), {"post": "yes"})
    highlight.refresh_from_db()
    assert highlight.deleted_at
    assert Event.objects.filter(verb="highlight deleted", actor=curator, subject=highlight.pk).exists()


def test_highlights_are_hidden_and_restored_from_the_list(curator_client, highlight):
    act(curator_client, "hide", highlight)
    assert not Highlight.objects.standing().exists()
    act(curator_client, "restore", highlight)
    assert Highlight.objects.standing().exists()


def test_a_curator_hides_a_highlight_of_a_public_project(curator_client, charlie, public, highlight):
    act(curator_client, "make_curators", charlie)
    act(signed_in(charlie), "hide", highlight)
    assert not Highlight.objects.standing().exists()


def test_a_curator_does_not_reach_a_highlight_of_a_private_project(curator_client, charlie, highlight):
    act(curator_client, "make_curators", charlie)
    client = signed_in(charlie)
    act(client, "hide", highlight)
    client.post(address(highlight, "delete"), {"post": "yes"})
    assert Highlight.objects.standing().exists()


def test_only_who_runs_the_site_sees_what_its_reader_deleted(curator_client, charlie, public, alice, highlight):
    highlight.hide(alice)
    act(curator_client, "make_curators", charlie)
    shown = [
        len(client.get(list_of(Highlight)).context["cl"].result_list) for client in (curator_client, signed_in(charlie))
    ]
    assert shown == [1, 0]


@pytest.mark.parametrize(("state", "number"), [("standing", 0), ("deleted", 1)])
def test_deleted_highlights_are_distinguished_from_standing_ones(curator_client, alice, highlight, state, number):
    highlight.hide(alice)
    page = curator_client.get(list_of(Highlight), {"state": state})
    assert len(page.context["cl"].result_list) == number


@each("words", ["reopened", "first", "Harbour", "alice"])
def test_a_highlight_is_found_by_words_note_article_or_reader(curator_client, highlight, words):
    assert len(curator_client.get(list_of(Highlight), {"q": words}).context["cl"].result_list) == 1


def test_the_list_asks_as_often_for_many_highlights(
    curator_client, project, revision, alice, tag, highlight, django_assert_num_queries, django_assert_max_num_queries
):
    curator_client.get(list_of(Highlight))  # what waits is counted now, and kept
    with django_assert_max_num_queries(20) as few:
        curator_client.get(list_of(Highlight))
    for start in range(40):
        fields = {"project": project, "revision": revision, "author": alice, "tags": [tag]}
        Highlight.objects.make(start=start, end=start + 5, **fields)
    with django_assert_num_queries(len(few)):
        curator_client.get(list_of(Highlight))


def test_a_highlight_tells_what_became_of_it_on_later_texts(curator_client, article, highlight, alice):
    assert "It was made on the current revision." in curator_client.get(address(highlight)).content.decode()
    article.revise(article.current().html.replace("reopened on Monday", "reopened on Tuesday"))
    highlight.placements.get().accept(version=1, by=alice)
    page = curator_client.get(address(highlight)).content.decode()
    assert "revision 2: edited (“Monday” → “Tuesday”); new wording accepted by alice" in page


def test_the_log_is_read_and_never_written(curator_client, highlight):
    event = Event.objects.filter(verb="highlight made").get()
    assert curator_client.get(address(event)).status_code == 200
    assert curator_client.post(address(event), {"verb": "nothing"}).status_code == 403
    assert curator_client.post(address(event, "delete"), {"post": "yes"}).status_code == 403
