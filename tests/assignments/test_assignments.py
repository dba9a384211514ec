"""Assignments: how they are made, what state they have, and what done, revealing and reopening do."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from annotations.models import Assignment, Event, Highlight, Project, Reply, Role, Tag, Thread
from annotations.models import assignment as assignment_module
from conftest import person, signed_in
from newsreader.models import Article

READING_QUERIES = 3  # with the session, of a page that was read before


@pytest.fixture
def carol(project) -> User:
    carol = person("carol")
    project.memberships.create(user=carol, role=Role.CODER)
    return carol


@pytest.fixture
def blind(project, article, alice, bob, carol) -> Assignment:
    """Bob's assignment of the article, which Carol reads, too: both blind."""
    due = timezone.localdate() + timedelta(days=2)
    Assignment.objects.assign(project, [article.pk], [bob.pk, carol.pk], by=alice, due=due)
    return Assignment.objects.get(user=bob)


@pytest.fixture
def page(project) -> str:
    return f"/projects/{project.slug}/assignments/"


def mark(project: Project, article: Article, author: User, words: str = "The harbour of Brevik") -> Highlight:
    revision = article.current()
    start = revision.text.index(words)
    place = {"start": start, "end": start + len(words)}
    known = Project.objects.find_visible(author, project.slug)
    return Highlight.objects.make(project=known, revision=revision, author=author, note="My reading", **place).highlight


def read(client: Client, article: Article, project: Project) -> str:
    return client.get(f"{article.get_absolute_url()}?project={project.slug}&layer=all").text


def test_what_is_open_is_listed_for_its_reader(blind, bob_client, charlie_client, alice):
    page = bob_client.get("/for-you/").text
    assert "Harbour reopens" in page and "due" in page and "Nothing is waiting" not in page
    assert "Harbour reopens" not in charlie_client.get("/for-you/").text
    Assignment.objects.update(round="Second round")
    assert "Second round" in bob_client.get("/for-you/").text
    blind.finish(by=blind.user)
    assert "Nothing is waiting for you." in bob_client.get("/for-you/").text


def test_the_choice_of_articles_names_source_and_date_or_says_that_there_are_none(
    project, article, alice_client, page, highlight
):
    assert f"Harbour reopens · {article.source.name}, " in alice_client.get(page).text
    Highlight.objects.all().delete()
    empty = alice_client.get(page).text
    assert "The project has no articles yet." in empty and "<select" not in empty
    assert f'href="/articles/add/?project={project.slug}"' in empty


def test_a_curator_assigns_articles_to_coders_and_each_sees_what_is_theirs(
    project, article, alice_client, bob_client, bob, page, highlight
):
    member = project.memberships.get(user=bob)
    sent = {"act": "assign", "articles": article.pk, "members": member.pk, "due": "2099-01-02", "blind": "on"}
    answer = alice_client.post(page, sent, follow=True)
    assert "1 assignment was made." in answer.text
    own = bob_client.get(page).text
    assert "Harbour reopens" in own and "2 Jan 2099" in own and "to do" in own and "blind" in own
    again = alice_client.post(page, sent, follow=True)
    assert "Nothing was changed" in again.text and Assignment.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"articles": []}, "Choose at least one article."),
        ({"articles": "999999"}, "not in the project any more"),
        ({"articles": "9" * 30}, "not in the project any more"),
        ({"members": []}, "Choose at least one coder."),
        ({"members": "999999"}, "no member any more"),
        ({"members": "9" * 30}, "no member any more"),
        ({"due": "2020-01-01"}, "That day is over."),
        ({"due": "soon"}, "Write the day as 2026-11-30."),
    ],
)
def test_each_mistake_is_answered_by_a_sentence(project, article, alice_client, bob, page, highlight, change, says):
    sent = {"articles": article.pk, "members": project.memberships.get(user=bob).pk, "due": "", "blind": "on"}
    answer = alice_client.post(page, sent | change)
    assert answer.status_code == 422 and says in answer.text
    assert not Assignment.objects.exists()


