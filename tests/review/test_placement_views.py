"""What people see of passages whose words changed, and what they may say of them."""

import re

import pytest
from django.test.utils import CaptureQueriesContext

from annotations.identifiers import uuid7
from annotations.models import Event, Highlight, Project, Role
from cases import each
from markup import markup
from newsreader.models import Article
from newsreader.text.html.plaintext import text_of
from storm import CRANES, SEVENTEEN, edited, marked, placement, report, words

HTMX = {"hx-request": "true"}


@pytest.fixture
def storm(db):
    return report()


@pytest.fixture
def twelve(storm, project, alice, tag):
    """Alice's highlight on words that were edited."""
    made = marked(storm, project, alice, "At least 12 people were killed", tags=[tag], note="Check")
    storm.revise(edited(SEVENTEEN, CRANES))
    return made


@pytest.fixture
def lost(storm, project, alice, tag):
    """Alice's highlight on words that are gone."""
    made = marked(storm, project, alice, "Nobody was hurt on the northern pier", tags=[tag])
    storm.revise(edited(SEVENTEEN, CRANES))
    return made


def url(highlight) -> str:
    return f"/highlights/{highlight.pk}/placement/"


def asked(highlight, act: str, **fields) -> dict:
    return {"act": act, "version": highlight.version, "revision": highlight.article.current().number} | fields


def settle(client, highlight, act: str, htmx: bool = True, **fields):
    highlight.refresh_from_db()
    return client.post(url(highlight), asked(highlight, act, **fields), headers=HTMX if htmx else {})


def read(client, article, project, **query) -> str:
    return markup(client.get(article.get_absolute_url(), {"project": project.slug} | query))


def text_in(page: str) -> str:
    return text_of(re.search(r'<article id="text"[^>]*>(.*?)</article>', page, re.DOTALL)[1])


def card_in(page: str, highlight) -> str:
    return re.search(rf'<li class="card" id="card-{highlight.pk}".*?</li>', page, re.DOTALL)[0]


# The reading page


def test_an_edited_mark_shows_the_change_and_leaves_the_text_alone(alice_client, storm, twelve, project):
    page = read(alice_client, storm, project)
    assert 'At least <ins class="edit" data-was="12">17</ins> people were killed</mark>' in page
    assert text_in(page) == storm.current().text


def test_its_card_says_what_changed_and_leads_to_how_it_was_read(alice_client, storm, twelve, project):
    card = card_in(read(alice_client, storm, project), twelve)
    assert '<del dir="auto">12</del> → <ins dir="auto">17</ins>' in card
    assert "A figure, a name or a negation changed." in card
    assert f'revisions/1/?project={project.slug}#h-{twelve.pk}">As you read it</a>' in card
    for act in ("Accept the new wording", "Choose another place", "Dismiss"):
        assert act in card


def test_what_was_read_stands_in_its_own_text_without_a_change(alice_client, storm, twelve, project):
    page = markup(alice_client.get(f"{storm.get_absolute_url()}revisions/1/?project={project.slug}"))
    assert f'id="h-{twelve.pk}"' in page
    assert "data-was" not in page and "Accept the new wording" not in page


def test_who_may_not_decide_sees_the_state_and_no_button(bob_client, visitor, storm, twelve, project):
    Project.objects.filter(pk=project.pk).update(public=True)
    for client in (bob_client, visitor):
        card = card_in(read(client, storm, project), twelve)
        assert ">12</del>" in card and "As it was read" in card
        assert "<button" not in card


def test_a_curator_decides_about_everybodys(bob_client, storm, twelve, project):
    project.memberships.filter(user__username="bob").update(role=Role.CURATOR)
    assert "Accept the new wording" in card_in(read(bob_client, storm, project), twelve)


def test_who_decided_has_the_name_they_have_now_and_none_once_deleted(alice_client, bob, storm, twelve, project):
    placement(twelve).accept(version=twelve.version, by=bob)
    assert "bob accepted" in card_in(read(alice_client, storm, project), twelve)
    bob.username = "robert"
    bob.save()
    assert "robert accepted" in card_in(read(alice_client, storm, project), twelve)
    bob.delete()
    assert "someone accepted" in card_in(read(alice_client, storm, project), twelve)


