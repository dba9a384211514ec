"""Undo: what it restores, and when it refuses."""

import csv
import io

import pytest
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from annotations.errors import NotUndoableError
from annotations.history.sentences import begin_small
from annotations.models import Event, Highlight, HighlightTag, Project, ProjectArticle, Role, Tag
from annotations.models.joining import merge_and_join
from annotations.models.project_article import ArticleState
from annotations.models.retagging import retag, split_tag
from annotations.models.undoing import find_last_act, find_last_undo, list_undoable, undo
from cases import each
from markup import markup
from newsreader.models import Article
from newsreader.opaque_numbers import hide_number
from storm import marked

UNDO = "/projects/harbour-study/history/undo/"


def last(project) -> Event:
    return project.events.select_related("project").latest("pk")


def rows(project) -> list[tuple]:
    """Every tag and every pair of the project, as stored."""
    tags = Tag.objects.without_tree_fields().filter(project=project).order_by("pk")
    fields = (
        "pk",
        "name",
        "parent",
        "position",
        "definition",
        "use_for",
        "not_for",
        "colour",
        "status",
        "heading_only",
    )
    pairs = HighlightTag.objects.filter(project=project).order_by("highlight", "position")
    return [*tags.values_list(*fields), *pairs.values_list("highlight", "tag", "position")]


@pytest.fixture
def tags(project, alice, tag) -> list[Tag]:
    made: dict = {}
    return [tag, *(Tag.objects.create_tag(project, name, by=alice, tags=made) for name in ("Signal", "Crane", "Quay"))]


@pytest.fixture
def codebook(project, alice, revision, tags) -> list[Tag]:
    """A tree of tags, on highlights that have none, one, both and others in every order."""
    Tag.objects.filter(pk=tags[3].pk).update(parent=tags[0])
    Tag.objects.renumber(project)
    choices = [[], [0], [1], [0, 1], [1, 0], [2, 0, 1], [1, 2, 0], [2], [0, 2]]
    for number, choice in enumerate(choices):
        made = Highlight.objects.make(project=project, revision=revision, author=alice, start=number, end=number + 5)
        made.highlight.add_tags([tags[n] for n in choice])
    return tags


def test_undoing_a_merge_restores_every_row(project, alice, codebook):
    before = rows(project)
    codebook[0].merge_or_delete(by=alice, into=codebook[1])
    assert rows(project) != before
    assert undo(last(project), by=alice) == 0
    assert rows(project) == before


def test_undoing_a_deletion_restores_every_row(project, alice, codebook):
    before = rows(project)
    codebook[0].merge_or_delete(by=alice)
    undo(last(project), by=alice)
    assert rows(project) == before


def test_a_restored_tag_stands_where_it_stood_whatever_its_name(project, alice):
    made: dict = {}
    tags = [Tag.objects.create_tag(project, name, by=alice, tags=made) for name in ("anchor", "zinc", "buoy")]
    before = rows(project)
    tags[1].merge_or_delete(by=alice)
    undo(last(project), by=alice)
    assert rows(project) == before


def test_a_tag_that_was_edited_to_stand_elsewhere_comes_back_to_its_place(project, alice, codebook):
    before = rows(project)
    codebook[1].edit(codebook[1].version, by=alice, parent=codebook[2])
    assert rows(project) != before
    undo(last(project), by=alice)
    assert rows(project) == before


def test_an_accepted_proposal_waits_again_unless_it_is_used(project, alice, highlight):
    tag = Tag.objects.add_tag(project, "Signal", by=alice, status="proposed")
    tag.accept(by=alice)
    accepted = last(project)
    highlight.edit(highlight.version, by=alice, note="", tags=[tag])
    with pytest.raises(NotUndoableError):
        undo(accepted, by=alice)
    highlight.edit(highlight.version, by=alice, note="", tags=[])
    undo(accepted, by=alice)
    tag.refresh_from_db()
    assert tag.status == "proposed"


def test_a_retired_proposal_is_a_proposal_again(project, alice):
    tag = Tag.objects.add_tag(project, "Signal", by=alice, status="proposed")
    tag.retire(by=alice)
    undo(last(project), by=alice)
    tag.refresh_from_db()
    assert tag.status == "proposed"


