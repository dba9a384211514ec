import re

import pytest

from annotations.models import Highlight, Project
from cases import each
from markup import markup


@pytest.fixture
def url(article, project):
    return f"{article.get_absolute_url()}sentences/?project={project.slug}"


def test_every_sentence_can_be_chosen(alice_client, url):
    page = alice_client.get(url).content.decode()
    assert page.count('name="first"') == page.count('name="last"') == 9


def test_a_passage_is_highlighted_by_its_sentences(alice_client, url, tag):
    answer = alice_client.post(url, {"first": 2, "last": 4, "tags": ["military option"], "note": "Whole"})
    made = Highlight.objects.get()
    assert made.exact.startswith("Ferries run again, slowly.\nWhat was lost\nTwo cranes fell")
    assert answer["Location"].endswith(f"#h-{made.pk}")
    assert made.tags.get() == tag


def test_one_sentence_is_enough(alice_client, url):
    alice_client.post(url, {"first": 2})
    assert Highlight.objects.get().exact == "Ferries run again, slowly."


def test_the_wrong_way_round_is_understood(alice_client, url):
    alice_client.post(url, {"first": 2, "last": 1})
    assert Highlight.objects.get().exact.startswith("The harbour")


@each("sent", [{}, {"first": 0}, {"first": 99}, {"first": "x"}, {"first": 1, "last": 99}])
def test_what_is_no_sentence_is_said(alice_client, url, sent):
    answer = alice_client.post(url, sent)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Highlight.objects.exists()


def test_what_was_written_is_not_lost_by_a_mistake(alice_client, url, tag):
    page = alice_client.post(url, {"first": 99, "note": "Long thought", "tags": [tag.name]}).content.decode()
    assert "Long thought" in page
    assert f'value="{tag.name}" checked' in page


def test_a_visitor_is_led_to_sign_in(visitor, url):
    assert visitor.get(url)["Location"].startswith("/accounts/login/")


def test_a_viewer_is_told_why_not(bob_client, project, url):
    project.memberships.filter(user__username="bob").update(role="viewer")
    answer = bob_client.post(url, {"first": 1})
    assert answer.status_code == 403
    assert "Who can help: <bdi>alice</bdi>" in markup(answer)
    assert not Highlight.objects.exists()


def test_a_stranger_highlights_only_in_a_project_of_his_own(charlie_client, project, url):
    assert charlie_client.post(url, {"first": 1}).status_code == 404
    assert not Highlight.objects.exists()
    charlie_client.post(url.partition("?")[0], {"first": 1})
    assert Highlight.objects.get().project != project


def test_the_reading_page_leads_to_the_sentences_of_the_project_that_it_shows(alice_client, alice, article, project):
    other = Project.objects.create_owned("Another study", owner=alice)
    for shown in (other, project):
        page = alice_client.get(article.get_absolute_url(), {"project": shown.slug}).content.decode()
        address = re.search(r'href="([^"]*/sentences/[^"]*)"', page)[1]
        alice_client.post(address, {"first": 2})
        assert Highlight.objects.latest("created_at").project == shown
