"""Threads under highlights and about articles: who may write what, and what the pages show of it."""

import re
from uuid import uuid4

import pytest

from annotations.models import Event, Highlight, Project, Reply, Role, Thread
from annotations.models.undoing import undo
from cases import each
from conftest import person, signed_in
from markup import markup

HTMX = {"hx-request": "true"}
NOTE = "/projects/harbour-study/notes/harbour-reopens/"


def replies_of(highlight: Highlight) -> str:
    return f"/highlights/{highlight.pk}/replies/"


def write(thread: Thread | Highlight, author, text: str) -> Reply:
    thread = thread if isinstance(thread, Thread) else Thread.objects.of_highlight(thread)
    return Reply.objects.make(thread, author=author, text=text)


def texts(highlight: Highlight) -> list[str]:
    return list(Reply.objects.standing().filter(thread__highlight=highlight).values_list("text", flat=True))


@pytest.fixture
def reply(highlight, bob) -> Reply:
    return write(highlight, bob, "Is it *really* Monday?")


def test_a_member_replies_and_the_page_shows_it(bob_client, highlight):
    answer = bob_client.post(replies_of(highlight), {"text": "Is it *really* Monday?"}, follow=True)
    said = markup(answer)
    reply = Reply.objects.get()
    assert answer.redirect_chain == [(f"{replies_of(highlight)}#reply-{reply.pk}", 302)]
    assert "<p>Is it <em>really</em> Monday?</p>" in said
    assert "Reply added." in said
    assert (reply.author.username, reply.thread.highlight, reply.thread.reply_count) == ("bob", highlight, 1)


def test_the_same_form_sent_twice_makes_one_reply(bob_client, highlight):
    key = re.search(r'name="key" value="([\w-]+)"', bob_client.get(replies_of(highlight)).content.decode())[1]
    for _ in range(2):
        bob_client.post(replies_of(highlight), {"text": "Once", "key": key})
    assert texts(highlight) == ["Once"]


def test_a_key_that_somebody_else_has_taken_is_no_obstacle(alice_client, highlight, reply):
    alice_client.post(replies_of(highlight), {"text": "Mine", "key": reply.pk})
    assert sorted(texts(highlight)) == ["Is it *really* Monday?", "Mine"]


@each("text", ["", "  \n", "x" * 10_001])
def test_what_cannot_be_a_reply_is_refused_and_stays_in_the_form(bob_client, highlight, text):
    answer = bob_client.post(replies_of(highlight), {"text": text, "key": uuid4()})
    assert answer.status_code == 422
    assert 'role="alert"' in markup(answer)
    assert text.strip() in answer.content.decode()
    assert not Thread.objects.exists()


def test_who_may_not_reply_reads_why(visitor, project, highlight, reply):
    Project.objects.filter(pk=project.pk).update(public=True)
    viewer = person("vera")
    project.memberships.create(user=viewer, role=Role.VIEWER)
    for client in (visitor, signed_in(viewer), signed_in(person("eve"))):
        page = markup(client.get(replies_of(highlight)))
        assert "<em>really</em>" in page
        assert "<textarea" not in page
        answer = client.post(replies_of(highlight), {"text": "Me too"})
        assert answer.status_code == 403 or answer.headers["Location"].startswith("/accounts/login/")
    assert texts(highlight) == ["Is it *really* Monday?"]


def test_a_stranger_and_a_deleted_highlight_have_no_thread(bob_client, charlie_client, alice, highlight, reply):
    for address in (replies_of(highlight), f"/replies/{reply.pk}/", f"/replies/{reply.pk}/edit/"):
        assert charlie_client.get(address).status_code == 404
    assert charlie_client.post(replies_of(highlight), {"text": "x"}).status_code == 404
    highlight.hide(alice)
    assert bob_client.get(replies_of(highlight)).status_code == 404
    assert bob_client.get(f"/replies/{reply.pk}/").status_code == 404


