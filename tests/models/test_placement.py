"""What a new revision does to every highlight, and what people decide."""

import threading

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from annotations.errors import StaleError
from annotations.models import Event, Highlight, Placement, Project, Role
from annotations.models.reanchoring import reopen
from annotations.review.bulk import accept_all
from newsreader.models import Article, Revision
from newsreader.text.html.sanitizer import clean
from storm import CRANES, SEVENTEEN, STORM, TALLY, edited, marked, placement, report, words


@pytest.fixture
def storm(db) -> Article:
    return report()


@pytest.fixture
def mark(storm, project, alice):
    """A function: Alice's highlight on these words."""
    return lambda quote, author=alice, where=project, **fields: marked(storm, where, author, quote, **fields)


@pytest.fixture
def twelve(mark) -> Highlight:
    return mark("At least 12 people were killed")


def version(highlight) -> int:
    return Highlight.objects.get(pk=highlight.pk).version


# Carrying over


def test_words_that_nobody_touched_are_the_same_wherever_they_shifted(storm, mark):
    made = mark("Two cranes fell")
    storm.revise(edited(("At least 12", "More than one hundred and twelve")))
    found = placement(made)
    assert (found.state, words(found), found.open) == ("same", "Two cranes fell", False)
    assert found.start > made.start


def test_edited_words_wait_for_a_decision_and_tell_what_changed(storm, twelve):
    storm.revise(edited(SEVENTEEN))
    found = placement(twelve)
    assert (found.state, words(found), found.open) == ("edited", "At least 17 people were killed", True)
    assert (found.material, found.changes) == (True, [[9, 11, "12", "17"]])


def test_words_that_stand_elsewhere_are_moved(storm, mark):
    made = mark("Insurers came on Tuesday to count what was lost")
    first, second, third = STORM.replace("</p>", "</p>|").strip("|").split("|")
    storm.revise(clean(third + first + second))
    found = placement(made)
    assert (found.state, words(found), found.open) == ("moved", made.exact, False)


def test_words_that_are_removed_are_gone_and_have_no_place(storm, mark):
    made = mark("Nobody was hurt on the northern pier")
    storm.revise(edited(CRANES))
    found = placement(made)
    assert (found.state, found.start, found.end, found.open) == ("gone", None, None, True)


def test_words_that_now_stand_twice_are_ambiguous_and_both_places_are_proposed(storm, mark):
    made = mark("Two cranes fell")
    paragraph = STORM.split("</p>")[1] + "</p>"
    storm.revise(clean(STORM.replace(paragraph, 2 * paragraph)))
    found = placement(made)
    assert (found.state, found.start, found.open) == ("ambiguous", None, True)
    assert [found.revision.text[start:end] for start, end in found.proposals] == 2 * [made.exact]


def test_what_was_read_is_never_touched(storm, twelve):
    before = Highlight.objects.filter(pk=twelve.pk).values().get()
    storm.revise(edited(SEVENTEEN))
    assert Highlight.objects.filter(pk=twelve.pk).values().get() == before


def test_every_project_and_every_deleted_highlight_is_carried_over(storm, mark, bob, alice):
    other = Project.objects.create_owned("Other", owner=bob)
    made = [mark("Two cranes fell"), mark("12 people", author=bob, where=other), mark("the mayor said")]
    made[2].hide(alice)
    storm.revise(edited(SEVENTEEN))
    assert [placement(one).state for one in made] == ["same", "edited", "same"]


def test_each_project_gets_one_event_with_the_counts_and_a_new_version(storm, mark, project, curator):
    mark("Two cranes fell"), mark("12 people"), mark("the mayor said")
    before = Project.objects.get(pk=project.pk).version
    storm.revise(edited(SEVENTEEN), created_by=curator)
    event = Event.objects.get(verb="passages placed")
    assert (event.project, event.article, event.actor) == (project, storm, curator)
    assert event.data == {"revision": 2, "same": 2, "edited": 1}
    assert Project.objects.get(pk=project.pk).version == before + 1


def test_a_text_nobody_highlighted_leaves_no_trace(storm):
    storm.revise(edited(SEVENTEEN))
    assert not Placement.objects.exists() and not Event.objects.exists()