def test_too_many_at_once_are_refused(project, article, alice_client, bob, page, highlight, monkeypatch):
    monkeypatch.setattr(assignment_module, "MAX_ASSIGNED", 0)
    sent = {"articles": article.pk, "members": project.memberships.get(user=bob).pk}
    assert "Choose fewer articles or coders" in alice_client.post(page, sent).text


def test_a_coder_assigns_nothing(bob_client, page, blind):
    assert bob_client.post(page, {"act": "reveal"}).status_code == 403
    assert bob_client.post(page, {"act": "begin"}).status_code == 403
    assert "Assignments by article and coder" not in bob_client.get(page).text


def test_reading_changes_no_state_and_the_first_highlight_does(project, article, bob, bob_client, blind):
    read(bob_client, article, project)
    assert Assignment.objects.get(pk=blind.pk).state == "to do"
    mark(project, article, bob)
    assert Assignment.objects.get(pk=blind.pk).state == "reading"
    assert Assignment.objects.get(user__username="carol").state == "to do"


def test_what_was_due_yesterday_is_late_until_it_is_done(blind, bob_client, bob, page):
    assert ">late<" not in bob_client.get(page).text
    Assignment.objects.update(due=timezone.localdate() - timedelta(days=1))
    assert ">late<" in bob_client.get(page).text
    blind.finish(by=bob)
    assert ">late<" not in bob_client.get(page).text


def test_done_is_asked_for_and_shows_what_the_others_marked(project, article, bob_client, blind, carol, page):
    mark(project, article, carol)
    assert "My reading" not in read(bob_client, article, project)
    assert "This article is read blind" in read(bob_client, article, project)
    question = bob_client.get(f"{page}{blind.pk}/").text
    assert "Done with" in question and "Only a curator can open it again" in question
    assert Assignment.objects.get(pk=blind.pk).state == "to do"
    answer = bob_client.post(f"{page}{blind.pk}/", {"act": "done"}, follow=True)
    assert "My reading" in answer.text or "My reading" in read(bob_client, article, project)
    assert "already" in bob_client.post(f"{page}{blind.pk}/", {"act": "done"}, follow=True).text


def test_done_cannot_be_undone_but_by_a_curator(project, article, bob, bob_client, alice_client, blind, carol, page):
    mark(project, article, carol)
    blind.finish(by=bob)
    assert bob_client.post(f"{page}{blind.pk}/", {"act": "reopen"}).status_code == 403
    assert "My reading" in read(bob_client, article, project)
    alice_client.post(f"{page}{blind.pk}/", {"act": "reopen"})
    assert "My reading" not in read(bob_client, article, project)
    assert Assignment.objects.get(pk=blind.pk).state == "reading"


def test_a_curator_reveals_one_assignment_one_article_or_all(
    project, article, bob_client, alice_client, blind, carol, page
):
    mark(project, article, carol)
    carol_client = signed_in(carol)
    alice_client.post(f"{page}{blind.pk}/", {"act": "reveal"})
    assert "My reading" in read(bob_client, article, project)
    assert "This article is read blind" in read(carol_client, article, project)
    alice_client.post(page, {"act": "reveal", "article": article.pk + 1})
    assert "This article is read blind" in read(carol_client, article, project)
    alice_client.post(page, {"act": "reveal", "article": article.pk})
    assert "This article is read blind" not in read(carol_client, article, project)
    assert "No assignment was blind any more." in alice_client.post(page, {"act": "reveal"}, follow=True).text


def test_nobody_else_sees_what_is_read_blind_but_curators(project, article, alice_client, blind, carol, charlie_client):
    Project.objects.filter(pk=project.pk).update(public=True)
    made = mark(project, article, carol)
    for client in (Client(), charlie_client):
        assert "My reading" not in read(client, article, project)
        assert client.get(made.get_absolute_url()).status_code == 404
    assert "My reading" in read(alice_client, article, project)
    Assignment.objects.reveal(project, by=User.objects.get(username="alice"))
    assert "My reading" in read(Client(), article, project)


def test_a_curator_who_is_to_read_it_is_blind_as_a_coder_until_done(
    project, article, alice, alice_client, blind, carol
):
    mark(project, article, carol)
    Assignment.objects.assign(project, [article.pk], [alice.pk], by=alice)
    assert "My reading" not in read(alice_client, article, project)
    Assignment.objects.get(user=alice).finish(by=alice)
    assert "My reading" in read(alice_client, article, project)