def test_one_edits_ones_own_reply(bob_client, highlight, reply):
    page = markup(bob_client.get(f"/replies/{reply.pk}/edit/"))
    assert ">Is it *really* Monday?</textarea>" in page
    answer = bob_client.post(f"/replies/{reply.pk}/edit/", {"version": 1, "text": "Tuesday"}, follow=True)
    assert "<p>Tuesday</p>" in markup(answer)
    assert ", edited" in markup(answer)
    assert texts(highlight) == ["Tuesday"]


def test_an_edit_with_a_key_that_is_none_is_refused_with_a_sentence(bob_client, highlight, reply):
    answer = bob_client.post(f"/replies/{reply.pk}/edit/", {"version": 1, "text": "Tuesday", "key": "x"})
    assert answer.status_code == 422 and "Reload the page and send it again." in markup(answer)


def test_a_stale_edit_shows_both_texts_and_loses_neither(bob_client, bob, highlight, reply):
    reply.edit(1, by=bob, text="From the other window")
    answer = bob_client.post(f"/replies/{reply.pk}/edit/", {"version": 1, "text": "From this window"})
    assert answer.status_code == 409
    assert "From the other window" in markup(answer)
    assert ">From this window</textarea>" in markup(answer)
    assert texts(highlight) == ["From the other window"]
    version = re.search(r'name="version" value="(\d+)"', answer.content.decode())[1]
    bob_client.post(f"/replies/{reply.pk}/edit/", {"version": version, "text": "From this window"})
    assert texts(highlight) == ["From this window"]


def test_what_is_typed_into_a_reply_that_was_deleted_meanwhile_stays(bob_client, alice, highlight, reply):
    reply.hide(by=alice)
    for version in (1, 2):
        answer = bob_client.post(f"/replies/{reply.pk}/edit/", {"version": version, "text": "Long thought"})
        assert (answer.status_code, texts(highlight)) == (409, [])
        assert "This reply was deleted while you were editing." in markup(answer)
        assert ">Long thought</textarea>" in markup(answer)
    assert "<textarea" in markup(bob_client.get(f"/replies/{reply.pk}/edit/"))


def test_only_the_author_edits_and_a_curator_deletes(alice_client, project, highlight, reply):
    assert alice_client.post(f"/replies/{reply.pk}/edit/", {"version": 1, "text": "x"}).status_code == 403
    coder = person("cleo")
    project.memberships.create(user=coder, role=Role.CODER)
    assert signed_in(coder).post(f"/replies/{reply.pk}/delete/").status_code == 403
    assert texts(highlight) == ["Is it *really* Monday?"]
    assert "Reply deleted." in markup(alice_client.post(f"/replies/{reply.pk}/delete/", follow=True))
    assert texts(highlight) == []
    assert Thread.objects.get().reply_count == 0


def test_a_deleted_reply_can_be_restored(bob_client, highlight, reply):
    page = markup(bob_client.post(f"/replies/{reply.pk}/delete/", follow=True))
    assert f'action="/replies/{reply.pk}/restore/"' in page
    assert "really" not in page
    bob_client.post(f"/replies/{reply.pk}/restore/")
    assert texts(highlight) == ["Is it *really* Monday?"]
    assert Thread.objects.get().reply_count == 1


def test_a_thread_is_resolved_and_reopened(alice_client, bob_client, highlight, reply):
    page = markup(alice_client.post(f"{replies_of(highlight)}state/", {"act": "resolve"}, follow=True))
    assert "Resolved by <bdi>alice</bdi>" in page
    assert Thread.objects.get().resolved_at
    page = markup(bob_client.post(f"{replies_of(highlight)}state/", {"act": "reopen"}, follow=True))
    assert "Resolved by" not in page
    assert Thread.objects.get().resolved_at is None


