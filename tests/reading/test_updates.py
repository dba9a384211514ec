"""What an open page is told of others' changes: how many, of what it shows, and to whom."""

import re
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from adjudication.layers import agree
from annotations.models import Highlight, Project, Reply, Role, Tag, Thread
from annotations.models.joining import merge_and_join
from annotations.models.tag_lines import separate_lines
from conftest import person, signed_in
from newsreader.models import Article
from storm import SEVENTEEN, edited, marked, report


class OpenPage:
    """The page of an article as a browser has it open."""

    def __init__(self, client: Client, article: Article, **query) -> None:
        self.client, self.query = client, query
        page = client.get(article.get_absolute_url(), {"project": "harbour-study", **query})
        self.region = html.fromstring(page.content).get_element_by_id("updates")

    def ask(self, **query):
        state = self.region.get("data-state")
        address = f"{self.region.get('data-address')}&{urlencode(self.query | query)}"
        return self.client.get(address, headers={"if-none-match": state})

    def says(self) -> str:
        answer = self.ask()
        if answer.status_code == 304:
            return ""
        assert answer.status_code == 200
        found = html.fromstring(f"<div>{answer.content.decode()}</div>").xpath("//span")
        return found[0].text_content() if found else ""


@pytest.fixture
def storm(db) -> Article:
    return report()


@pytest.fixture
def loss(project, alice) -> Tag:
    return Tag.objects.get_or_create_named(project, ["loss"], by=alice)[0]


def test_an_unchanged_page_is_answered_with_nothing_in_three_queries_besides_the_session(
    alice_client, alice, project, storm
):
    marked(storm, project, alice, "Two cranes")
    page = OpenPage(alice_client, storm)
    page.ask()
    with CaptureQueriesContext(connection) as queries:
        answer = page.ask()
    assert (answer.status_code, answer.content) == (304, b"")
    assert len(queries) == 4  # the session with its user, the project with the role, the article, its last event


def test_what_others_do_is_counted_by_its_kind(alice_client, alice, bob, project, storm):
    first, second, third = (marked(storm, project, bob, words) for words in ("Two cranes", "Insurers", "killed"))
    page = OpenPage(alice_client, storm)
    marked(storm, project, bob, "harbour of Brevik")
    assert page.says() == "1 new highlight."
    marked(storm, project, bob, "Friday")
    assert page.says() == "2 new highlights."
    first.edit(first.version, by=bob, note="Which?", tags=[])
    first.edit(first.version, by=bob, note="Which ones?", tags=[])
    second.hide(bob)
    assert page.says() == "Highlights: 2 new, 1 changed, 1 deleted."
    marked(storm, project, bob, "before the second").hide(bob)
    third.hide(bob)
    third.restore(bob)
    assert page.says() == "Highlights: 2 new, 2 changed, 1 deleted."


def test_decisions_are_told_where_the_consensus_is_shown(bob_client, alice, bob, project, storm, loss):
    marked(storm, project, bob, "Two cranes", tags=[loss])
    people, consensus = OpenPage(bob_client, storm), OpenPage(bob_client, storm, layer="consensus")
    agree(project, storm, alice, ("Two cranes", [loss]), ("Insurers", [loss]))
    assert people.says() == "" and consensus.says() == "2 new highlights."
    people, consensus = OpenPage(bob_client, storm), OpenPage(bob_client, storm, layer="consensus")
    adjudication = project.adjudications.get()
    adjudication.take_back(str(adjudication.decisions.first().pk), by=alice)
    assert people.says() == "" and consensus.says() == "1 highlight deleted."


def test_replies_are_counted_beside_other_changes(alice_client, alice, bob, project, storm):
    first, second = (marked(storm, project, alice, words) for words in ("Two cranes", "Insurers"))
    page = OpenPage(alice_client, storm)
    Reply.objects.make(Thread.objects.of_highlight(first), author=bob, text="One")
    assert page.says() == "1 new reply."
    gone = Reply.objects.make(Thread.objects.of_highlight(second), author=bob, text="Two")
    assert page.says() == "2 new replies."
    first.edit(first.version, by=bob, note="Which?", tags=[])
    assert page.says() == "1 highlight changed. 2 new replies."
    marked(storm, project, bob, "Friday")
    gone.hide(by=bob)
    assert page.says() == "Highlights: 1 new, 2 changed. 1 new reply."


def test_own_acts_are_not_told_but_those_of_others_on_own_highlights_are(
    alice_client, alice, bob, project, storm, loss
):
    page = OpenPage(alice_client, storm)
    mine = marked(storm, project, alice, "Two cranes", tags=[loss])
    loss.edit(loss.version, by=alice, name="losses")
    assert page.says() == ""
    mine.hide(bob)
    assert page.says() == "1 highlight deleted."
    mine.restore(bob)
    assert page.says() == "1 highlight changed."


def test_a_tag_that_others_rename_or_merge_is_told(alice_client, bob, project, storm, loss):
    page = OpenPage(alice_client, storm)
    Tag.objects.create_tag(project, "unused", by=bob, tags={})
    assert page.says() == ""
    loss.edit(loss.version, by=bob, name="losses")
    assert page.says() == "Tags were changed."


def test_a_correction_leads_to_the_new_text(alice_client, alice, project, storm):
    marked(storm, project, alice, "At least 12 people")
    page = OpenPage(alice_client, storm)
    storm.revise(edited(SEVENTEEN))
    assert page.says() == "The text was corrected."
    assert f'href="{storm.get_absolute_url()}?project=harbour-study"' in page.ask().content.decode()