def test_a_revision_that_fails_leaves_no_placement(storm, twelve, monkeypatch):
    monkeypatch.setattr("annotations.models.history.record", lambda *what, **data: 1 / 0)
    monkeypatch.setattr("annotations.models.history.record", lambda *what, **data: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        storm.revise(edited(SEVENTEEN))
    assert not Placement.objects.exists()
    assert Article.objects.get(pk=storm.pk).revision == 1


# Over several revisions


def test_the_origin_is_the_last_text_on_which_the_words_were_the_same(storm, mark):
    made = mark("Two cranes fell")
    storm.revise(edited(SEVENTEEN))
    storm.revise(edited(SEVENTEEN, ("Two cranes", "Three cranes")))
    found = placement(made)
    assert (found.state, found.origin.number, found.changes[0][2:]) == ("edited", 2, ["Two", "Three"])


def test_an_edit_nobody_decided_on_is_judged_against_what_was_read(storm, twelve):
    storm.revise(edited(SEVENTEEN))
    storm.revise(edited(("At least 12", "At least 19")))
    found = placement(twelve)
    assert (found.origin.number, found.changes) == (1, [[9, 11, "12", "19"]])


def test_words_that_are_restored_are_the_same_again(storm, twelve):
    storm.revise(edited(SEVENTEEN))
    storm.revise(edited())
    assert (placement(twelve).state, placement(twelve).open) == ("same", False)


def test_words_that_are_gone_and_come_back_are_the_same_again(storm, mark):
    made = mark("Nobody was hurt on the northern pier")
    storm.revise(edited(CRANES))
    storm.revise(edited())
    assert (placement(made).state, words(placement(made))) == ("same", made.exact)


def test_only_the_current_text_waits_for_decisions(storm, twelve):
    storm.revise(edited(SEVENTEEN))
    storm.revise(edited(("At least 12", "At least 19")))
    assert [one.open for one in twelve.placements.order_by("revision__number")] == [False, True]


def test_what_was_kept_is_what_the_next_text_is_judged_against(storm, twelve, alice):
    storm.revise(edited(SEVENTEEN))
    placement(twelve).accept(version=1, by=alice)
    storm.revise(edited(SEVENTEEN, TALLY))
    assert (placement(twelve).state, placement(twelve).origin.number) == ("same", 2)
    storm.revise(edited(TALLY))
    assert placement(twelve).changes == [[9, 11, "17", "12"]]


def test_what_was_put_elsewhere_is_followed_there(storm, mark, alice):
    made = mark("Nobody was hurt on the northern pier")
    storm.revise(edited(CRANES))
    start = storm.current().text.index("The mayor resigned")
    placement(made).reattach(start, start + 18, version=1, by=alice)
    storm.revise(edited(CRANES, SEVENTEEN))
    assert (placement(made).state, words(placement(made))) == ("same", "The mayor resigned")


def test_what_was_dismissed_stays_so_even_where_the_words_come_back(storm, twelve, alice):
    storm.revise(edited(SEVENTEEN))
    placement(twelve).dismiss(version=1, by=alice)
    storm.revise(edited())
    found = placement(twelve)
    assert (found.state, found.decision, found.decided_by, found.open) == ("gone", "let go", alice, False)
    assert found.start is None


def test_what_was_dismissed_can_be_restored_on_a_later_text(storm, twelve, alice):
    storm.revise(edited(SEVENTEEN))
    placement(twelve).dismiss(version=1, by=alice)
    storm.revise(edited())
    reopen(placement(twelve), version=2, by=alice)
    assert (placement(twelve).state, placement(twelve).decision) == ("same", "")


# Decisions


def test_to_keep_is_to_accept_the_new_words(storm, twelve, bob):
    storm.revise(edited(SEVENTEEN))
    placement(twelve).accept(version=1, by=bob)
    found = placement(twelve)
    assert (found.decision, found.decided_by, found.open) == ("kept", bob, False)
    assert found.decided_at and words(found) == "At least 17 people were killed"
    event = Event.objects.get(verb="passage kept")
    assert (event.subject, event.actor, event.data["revision"]) == (twelve.pk, bob, 2)
    assert event.data["before"] == {"decision": "", "start": 0, "end": 30}


def test_only_what_was_edited_and_not_decided_can_be_kept(storm, twelve, mark, alice):
    same = mark("Two cranes fell")
    storm.revise(edited(SEVENTEEN))
    placement(twelve).dismiss(version=1, by=alice)
    for one in (same, twelve):
        with pytest.raises(ValueError, match="already been reviewed"):
            placement(one).accept(version=version(one), by=alice)


@pytest.fixture
def two_places(storm, mark) -> Highlight:
    """A highlight that may stand in two places of the current text."""
    made = mark("Two cranes fell")
    storm.revise(edited(SEVENTEEN))
    revision = storm.current()
    first, second = revision.text.index("Nobody"), revision.text.index("Insurers")
    placed = {"state": "ambiguous", "start": None, "end": None, "open": True}
    proposals = [[first, first + 6], [second, second + 8]]
    made.placements.update(**placed, proposals=proposals)
    return made


def test_one_of_the_proposals_is_chosen(two_places, alice):
    place = placement(two_places).proposals[1]
    placement(two_places).choose(*place, version=1, by=alice)
    found = placement(two_places)
    assert (found.decision, words(found), found.open) == ("chosen", "Insurers", False)


def test_what_was_not_proposed_cannot_be_chosen(two_places, alice):
    with pytest.raises(ValueError, match="not suggested"):
        placement(two_places).choose(0, 5, version=1, by=alice)
    assert placement(two_places).open


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (7, 3), (0, 10_000)])
def test_a_place_outside_the_text_is_none(storm, twelve, alice, start, end):
    storm.revise(edited(SEVENTEEN))
    with pytest.raises(ValueError, match="not in the text"):
        placement(twelve).reattach(start, end, version=1, by=alice)