def test_the_card_says_how_many_replies_there_are(bob_client, visitor, alice, bob, project, article, highlight):
    Project.objects.filter(pk=project.pk).update(public=True)
    address = f"{article.get_absolute_url()}?project={project.slug}"

    def says(client) -> str | None:
        link = re.search(
            rf'<a class="replies" href="{replies_of(highlight)}">([^<]*)</a>', client.get(address).content.decode()
        )
        return link and link[1]

    assert (says(bob_client), says(visitor)) == ("Reply", None)
    first = write(highlight, bob, "One")
    assert (says(bob_client), says(visitor)) == ("1 reply", "1 reply")
    write(highlight, alice, "Two")
    assert says(bob_client) == "2 replies"
    Thread.objects.get().resolve(by=alice)
    assert says(visitor) == "Resolved, 2 replies"
    first.hide(by=bob)
    assert says(visitor) == "Resolved, 1 reply"


def test_a_note_on_an_article_is_a_thread_of_its_project(bob_client, charlie_client, visitor, project, article, bob):
    answer = bob_client.post(NOTE, {"text": "Nobody is *named*."}, follow=True)
    assert "Nobody is <em>named</em>." in markup(answer)
    thread = Thread.objects.get()
    assert (thread.project, thread.article, thread.highlight) == (project, article, None)
    assert charlie_client.get(NOTE).status_code == visitor.get(NOTE).status_code == 404
    bob_client.post(f"{NOTE}state/", {"act": "resolve"})
    assert Thread.objects.get().resolved_by == bob
    page = markup(bob_client.get(f"{article.get_absolute_url()}?project={project.slug}"))
    assert f'<a href="{NOTE}">On the article as a whole</a>' in page


def test_htmx_gets_the_thread_and_the_link_of_the_card(bob_client, article, highlight):
    on_article = HTMX | {"hx-current-url": f"http://testserver{article.get_absolute_url()}"}
    answer = markup(bob_client.post(replies_of(highlight), {"text": "Short"}, headers=on_article))
    assert answer.startswith('<section class="thread-part"')
    assert f'hx-swap-oob="outerHTML:#card-{highlight.pk} .replies">1 reply</a>' in answer
    assert "<html" not in answer
    on_thread = HTMX | {"hx-current-url": f"http://testserver{replies_of(highlight)}"}
    assert "#card-" not in markup(bob_client.post(replies_of(highlight), {"text": "Short"}, headers=on_thread))


def test_a_thread_keeps_its_controls_after_every_act(bob_client, bob, project, article, highlight, reply):
    note = write(Thread.objects.of_article(project, article), bob, "As a whole")
    write(highlight, bob, "Second")
    write(note.thread, bob, "Second")
    for address, one in ((replies_of(highlight), reply), (NOTE, note)):
        mine = f"/replies/{one.pk}"
        acts = [(f"{address}state/", {"act": "resolve"}, "Reopen"), (f"{address}state/", {"act": "reopen"}, "Resolve")]
        acts += [(f"{mine}/edit/", {"version": 1, "text": "New"}, "Resolve"), (f"{mine}/delete/", {}, "Resolve")]
        for way, sent, offered in [*acts, (f"{mine}/restore/", {}, "Resolve")]:
            said = markup(bob_client.post(way, sent, headers=HTMX))
            for control in ("<textarea", offered, ">Edit</a>", ">Delete</button>"):
                assert control in said, (way, sent, control)


def test_a_note_has_a_heading_on_the_page_of_its_article_only(bob_client, project, article):
    for page, headings in ((f"{article.get_absolute_url()}?project={project.slug}", 1), (NOTE, 0)):
        headers = HTMX | {"hx-current-url": f"http://testserver{page}"}
        assert markup(bob_client.post(NOTE, {"text": "So"}, headers=headers)).count("<h2") == headings


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("@bob, @alice. And `@code`, me@home.", ""),
        ("Ask @nobody.", " @nobody is not a member of this project."),
        ("@charlie, @BOB, @charlie, @bob, @x and @y", " @charlie, @BOB, @x are not members of this project."),
    ],
)
def test_who_is_mentioned_without_being_a_member_is_said_and_the_reply_is_saved(
    bob_client, charlie, highlight, text, says
):
    answer = markup(bob_client.post(replies_of(highlight), {"text": text}, headers=HTMX))
    assert f"<span>Reply added.{says}</span>" in answer
    reply = Reply.objects.get()
    answer = markup(bob_client.post(f"/replies/{reply.pk}/edit/", {"version": 1, "text": text}, headers=HTMX))
    assert f"<span>Reply saved.{says}</span>" in answer
    assert texts(highlight) == [text]