@pytest.mark.parametrize(("act", "status"), [("accept", "active"), ("retire", "retired")])
def test_what_became_of_a_proposal_is_undone_and_redone_time_and_again(project, alice, act, status):
    tag = Tag.objects.add_tag(project, "Signal", by=alice, status="proposed")
    getattr(tag, act)(by=alice)
    project.with_role_of(alice)
    for _ in range(2):
        undo(find_last_act(project, alice), by=alice)
        tag.refresh_from_db()
        assert tag.status == "proposed"
        undo(find_last_undo(project, alice), by=alice)
        tag.refresh_from_db()
        assert tag.status == status


@pytest.mark.parametrize(("status", "verb"), [("active", "tag made"), ("proposed", "tag proposed")])
def test_adding_a_tag_is_undone_and_redone(project, alice, codebook, status, verb):
    before = rows(project)
    tag = Tag.objects.add_tag(project, "New", by=alice, status=status, parent=codebook[0], definition="A thing.")
    after = rows(project)
    project.with_role_of(alice)
    for _ in range(2):
        act = find_last_act(project, alice)
        assert act.subject == tag.pk
        undo(act, by=alice)
        assert rows(project) == before
        undo(find_last_undo(project, alice), by=alice)
        assert rows(project) == after


def test_of_a_tag_in_use_the_adding_is_neither_offered_nor_in_the_way(project, alice, highlight):
    tag = Tag.objects.add_tag(project, "New", by=alice)
    added = last(project)
    project.with_role_of(alice)
    highlight.edit(highlight.version, by=alice, note="", tags=[tag])
    assert list_undoable(project, alice, [added]) == set()
    with pytest.raises(NotUndoableError):
        undo(added, by=alice)
    tag.retire(by=alice)
    undo(last(project), by=alice)
    assert find_last_act(project, alice).verb == "highlight edited"
    highlight.hide(alice)
    assert list_undoable(project, alice, [added]) == {added.pk}
    undo(added, by=alice)
    highlight.restore(alice)
    assert list(highlight.tags.all()) == []


@pytest.mark.parametrize("data", [{"imported": True}, {"shown": True}])
def test_a_tag_of_a_file_or_of_somebody_else_is_not_taken_back_alone(project, alice, tag, data):
    added = project.events.get(verb="tag made", subject=tag.pk)
    Event.objects.filter(pk=added.pk).update(actor=alice, data=added.data | data)
    project.with_role_of(alice)
    assert list_undoable(project, alice, Event.objects.filter(pk=added.pk)) == set()
    assert find_last_act(project, alice) is None


def test_a_highlight_that_was_edited_since_stays_and_is_counted(project, alice, bob, codebook):
    edited = Highlight.objects.filter(tags=codebook[0]).order_by("start").first()
    codebook[0].merge_or_delete(by=alice, into=codebook[1])
    merge = last(project)
    edited.refresh_from_db()
    edited.edit(edited.version, by=alice, note="Newer", tags=[codebook[2]])
    assert undo(merge, by=alice) == 1
    assert [tag.name for tag in edited.ordered_tags()] == ["Crane"]
    assert Highlight.objects.filter(tags=codebook[0].pk).exists()


def test_acts_are_undone_one_after_the_other_back_to_the_first(project, alice, codebook):
    """Each raises the versions of the same highlights, and so does its undo: that is no edit in between."""
    marks, states, acts = Highlight.objects.filter(project=project), [rows(project)], []

    def act(run) -> None:
        run()
        acts.append(last(project))
        states.append(rows(project))

    act(lambda: retag(project, marks, by=alice, remove=codebook[1], add=codebook[2]))
    act(lambda: codebook[0].merge_or_delete(by=alice, into=codebook[2]))
    choices = {mark.pk: codebook[3] for mark in marks.filter(tags=codebook[2])[:3]}
    act(lambda: split_tag(codebook[2], choices, by=alice))
    edited = marks.filter(tags=codebook[2]).first()
    act(lambda: edited.edit(edited.version, by=alice, note="Between", tags=[codebook[3]]))
    act(lambda: retag(project, marks, by=alice, add=codebook[1]))
    for before, event in reversed(list(zip(states, acts, strict=False))):
        assert undo(Event.objects.select_related("project").get(pk=event.pk), by=alice) == 0, event.verb
        assert rows(project) == before, event.verb