def test_a_project_that_is_blind_as_a_whole(project, article, alice_client, bob_client, carol, page):
    mark(project, article, carol)
    alice_client.post(page, {"act": "begin"})
    assert "My reading" not in read(bob_client, article, project)
    assert "My reading" in read(signed_in(carol), article, project)
    assert "My reading" in read(alice_client, article, project)
    alice_client.post(page, {"act": "end"})
    assert "My reading" in read(bob_client, article, project)


def test_an_open_page_learns_that_it_was_revealed(project, article, alice, bob_client, blind, carol):
    opened = read(bob_client, article, project)
    mark(project, article, carol)
    address = opened.split('id="updates"')[1].split('data-address="')[1].split('"')[0].replace("&amp;", "&")
    etag = bob_client.get(address)["ETag"]
    assert "new highlight" not in bob_client.get(address).text
    assert bob_client.get(address, headers={"if-none-match": etag}).status_code == 304
    Assignment.objects.reveal(project, by=alice)
    told = bob_client.get(address, headers={"if-none-match": etag})
    assert "Blind reading is over" in told.text and "1 new highlight." in told.text
    assert "My reading" in bob_client.get(f"{address}&show=1", headers={"hx-request": "true"}).text


def test_nobody_replies_to_a_highlight_that_is_read_blind_but_its_author(project, article, alice_client, blind, carol):
    replies = f"{mark(project, article, carol).get_absolute_url()}replies/"
    refused = alice_client.post(replies, {"text": "Look again"})
    assert refused.status_code == 403 and "being read blind" in refused.text
    assert signed_in(carol).post(replies, {"text": "A question"}).status_code == 302
    assert Reply.objects.count() == 1


def test_a_mention_is_told_when_blind_reading_is_over(project, article, alice, bob, bob_client, blind):
    reply = Reply.objects.make(Thread.objects.of_article(project, article), author=alice, text="Well, @bob")
    assert "mentioned you" not in bob_client.get("/for-you/").text
    assert bob_client.get(f"/replies/{reply.pk}/").status_code == 404
    blind.finish(by=bob)
    assert bob_client.get(f"/replies/{reply.pk}/").status_code == 302
    assert "mentioned you" in bob_client.get("/for-you/").text


def test_who_leaves_leaves_nothing_blind_behind(project, article, bob, bob_client, blind, carol):
    mark(project, article, carol)
    blind.finish(by=bob)
    project.memberships.get(user=carol).remove(by=carol)
    assert not Project.objects.get(pk=project.pk).has_blind_articles
    assert Assignment.objects.count() == 1


def test_removing_an_assignment_leaves_the_highlights(project, article, alice_client, bob, blind, page):
    made = mark(project, article, bob)
    alice_client.post(f"{page}{blind.pk}/", {"act": "remove"})
    assert not Assignment.objects.filter(pk=blind.pk).exists()
    assert Highlight.objects.get(pk=made.pk).deleted_at is None


def test_an_unknown_act_changes_nothing(alice_client, blind, page):
    answer = alice_client.post(f"{page}{blind.pk}/", {"act": "dance"}, follow=True)
    assert "Choose what to do with the assignment." in answer.text


def test_the_history_says_who_was_done_and_what_was_revealed(project, alice, alice_client, blind, bob):
    blind.finish(by=bob)
    Assignment.objects.reveal(project, by=alice)
    blind.refresh_from_db()
    blind.reopen(by=alice)
    told = alice_client.get(f"/projects/{project.slug}/history/?what=assignments").text
    for words in (
        "Made 2 assignments",
        "Finished an assigned article",
        "Revealed an article to carol",
        "Reopened the assignment of bob",
    ):
        assert words in told
    assert max(len(verb) for verb in Event.objects.values_list("verb", flat=True)) <= 24


def test_an_archived_project_lets_nothing_be_done(project, alice, alice_client, blind, page, bob_client):
    project.archive(by=alice)
    assert bob_client.post(f"{page}{blind.pk}/", {"act": "done"}).status_code == 403
    assert alice_client.post(page, {"act": "reveal"}).status_code == 403