def test_the_first_words_about_an_article_are_a_note(bob_client, project, article):
    for says in ("Note added.", "Reply added."):
        assert says in markup(bob_client.post(NOTE, {"text": "So"}, follow=True))


def acts(highlight, reply, bob) -> dict:
    """One act of each kind, by its verb."""
    return {
        "reply made": lambda: write(highlight, bob, "Another"),
        "reply edited": lambda: reply.edit(None, by=bob, text="Other words"),
        "reply deleted": lambda: reply.hide(by=bob),
        "thread resolved": lambda: reply.thread.resolve(by=bob),
    }


def state(highlight) -> tuple:
    thread = Thread.objects.get(highlight=highlight)
    rows = Reply.objects.standing().filter(thread=thread).values_list("text", "html")
    return (list(rows), thread.reply_count, thread.resolved_at is None)


@each("verb", ["reply made", "reply edited", "reply deleted", "thread resolved"])
def test_every_act_is_in_the_history_and_can_be_undone(bob_client, bob, project, highlight, reply, verb):
    before = state(highlight)
    acts(highlight, reply, bob)[verb]()
    assert state(highlight) != before
    event = project.events.select_related("project").latest("pk")
    assert (event.verb, event.subject, event.actor) == (verb, highlight.pk, bob)
    page = markup(bob_client.get("/projects/harbour-study/history/?what=replies"))
    assert f'<a href="{replies_of(highlight)}">' in page
    undo(event, by=bob)
    assert state(highlight) == before


def test_undoing_is_kept_from_nothing_by_what_others_do_in_the_thread(alice, bob, project, highlight, reply):
    made = project.events.select_related("project").latest("pk")
    write(highlight, alice, "And I?")
    reply.thread.resolve(by=alice)
    highlight.edit(highlight.version, by=alice, note="New", tags=[])
    undo(made, by=bob)
    assert texts(highlight) == ["And I?"]


def test_an_undone_deletion_of_somebody_elses_reply(alice, bob, project, highlight, reply):
    reply.hide(by=alice)
    undo(project.events.select_related("project").latest("pk"), by=alice)
    assert texts(highlight) == ["Is it *really* Monday?"]


def test_an_archived_project_takes_no_replies(bob_client, alice, project, highlight, reply):
    project.archive(by=alice)
    assert bob_client.get(replies_of(highlight)).status_code == 200
    assert bob_client.post(replies_of(highlight), {"text": "Late"}).status_code == 403
    assert bob_client.post(f"/replies/{reply.pk}/delete/").status_code == 403
    assert texts(highlight) == ["Is it *really* Monday?"]


def test_the_history_of_a_note_on_an_article_leads_to_it(bob_client, project, article, bob):
    write(Thread.objects.of_article(project, article), bob, "As a whole")
    assert Event.objects.get(verb="reply made").article == article
    assert f'<a href="{NOTE}">Wrote a reply</a>' in markup(bob_client.get("/projects/harbour-study/history/"))


def test_a_deleted_project_goes_with_its_threads(alice, bob, project, article, highlight, reply):
    from annotations.models.project_deletion import mark_deleted, remove_deleted_projects

    write(Thread.objects.of_article(project, article), bob, "As a whole")
    mark_deleted(project, by=alice)
    remove_deleted_projects()
    assert (Thread.objects.count(), Reply.objects.count(), Highlight.objects.count()) == (0, 0, 0)
