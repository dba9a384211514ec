"""The history of a project: what it says of each event, to whom, and by which filter."""

import csv
import io
import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.history.sentences import GROUPS
from annotations.models import Desk, Event, Highlight, Invitation, Project, Tag
from cases import each
from markup import markup
from newsreader.models import Article
from serving import HOUSE

HISTORY = "/projects/harbour-study/history/"
TEXT = re.compile(r"<[^>]+>")


def lines(client, **query) -> list[str]:
    """The events that the page shows, as text."""
    page = markup(client.get(HISTORY, query))
    return [
        " ".join(TEXT.sub(" ", line).split()) for line in re.findall(r'<li class="event">(.*?)</li>', page, re.DOTALL)
    ]


def table(client, **query) -> list[dict[str, str]]:
    answer = client.get(HISTORY, {"format": "csv", **query})
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_the_history_says_who_did_what_where(alice_client, alice, bob, project, highlight, tag):
    tag.edit(tag.version, by=alice, name="Signal")
    highlight.hide(by=bob)
    highlight.restore(by=alice)
    project.memberships.get(user=bob).change_role("viewer", by=alice)
    found = lines(alice_client)
    assert re.fullmatch(r"\d\d:\d\d alice Changed the role of bob from \w+ to viewer Undo .*", found[0])
    assert "alice Restored a highlight" in found[1]
    assert highlight.exact in found[1]
    assert highlight.article.title in found[1]
    assert "bob Deleted a highlight" in found[2]
    assert "alice Renamed the tag" in found[3]
    assert "to “Signal”" in found[3]
    assert len(found) == Event.objects.filter(project=project).count()


def test_a_merge_names_both_tags_and_how_many_highlights(alice_client, alice, project, highlight, tag):
    into = Tag.objects.create_tag(project, "Signal", by=alice, tags={})
    name = tag.name
    tag.merge_or_delete(by=alice, into=into)
    assert f"Merged the tag “{name}” into “Signal”, 1 highlight" in lines(alice_client)[0]


VERB = re.compile(
    r'gettext_noop\(\s*"((?:highlight|tag|project|member|desk|passages?|import|file|role|invitation) [a-z ]+)"\s*\)'
)


def test_every_verb_of_the_code_belongs_to_one_group():
    sources = [path for path in (HOUSE / "annotations").rglob("*.py") if "admin" not in path.parts]
    verbs = {verb for path in sources for verb in VERB.findall(path.read_text())}
    grouped = [verb for group in GROUPS.values() for verb in group]
    assert len(grouped) == len(set(grouped))
    assert verbs - {"project deleted"} <= set(grouped)  # whose history goes with it
    assert len(verbs) > 30
    assert max(map(len, grouped)) <= Event._meta.get_field("verb").max_length


def test_a_quote_follows_a_colon(alice_client, project, highlight, alice):
    assert f"Made a highlight: {highlight.exact}" in lines(alice_client)[0]
    highlight.hide(alice)
    assert "Made a highlight:" not in " ".join(lines(alice_client))


def test_the_words_of_a_deleted_highlight_are_not_shown(bob_client, alice, highlight):
    highlight.hide(by=alice)
    assert not any(highlight.exact in line for line in lines(bob_client))
    assert "Deleted a highlight" in lines(bob_client)[0]


@each("status", ["draft", "withdrawn"])
def test_nothing_is_said_about_an_article_that_the_reader_cannot_open(alice_client, highlight, status):
    Article.objects.update(status=status)
    assert not any("highlight" in line for line in lines(alice_client))
    assert not any(highlight.exact in row["quote"] for row in table(alice_client))


def test_the_history_is_for_members(charlie_client, visitor, project, highlight):
    assert charlie_client.get(HISTORY).status_code == 404
    Project.objects.filter(pk=project.pk).update(public=True)
    assert charlie_client.get(HISTORY).status_code == 403
    assert visitor.get(HISTORY).headers["Location"].startswith("/accounts/login/")


def test_another_projects_events_are_not_shown(alice_client, alice, project, revision):
    other = Project.objects.create_owned("Grain prices", owner=alice)
    Highlight.objects.make(project=other, revision=revision, author=alice, start=0, end=9)
    assert lines(alice_client) == []


def test_only_owners_see_what_is_done_with_links(alice_client, bob_client, alice, project):
    ends = datetime(2090, 1, 1, tzinfo=UTC)
    Invitation.objects.create_invitation(project, by=alice, expires_at=ends).revoke(by=alice)
    assert len(lines(alice_client)) == 2
    assert lines(bob_client) == []