def test_a_tag_that_others_made_since_is_nowhere_until_done(project, article, alice, bob, bob_client, tag, blind):
    (later,) = Tag.objects.get_or_create_named(project, ["later"], by=alice)
    pages = (
        f"/projects/{project.slug}/tags/",
        f"/projects/{project.slug}/tags/groups/",
        f"/projects/{project.slug}/passages/tags/",
    )
    for page in pages:
        assert "military option" in (shown := bob_client.get(page).text) and "later" not in shown
    assert bob_client.get(later.get_absolute_url()).status_code == 404
    sent = {"project": project.slug, "revision": 1, "exact": "Two cranes fell", "tags": "later"}
    assert (
        "is not in the codebook" in bob_client.post(f"{article.get_absolute_url()}highlights/", sent, follow=True).text
    )
    blind.finish(by=bob)
    for page in pages:
        assert "later" in bob_client.get(page).text


def test_the_staff_learns_nothing_in_the_admin(project, article, bob, blind, carol, tag):
    made = mark(project, article, carol)
    made.edit(made.version, by=carol, note="My reading", tags=[tag])
    User.objects.filter(pk=bob.pk).update(is_staff=True)

    bob.groups.add(Group.objects.get(name="Curators"))
    client = signed_in(User.objects.get(pk=bob.pk))
    assert ">1<" not in client.get("/admin/annotations/tag/").text
    assert "harbour of Brevik" not in client.get("/admin/annotations/highlight/").text
    assert ">highlight made<" not in client.get("/admin/annotations/event/").text


def test_the_overview_lists_what_is_still_to_be_read(project, bob, bob_client, blind):
    assert "Harbour reopens" in bob_client.get(project.get_absolute_url()).text
    blind.finish(by=bob)
    assert "Your assignments" not in bob_client.get(project.get_absolute_url()).text


def test_the_agreement_says_what_is_not_compared_yet(project, alice, bob_client, alice_client, blind):
    page = f"/projects/{project.slug}/agreement/"
    assert "1 article is read blind and not compared" in bob_client.get(page).text
    assert "read blind" not in alice_client.get(page).text
    project.begin_blind_reading(by=alice)
    assert "Its agreement is shown once a curator reveals it." in bob_client.get(page).text


def test_a_project_without_assignments_is_read_with_as_many_queries_as_before(
    project, article, alice, bob_client, highlight, django_assert_num_queries
):
    address = f"{article.get_absolute_url()}?project={project.slug}"
    bob_client.get(address)
    other = Project.objects.create_owned("Another", owner=alice)
    Assignment.objects.assign(other, [article.pk], [alice.pk], by=alice)
    with django_assert_num_queries(READING_QUERIES):
        bob_client.get(address)


def test_a_round_has_a_name_by_which_agreement_and_adjudication_find_it(
    project, article, alice, alice_client, bob, carol, page
):
    for user in (alice, bob, carol):
        mark(project, article, user)
    sent = {"act": "assign", "articles": [article.pk], "round": " Second   round ", "members": []}
    sent["members"] = [project.memberships.get(user=user).pk for user in (bob, carol)]
    answer = alice_client.post(page, sent, follow=True)
    assert "Second round" in answer.text
    base = f"/projects/{project.slug}/agreement/"
    shown = alice_client.get(base, {"round": "Second round"}).text
    assert '<option value="Second round" selected>' in shown
    ticked = re.findall(r'name="coder" value="(\w+)"\s+checked', shown)
    assert ticked == ["bob", "carol"]
    assert re.findall(r'name="coder" value="(\w+)"\s+checked', alice_client.get(base).text) == ["alice", *ticked]
    start = alice_client.get(f"/projects/{project.slug}/adjudicate/{article.slug}/").text
    assert "?change=1&amp;coder=bob&amp;coder=carol" in start
    assert "bob and carol" in start


def test_an_unknown_round_is_said(project, alice_client, highlight):
    answer = alice_client.get(f"/projects/{project.slug}/agreement/", {"round": "Never"})
    assert "Ignored: no round is called “Never”." in answer.text