def test_words_that_moved_are_said_to_have_moved(alice_client, storm, project, alice):
    made = marked(storm, project, alice, "Insurers came on Tuesday to count what was lost")
    html = storm.current().html
    last = html.rpartition("\n")[2]
    storm.revise(re.sub(' id="p\\d"', "", last + html.removesuffix(last)).replace("<p>", '<p id="p0">'))
    assert placement(made).state == "moved"
    assert "Moved in revision 2" in card_in(read(alice_client, storm, project), made)


def test_a_highlight_on_words_nobody_touched_says_only_how_it_was_read(alice_client, storm, project, alice):
    made = marked(storm, project, alice, "Insurers came")
    storm.revise(edited(SEVENTEEN))
    card = card_in(read(alice_client, storm, project), made)
    assert "As you read it" in card and 'class="fate"' not in card


def test_what_is_gone_stands_above_the_text_with_its_old_context(alice_client, storm, lost, project):
    page = read(alice_client, storm, project)
    panel = re.search(r'<section class="astray".*?</section>', page, re.DOTALL)[0]
    assert "1 highlight has no certain place in this text" in panel
    assert "Nobody was hurt on the northern pier" in panel and "Two cranes fell into the water." in panel
    assert "Select a new place" in panel and "military option" in panel
    assert f'id="h-{lost.pk}"' not in page


def test_of_many_five_are_shown_and_the_rest_folded(alice_client, storm, project, alice):
    for _ in range(8):
        marked(storm, project, alice, "Nobody was hurt on the northern pier")
    storm.revise(edited(CRANES))
    page = read(alice_client, storm, project)
    assert page.count('id="astray-') == 8
    assert "<summary>3 more</summary>" in page


def test_a_text_nobody_corrected_has_no_panel(alice_client, storm, project, alice):
    marked(storm, project, alice, "12 people")
    assert 'id="astray"' not in read(alice_client, storm, project)


def test_what_was_dismissed_is_counted_in_one_line(alice_client, storm, lost, project):
    settle(alice_client, lost, "let go")
    page = read(alice_client, storm, project)
    assert "1 highlight was dismissed in this revision." in page
    assert f"/projects/{project.slug}/changed/?state=settled&amp;article={storm.slug}" in page
    assert f'id="astray-{lost.pk}"' not in page


def test_a_corrected_text_asks_no_more_for_many_highlights_than_for_few(
    alice_client, storm, project, alice, tag, connection
):
    def ask():
        read(alice_client, storm, project)
        with CaptureQueriesContext(connection) as queries:
            read(alice_client, storm, project)
        return len(queries)

    for quote in ("12 people", "Nobody was hurt on the northern pier", "Insurers came"):
        marked(storm, project, alice, quote, tags=[tag])
    storm.revise(edited(SEVENTEEN, CRANES))
    few = ask()
    for number in range(30):
        for quote in ("At least 12 people were killed", "Nobody was hurt on the northern pier", "Insurers came"):
            Highlight.objects.make(
                project=project,
                revision=storm.revisions.get(number=1),
                author=alice,
                start=(start := storm.revisions.get(number=1).text.index(quote)),
                end=start + len(quote) - number % 3,
                tags=[tag],
            )
    assert ask() == few <= 20


def test_the_head_counts_what_waits_for_members_alone(alice_client, visitor, storm, twelve, project):
    Project.objects.filter(pk=project.pk).update(public=True)
    shown = re.compile(r'<li id="waiting"><a [^>]*>Changes 1<')
    assert shown.search(read(alice_client, storm, project))
    assert not shown.search(read(visitor, storm, project))
    settle(alice_client, twelve, "keep")
    assert '<li id="waiting" hidden>' in read(alice_client, storm, project)


# Deciding