def test_only_what_the_filter_shows_is_told(alice_client, alice, bob, project, storm, loss):
    old = marked(storm, project, bob, "Friday", tags=[loss])
    marked(storm, project, alice, "killed")
    by_reader = OpenPage(alice_client, storm, **{"readers-listed": "alice,bob", "reader": "alice"})
    by_tag = OpenPage(alice_client, storm, **{"tags-listed": "loss,", "tag": ""})
    everything = OpenPage(alice_client, storm)
    marked(storm, project, bob, "Two cranes", tags=[loss])
    old.hide(bob)
    assert [page.says() for page in (by_reader, by_tag)] == ["", ""]
    assert everything.says() == "Highlights: 1 new, 1 deleted."
    marked(storm, project, bob, "Insurers")
    assert [page.says() for page in (by_reader, by_tag)] == ["", "1 new highlight."]


def test_nothing_is_told_of_other_projects_and_articles(alice_client, alice, bob, project, storm, article):
    other = Project.objects.create_owned("Other", owner=bob)
    other.memberships.create(user=alice, role=Role.CODER)
    there = marked(article, project, bob, "Two cranes")
    marked(storm, project, alice, "killed")
    page = OpenPage(alice_client, storm)
    marked(storm, other, bob, "Two cranes")
    there.hide(bob)
    assert page.ask().status_code == 304
    marked(storm, project, alice, "Friday")  # so that there is something to look for
    assert page.says() == ""


def test_who_was_removed_and_who_cannot_see_the_article_get_nothing(bob_client, alice, bob, project, storm):
    page = OpenPage(bob_client, storm)
    marked(storm, project, alice, "Two cranes")
    Article.objects.filter(pk=storm.pk).update(status="withdrawn")
    assert page.ask().status_code == 404
    Article.objects.filter(pk=storm.pk).update(status="published")
    project.memberships.get(user=bob).remove(by=alice)
    assert page.ask().status_code == 404
    assert page.ask(show="1").status_code == 404


def test_a_guest_and_an_old_text_ask_for_nothing(alice_client, project, storm):
    Project.objects.filter(pk=project.pk).update(public=True)
    storm.revise(edited(SEVENTEEN))
    pages = [
        signed_in(person("guest")).get(storm.get_absolute_url(), {"project": project.slug}),
        alice_client.get(f"{storm.get_absolute_url()}revisions/1/", {"project": project.slug}),
    ]
    assert [b'id="updates"' in page.content for page in pages] == [False, False]


def test_what_is_shown_is_the_touched_blocks_the_cards_and_the_next_state(alice_client, alice, bob, project, storm):
    moved, gone = marked(storm, project, bob, "Two cranes"), marked(storm, project, bob, "killed")
    page = OpenPage(alice_client, storm)
    start = storm.current().text.index("Insurers")
    moved.move(moved.version, start, start + 8, by=bob)
    gone.hide(bob)
    answer = page.ask(show="1").content.decode()
    assert re.findall(r'id="(p\d+)"', answer) == ["p1", "p2", "p3"]
    assert f'id="card-{moved.pk}"' in answer
    assert f'id="card-{gone.pk}"' not in answer
    assert f'data-highlight="{gone.pk}"' in answer
    page.region = html.fromstring(answer).get_element_by_id("updates")
    assert page.ask().status_code == 304
    assert urlsplit(page.region.get("data-address")).path == "/projects/harbour-study/updates/storm/"


def test_an_address_that_says_nothing_is_answered(alice_client, bob, project, storm):
    marked(storm, project, bob, "Two cranes")
    answer = alice_client.get("/projects/harbour-study/updates/storm/", {"event": "x", "codebook": "9" * 30})
    assert answer.status_code == 200
    assert Highlight.objects.count() == 1


def test_an_edited_reply_is_told_and_shown(project, highlight, alice_client, article, bob):
    page = OpenPage(alice_client, article)
    Reply.objects.make(Thread.objects.of_highlight(highlight), author=bob, text="One").edit(None, by=bob, text="Two")
    assert page.says()
    assert page.ask(show=1).status_code == 200


def test_a_passage_that_was_joined_into_another_leaves_the_page(project, alice_client, article, bob, tag):
    other = Tag.objects.add_tag(project, "other", by=bob)
    first, second = (
        marked(article, project, bob, "reopened", tags=[tag]),
        marked(article, project, bob, "reopened on", tags=[other]),
    )
    page = OpenPage(alice_client, article)
    merge_and_join(tag, other, by=bob)
    [gone] = Highlight.objects.filter(pk__in=[first.pk, second.pk], deleted_at__isnull=False)
    found = html.fromstring(page.ask(show=1).content.decode())
    [card] = found.xpath(f"//ol[@data-highlight='{gone.pk}']")
    assert not card.text_content().strip()


def test_lines_that_were_separated_are_told(project, alice_client, article, bob):
    tags = [Tag.objects.add_tag(project, name, by=bob, colour=1) for name in ("first", "second")]
    for tag in tags:
        marked(article, project, bob, "reopened", tags=[tag])
    page = OpenPage(alice_client, article)
    assert separate_lines(project, by=bob)
    assert page.says() == "Tags were changed."


def test_an_open_page_is_told_once_that_its_project_was_archived(alice_client, bob_client, alice, project, storm):
    page = OpenPage(bob_client, storm)
    project.archive(by=alice)
    assert page.says() == "This project was archived."
    assert f'href="{storm.get_absolute_url()}?project=harbour-study"' in page.ask().content.decode()
    assert OpenPage(bob_client, storm).ask().status_code == 304
    fields = {"project": "harbour-study", "revision": storm.revision, "start": "0", "end": "9", "exact": "x"}
    sent = bob_client.post(f"{storm.get_absolute_url()}highlights/", fields, headers={"hx-request": "true"})
    assert sent.status_code == 403
    assert "This project is archived: it can be read" in sent.content.decode()
