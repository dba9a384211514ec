"""“For you”: who is told of what, who is not, and what is marked as read."""

import re

import pytest
from django.db import transaction
from lxml import html

from annotations.models import Highlight, Notification, Project, Reply, Role, Thread
from cases import each
from conftest import person, signed_in
from markup import markup
from newsreader.models import Article
from storm import SEVENTEEN, edited, marked, report

FOR_YOU = "/for-you/"


def write(thread: Thread | Highlight, author, text: str) -> Reply:
    thread = thread if isinstance(thread, Thread) else Thread.objects.of_highlight(thread)
    return Reply.objects.make(thread, author=author, text=text)


def told(user) -> list[tuple[str, bool]]:
    """What a reader is told: the words of the reply, and whether it names them."""
    return list(Notification.objects.of(user).values_list("reply__text", "is_mention"))


def count_in_head(client, address: str = "/") -> int:
    found = re.search(r'class="for-you"[^>]*>For you ?(?:<b>(\d+)</b>)?', markup(client.get(address)))
    return int(found[1] or 0)


@pytest.fixture
def cleo(project):
    cleo = person("cleo")
    project.memberships.create(user=cleo, role=Role.VIEWER)
    return cleo


def test_a_member_who_is_named_is_told(bob, cleo, highlight):
    write(highlight, bob, "What says @cleo? And @nobody, @bob.")
    assert told(cleo) == [("What says @cleo? And @nobody, @bob.", True)]
    assert '<b class="mention">@cleo</b>? And @nobody, <b class="mention">@bob</b>.' in Reply.objects.get().html
    assert told(bob) == []


@each("text", ["`@cleo`", "[@cleo](https://x.example/)", "mail@cleo", "https://x.example/@cleo", "@cleopatra", "@CLEO"])
def test_what_is_no_mention_stays_text(bob, cleo, highlight, text):
    reply = write(highlight, bob, text)
    assert "mention" not in reply.html
    assert told(cleo) == []


def test_whoever_cannot_see_the_highlight_is_not_told(project, bob, charlie, cleo, highlight):
    write(highlight, bob, "@charlie, look")
    assert "mention" not in Reply.objects.get().html
    Article.objects.update(status="withdrawn")
    write(Highlight.objects.select_related("article").get(), bob, "@cleo, look")
    assert (told(charlie), told(cleo)) == ([], [])
    assert not Notification.objects.filter(user__in=[charlie, cleo]).exists()


def test_the_author_of_the_highlight_and_those_who_wrote_are_told(alice, bob, cleo, project, highlight):
    project.memberships.filter(user=cleo).update(role=Role.CODER)
    write(highlight, bob, "One")
    write(highlight, cleo, "Two")
    assert told(alice) == [("Two", False), ("One", False)]
    assert told(bob) == [("Two", False)]
    assert told(cleo) == []
    page = markup(signed_in(alice).get(FOR_YOU))
    assert "cleo replied to your highlight" in page
    assert "cleo replied in a thread you wrote in" in markup(signed_in(bob).get(FOR_YOU))


def test_whoever_wrote_about_an_article_is_told_of_an_answer(alice, bob, project, article):
    write(Thread.objects.of_article(project, article), bob, "As a whole")
    write(Thread.objects.of_article(project, article), alice, "Yes")
    assert "alice wrote about an article you wrote about" in markup(signed_in(bob).get(FOR_YOU))


def test_an_edit_tells_only_those_who_are_newly_named(alice, bob, cleo, highlight):
    reply = write(highlight, bob, "@cleo!")
    Notification.objects.filter(user=cleo).mark_read()
    reply.edit(None, by=bob, text="@cleo and @alice!")
    unread = Notification.objects.unread()
    assert [(row.user, row.is_mention) for row in unread] == [(alice, True)]
    assert Notification.objects.count() == 2
    reply.edit(None, by=bob, text="Nobody")
    assert told(cleo) == [("Nobody", False)]


def hide_reply(reply, alice, bob) -> None:
    reply.hide(by=bob)


def hide_highlight(reply, alice, bob) -> None:
    reply.thread.highlight.hide(alice)


def withdraw_article(reply, alice, bob) -> None:
    Article.objects.update(status="withdrawn")


def remove_member(reply, alice, bob) -> None:
    reply.thread.project.memberships.get(user__username="cleo").remove(by=alice)