def test_an_edited_passage_is_kept_and_the_answer_draws_what_changed(alice_client, storm, twelve):
    page = markup(settle(alice_client, twelve, "keep"))
    assert placement(twelve).decision == "kept"
    assert 'id="p1" hx-swap-oob="true"' in page and "data-was" not in page
    assert "alice accepted the new wording" in card_in(page, twelve)
    assert '<li id="waiting" hx-swap-oob="true" hidden>' in page
    assert 'name="act" value="reopen"' in page


def test_the_answer_counts_what_still_waits(alice_client, storm, project, alice):
    made = [marked(storm, project, alice, quote) for quote in ("12 people", "12 people were")]
    storm.revise(edited(SEVENTEEN))
    read(alice_client, storm, project)  # counts two, and keeps the number
    page = markup(settle(alice_client, made[0], "keep"))
    assert re.search(r'<li id="waiting" hx-swap-oob="true"><a [^>]*>Changes 1<', page)


def test_what_is_dismissed_leaves_the_text(alice_client, storm, twelve):
    page = markup(settle(alice_client, twelve, "let go"))
    assert placement(twelve).decision == "let go"
    assert f'<ol data-highlight="{twelve.pk}" hx-swap-oob="beforeend:#card-list"></ol>' in page
    assert f'id="h-{twelve.pk}"' not in page
    assert "1 highlight was dismissed in this revision." in page


def test_undo_takes_it_back(alice_client, storm, twelve):
    settle(alice_client, twelve, "let go")
    page = markup(alice_client.post(url(twelve), {"act": "reopen", "revision": 2}, headers=HTMX))
    assert (placement(twelve).state, placement(twelve).decision) == ("edited", "")
    assert 'data-was="12"' in page and "Accept the new wording" in page


def test_one_of_the_proposals_is_chosen(alice_client, storm, lost):
    start = storm.current().text.index("The mayor resigned")
    lost.placements.update(proposals=[[start, start + 18]])
    assert "Choose this place" in read(alice_client, storm, lost.project)
    page = markup(settle(alice_client, lost, "choose", place=f"{start}-{start + 18}"))
    assert words(placement(lost)) == "The mayor resigned"
    assert f'id="h-{lost.pk}"' in page and f'id="card-{lost.pk}"' in page
    assert f'id="astray-{lost.pk}"' not in page


def test_without_a_script_one_lands_on_the_mark_and_can_undo(alice_client, storm, twelve, project):
    answer = settle(alice_client, twelve, "keep", htmx=False)
    assert answer["Location"] == f"{storm.get_absolute_url()}?project={project.slug}#h-{twelve.pk}"
    page = markup(alice_client.get(answer["Location"]))
    assert f'<form method="post" action="{url(twelve)}">' in page and 'value="reopen"><button>Undo' in page


