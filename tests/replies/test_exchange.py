"""Replies on their way out and in again: W3C annotations that reply to annotations."""

import json

import pytest
from jsonschema import Draft4Validator

from annotations.exchange.detect import read_bundle
from annotations.imports.apply import apply_import
from annotations.imports.batches import Import
from annotations.imports.planning import plan_import
from annotations.models import Highlight, Notification, Project, Reply, Thread
from annotations.models.import_job import erase_highlights
from conftest import signed_in
from markup import markup
from newsreader.models import Article
from newsreader.search import matching


@pytest.fixture
def thread(alice, bob, highlight) -> Thread:
    """Two replies, by Bob and by Alice, one more that is deleted; resolved."""
    about = Thread.objects.of_highlight(highlight)
    for author, text in ((bob, "Which *ferry*, @alice?"), (alice, "The first."), (bob, "Gone")):
        last = Reply.objects.make(about, author=author, text=text)
    last.hide(by=bob)
    thread = Thread.objects.get()
    thread.resolve(by=alice)
    return thread


def export(client, project) -> dict:
    answer = client.get(f"/projects/{project.slug}/exchange/jsonld/")
    return json.loads(b"".join(answer.streaming_content))


def bring_in(data: dict, project: Project, user):
    content = json.dumps(data).encode()
    plan = plan_import(project.with_role_of(user), user, read_bundle(content))
    apply_import(Import(project, user, "file.jsonld"), read_bundle(content), plan.fingerprint)
    return plan


def told(project: Project) -> list[tuple]:
    rows = Reply.objects.standing().filter(project=project).order_by("created_at")
    return list(rows.values_list("text", "html", "author__username", "created_at", "thread__highlight__exact"))


def test_replies_are_annotations_that_reply(alice_client, project, thread):
    document = export(alice_client, project)
    first, *replies = document["first"]["items"]
    assert document["total"] == len(document["first"]["items"]) == 3
    assert [one["motivation"] for one in replies] == [["replying"]] * 2
    assert [one["target"] for one in replies] == [first["id"]] * 2
    assert [one["body"][0]["value"] for one in replies] == ["Which *ferry*, @alice?", "The first."]
    assert [one["creator"]["name"] for one in replies] == ["bob", "alice"]
    needed = {"required": ["@context", "id", "type", "target", "body"]}
    assert [error for one in replies for error in Draft4Validator(needed).iter_errors(one)] == []


def test_what_goes_out_comes_in_as_it_was(alice_client, alice, bob, project, thread):
    other = Project.objects.create_owned("Other study", owner=alice)
    other.memberships.create(user=bob, role="coder")
    before = Notification.objects.count()
    bring_in(export(alice_client, project), other, alice)
    assert told(other) == told(project)
    made = Thread.objects.get(project=other)
    assert (made.reply_count, made.resolved_at is not None) == (2, True)
    found = matching(Highlight.objects.filter(project=other), "ferry")
    assert [highlight.pk for highlight in found] == [made.highlight_id]
    assert Notification.objects.count() == before


def test_importing_twice_makes_nothing_twice(alice_client, alice, project, thread):
    other = Project.objects.create_owned("Other study", owner=alice)
    for _ in range(2):
        plan = bring_in(export(alice_client, project), other, alice)
    assert (len(plan.highlights), len(plan.already_present)) == (0, 1)
    assert Reply.objects.filter(project=other).count() == 2


def test_a_reply_comes_before_its_highlight_or_answers_a_reply(alice_client, alice, project, thread):
    data = export(alice_client, project)
    first, one, two = data["first"]["items"]
    data["first"]["items"] = [two | {"target": one["id"]}, one, first]
    other = Project.objects.create_owned("Other study", owner=alice)
    plan = bring_in(data, other, alice)
    assert plan.problems == []
    assert [text for text, *_ in told(other)] == ["Which *ferry*, @alice?", "The first."]
    circle = [one | {"target": two["id"]}, two | {"target": one["id"]}]
    assert len(bring_in(circle, other, alice).problems) == 2
    lost = [one | {"target": "urn:nowhere"}]
    assert len(bring_in(lost, other, alice).problems) == 1


def test_a_reply_that_is_too_long_is_left_out_and_told(alice_client, alice, project, thread):
    data = export(alice_client, project)
    data["first"]["items"][1]["body"][0]["value"] = "x" * 10_001
    other = Project.objects.create_owned("Other study", owner=alice)
    plan = bring_in(data, other, alice)
    assert [text for text, *_ in told(other)] == ["The first."]
    assert [notice.reason for notice in plan.notices] == ["A reply to it is too long and is not imported."]


def test_an_import_that_is_taken_back_takes_its_replies(alice_client, alice, project, thread):
    other = Project.objects.create_owned("Other study", owner=alice)
    bring_in(export(alice_client, project), other, alice)
    erase_highlights(other.pk, list(Highlight.objects.filter(project=other).values_list("pk", flat=True)))
    assert not Thread.objects.filter(project=other).exists()
    assert Thread.objects.count() == 1


def test_a_reader_exports_only_what_they_may_read(charlie, project, thread):
    Project.objects.update(public=True)
    Article.objects.update(status="withdrawn")
    assert export(signed_in(charlie), project)["first"]["items"] == []


def test_json_has_the_replies_and_the_list_of_passages_their_number(alice_client, project, thread):
    answer = alice_client.get(f"/projects/{project.slug}/export/?format=json")
    [passage] = json.loads(b"".join(answer.streaming_content))["passages"]
    told = [(reply["reader"], reply["text"]) for reply in passage["replies"]]
    assert told == [("bob", "Which *ferry*, @alice?"), ("alice", "The first.")]
    page = markup(alice_client.get(f"/projects/{project.slug}/passages/?q=ferry"))
    assert f'<a class="quiet" href="/highlights/{thread.highlight_id}/replies/">2 replies</a>' in page