def test_what_an_undo_left_is_still_left_by_the_one_before(project, alice, codebook):
    marks = Highlight.objects.filter(project=project)
    retag(project, marks, by=alice, remove=codebook[1], add=codebook[2])
    first = last(project)
    retag(project, marks, by=alice, add=codebook[3])
    second = last(project)
    edited = marks.order_by("start")[2]
    edited.edit(edited.version, by=alice, note="Newer", tags=[codebook[0]])
    assert undo(second, by=alice) == 1
    assert undo(first, by=alice) == 1
    assert [tag.name for tag in edited.ordered_tags()] == [codebook[0].name]


def test_a_tag_is_not_restored_where_another_has_its_name(alice_client, project, alice, tag):
    tag.merge_or_delete(by=alice)
    merge = last(project)
    Tag.objects.create_tag(project, tag.name, by=alice, tags={})
    answer = alice_client.post(UNDO, {"event": merge.pk}, follow=True)
    assert "It cannot be undone: another tag has this name now." in markup(answer)
    assert Tag.objects.filter(project=project).count() == 1


def changes(highlight, tag, project, alice, bob) -> dict:
    """One act of each kind that can be undone, by its verb."""
    member = project.memberships.get(user=bob)
    return {
        "highlight deleted": lambda: highlight.hide(alice),
        "highlight edited": lambda: highlight.edit(highlight.version, by=alice, note="Other", tags=[]),
        "highlight moved": lambda: highlight.move(highlight.version, 1, 7, by=alice),
        "tag edited": lambda: tag.edit(tag.version, by=alice, name="Signal", definition="A sign.", parent=None),
        "tag retired": lambda: tag.retire(by=alice),
        "role changed": lambda: member.change_role("viewer", by=alice),
        "member removed": lambda: member.remove(by=alice),
        "project edited": lambda: project.edit(project.fingerprint, by=alice, name="Other", about="New", public=True),
        "project archived": lambda: project.archive(by=alice),
    }


def state(project, highlight, tag) -> tuple:
    highlight.refresh_from_db()
    tag.refresh_from_db()
    project.refresh_from_db()
    return (
        (highlight.start, highlight.end, highlight.exact, highlight.note, bool(highlight.deleted_at)),
        [tag.name for tag in highlight.ordered_tags()],
        (tag.name, tag.definition, tag.status),
        sorted(project.memberships.values_list("user__username", "role")),
        (project.name, project.about, project.public, bool(project.archived_at)),
    )


@pytest.mark.parametrize(
    "verb",
    [
        *("highlight deleted", "highlight edited", "highlight moved", "tag edited", "tag retired"),
        *("role changed", "member removed", "project edited", "project archived"),
    ],
)
def test_undo_restores_what_was(project, highlight, tag, alice, bob, verb):
    before = state(project, highlight, tag)
    changes(highlight, tag, project, alice, bob)[verb]()
    event = last(project)
    assert event.verb == verb
    assert state(project, highlight, tag) != before
    undo(event, by=alice)
    assert state(project, highlight, tag) == before
    assert last(project).undoes == event


def test_the_last_act_is_undone_first_and_then_the_one_before(project, highlight, tag, alice):
    highlight.edit(highlight.version, by=alice, note="One", tags=[])
    highlight.edit(highlight.version, by=alice, note="Two", tags=[])
    for note in ("One", highlight_note(project, highlight)):
        event = find_last_act(project.with_role_of(alice), alice)
        assert event is not None
        undo(event, by=alice)
        highlight.refresh_from_db()
        assert highlight.note == note


def highlight_note(project, highlight) -> str:
    return project.events.filter(subject=highlight.pk, verb="highlight edited").earliest("pk").data["before"]["note"]


@pytest.mark.parametrize(
    "verb",
    [
        *("highlight deleted", "highlight edited", "highlight moved", "tag edited", "tag retired"),
        *("role changed", "member removed", "project edited", "project archived"),
    ],
)
def test_what_was_undone_can_be_redone_and_undone_again(project, highlight, tag, alice, bob, verb):
    before = state(project, highlight, tag)
    changes(highlight, tag, project, alice, bob)[verb]()
    after = state(project, highlight, tag)
    for expected in (before, after, before, after):
        own = project.with_role_of(alice)
        event = find_last_undo(own, alice) if expected == after else find_last_act(own, alice)
        assert event is not None
        undo(event, by=alice)
        assert state(project, highlight, tag) == expected
    assert find_last_undo(project.with_role_of(alice), alice) is None


