"""The lines of tags: those on the same words get different ones, and the form promises no more than that."""

import pytest
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from annotations.models import Event, Highlight, Tag
from annotations.models.tag_lines import Separation, choose_lines, find_neighbours, separate_lines
from annotations.models.undoing import undo
from cases import each
from markup import markup
from newsreader.models import Revision

CODEBOOK = "/projects/harbour-study/tags/"


@pytest.fixture
def tags(project, alice) -> list[Tag]:
    """Fifteen tags: the first three have the line of the last three."""
    return [Tag.objects.add_tag(project, f"tag {number}", by=alice) for number in range(15)]


@pytest.fixture
def mark(project, revision, alice):
    def make(start: int, end: int, *tags: Tag, on: Revision = revision) -> Highlight:
        place = {"revision": on, "start": start, "end": end}
        return Highlight.objects.make(project=project, author=alice, tags=tags, **place).highlight

    return make


def lines(*tags: Tag) -> list[int]:
    return [Tag.objects.get(pk=tag.pk).colour for tag in tags]


def last(project) -> Event:
    return project.events.select_related("project").latest("pk")


def test_tags_on_overlapping_passages_get_different_lines_and_the_undo_gives_them_back(project, alice, tags, mark):
    mark(0, 9, tags[0]), mark(5, 12, tags[12])
    mark(20, 30, tags[1], tags[13])
    mark(40, 45, tags[2]), mark(45, 50, tags[14])
    assert lines(*tags[:3]) == lines(*tags[12:]) == [1, 2, 3]
    before = lines(*tags)
    assert separate_lines(project, by=alice) == Separation(2, 0)
    after = lines(*tags)
    assert after[0] != after[12] and after[1] != after[13]
    assert after[:12] == before[:12]
    assert after[14] == before[14]  # it only touches
    undo(last(project), by=alice)
    assert lines(*tags) == before


def test_what_is_deleted_or_on_another_text_does_not_count(project, alice, article, tags, mark):
    mark(0, 9, tags[0])
    mark(0, 9, tags[12]).hide(alice)
    assert separate_lines(project, by=alice) == Separation(0, 0)
    assert not Event.objects.filter(verb="lines separated").exists()


def test_where_all_twelve_are_taken_the_page_says_so(alice_client, project, tags, mark):
    mark(0, 9, *tags[:13])
    answer = alice_client.post(f"{CODEBOOK}lines/", follow=True)
    assert "No line had to be changed." in markup(answer)
    assert "1 tag still shares a line with a tag on the same words" in markup(answer)


def test_curators_are_offered_it_where_lines_are_shared(alice_client, bob_client, tags):
    assert "Separate lines" in markup(alice_client.get(CODEBOOK))
    assert "Separate lines" not in markup(bob_client.get(CODEBOOK))
    Tag.objects.filter(pk__in=[tag.pk for tag in tags[12:]]).delete()
    assert "Separate lines" not in markup(alice_client.get(CODEBOOK))


@each(("line", "status"), [(1, 422), (2, 302)])
def test_the_form_refuses_a_line_that_a_tag_on_the_same_words_has(alice_client, tags, mark, line, status):
    Highlight.objects.all().delete()
    mark(0, 9, tags[0]), mark(5, 12, tags[4])
    Tag.objects.filter(pk=tags[4].pk).update(colour=5)
    tag = Tag.objects.get(pk=tags[4].pk)
    sent = {"name": tag.name, "colour": line, "definition": "", "use_for": "", "not_for": "", "version": tag.version}
    answer = alice_client.post(tag.get_absolute_url(), sent)
    assert answer.status_code == status
    if status == 422:
        assert "“tag 0” stands on the same words and has this line." in markup(answer)


def test_where_no_line_is_free_the_form_takes_any(alice_client, tags, mark):
    mark(0, 9, *tags[:13])
    tag = Tag.objects.get(pk=tags[12].pk)
    sent = {"name": tag.name, "colour": 2, "definition": "", "use_for": "", "not_for": "", "version": tag.version}
    assert alice_client.post(tag.get_absolute_url(), sent).status_code == 302
    assert lines(tag) == [2]


def test_a_heading_has_no_line_and_takes_none(alice_client, project, alice):
    Tag.objects.add_tag(project, "Means", by=alice, heading_only=True, colour=1)
    assert Tag.objects.add_tag(project, "cost", by=alice).colour == 1
    page = markup(alice_client.get(f"{CODEBOOK}add/")).partition('class="hues"')[2]
    assert "cost" in page and "Means" not in page


@given(
    st.lists(st.integers(1, 12), min_size=2, max_size=16),
    st.sets(st.tuples(st.integers(0, 15), st.integers(0, 15)), max_size=30),
)
def test_neighbours_share_no_line_unless_all_are_taken(colours, edges):
    tags = [Tag(name=str(number), colour=colour) for number, colour in enumerate(colours)]
    neighbours: dict = {}
    for one, other in edges:
        if one != other and max(one, other) < len(tags):
            neighbours.setdefault(tags[one].pk, set()).add(tags[other].pk)
            neighbours.setdefault(tags[other].pk, set()).add(tags[one].pk)
    left = choose_lines(tags, neighbours)
    after = {tag.pk: tag.colour for tag in tags}
    sharing = [tag for tag in tags if any(after[key] == tag.colour for key in neighbours.get(tag.pk, ()))]
    assert bool(sharing) == bool(left)
    if all(len(found) < 12 for found in neighbours.values()):
        assert not left
    if not edges:
        assert [tag.colour for tag in tags] == colours


def test_the_queries_do_not_grow_with_the_passages(project, alice, tags, mark, connection):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            find_neighbours(project)
        return len(queries)

    mark(0, 9, tags[0])
    few = count()
    for start in range(10):
        mark(start, start + 5, tags[start], tags[start + 1])
    assert count() == few
