"""Two curators at once: whoever comes second is told what the first did, and loses nothing they typed."""

import pytest

from annotations.errors import StaleError, TagGoneError
from annotations.models import Event, Highlight, Role, Tag
from cases import each
from markup import markup

CODEBOOK = "/projects/harbour-study/tags/"
TYPED = {"name": "air patrols", "colour": "4", "definition": "My words.", "use_for": "", "not_for": "", "version": "1"}


@pytest.fixture
def other(project, alice) -> Tag:
    return Tag.objects.add_tag(project, "refusal", by=alice)


@pytest.fixture
def second(project, bob, bob_client):
    """The client of another curator."""
    project.memberships.filter(user=bob).update(role=Role.CURATOR)
    return bob_client


def end(tag: Tag, alice, into: Tag | None = None) -> str:
    """Merge or delete the tag; its address."""
    address = tag.get_absolute_url()
    Tag.objects.get(pk=tag.pk).merge_or_delete(by=alice, into=into)
    return address


def test_who_edited_a_tag_that_was_merged_keeps_the_words(second, alice, tag, other):
    answer = second.post(end(tag, alice, other), TYPED)
    page = markup(answer)
    assert answer.status_code == 409
    assert "alice merged “military option” into “refusal”." in page
    assert "Your words are below; they can be added as a new tag." in page
    assert ">My words.</textarea>" in page.replace("\n", "") and 'value="air patrols"' in page
    assert not Tag.objects.filter(name="air patrols").exists()
    second.post(f"{CODEBOOK}add/", TYPED)
    assert Tag.objects.get(name="air patrols").definition == "My words."


@each(
    ("act", "sent"),
    [
        ("move/", {"direction": "up"}),
        ("status/", {"status": "retired"}),
        ("delete/", {"fate": "off"}),
        ("split/", {}),
        ("", None),
    ],
)
def test_who_acts_on_a_tag_that_is_gone_is_told_what_became_of_it(second, project, alice, other, act, sent):
    tag = Tag.objects.add_tag(project, f"gone {act}".strip(" /"), by=alice)
    address = end(tag, alice, other) + act
    events = Event.objects.count()
    answer = second.get(address, follow=True) if sent is None else second.post(address, sent, follow=True)
    assert answer.redirect_chain[-1][0] == other.get_absolute_url()
    assert f"alice merged “{tag.name}” into “refusal”." in markup(answer)
    assert Event.objects.count() == events


def test_who_opens_a_deleted_tag_comes_to_the_codebook(second, alice, tag):
    answer = second.get(end(tag, alice), follow=True)
    assert answer.redirect_chain[-1][0] == CODEBOOK
    assert "alice deleted “military option”." in markup(answer)


def test_strangers_and_guests_are_told_nothing(charlie_client, visitor, project, alice, tag):
    address = end(tag, alice)
    assert charlie_client.get(address).status_code == 404
    type(project).objects.update(public=True)
    assert visitor.get(address).status_code == 404


def test_merging_into_a_tag_that_is_gone_changes_nothing(alice, tag, other, highlight):
    stale = Tag.objects.get(pk=other.pk)
    end(other, alice)
    with pytest.raises(StaleError):
        tag.merge_or_delete(by=alice, into=stale)
    assert list(highlight.tags.all()) == [tag]


@each("fields", [{"status": "retired"}, {"status": "proposed"}, {"heading_only": True}])
def test_merging_into_a_tag_that_takes_no_highlights_changes_nothing(alice, tag, other, highlight, fields):
    Tag.objects.filter(pk=other.pk).update(**({"status": "active", "heading_only": False} | fields))
    with pytest.raises(StaleError):
        tag.merge_or_delete(by=alice, into=other)
    assert list(highlight.tags.all()) == [tag]


def test_merging_a_tag_into_itself_changes_nothing(alice_client, alice, tag, highlight):
    with pytest.raises(StaleError):
        tag.merge_or_delete(by=alice, into=tag)
    answer = alice_client.post(f"{tag.get_absolute_url()}delete/", {"fate": "merge", "into": tag.pk})
    assert answer.status_code == 422
    assert list(highlight.tags.all()) == [tag]


def test_of_two_merges_at_once_the_second_finds_the_tag_gone(alice, tag, other):
    stale = Tag.objects.get(pk=tag.pk)
    end(tag, alice, other)
    with pytest.raises(TagGoneError):
        stale.merge_or_delete(by=alice, into=other)


@each(
    "name",
    [
        "MILITARY option",
        "ｍｉｌｉｔａｒｙ option",
        "military\u00a0option",
        "military\u3000option",
        "mili\u200btary option",
        "milit\u0430ry option",
    ],
)
def test_a_name_that_looks_like_another_is_refused(alice_client, project, tag, name):
    before = Tag.objects.count()
    answer = alice_client.post(f"{CODEBOOK}add/", TYPED | {"name": name})
    assert answer.status_code == 422
    assert "A tag with this name already exists" in markup(answer)
    assert Tag.objects.count() == before


def test_a_split_left_half_done_keeps_what_was_decided_and_says_what_was_not_to_be_had(
    second, project, revision, alice, tag, other, highlight
):
    third = Tag.objects.add_tag(project, "third", by=alice)
    more = Highlight.objects.make(
        project=project, revision=revision, author=alice, start=0, end=9, tags=[tag]
    ).highlight
    last = Highlight.objects.make(
        project=project, revision=revision, author=alice, start=3, end=7, tags=[tag]
    ).highlight
    address = f"{tag.get_absolute_url()}split/?to={other.pk}&to={third.pk}"
    end(third, alice)
    sent = {f"to-{highlight.pk}": other.pk, f"to-{more.pk}": third.pk, f"to-{last.pk}": ""}
    page = markup(second.post(address, sent, follow=True))
    assert "1 highlight was retagged." in page
    assert "1 highlight stays as it is" in page
    assert [list(mark.tags.all()) for mark in (highlight, more, last)] == [[other], [tag], [tag]]
    assert "2 highlights have this tag." in page