def test_several_undos_are_redone_in_turn_until_something_else_is_done(project, highlight, tag, alice):
    project.with_role_of(alice)
    for note in ("One", "Two"):
        highlight.edit(highlight.version, by=alice, note=note, tags=[])

    def take_back(find) -> str:
        undo(find(project, alice), by=alice)
        highlight.refresh_from_db()
        return highlight.note

    first = highlight_note(project, highlight)
    assert [take_back(find_last_act), take_back(find_last_act)] == ["One", first]
    assert [take_back(find_last_undo), take_back(find_last_undo)] == ["One", "Two"]
    assert [take_back(find_last_act), take_back(find_last_undo), take_back(find_last_act)] == ["One", "Two", "One"]
    tag.retire(by=alice)
    assert find_last_undo(project, alice) is None


def test_a_merge_is_redone_with_all_its_highlights(project, alice, codebook):
    project.with_role_of(alice)
    key = codebook[0].pk
    codebook[0].merge_or_delete(by=alice, into=codebook[1])
    merged = rows(project)
    undo(last(project), by=alice)
    undo(find_last_undo(project, alice), by=alice)
    assert sorted(map(str, rows(project))) == sorted(map(str, merged))
    undo(find_last_act(project, alice), by=alice)
    assert Tag.objects.filter(pk=key).exists()


@pytest.mark.parametrize("verb", ["passages retagged", "tag split"])
def test_a_retag_or_split_is_undone_and_redone_with_every_row(project, alice, codebook, verb):
    """In turn with another act on the same highlights, which is undone first and redone last."""
    project.with_role_of(alice)
    marks = Highlight.objects.filter(project=project)
    before = rows(project)
    if verb == "tag split":
        tagged = list(marks.filter(tags=codebook[0]).order_by("start"))
        split_tag(codebook[0], {mark.pk: codebook[1 + n % 3] for n, mark in enumerate(tagged[1:])}, by=alice)
    else:
        retag(project, marks, by=alice, remove=codebook[0], add=codebook[1])
    after, data = rows(project), last(project).data
    retag(project, marks, by=alice, add=codebook[3])
    later = rows(project)
    for _ in range(2):
        for expected in (after, before):
            undo(find_last_act(project, alice), by=alice)
            assert rows(project) == expected
        undo(find_last_undo(project, alice), by=alice)
        assert (rows(project), last(project).verb) == (after, verb)
        assert {name: last(project).data[name] for name in data} == data
        undo(find_last_undo(project, alice), by=alice)
        assert rows(project) == later
    assert find_last_undo(project, alice) is None


def test_a_redo_leaves_what_was_edited_since_the_undo(project, alice, codebook):
    project.with_role_of(alice)
    marks = Highlight.objects.filter(project=project)
    retag(project, marks, by=alice, remove=codebook[0], add=codebook[1])
    first, edited = last(project), marks.order_by("start")[1]
    edited.edit(edited.version, by=alice, note="Newer", tags=[codebook[2]])
    assert undo(first, by=alice) == 1
    undone, other = last(project), marks.order_by("start")[3]
    other.edit(other.version, by=alice, note="Newer still", tags=[codebook[3]])
    assert undo(undone, by=alice) == 1
    assert undo(last(project), by=alice) == 0
    names = [[tag.name for tag in mark.ordered_tags()] for mark in marks.order_by("start")]
    assert names[1:5] == [["Crane"], ["Signal"], ["Quay"], ["Signal", codebook[0].name]]


def test_what_was_added_and_taken_back_meanwhile_does_not_count(project, alice, codebook, article):
    before = rows(project)
    retag(project, Highlight.objects.filter(project=project), by=alice, remove=codebook[0])
    retagged = last(project)
    ProjectArticle.objects.add_all(project, Article.objects.filter(pk=article.pk), 1, by=alice)
    undo(last(project), by=alice)
    assert undo(retagged, by=alice) == 0
    assert rows(project) == before


