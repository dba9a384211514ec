"""Tags that blind reading hides: neither a name, a line nor a number tells a blind curator of them."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.anchoring.quotes import describe
from annotations.models import Assignment, Event, Highlight, Project, Role, Tag
from annotations.models.codebook import codebook_of
from annotations.models.tag_lines import find_clashes
from conftest import person, signed_in
from storm import marked


@pytest.fixture
def ben(project, article, alice, bob, tag) -> User:
    """A curator who reads the article blind, as Bob does."""
    ben = person("ben")
    project.memberships.create(user=ben, role=Role.CURATOR)
    Assignment.objects.assign(project, [article.pk], [ben.pk, bob.pk], by=alice)
    return ben


@pytest.fixture
def client(ben) -> Client:
    return signed_in(ben)


@pytest.fixture
def hidden(project, article, ben, bob, tag) -> Tag:
    """A tag that Bob made since, and put on two passages."""
    (hidden,) = Tag.objects.get_or_create_named(project, ["Hidden"], by=bob)
    for words in ("reopened on Monday", "Two cranes fell"):
        marked(article, project, bob, words, tags=[hidden, tag])
    return hidden


def known(project: Project, user: User) -> list[str]:
    """Return the names of the tags that a member sees."""
    return [tag.name for tag in codebook_of(Project.objects.find_visible(user, project.slug)).values()]


def test_adding_a_tag_of_a_hidden_name_shows_that_tag(project, client, ben, hidden, alice):
    assert "Hidden" not in known(project, ben)
    sent = {"name": "hidden", "colour": "1", "definition": "", "use_for": "", "not_for": ""}
    answer = client.post(f"/projects/{project.slug}/tags/add/", sent, follow=True)
    assert answer.status_code == 200
    assert "was added to the codebook" in answer.text
    assert Tag.objects.filter(project=project, name__iexact="hidden").get() == hidden
    assert known(project, ben) == known(project, alice)
    assert "Added the tag “Hidden”" in client.get(f"/projects/{project.slug}/history/").text


def test_a_curator_accepts_a_hidden_proposal_by_adding_it(project, client, ben, bob):
    hidden = Tag.objects.create_tag(
        project, "Hidden", by=bob, tags=Tag.objects.by_lower_name(project), status=Tag.Status.PROPOSED
    )
    sent = {"name": "Hidden", "colour": "1", "definition": "", "use_for": "", "not_for": ""}
    client.post(f"/projects/{project.slug}/tags/add/", sent)
    hidden.refresh_from_db()
    assert hidden.status == Tag.Status.ACTIVE


def test_a_hidden_name_on_a_highlight_is_that_tag(project, article, client, ben, hidden):
    text = article.current().text
    start = text.index("Two cranes fell")
    sent = {
        "project": project.slug,
        "revision": 1,
        "tags": "Hidden",
        "note": "",
        **describe(text, start, start + 15)._asdict(),
    }
    client.post(f"{article.get_absolute_url()}highlights/", sent)
    assert list(Highlight.objects.get(author=ben).tags.all()) == [hidden]
    assert "Hidden" in known(project, ben)


def test_the_line_of_a_new_tag_does_not_depend_on_hidden_ones(project, article, ben, hidden):
    seen = Project.objects.find_visible(ben, project.slug)
    beside = Tag.objects.used_in(seen, article.pk)
    assert list(beside) == []
    (made,) = Tag.objects.get_or_create_named(seen, ["mine"], by=ben, beside=beside)
    assert made.colour == hidden.colour


def test_a_line_is_free_where_only_hidden_passages_overlap(project, article, ben, hidden, tag):
    tag.project = Project.objects.find_visible(ben, project.slug)
    assert find_clashes(tag, hidden.colour) == []
    tag.project = project.with_role_of(User.objects.get(username="alice"))
    assert find_clashes(tag, hidden.colour) == ["Hidden"]


def test_a_merge_by_a_blind_curator_tells_no_number(project, article, client, ben, alice, bob, tag, hidden):
    (other,) = Tag.objects.get_or_create_named(project, ["other"], by=alice)
    Event.objects.filter(subject=other.pk).update(actor=ben)
    answer = client.post(
        f"/projects/{project.slug}/tags/{tag.pk}/delete/", {"fate": "merge", "into": other.pk}, follow=True
    )
    assert "“military option” was merged into “other”." in answer.text
    history = client.get(f"/projects/{project.slug}/history/").text
    assert "Merged the tag “military option” into “other”<" in re.sub(r"\s+<", "<", history)
    assert (
        "into “other”, 2 highlights"
        in Client.get(signed_in(alice), f"/projects/{project.slug}/history/?what=codebook").text
    )


def test_no_page_names_the_key_of_an_event(project, article, client, ben, hidden):
    mine = marked(article, project, ben, "The harbour of Brevik", tags=[])
    key = str(Event.objects.get(subject=mine.pk).pk)
    history = client.get(f"/projects/{project.slug}/history/").text
    (name,) = set(re.findall(r'name="event" value="([^"]+)"', history))
    assert name != key
    client.post(f"/projects/{project.slug}/history/undo/", {"event": name})
    mine.refresh_from_db()
    assert mine.deleted_at