@each("act", [hide_reply, hide_highlight, withdraw_article, remove_member])
def test_what_one_may_no_longer_see_is_neither_shown_nor_counted(alice, bob, cleo, highlight, act):
    client = signed_in(cleo)
    with transaction.atomic():
        reply = write(highlight, bob, "@cleo, look")
        assert count_in_head(client) == 1
        act(reply, alice, bob)
        assert count_in_head(client) == 0
        assert "look" not in markup(client.get(FOR_YOU))
        transaction.set_rollback(True)


def test_one_is_marked_as_read_or_all_that_were_shown(bob, cleo, highlight):
    client = signed_in(cleo)
    for text in ("@cleo one", "@cleo two", "@cleo three"):
        write(highlight, bob, text)
    first = Notification.objects.filter(user=cleo).earliest("pk")
    client.post(f"{FOR_YOU}read/", {"notification": first.pk})
    assert count_in_head(client) == 2
    last = re.search(r'name="last" value="(\w+)"', markup(client.get(FOR_YOU)))[1]
    write(highlight, bob, "@cleo four")
    client.post(f"{FOR_YOU}read/", {"last": last})
    assert count_in_head(client) == 1
    assert markup(client.get(FOR_YOU)).count("<b>unread</b>") == 1


def test_what_is_opened_from_the_list_is_read(bob, cleo, highlight):
    client, reply = signed_in(cleo), write(highlight, bob, "@cleo")
    [opener, _] = html.fromstring(client.get(FOR_YOU).content).xpath("//li[starts-with(@id, 'notice-')]//form")
    assert f'<button class="concerns" form="{opener.get("id")}">bob mentioned you</button>' in markup(
        client.get(FOR_YOU)
    )
    answer = client.post(opener.get("action"), dict(opener.form_values()), follow=True)
    assert answer.redirect_chain[-1][0].endswith(f"#reply-{reply.pk}")
    assert "marked as read" not in markup(answer)
    assert count_in_head(client) == 0
    assert f'<a class="concerns" href="/replies/{reply.pk}/">bob mentioned you</a>' in markup(client.get(FOR_YOU))


def test_nobody_marks_for_somebody_else_and_looking_marks_nothing(bob_client, bob, cleo, highlight):
    write(highlight, bob, "@cleo")
    bob_client.post(f"{FOR_YOU}read/", {"notification": Notification.objects.get(user=cleo).pk})
    bob_client.post(f"{FOR_YOU}read/", {"last": 10**8})
    signed_in(cleo).get(FOR_YOU)
    assert Notification.objects.get(user=cleo).read_at is None


def test_whoever_answers_has_read_the_thread(alice, bob, highlight):
    write(highlight, bob, "One")
    assert Notification.objects.unread().filter(user=alice).count() == 1
    write(highlight, alice, "Two")
    assert Notification.objects.unread().filter(user=alice).count() == 0


def test_the_count_comes_on_a_page_that_a_browser_keeps_too(bob, cleo, article, project, highlight):
    client, own = signed_in(cleo), Project.objects.get(personal=True, memberships__user=cleo)
    address = f"{article.get_absolute_url()}?project={own.slug}"
    etag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"if-none-match": etag}).status_code == 304
    write(Thread.objects.of_article(project, article), bob, "@cleo")
    assert client.get(address, headers={"if-none-match": etag}).status_code == 200
    assert count_in_head(client, address) == 1


def test_a_passage_that_an_edit_changed_is_for_its_author(project, alice, bob):
    article = report()
    changed = marked(article, project, bob, "At least 12 people were killed")
    marked(article, project, bob, "harbour of Brevik")
    article.revise(edited(SEVENTEEN))
    rows = Notification.objects.of(bob)
    assert [row.placement.highlight for row in rows] == [changed]
    page = markup(signed_in(bob).get(FOR_YOU))
    assert f'value="/projects/harbour-study/changed/?article={article.slug}#changed-{changed.pk}"' in page
    assert "Your passage was edited" in page
    rows[0].placement.accept(version=None, by=alice)
    assert not Notification.objects.of(bob).exists()


def test_the_page_is_for_those_who_are_signed_in(visitor, db):
    assert visitor.get(FOR_YOU).headers["Location"] == f"/accounts/login/?next={FOR_YOU}"
    assert 'class="for-you"' not in markup(visitor.get("/"))


def test_a_guest_of_a_public_project_is_told_of_nothing(bob, charlie, project, highlight):
    Project.objects.update(public=True)
    write(highlight, bob, "@charlie")
    assert told(charlie) == []