def test_an_act_that_was_redone_is_offered_once(project, tag, alice):
    project.with_role_of(alice)
    tag.retire(by=alice)
    undo(last(project), by=alice)
    undo(find_last_undo(project, alice), by=alice)
    redone = last(project)
    assert list_undoable(project, alice, project.events.order_by("-pk")) == {redone.pk}


def test_of_a_passage_that_a_merge_joined_away_nothing_is_offered(alice_client, project, alice, revision, tags):
    project.with_role_of(alice)
    for start, tag in ((0, tags[0]), (3, tags[1])):
        Highlight.objects.make(project=project, revision=revision, author=alice, start=start, end=start + 5, tags=[tag])
    merge_and_join(tags[0], tags[1], by=alice)
    events = list(project.events.order_by("-pk"))
    offered = [event for event in events if event.pk in list_undoable(project, alice, events)]
    assert [event.verb for event in offered] == ["tag merged", "highlight made", "tag made", "tag made"]
    assert Highlight.objects.standing().get(project=project).pk == offered[1].subject
    undo(offered[0], by=alice)
    offered = list_undoable(project, alice, project.events.filter(verb="highlight made"))
    assert len(offered) == 2


def test_an_undo_is_not_taken_back_once_somebody_else_changed_the_same(project, tag, alice, bob):
    project.memberships.filter(user=bob).update(role=Role.CURATOR)
    tag.retire(by=alice)
    undo(last(project), by=alice)
    tag.refresh_from_db()
    tag.edit(tag.version, by=bob, definition="By Bob.")
    assert find_last_undo(project.with_role_of(alice), alice) is None


def test_nothing_is_undone_twice(project, highlight, alice):
    highlight.hide(alice)
    event = last(project)
    undo(event, by=alice)
    with pytest.raises(NotUndoableError):
        undo(event, by=alice)


def test_an_undo_that_would_change_nothing_is_refused(project, tag, alice):
    tag.retire(by=alice)
    event = last(project)
    Tag.objects.filter(pk=tag.pk).update(status="active")  # without an event
    with pytest.raises(NotUndoableError):
        undo(event, by=alice)
    event.refresh_from_db()
    assert event.undoes is None


def test_what_somebody_changed_since_is_not_undone(project, tag, alice, bob):
    project.memberships.filter(user=bob).update(role=Role.CURATOR)
    tag.edit(tag.version, by=alice, name="Signal")
    event = last(project)
    tag.edit(tag.version, by=bob, definition="By Bob.")
    with pytest.raises(NotUndoableError):
        undo(event, by=alice)
    tag.refresh_from_db()
    assert (tag.name, tag.definition) == ("Signal", "By Bob.")


def test_nobody_undoes_what_another_did(bob_client, project, highlight, alice):
    highlight.hide(alice)
    answer = bob_client.post(UNDO, {"event": last(project).pk}, follow=True)
    assert "It cannot be undone" in markup(answer)
    highlight.refresh_from_db()
    assert highlight.deleted_at


def test_who_lost_the_role_undoes_nothing(project, tag, alice, bob):
    project.memberships.filter(user=bob).update(role=Role.CURATOR)
    tag.retire(by=bob)
    event = last(project)
    project.memberships.filter(user=bob).update(role=Role.CODER)
    with pytest.raises(NotUndoableError):
        undo(event, by=bob)


def test_the_page_offers_the_last_act_and_says_what_was_undone(alice_client, project, tag, alice):
    tag.retire(by=alice)
    page = markup(alice_client.get("/projects/harbour-study/history/"))
    assert f"Your last change: <b>Retired the tag “{tag.name}”</b>" in page
    answer = markup(alice_client.post(UNDO, follow=True))
    assert f"Undone: retired the tag “{tag.name}”." in answer
    assert "Undone by <bdi>alice</bdi>." in answer
    tag.refresh_from_db()
    assert tag.status == "active"


def test_an_act_keeps_its_first_letter_where_the_language_is_not_english():
    assert begin_small("Made a highlight") == "made a highlight"
    with override("de"):
        assert begin_small("Markierung erstellt") == "Markierung erstellt"