@pytest.fixture
def events(project, alice, bob, highlight, tag):
    """Events of every group, by two people."""
    highlight.hide(by=bob)
    highlight.restore(by=bob)
    tag.retire(by=alice)
    Desk.objects.create_desk(project, "Cranes", "columns=article", by=alice)
    project.memberships.get(user=bob).change_role("curator", by=alice)
    return project.events


@each(
    ("query", "verbs"),
    [
        ({"who": "bob"}, {"highlight deleted", "highlight restored"}),
        ({"what": "codebook"}, {"tag made", "tag retired"}),
        ({"what": "desks"}, {"desk made"}),
        ({"what": "members"}, {"role changed"}),
        ({"who": "bob", "what": "codebook"}, set()),
        ({"article": "harbour-reopens"}, {"highlight made", "highlight deleted", "highlight restored"}),
        ({"until": "1999-12-31"}, set()),
    ],
)
def test_the_filter_selects(alice_client, events, query, verbs):
    found = {row["event"] for row in table(alice_client, **query)}
    assert found == verbs
    assert len(lines(alice_client, **query)) == len(table(alice_client, **query))


def test_a_tag_selects_its_own_events_and_those_of_its_highlights(alice_client, events, tag, project, revision, alice):
    Highlight.objects.make(project=project, revision=revision, author=alice, start=0, end=4)
    found = [row["event"] for row in table(alice_client, tag=tag.pk)]
    assert set(found) >= {"tag retired", "highlight made", "highlight deleted"}
    assert found.count("highlight made") == 1


@each("query", [{"until": "yesterday"}, {"until": "2026-02-30"}, {"tag": "x"}, {"what": "nothing"}, {"highlight": "1"}])
def test_what_cannot_be_read_is_left_out_and_said(alice_client, events, query):
    answer = alice_client.get(HISTORY, query)
    assert "A part of this filter cannot be read and was left out." in markup(answer)
    assert len(lines(alice_client, **query)) == events.count()


@each("query", [{"before": "x"}, {"before": "9" * 40}, {"who": "\0"}, {"until": "9999-12-31"}, {"article": "\0"}])
def test_a_strange_address_is_no_error(alice_client, events, query):
    assert alice_client.get(HISTORY, query).status_code == 200


def test_the_pages_are_fifty_events_each_and_lead_to_older_ones(alice_client, project, alice):
    for number in range(120):
        project.record("project edited", alice, before={"name": str(number)})
    first = alice_client.get(HISTORY)
    older = re.search(r'href="\?(before=\w+)"', markup(first))
    assert older
    assert first.content.count(b'<li class="event">') == 50
    second = alice_client.get(f"{HISTORY}?{older[1]}")
    assert second.content.count(b'<li class="event">') == 50
    assert "Latest events" in markup(second)
    assert len(table(alice_client)) == 120


def test_the_number_of_queries_does_not_grow(alice_client, project, alice, highlight, connection):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            alice_client.get(HISTORY)
        return len(queries)

    few = count()
    for _ in range(20):
        highlight.hide(by=alice)
        highlight.restore(by=alice)
    assert count() == few


def test_the_empty_history_says_so(alice_client, project):
    assert "Nothing has happened in this project yet." in markup(alice_client.get(HISTORY))
    assert "No event matches this filter." in markup(alice_client.get(HISTORY, {"who": "nobody"}))


def test_a_highlight_a_tag_and_an_article_lead_to_their_history(alice_client, alice, project, highlight, tag):
    tag.edit(tag.version, by=alice, definition="Any of them.")
    pages = {
        f"/highlights/{highlight.pk}/edit/": f"?highlight={highlight.pk}",
        tag.get_absolute_url(): f"?tag={tag.pk}",
        f"{highlight.article.get_absolute_url()}?project={project.slug}": f"?article={highlight.article.slug}",
    }
    found = {}
    for page, query in pages.items():
        assert f'href="{HISTORY}{query}"' in markup(alice_client.get(page))
        shown = markup(alice_client.get(HISTORY + query))
        found[query[1:4]] = (shown.count('<li class="event"'), "What happened to" in shown)
    assert found == {"hig": (1, True), "tag": (3, False), "art": (1, True)}


def test_the_readers_offered_are_those_who_did_something(alice_client, alice, bob, charlie, project, highlight):
    project.with_role_of(alice)
    highlight.hide(bob)
    project.memberships.get(user=bob).remove(by=alice)
    page = alice_client.get(HISTORY)
    assert list(page.context["actors"]) == ["alice", "bob"]
    if connection.vendor == "sqlite":
        assert "event_by_actor" in page.context["actors"].explain()