@pytest.mark.parametrize("act", ["accept", "dismiss", "reattach"])
def test_every_decision_can_be_taken_back(storm, twelve, alice, act):
    storm.revise(edited(SEVENTEEN))
    before = Placement.objects.values().get()
    getattr(placement(twelve), act)(*([40, 50] if act == "reattach" else []), version=1, by=alice)
    assert Placement.objects.values().get() != before
    reopen(placement(twelve), version=2, by=alice)
    assert Placement.objects.values().get() == before
    assert Event.objects.filter(subject=twelve.pk).latest("pk").verb == "passage reopened"


def test_a_decision_about_a_highlight_that_somebody_changed_is_stale(storm, twelve, alice, bob):
    storm.revise(edited(SEVENTEEN))
    twelve.edit(1, by=alice, note="Refresh", tags=[])
    with pytest.raises(StaleError):
        placement(twelve).accept(version=1, by=bob)
    assert placement(twelve).open


def test_of_two_decisions_the_second_is_stale(storm, twelve, alice, bob):
    storm.revise(edited(SEVENTEEN))
    hers, his = placement(twelve), placement(twelve)
    hers.accept(version=1, by=alice)
    with pytest.raises(StaleError):
        his.dismiss(version=1, by=bob)
    assert placement(twelve).decision == "kept"


def test_a_decision_about_a_text_that_was_corrected_again_is_stale(storm, twelve, alice):
    storm.revise(edited(SEVENTEEN))
    read = placement(twelve)
    storm.revise(edited(("At least 12", "At least 19")))
    with pytest.raises(StaleError):
        read.accept(version=1, by=alice)
    assert placement(twelve).open


def test_the_ends_of_what_was_read_on_an_older_text_stay(storm, twelve, alice):
    storm.revise(edited(SEVENTEEN))
    with pytest.raises(StaleError):
        twelve.move(1, 0, 5, by=alice)


def test_many_are_kept_at_once_and_told_of_in_one_event(storm, mark, project, alice):
    made = [mark("Tuesday to count what was lost"), mark("to count what was lost"), mark("12 people")]
    storm.revise(edited(SEVENTEEN, TALLY))
    asked = project.placements.filter(open=True, material=False)
    assert accept_all(asked, project=project, by=alice) == 2
    assert [placement(one).decision for one in made] == ["kept", "kept", ""]
    assert [version(one) for one in made] == [2, 2, 1]
    event = Event.objects.get(verb="passages kept")
    assert (event.article, len(event.data["highlights"])) == (storm, 2)


# Who may


def test_readers_settle_their_own_and_curators_everybodys(storm, mark, twelve, project, alice, bob, charlie):
    his = mark("Two cranes fell", author=bob)
    settleable = {user: set(Highlight.objects.reviewable_by(user)) for user in (alice, bob, charlie)}
    assert settleable == {alice: {twelve, his}, bob: {his}, charlie: set()}
    project.memberships.filter(user=bob).update(role=Role.CURATOR)
    assert set(Highlight.objects.reviewable_by(bob)) == {twelve, his}
    project.memberships.filter(user=bob).update(role=Role.VIEWER)
    assert set(Highlight.objects.reviewable_by(bob)) == set()