def test_undo_without_anything_to_undo_says_so(bob_client, project):
    assert "There is nothing of yours to undo." in markup(bob_client.post(UNDO, follow=True))


@each("key", ["x", "0", "99999999"])
def test_an_event_that_does_not_exist_is_not_found(alice_client, project, key):
    assert alice_client.post(UNDO, {"event": key}).status_code == 404


def test_the_event_of_another_project_is_not_found(alice_client, alice, project):
    other = Project.objects.create_owned("Grain prices", owner=alice)
    other.archive(by=alice)
    assert alice_client.post(UNDO, {"event": last(other).pk}).status_code == 404
    other.refresh_from_db()
    assert other.archived_at


def test_one_query_says_what_can_be_undone(project, tag, alice, highlight, connection):
    for _ in range(20):
        tag.retire(by=alice)
        tag.reinstate(by=alice)
    project.with_role_of(alice)
    events = list(project.events.order_by("-pk"))
    with CaptureQueriesContext(connection) as queries:
        found = list_undoable(project, alice, events)
    assert len(queries) == 1
    assert {event.verb for event in events if event.pk in found} == {"tag reinstated", "highlight made"}


def test_the_message_offers_to_redo_and_the_history_says_what_stands(alice_client, project, tag, alice):
    tag.retire(by=alice)
    answer = markup(alice_client.post(UNDO, {"act": "undo", "next": "/projects/harbour-study/tags/"}, follow=True))
    assert f'<form method="post" action="{UNDO}?event={hide_number(last(project).pk)}">' in answer
    assert "<button>Redo</button>" in answer
    answer = markup(alice_client.post(f"{UNDO}?event={hide_number(last(project).pk)}", follow=True))
    assert f"Redone: retired the tag “{tag.name}”." in answer
    assert "<button>Undo</button>" in answer
    tag.refresh_from_db()
    assert tag.status == "retired"
    shown = markup(alice_client.get("/projects/harbour-study/history/"))
    assert shown.count("Undone by <bdi>alice</bdi>.") == 1  # the undo; what was undone stands again
    answer = markup(alice_client.post(UNDO, {"act": "redo"}, follow=True))
    assert "There is nothing of yours to redo." in answer


def test_the_file_says_what_was_undone_when_and_by_whom(alice_client, project, tag, alice):
    def read() -> list[tuple[str, str, bool]]:
        answer = alice_client.get("/projects/harbour-study/history/", {"format": "csv", "what": "codebook"})
        rows = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))
        return [(row["event"], row["undone by"], bool(row["undone at"])) for row in rows]

    project.with_role_of(alice)
    made = ("tag made", "", False)
    tag.retire(by=alice)
    undo(last(project), by=alice)
    assert read() == [("tag reinstated", "", False), ("tag retired", "alice", True), made]
    assert alice_client.get("/projects/harbour-study/history/").content.count(b'class="event undone"') == 1
    undo(find_last_undo(project, alice), by=alice)
    assert read() == [("tag retired", "", False), ("tag reinstated", "alice", True), ("tag retired", "", False), made]


def test_the_page_of_an_article_gets_what_the_undo_changed(alice_client, project, highlight, article, alice):
    highlight.hide(alice)
    sent = {"article": article.slug, "act": "undo"}
    answer = alice_client.post(UNDO, sent, headers={"hx-request": "true"})
    page = markup(answer)
    assert f'id="card-{highlight.pk}"' in page
    assert f'id="h-{highlight.pk}"' in page
    assert "Undone: deleted a highlight." in page
    assert 'id="updates"' not in page
    refused = alice_client.post(UNDO, sent | {"event": last(project).undoes_id}, headers={"hx-request": "true"})
    assert (refused.status_code, "It cannot be undone" in markup(refused)) == (409, True)


def test_a_list_of_passages_is_told_which_row_changed(alice_client, project, highlight, alice):
    highlight.edit(highlight.version, by=alice, note="Other", tags=[])
    answer = alice_client.post(UNDO, {"act": "undo"}, headers={"hx-request": "true"})
    assert "Undone: edited the note or the tags of a highlight, in “Harbour reopens”." in markup(answer)
    assert f'"id": "{highlight.pk}"' in answer["HX-Trigger-After-Settle"]
    assert f"/highlights/{highlight.pk}/passage/" in answer["HX-Trigger-After-Settle"]


