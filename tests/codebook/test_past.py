"""The codebook as it stood on a day: everything that was done to it since is taken back, for the page alone."""

from datetime import datetime, timedelta

import pytest
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.models import Event, Project, Tag
from annotations.models.joining import merge_and_join
from annotations.models.past_codebook import load_codebook_at
from annotations.models.undoing import undo
from cases import each
from markup import markup

CODEBOOK = "/projects/harbour-study/tags/"
FIELDS = (
    "pk",
    "name",
    "definition",
    "use_for",
    "not_for",
    "colour",
    "status",
    "heading_only",
    "parent_id",
    "tree_depth",
)


@pytest.fixture
def tags(project, alice) -> dict[str, Tag]:
    """fruit > apple > cox; fruit > pear; stone; and a proposal, "plum"."""
    made: dict[str, Tag] = {}
    for name, parent in [("fruit", ""), ("apple", "fruit"), ("cox", "apple"), ("pear", "fruit"), ("stone", "")]:
        made[name] = Tag.objects.add_tag(project, name, by=alice, parent=made.get(parent), definition=f"A {name}.")
    made["plum"] = Tag.objects.add_tag(project, "plum", by=alice, status="proposed")
    return made


def now_in(project) -> list[tuple]:
    tags = Tag.objects.with_tree_fields().filter(project=project)
    return [tuple(getattr(tag, name) for name in FIELDS) for tag in tags]


def then_in(project, moment: datetime) -> list[tuple]:
    return [tuple(getattr(tag, name) for name in FIELDS) for tag in load_codebook_at(project, moment).tags]


def last(project) -> Event:
    return project.events.select_related("project").latest("pk")


def acts(project, tags, alice) -> dict:
    """One act of each kind on the codebook, by a name."""

    def tag(name: str) -> Tag:
        return Tag.objects.without_tree_fields().get(pk=tags[name].pk)

    return {
        "add": lambda: Tag.objects.add_tag(project, "grape", by=alice, parent=tag("pear")),
        "propose": lambda: Tag.objects.add_tag(project, "sloe", by=alice, status="proposed"),
        "accept": lambda: tag("plum").accept(by=alice),
        "retire": lambda: tag("pear").retire(by=alice),
        "retire a proposal": lambda: tag("plum").retire(by=alice),
        "rename": lambda: tag("pear").edit(
            1, by=alice, name="quince", definition="Another.", colour=9, heading_only=True
        ),
        "edit the place": lambda: tag("apple").edit(1, by=alice, parent=tag("stone")),
        "up": lambda: tag("stone").shift("up", by=alice),
        "out": lambda: tag("cox").shift("out", by=alice),
        "to the front": lambda: tag("stone").move(tag("fruit"), "", by=alice),
        "merge": lambda: merge_and_join(tag("apple"), tag("stone"), by=alice),
        "delete with children": lambda: tag("fruit").merge_or_delete(by=alice),
    }


def test_each_act_is_taken_back_alone_and_with_all_others(project, tags, alice):
    states = []
    for name in acts(project, tags, alice):
        states.append((timezone.now(), now_in(project), name))
        Tag.objects.filter(project=project).update(version=1)
        acts(project, tags, alice)[name]()
        moment, before, _name = states[-1]
        assert now_in(project) != before, name
        assert then_in(project, moment) == before, name
    for moment, before, name in states:
        assert then_in(project, moment) == before, name


@each("name", ["accept", "retire", "rename", "edit the place", "out", "merge", "delete with children"])
def test_what_was_undone_is_taken_back_too(project, tags, alice, name):
    Tag.objects.filter(project=project).update(version=1)
    start, before = timezone.now(), now_in(project)
    acts(project, tags, alice)[name]()
    middle, done = timezone.now(), now_in(project)
    undo(last(project), by=alice)
    assert then_in(project, middle) == done
    assert then_in(project, start) == before


def test_the_page_shows_the_day_and_links_to_nothing_that_changes(alice_client, project, tags, alice):
    yesterday = timezone.localdate() - timedelta(days=1)
    Project.objects.update(created_at=timezone.now() - timedelta(days=3))
    Event.objects.update(at=timezone.now() - timedelta(days=1))
    tags["pear"].edit(1, by=alice, name="quince", definition="Another.")
    tags["apple"].merge_or_delete(by=alice, into=tags["stone"])
    page = markup(alice_client.get(CODEBOOK, {"on": yesterday.isoformat()})).partition("<main")[2]
    assert "As it stood at the end of that day" in page
    assert "<bdi>pear</bdi>" in page and "<bdi>apple</bdi>" in page and "A cox." in page and "proposed" in page
    assert "quince" not in page and "Another." not in page
    assert 'method="post"' not in page
    today = markup(alice_client.get(CODEBOOK, {"on": timezone.localdate().isoformat()}))
    assert "<bdi>quince</bdi>" in today and "<bdi>apple</bdi>" not in today
    assert Tag.objects.get(pk=tags["pear"].pk).name == "quince"


@each(
    ("written", "words"),
    [
        ("2000-01-01", "There was no codebook on 1 January 2000: the project was created on"),
        ("9999-12-31", "31 December 9999 is still to come."),
        ("yesterday", "“yesterday” is not a day. Write it as 2026-11-21."),
        ("2026-02-30", "“2026-02-30” is not a day."),
        ("", "“” is not a day."),
    ],
)
def test_a_day_that_cannot_be_shown_gets_a_sentence(alice_client, project, tags, written, words):
    page = markup(alice_client.get(CODEBOOK, {"on": written}))
    assert words.replace(" January", " Jan").replace(" December", " Dec") in page
    assert "<bdi>pear</bdi>" not in page


def test_visitors_of_a_public_project_see_the_codebook_of_today_only(visitor, project, tags):
    Project.objects.update(public=True)
    assert "Only members of the project" in markup(visitor.get(CODEBOOK, {"on": timezone.localdate().isoformat()}))
    assert 'name="on"' not in markup(visitor.get(CODEBOOK))


def test_tags_whose_beginning_is_not_known_are_counted(bob_client, project, tags):
    Event.objects.filter(subject=tags["pear"].pk).delete()
    today = {"on": timezone.localdate().isoformat()}
    assert "The history does not say when 1 of these tags was added" in markup(bob_client.get(CODEBOOK, today))


def test_a_move_of_an_older_version_is_taken_back(project, tags, alice):
    start, before = timezone.now(), now_in(project)
    tags["pear"].shift("up", by=alice)
    Event.objects.filter(verb="tag moved").update(data={"step": -1})
    assert then_in(project, start) == before
    undo(last(project), by=alice)
    assert now_in(project) == before


def test_a_deletion_of_an_older_version_is_taken_back(project, tags, alice):
    start, before = timezone.now(), now_in(project)
    tags["apple"].merge_or_delete(by=alice)
    event = last(project)
    data = {name: value for name, value in event.data.items() if name not in ("after", "examples")}
    Event.objects.filter(pk=event.pk).update(data=data)
    assert then_in(project, start) == before
    undo(last(project), by=alice)
    assert now_in(project) == before


def test_the_queries_do_not_grow_with_the_history(alice_client, project, tags, alice, connection):
    today = {"on": (timezone.localdate()).isoformat()}

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert alice_client.get(CODEBOOK, today).status_code == 200
        return len(queries)

    few = count()
    for number in range(12):
        Tag.objects.add_tag(project, f"tag {number}", by=alice)
    assert count() == few