def test_nobody_settles_what_is_deleted_or_withdrawn(storm, twelve, alice):
    Article.objects.filter(pk=storm.pk).update(status="withdrawn")
    assert not Highlight.objects.reviewable_by(alice).exists()
    Article.objects.filter(pk=storm.pk).update(status="published")
    twelve.hide(alice)
    assert not Highlight.objects.reviewable_by(alice).exists()


# What waits


def test_a_project_counts_what_waits_and_forgets_it_once_it_is_decided(storm, twelve, project, alice):
    storm.revise(edited(SEVENTEEN))
    assert Project.objects.get(pk=project.pk).waiting == 1
    placement(twelve).accept(version=1, by=alice)
    assert Project.objects.get(pk=project.pk).waiting == 0


def test_what_is_deleted_does_not_wait_until_it_is_restored(storm, twelve, project, alice):
    storm.revise(edited(SEVENTEEN))
    twelve.hide(alice)
    assert not project.placements.waiting().exists()
    twelve.restore(alice)
    assert project.placements.waiting().exists()


# Made on an older text


def make_on(revision, project, author, quote: str) -> Highlight:
    start = revision.text.index(quote)
    return Highlight.objects.make(
        project=project, revision=revision, author=author, start=start, end=start + len(quote)
    )


def test_a_highlight_made_on_an_older_text_is_placed_on_every_later_one(storm, project, alice):
    first = storm.current()
    storm.revise(edited(SEVENTEEN))
    storm.revise(edited(SEVENTEEN, ("people were", "persons were")))
    made = make_on(first, project, alice, "At least 12 people were killed")
    placements = list(made.highlight.placements.order_by("revision__number"))
    assert [(one.state, one.open, one.origin_id) for one in placements] == [
        ("edited", False, first.pk),
        ("edited", True, first.pk),
    ]
    assert made.placement == placements[-1]


def test_it_is_followed_from_the_last_text_on_which_it_was_the_same(storm, project, alice):
    first = storm.current()
    second = storm.revise(edited(TALLY))
    storm.revise(edited(TALLY, SEVENTEEN))
    made = make_on(first, project, alice, "12 people")
    assert (made.placement.state, made.placement.origin_id) == ("edited", second.pk)


def test_a_highlight_on_the_current_text_needs_no_placement(storm, project, alice):
    assert make_on(storm.current(), project, alice, "12 people").placement is None


def test_a_correction_between_reading_and_writing_leaves_no_highlight_without_a_place(
    storm, project, alice, monkeypatch
):
    """The article is corrected in the instant before its row is locked."""
    lock, read = Article.objects.lock_revision_number, storm.current()

    def corrected_just_before(pk):
        monkeypatch.setattr(Article.objects, "lock_revision_number", lock)
        storm.revise(edited(SEVENTEEN))
        return lock(pk)

    monkeypatch.setattr(Article.objects, "lock_revision_number", corrected_just_before)
    made = make_on(read, project, alice, "12 people")
    assert made.placement.state == "edited"


@pytest.mark.django_db(transaction=True)
def test_corrections_and_highlights_at_the_same_moment_miss_nobody():
    from conftest import person

    alice, article = person("alice"), report()
    project, read, faults = Project.objects.create_owned("Study", owner=alice), article.current(), []

    def run(act):
        try:
            act()
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    def correct():
        for number in range(20, 24):
            Article.objects.get(pk=article.pk).revise(edited(("At least 12", f"At least {number}")))

    def highlight():
        for _ in range(6):
            make_on(Revision.objects.get(pk=read.pk), Project.objects.get(pk=project.pk), alice, "12 people")

    threads = [threading.Thread(target=run, args=[act]) for act in (correct, highlight, highlight)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    numbers = set(range(2, 6))
    for made in Highlight.objects.all():
        assert set(made.placements.values_list("revision__number", flat=True)) == numbers
        assert [one.revision.number for one in made.placements.filter(open=True)] == [5]


# What it costs


def test_carrying_over_asks_no_more_for_many_highlights_than_for_few(storm, mark):
    mark("Two cranes fell")
    with CaptureQueriesContext(connection) as few:
        storm.revise(edited(SEVENTEEN))
    for end in range(40):
        mark("Two cranes fell into the water. Nobody was hurt on"[: 10 + end])
    with CaptureQueriesContext(connection) as many:
        storm.revise(edited(SEVENTEEN, TALLY))
    assert len(many) == len(few) <= 34