def test_a_curator_undoes_the_restoring_of_another_readers_highlight(project, alice, bob, article, alice_client):
    made = marked(article, project, bob, "Two cranes")
    made.hide(bob)
    alice_client.post("/projects/harbour-study/deleted/", {"highlight": made.pk})
    for is_deleted in (True, False):
        alice_client.post(UNDO, {"act": "undo" if is_deleted else "redo"})
        made.refresh_from_db()
        assert bool(made.deleted_at) == is_deleted


def test_very_many_undone_acts_are_passed_over(project, tag, alice):
    project.with_role_of(alice)
    tag.edit(tag.version, by=alice, definition="Stands.")
    standing = last(project)
    for number in range(25):
        tag.edit(tag.version, by=alice, definition=f"{number}")
    for _ in range(25):
        undo(find_last_act(project, alice), by=alice)
    assert find_last_act(project, alice) == standing


def test_what_was_done_again_is_undone_as_that_and_not_as_the_first_act(project, alice, alice_client, highlight):
    highlight.edit(highlight.version, by=alice, note="new", tags=[])
    first = last(project)
    alice_client.post(UNDO)
    alice_client.post(UNDO, {"act": "redo"})
    project.with_role_of(alice)
    added = project.events.get(verb="tag made")  # which nothing has now
    assert list_undoable(project, alice, project.events.all()) == {added.pk, last(project).pk}
    assert alice_client.post(UNDO, {"event": first.pk}, headers={"hx-request": "true"}).status_code == 409


def test_undo_gives_no_highlight_a_heading_or_a_proposal(project, alice, bob, highlight, tag):
    highlight.edit(highlight.version, by=alice, note="x", tags=[])
    edit = last(project)
    tag.refresh_from_db()
    tag.edit(tag.version, by=alice, heading_only=True)
    undo(edit, by=alice)
    assert not highlight.tags.exists()
    proposed = Tag.objects.add_tag(project, "proposed", by=bob, status="proposed")
    proposed.accept(by=alice)
    accepted = last(project)
    other = marked(highlight.article, project, bob, "Ferries", tags=[proposed])
    other.edit(other.version, by=bob, note="x", tags=[])
    edit = last(project)
    undo(accepted, by=alice)
    undo(edit, by=bob)
    assert not other.tags.exists()


def test_where_one_of_joined_passages_was_restored_since_none_loses_its_tag(project, alice, bob, article, tag):
    other = Tag.objects.add_tag(project, "other", by=alice)
    kept, joined = (
        marked(article, project, bob, "reopened", tags=[tag]),
        marked(article, project, bob, "reopened on", tags=[other]),
    )
    merge_and_join(tag, other, by=alice)
    merge = last(project)
    kept, joined = sorted(
        Highlight.objects.filter(pk__in=[kept.pk, joined.pk]), key=lambda one: one.deleted_at is not None
    )
    joined.restore(bob)
    undo(merge, by=alice)
    assert [tag.name for tag in kept.tags.without_tree_fields()] == ["other"]


def test_undone_acts_are_redone_in_their_order(project, alice, alice_client, highlight):
    ProjectArticle.objects.set_state(project, highlight.article_id, ArticleState.ADDED, by=alice)
    highlight.edit(highlight.version, by=alice, note="later", tags=[])
    for _ in range(2):
        alice_client.post(UNDO)
    alice_client.post(UNDO, {"act": "redo"})
    highlight.refresh_from_db()
    assert (ProjectArticle.objects.get().state, highlight.note) == (ArticleState.ADDED, "A *first* note")
    alice_client.post(UNDO, {"act": "redo"})
    highlight.refresh_from_db()
    assert highlight.note == "later"


def test_no_undo_is_redone_before_a_later_one_that_cannot_be(project, alice, alice_client, highlight):
    ProjectArticle.objects.add_all(project, Article.objects.filter(pk=highlight.article_id), 1, by=alice)
    highlight.edit(highlight.version, by=alice, note="later", tags=[])
    for _ in range(2):
        alice_client.post(UNDO)
    project.with_role_of(alice)
    assert last(project).verb == "articles taken out"
    assert find_last_undo(project, alice) is None