@each(
    ("act", "fields", "status"),
    [
        ("keep", {"version": 7}, 409),
        ("keep", {"version": "x"}, 409),
        ("keep", {"revision": 1}, 404),
        ("keep", {"revision": "99"}, 404),
        ("choose", {}, 422),
        ("choose", {"place": "0-5"}, 422),
        ("choose", {"place": "x-y"}, 422),
        ("choose", {"place": "9" * 50}, 422),
        ("reattach", {}, 422),
        ("burn", {}, 422),
        ("", {}, 422),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(alice_client, storm, twelve, act, fields, status):
    before = list(twelve.placements.values())
    answer = settle(alice_client, twelve, act, **fields)
    assert answer.status_code == status
    assert list(twelve.placements.values()) == before
    assert not Event.objects.filter(verb__startswith="passage ").exists()


def test_a_decision_about_a_text_that_was_corrected_again_is_refused_with_the_reason(alice_client, storm, twelve):
    sent = asked(twelve, "keep")
    storm.revise(edited(("At least 12", "At least 19")))
    answer = alice_client.post(url(twelve), sent, headers=HTMX)
    assert answer.status_code == 409
    assert "changed since you opened the page" in answer.content.decode()


def test_without_a_script_the_reason_is_told_on_the_page_one_returns_to(alice_client, storm, twelve):
    answer = settle(alice_client, twelve, "keep", htmx=False, version=5)
    assert "changed since you opened the page" in alice_client.get(answer["Location"]).content.decode()


def test_nobody_else_decides(bob_client, charlie_client, visitor, storm, twelve):
    refused = settle(bob_client, twelve, "keep")
    assert refused.status_code == 403
    assert "curators can review this highlight. Who can help: alice." in refused.content.decode()
    assert settle(charlie_client, twelve, "keep").status_code == 404
    assert settle(visitor, twelve, "keep").status_code == 401
    assert settle(visitor, twelve, "keep", htmx=False)["Location"].startswith("/accounts/login/")
    assert placement(twelve).open


def test_a_highlight_that_was_made_on_the_current_text_has_nothing_to_decide(alice_client, storm, project, alice):
    made = marked(storm, project, alice, "12 people")
    assert settle(alice_client, made, "let go").status_code == 404


# Putting it elsewhere


def selection(revision, quote: str) -> dict:
    start = revision.text.index(quote)
    end = start + len(quote)
    around = {"prefix": revision.text[max(0, start - 32) : start], "suffix": revision.text[end : end + 32]}
    return {"start": start, "end": end, "exact": quote, **around}


def test_the_page_can_be_read_to_find_a_new_place(alice_client, storm, lost, project):
    page = read(alice_client, storm, project, reattach=lost.pk)
    assert "Choose a new place" in page and "Move highlight here" in page
    assert 'name="act" value="reattach"' in page
    assert 'class="astray"' not in page


@each("key", ["", "x", "0", lambda: str(uuid7())])
def test_a_page_that_seeks_nothing_is_as_always(alice_client, storm, lost, project, key):
    page = read(alice_client, storm, project, reattach=key() if callable(key) else key)
    assert "Choose a new place" not in page and 'value="reattach"' not in page


def test_a_place_is_sought_on_the_current_text_alone(alice_client, storm, lost, project):
    storm.revise(edited(CRANES))
    for number in (1, 2):
        assert "Choose a new place" not in read(alice_client, storm, project, reattach=lost.pk, revision=number)


def test_nobody_else_is_offered_to_put_it_elsewhere(bob_client, visitor, storm, lost, project):
    Project.objects.filter(pk=project.pk).update(public=True)
    for client in (bob_client, visitor):
        assert "Choose a new place" not in read(client, storm, project, reattach=lost.pk)


def test_any_words_of_the_text_can_be_the_new_place(alice_client, storm, lost, project):
    answer = settle(alice_client, lost, "reattach", htmx=False, **selection(storm.current(), "The mayor resigned"))
    assert answer["Location"].endswith(f"#h-{lost.pk}")
    assert (words(placement(lost)), placement(lost).decision) == ("The mayor resigned", "reattached")
    lost.refresh_from_db()
    assert (lost.exact, lost.revision.number) == ("Nobody was hurt on the northern pier", 1)
    assert "alice moved it here" in card_in(read(alice_client, storm, project), lost)


def test_what_was_refused_leads_back_to_the_search(alice_client, storm, lost):
    answer = settle(alice_client, lost, "reattach", htmx=False, start=1, end=2, exact="nowhere to be found in it")
    assert answer["Location"].endswith(f"reattach={lost.pk}")


def by_sentence(client, article, project, highlight, **sent):
    address = f"{article.get_absolute_url()}sentences/?project={project.slug}&reattach={highlight.pk}"
    return client.post(address, {"version": highlight.version, "revision": article.current().number} | sent)


def test_by_sentence_it_is_put_there_too(alice_client, storm, lost, project):
    address = f"{storm.get_absolute_url()}sentences/?project={project.slug}&reattach={lost.pk}"
    assert "Move highlight here" in alice_client.get(address).content.decode()
    answer = by_sentence(alice_client, storm, project, lost, first=3)
    assert answer["Location"].endswith(f"#h-{lost.pk}")
    assert words(placement(lost)) == "The mayor resigned."
    assert Highlight.objects.count() == 1


def test_by_sentence_a_stale_form_makes_neither_a_place_nor_a_highlight(alice_client, storm, lost, project):
    by_sentence(alice_client, storm, project, lost, first=3, version=9)
    by_sentence(alice_client, storm, project, lost, first=3, revision=1)
    assert placement(lost).open
    assert Highlight.objects.count() == 1


def test_the_ends_of_a_mark_on_a_newer_text_are_those_of_its_placement(alice_client, storm, twelve):
    sent = {"version": 1, "revision": 2, "nudge": "end-on-word"}
    page = markup(alice_client.post(f"/highlights/{twelve.pk}/ends/", sent, headers=HTMX))
    twelve.refresh_from_db()
    assert words(placement(twelve)) == "At least 17 people were killed on"
    assert (twelve.exact, placement(twelve).decision) == ("At least 12 people were killed", "reattached")
    assert f'id="card-{twelve.pk}"' in page


def test_the_ends_of_what_was_read_stay_once_the_text_was_corrected(alice_client, storm, twelve):
    sent = {"version": 1, "revision": 1, "nudge": "end-on-word"}
    assert alice_client.post(f"/highlights/{twelve.pk}/ends/", sent, headers=HTMX).status_code == 409
    twelve.refresh_from_db()
    assert twelve.exact == "At least 12 people were killed"


def test_what_has_no_place_has_no_ends_to_move(alice_client, storm, lost):
    sent = {"version": 1, "nudge": "end-on-word"}
    assert alice_client.post(f"/highlights/{lost.pk}/ends/", sent, headers=HTMX).status_code == 422


def test_the_page_that_edits_a_highlight_shows_it_as_it_was_read_and_as_it_stands(alice_client, storm, twelve):
    page = markup(alice_client.get(f"/highlights/{twelve.pk}/edit/"))
    assert "At least 12 people were killed</mark>" in page and "At least 17 people were killed</mark>" in page
    alice_client.post(f"/highlights/{twelve.pk}/ends/", {"version": 1, "nudge": "end-back-word"})
    assert words(placement(twelve)) == "At least 17 people were"


def test_the_page_that_edits_a_highlight_without_a_place_leads_to_one(alice_client, storm, lost):
    page = markup(alice_client.get(f"/highlights/{lost.pk}/edit/"))
    assert "It has no place in the current text." in page and f"reattach={lost.pk}" in page
    assert 'class="ends"' not in page


def test_a_note_written_on_a_newer_text_is_drawn_there(alice_client, storm, twelve):
    sent = {"version": 1, "revision": 2, "note": "Written later", "tags": []}
    page = markup(alice_client.post(f"/highlights/{twelve.pk}/edit/", sent, headers=HTMX))
    assert "Written later" in card_in(page, twelve)
    assert 'data-was="12"' in page


def test_a_deleted_highlight_leaves_the_newer_text_and_comes_back_to_it(alice_client, storm, twelve):
    deleted = markup(alice_client.post(f"/highlights/{twelve.pk}/delete/", {"revision": 2}, headers=HTMX))
    assert 'id="p1" hx-swap-oob="true"' in deleted and f'id="h-{twelve.pk}"' not in deleted
    back = markup(alice_client.post(f"/highlights/{twelve.pk}/restore/", {"revision": 2}, headers=HTMX))
    assert f'id="h-{twelve.pk}"' in back and 'data-was="12"' in back


def test_a_withdrawn_article_is_settled_by_nobody(alice_client, storm, twelve):
    Article.objects.filter(pk=storm.pk).update(status="withdrawn")
    assert settle(alice_client, twelve, "keep").status_code == 404


# By sentence, on a text that was corrected meanwhile


def test_sentences_that_were_read_are_highlighted_though_the_text_was_corrected(alice_client, storm, project):
    address = f"{storm.get_absolute_url()}sentences/?project={project.slug}"
    storm.revise(edited(("At least 12 people were killed on Monday, officials said. ", "")))
    answer = alice_client.post(address, {"revision": 1, "first": 2, "note": "Read before"}, follow=True)
    made = Highlight.objects.get()
    assert made.exact == "The harbour of Brevik stays closed until Friday."
    assert (made.revision.number, words(placement(made))) == (1, made.exact)
    assert "corrected while you read" in answer.content.decode()
