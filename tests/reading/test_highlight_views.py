import html
import json
import re

import pytest
from lxml.html import fragment_fromstring

from annotations.identifiers import uuid7
from annotations.models import Event, Highlight, Placement, Project, Tag
from cases import each
from markup import markup
from newsreader.models import Article
from newsreader.text.html.plaintext import text_of
from storm import marked
from texts import extracted

QUOTE = "Two cranes fell"


def selection(revision, quote: str = QUOTE, **fields) -> dict:
    """What the browser sends for the first place where the quote stands."""
    start = revision.text.index(quote)
    end = start + len(quote)
    around = {"prefix": revision.text[max(0, start - 32) : start], "suffix": revision.text[end : end + 32]}
    sent = {"id": str(uuid7()), "revision": revision.number, "start": start, "end": end, "exact": quote, "note": ""}
    return sent | around | fields


def make(client, article, project, **fields):
    url = article.get_absolute_url() + "highlights/"
    return client.post(url, selection(article.current(), project=project.slug) | fields)


def by_htmx(client, url, data=None):
    return client.post(url, data or {}, headers={"hx-request": "true"})


def test_a_reader_highlights_and_tags(alice_client, article, project, tag):
    make(alice_client, article, project, tags=["military option"], note="Check *this*")
    made = Highlight.objects.get()
    assert (made.exact, made.author.username, [t.name for t in made.tags.all()]) == (
        QUOTE,
        "alice",
        ["military option"],
    )
    assert made.note_html == "<p>Check <em>this</em></p>"


def test_a_new_tag_has_a_line_that_no_other_tag_of_the_article_has(alice_client, article, revision, project, alice):
    tags = Tag.objects.get_or_create_named(project, [f"tag {n}" for n in range(12)], by=alice)
    Highlight.objects.make(project=project, revision=revision, author=alice, start=0, end=5, tags=tags[2:])
    make(alice_client, article, project, tags=["fresh, fresher"])
    assert [Tag.objects.get(name=name).colour for name in ("fresh", "fresher")] == [tags[0].colour, tags[1].colour]


def test_a_change_answers_with_the_part_of_the_outline_that_it_touched(alice_client, article, project, tag):
    url = article.get_absolute_url() + "highlights/"
    sent = selection(article.current(), project=project.slug, tags=["military option"])
    answer = by_htmx(alice_client, url, sent).content.decode()
    assert '<li id="o2" hx-swap-oob="true"><a href="#p2"' in answer
    assert answer.count('<li id="o') == 1
    assert "1 highlight<" in answer


def test_making_a_highlight_with_tags_asks_little_and_answers_briefly(
    alice_client, article, project, alice, django_assert_max_num_queries
):
    tags = Tag.objects.get_or_create_named(project, [f"tag number {number}" for number in range(60)], by=alice)
    revision, url = article.current(), f"{article.get_absolute_url()}highlights/"
    start = revision.text.index("Naïve")  # in another block
    for tag in tags:
        Highlight.objects.make(project=project, revision=revision, author=alice, start=start, end=start + 5, tags=[tag])
    by_htmx(alice_client, url, selection(revision, project=project.slug))
    sent = selection(
        revision, "Two cranes fell", project=project.slug, id=uuid7(), tags=["tag number 3", "tag number 4"]
    )
    with django_assert_max_num_queries(18):  # of which 9 write, and 4 read what the answer shows
        answer = by_htmx(alice_client, url, sent)
    assert Highlight.objects.latest("created_at").exact == "Two cranes fell"
    assert len(answer.content) < 20_000


def test_without_htmx_the_reader_lands_on_the_mark(alice_client, article, project):
    answer = make(alice_client, article, project)
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"#h-{Highlight.objects.get().pk}")


def test_a_member_highlights(bob_client, article, project):
    make(bob_client, article, project)
    assert Highlight.objects.get().author.username == "bob"


def test_a_viewer_cannot_highlight(bob_client, article, project):
    project.memberships.filter(user__username="bob").update(role="viewer")
    make(bob_client, article, project)
    assert not Highlight.objects.exists()


def test_a_stranger_cannot_highlight(charlie_client, article, project):
    assert make(charlie_client, article, project).status_code == 404
    assert not Highlight.objects.exists()


def test_a_guest_of_a_public_project_is_told_why_not(charlie_client, article, project):
    Project.objects.filter(pk=project.pk).update(public=True)
    url = article.get_absolute_url() + "highlights/"
    answer = by_htmx(charlie_client, url, selection(article.current(), project=project.slug))
    assert answer.status_code == 403
    assert "not highlight in it" in answer.content.decode()


def test_a_visitor_is_led_to_sign_in(visitor, article, project):
    answer = make(visitor, article, project)
    assert answer["Location"].startswith("/accounts/login/?next=/articles/")


def test_who_was_signed_out_meanwhile_loses_nothing(visitor, article, project):
    answer = by_htmx(
        visitor, article.get_absolute_url() + "highlights/", selection(article.current(), project=project.slug)
    )
    assert answer.status_code == 401
    assert "signed out" in answer.content.decode()


def test_a_draft_cannot_be_highlighted(alice_client, article, project):
    article.status = "draft"
    article.save()
    assert make(alice_client, article, project).status_code == 404


@each(
    "wrong",
    [
        {"start": "x"},
        {"start": -1},
        {"end": ""},
        {"exact": ""},
        {"exact": "words that are not there at all, anywhere"},
        {"start": 9_000_000, "end": 9_000_010, "exact": "nowhere at all in it"},
        {"id": "not-a-uuid"},
        {"note": "x" * 10_001},
        {"tags": ["t" * 91]},
        {"tags": ",".join(map(str, range(31)))},
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_written(alice_client, article, project, wrong):
    sent = selection(article.current(), project=project.slug) | wrong
    answer = by_htmx(alice_client, article.get_absolute_url() + "highlights/", sent)
    assert answer.status_code in (409, 422)
    assert 'class="toast bad"' in answer.content.decode()
    assert not Highlight.objects.exists()
    assert not Event.objects.filter(verb="highlight made").exists()


def test_the_same_request_twice_makes_one(alice_client, article, project):
    sent = selection(article.current(), project=project.slug)
    for _ in range(2):
        assert alice_client.post(article.get_absolute_url() + "highlights/", sent).status_code == 302
    assert Highlight.objects.count() == 1
    assert Event.objects.filter(verb="highlight made").count() == 1


def test_the_key_of_somebody_elses_highlight_cannot_be_taken(bob_client, article, project, highlight):
    answer = by_htmx(
        bob_client,
        article.get_absolute_url() + "highlights/",
        selection(article.current(), project=project.slug, id=str(highlight.pk)),
    )
    assert answer.status_code == 422
    assert Highlight.objects.count() == 1


def test_a_selection_over_paragraphs_survives_the_browsers_line_ends(alice_client, article, revision, project):
    quote = revision.text[10:120]
    assert "\n" in quote
    make(alice_client, article, project, **selection(revision, quote, exact=quote.replace("\n", "\r\n")))
    assert Highlight.objects.get().exact == quote.strip()


CORRECTIONS = {
    "same": ("Nobody was hurt", "Two were hurt"),
    "edited": (QUOTE, "Three cranes fell"),
    "gone": ("Two cranes fell, the mayor said: “We will <em>rebuild</em> them both.” Nobody was hurt.", "He resigned."),
}


@pytest.mark.parametrize(
    ("state", "said"),
    [("same", "on the same words"), ("edited", "words that were edited"), ("gone", "not in the new text")],
)
def test_what_was_read_is_highlighted_though_the_article_was_corrected_meanwhile(
    alice_client, article, revision, project, tag, state, said
):
    sent = selection(revision, project=project.slug, tags=[tag.name], note="Not lost")
    article.revise(revision.html.replace(*CORRECTIONS[state]))
    page = by_htmx(alice_client, article.get_absolute_url() + "highlights/", sent).content.decode()
    made = Highlight.objects.get()
    assert (made.exact, made.revision.number, made.note, made.tags.get()) == (QUOTE, 1, "Not lost", tag)
    assert made.placements.get().state == state
    assert "corrected while you read" in page and said in page


def test_the_answer_is_drawn_for_the_text_that_the_page_shows(alice_client, article, revision, project):
    sent = selection(revision, project=project.slug)
    article.revise(revision.html.replace("reopened on Monday", "stayed closed, it was said on Monday,"))
    page = by_htmx(alice_client, article.get_absolute_url() + "highlights/", sent).content.decode()
    drawn = re.search(r'<p id="p3".*?</p>', page, re.DOTALL)[0]
    assert text_of(drawn) == revision.text[slice(*revision.block_span(2))]
    assert f'id="card-{sent["id"]}"' in page


def test_without_a_script_the_reader_lands_on_the_words_in_the_new_text(alice_client, article, revision, project):
    sent = selection(revision, project=project.slug)
    article.revise(revision.html.replace("reopened on Monday", "stayed closed"))
    answer = alice_client.post(article.get_absolute_url() + "highlights/", sent)
    assert answer["Location"] == f"{article.get_absolute_url()}?project={project.slug}#h-{sent['id']}"


def test_without_a_script_what_has_no_place_is_shown_where_it_was_read(alice_client, article, revision, project):
    sent = selection(revision, project=project.slug)
    article.revise('<p id="p1">All is different.</p>')
    answer = alice_client.post(article.get_absolute_url() + "highlights/", sent, follow=True)
    assert answer.redirect_chain[-1][0].startswith(f"{article.get_absolute_url()}revisions/1/?project=")
    assert f'#astray-{sent["id"]}">See options</a>' in answer.content.decode()


def test_a_form_that_says_no_revision_finds_the_words_in_the_current_text_and_says_so(
    alice_client, article, revision, project
):
    sent = selection(revision, project=project.slug)
    del sent["revision"]
    article.revise(revision.html.replace("reopened on Monday", "stayed closed, it was said on Monday,"))
    answer = by_htmx(alice_client, article.get_absolute_url() + "highlights/", sent)
    made = Highlight.objects.get()
    assert (made.exact, made.revision.number) == (QUOTE, 2)
    assert "changed since you opened it" in answer.content.decode()


def test_a_form_that_says_no_revision_is_refused_where_its_words_are_gone(alice_client, article, revision, project):
    sent = selection(revision, project=project.slug) | {"revision": ""}
    article.revise(revision.html.replace("Two cranes fell", "Five cranes were lost"))
    answer = by_htmx(alice_client, article.get_absolute_url() + "highlights/", sent)
    assert answer.status_code == 409
    assert "no longer in the article" in answer.content.decode()
    assert not Highlight.objects.exists()


TRANSLATED = {"exact": "Zwei Kräne stürzten um", "prefix": "Der Hafen. ", "suffix": " im Sturm."}


@each(
    ("sent", "says"),
    [
        (TRANSLATED, "not the article’s own"),
        (TRANSLATED | {"revision": ""}, "not the article’s own"),
        (TRANSLATED | {"exact": "Zwei"}, "not the article’s own"),
        (TRANSLATED | {"translated": "on"}, "page is translated"),
        (
            {"prefix": "Der Sturm: ", "suffix": " im Hafen", "start": 9, "end": 24, "translated": "on"},
            "page is translated",
        ),
        ({"prefix": "Der Sturm: ", "suffix": " im Hafen", "start": 9, "end": 24}, "unclear which place"),
    ],
)
def test_words_of_a_translated_page_are_refused_as_such_and_not_as_a_change(sent, says, alice_client, article, project):
    url = article.get_absolute_url() + "highlights/"
    sent = selection(article.current(), project=project.slug) | sent
    answer = by_htmx(alice_client, url, sent)
    page = alice_client.post(url, sent, follow=True)
    assert answer.status_code == 409
    for response in (answer, page):
        assert says in html.unescape(response.content.decode())
        assert "has changed" not in html.unescape(response.content.decode())
    assert not Highlight.objects.exists()


def test_words_that_a_browser_left_untranslated_are_highlighted(alice_client, article, project):
    make(alice_client, article, project, translated="on")
    assert Highlight.objects.get().exact == QUOTE


def test_the_answer_is_only_what_changed(alice_client, article, project, tag):
    sent = selection(article.current(), project=project.slug, tags=["military option"])
    answer = by_htmx(alice_client, article.get_absolute_url() + "highlights/", sent)
    page, pk = answer.content.decode(), Highlight.objects.get().pk
    assert 'id="p3" hx-swap-oob="true"' in page
    assert 'id="p1"' not in page
    assert f'id="card-{pk}"' in page
    assert 'id="tags-here" hx-swap-oob="true"' in page
    assert json.loads(answer["HX-Trigger-After-Settle"]) == {"highlighted": {"id": str(pk)}}


def test_the_block_that_comes_back_has_the_same_text(alice_client, alice, article, revision, project, rf):
    by_htmx(alice_client, article.get_absolute_url() + "highlights/", selection(revision, project=project.slug))
    from annotations.reading.page import PageRenderer

    request = rf.get("/")
    request.user = alice
    page = PageRenderer.load(request, project, revision)
    assert text_of(page.render_block(2)) == revision.text[slice(*revision.block_span(2))]


def test_a_coder_cannot_add_to_the_codebook(bob_client, article, project):
    sent = selection(article.current(), project=project.slug, tags=["brand new"])
    answer = by_htmx(bob_client, article.get_absolute_url() + "highlights/", sent)
    assert answer.status_code == 422
    assert "curator of the project can add it. You can propose it in the codebook." in answer.content.decode()
    assert not Tag.objects.exists()


def test_an_owner_adds_a_tag_while_highlighting(alice_client, article, project):
    make(alice_client, article, project, tags=["brand new, Second"])
    assert [t.name for t in Highlight.objects.get().ordered_tags()] == ["brand new", "Second"]


def test_a_tag_is_found_whatever_its_capitals(alice_client, article, project, tag):
    make(alice_client, article, project, tags=["MILITARY Option"])
    assert Tag.objects.get() == Highlight.objects.get().tags.get()


def test_a_retired_tag_takes_no_new_passages(alice_client, article, project, tag):
    Tag.objects.filter(pk=tag.pk).update(status="retired")
    make(alice_client, article, project, tags=["military option"])
    assert not Highlight.objects.exists()


def test_a_heading_is_refused_as_a_tag_wherever_one_is_given(alice_client, article, project, highlight, alice):
    Tag.objects.add_tag(project, "Positions", by=alice, heading_only=True)
    version, sentences = highlight.version, f"{article.get_absolute_url()}sentences/?project={project.slug}"
    answers = [
        make(alice_client, article, project, tags=["positions"]),
        by_htmx(alice_client, highlight.get_absolute_url() + "edit/", {"tags": "Positions", "version": version}),
        by_htmx(alice_client, highlight.get_absolute_url() + "tags/", {"tags": "Positions", "version": version}),
        alice_client.post(sentences, {"first": 2, "tags": ["Positions"]}),
    ]
    assert [answer.status_code for answer in answers] == [302, 422, 200, 422]
    assert all("is a heading of the codebook" in answer.content.decode() for answer in answers[1:])
    assert [str(tag) for tag in Highlight.objects.get().ordered_tags()] == ["military option"]


def test_the_permalink_leads_to_the_mark(bob_client, highlight, project):
    answer = bob_client.get(highlight.get_absolute_url())
    assert answer["Location"] == f"{highlight.article.get_absolute_url()}?project={project.slug}#h-{highlight.pk}"


def test_the_permalink_of_an_older_text_leads_there(alice_client, highlight):
    highlight.article.revise('<p id="p1">New.</p>')
    there = alice_client.get(highlight.get_absolute_url())["Location"]
    assert there.endswith(f"/revisions/1/?project=harbour-study#h-{highlight.pk}")


def test_the_permalink_leads_to_the_words_in_the_current_text(alice_client, highlight, revision):
    highlight.article.revise(revision.html.replace("Ferries run", "Two ferries run"))
    there = alice_client.get(highlight.get_absolute_url())["Location"]
    assert there == f"{highlight.article.get_absolute_url()}?project=harbour-study#h-{highlight.pk}"


@each("page", ["", "card/", "edit/", "ends/", "delete/", "restore/"])
def test_a_strangers_highlight_is_not_there(charlie_client, highlight, page):
    url = f"/highlights/{highlight.pk}/{page}"
    answer = charlie_client.get(url) if page in ("", "card/", "edit/") else charlie_client.post(url)
    assert answer.status_code == 404


@each("page", ["card/", "edit/", "ends/", "delete/", "restore/"])
def test_a_member_cannot_change_the_highlight_of_another(bob_client, highlight, page):
    url = f"/highlights/{highlight.pk}/{page}"
    answer = bob_client.get(url) if page in ("card/", "edit/") else bob_client.post(url)
    assert answer.status_code == 403
    assert "Only its author can change this highlight.</p><p>Who can help: <bdi>alice</bdi></p>" in markup(answer)


def test_a_former_member_cannot_edit(bob_client, bob, article, project):
    make(bob_client, article, project)
    project.memberships.filter(user=bob).delete()
    assert bob_client.get(f"/highlights/{Highlight.objects.get().pk}/edit/").status_code == 404


def test_tags_and_note_are_edited(alice_client, highlight):
    sent = {"version": 1, "tags": ["other"], "note": "Second"}
    alice_client.post(f"/highlights/{highlight.pk}/edit/", sent)
    highlight.refresh_from_db()
    assert (highlight.note, [t.name for t in highlight.tags.all()], highlight.version) == ("Second", ["other"], 2)


def test_two_windows_lose_neither_text(alice_client, highlight):
    url = f"/highlights/{highlight.pk}/edit/"
    alice_client.post(url, {"version": 1, "note": "From the first window"})
    answer = by_htmx(alice_client, url, {"version": 1, "note": "From the second window"})
    page = answer.content.decode()
    highlight.refresh_from_db()
    assert answer.status_code == 409
    assert highlight.note == "From the first window"
    assert "From the first window" in page
    assert "From the second window" in page
    assert 'name="version" value="2"' in page


def test_a_note_that_is_too_long_is_shown_again_and_not_kept(alice_client, highlight):
    answer = alice_client.post(f"/highlights/{highlight.pk}/edit/", {"version": 1, "note": "y" * 10_001})
    highlight.refresh_from_db()
    assert answer.status_code == 422
    assert highlight.note == "A *first* note"


def test_a_retired_tag_may_stay_where_it_is(alice_client, highlight, tag):
    Tag.objects.filter(pk=tag.pk).update(status="retired")
    alice_client.post(f"/highlights/{highlight.pk}/edit/", {"version": 1, "tags": [tag.name], "note": "n"})
    assert highlight.tags.get() == tag


@pytest.mark.parametrize(
    ("nudge", "words"),
    [
        ("start-back-word", "Brevik reopened on Monday"),
        ("start-on-word", "on Monday"),
        ("end-back-word", "reopened on"),
        ("end-on-word", "reopened on Monday after"),
        ("end-on-sentence", "reopened on Monday after the storm."),
        ("start-back-sentence", "The harbour of Brevik reopened on Monday"),
    ],
)
def test_an_end_moves_by_a_word_or_a_sentence(alice_client, highlight, nudge, words):
    alice_client.post(f"/highlights/{highlight.pk}/ends/", {"version": 1, "nudge": nudge})
    highlight.refresh_from_db()
    assert highlight.exact == words


def test_the_ends_move_to_a_selection(alice_client, highlight, revision):
    sent = selection(revision, "The harbour of Brevik", version=1)
    answer = by_htmx(alice_client, f"/highlights/{highlight.pk}/ends/", sent)
    highlight.refresh_from_db()
    assert highlight.exact == "The harbour of Brevik"
    assert json.loads(answer["HX-Trigger-After-Settle"]) == {"cardchanged": {"id": str(highlight.pk)}}


@each(
    "sent",
    [{"nudge": "sideways"}, {"version": 7, "nudge": "end-on-word"}, {}, {"version": "x", "nudge": "end-on-word"}],
)
def test_ends_that_cannot_be_moved_stay(alice_client, highlight, sent):
    answer = by_htmx(alice_client, f"/highlights/{highlight.pk}/ends/", {"version": 1} | sent)
    highlight.refresh_from_db()
    assert answer.status_code in (409, 422)
    assert highlight.exact == "reopened on Monday"


@each("page", ["edit/", "tags/", "delete/"])
def test_what_is_refused_as_stale_adds_no_tag_to_the_codebook(alice_client, highlight, page):
    Highlight.objects.filter(pk=highlight.pk).update(version=2)
    sent = {"version": 1, "note": "Typed late", "tags": ["brand new"]}
    by_htmx(alice_client, f"/highlights/{highlight.pk}/{page}", sent)
    assert not Tag.objects.filter(name="brand new").exists()


def test_ends_are_not_moved_on_a_text_before_that_of_the_highlight(alice_client, article, highlight, revision):
    article.revise(revision.html.replace("Monday", "Tuesday"))
    Highlight.objects.filter(pk=highlight.pk).update(revision=article.current())
    Placement.objects.all().delete()
    sent = selection(revision, "The harbour of Brevik", version=1)
    assert by_htmx(alice_client, f"/highlights/{highlight.pk}/ends/", sent | {"revision": 1}).status_code == 409


def test_who_left_the_project_is_not_named_as_help(alice_client, highlight, project, bob):
    Highlight.objects.filter(pk=highlight.pk).update(author=bob)
    help_of_bob = "Who can help: bob."
    assert help_of_bob in by_htmx(alice_client, f"/highlights/{highlight.pk}/edit/").content.decode()
    project.memberships.filter(user=bob).delete()
    assert help_of_bob not in by_htmx(alice_client, f"/highlights/{highlight.pk}/edit/").content.decode()


def test_a_deleted_highlight_can_be_had_back(alice_client, highlight):
    alice_client.post(f"/highlights/{highlight.pk}/delete/")
    assert not Highlight.objects.standing().exists()
    assert "Restore" in alice_client.get(highlight.get_absolute_url()).content.decode()
    alice_client.post(f"/highlights/{highlight.pk}/restore/")
    assert Highlight.objects.standing().get() == highlight


def test_deleting_takes_the_card_away_and_offers_undo(alice_client, highlight):
    page = by_htmx(alice_client, f"/highlights/{highlight.pk}/delete/").content.decode()
    assert f'<ol data-highlight="{highlight.pk}" hx-swap-oob="beforeend:#card-list"></ol>' in page
    assert f'action="/highlights/{highlight.pk}/restore/"' in page


def test_others_do_not_see_a_deleted_highlight(bob_client, highlight, alice):
    highlight.hide(alice)
    assert bob_client.get(highlight.get_absolute_url()).status_code == 404


def test_what_happened_is_kept(alice_client, highlight):
    alice_client.post(f"/highlights/{highlight.pk}/edit/", {"version": 1, "note": "Second"})
    alice_client.post(f"/highlights/{highlight.pk}/delete/")
    events = Event.objects.filter(subject=highlight.pk).order_by("pk")
    assert [event.verb for event in events] == ["highlight made", "highlight edited", "highlight deleted"]
    assert events[1].data["before"] == {"note": "A *first* note", "tags": ["military option"]}


def test_a_new_tag_is_seen_although_another_is_switched_off(alice_client, article, project, highlight):
    sent = selection(article.current(), project=project.slug, tags=["brand new"], **{"tags-listed": "military option"})
    page = by_htmx(alice_client, article.get_absolute_url() + "highlights/", sent).content.decode()
    assert "<mark" in page
    assert page.count('class="card"') == 1


def test_only_inside_a_card_is_the_edit_form_answered_by_fragments(alice_client, highlight):
    url = f"/highlights/{highlight.pk}/edit/"
    assert f'hx-post="{url}"' in alice_client.get(url, headers={"hx-request": "true"}).content.decode()
    assert "hx-post=" not in alice_client.get(url).content.decode().partition("<main")[2].partition("</main>")[0]


DRAFT = {"version": 1, "note": "Typed and not saved", "tags": ["new tag"]}


def test_what_is_typed_outlives_an_adjusted_end(alice_client, highlight):
    url = f"/highlights/{highlight.pk}/ends/"
    page = by_htmx(alice_client, url, DRAFT | {"nudge": "end-on-word"}).content.decode()
    assert f'<div hx-swap-oob="innerHTML:#card-{highlight.pk}">' in page
    for part in (
        "Typed and not saved</textarea>",
        'value="new tag"',
        'name="version" value="2"',
        '<details class="unfold" open',
    ):
        assert part in page
    highlight.refresh_from_db()
    assert (highlight.exact, highlight.note) == ("reopened on Monday after", "A *first* note")


def test_what_is_typed_outlives_an_adjusted_end_without_a_script(alice_client, highlight):
    url = f"/highlights/{highlight.pk}/ends/"
    adjusted = alice_client.post(url, DRAFT | {"nudge": "end-on-word"}).content.decode()
    refused = [
        alice_client.post(url, DRAFT | {"nudge": "sideways", "version": 2}),
        alice_client.post(url, DRAFT | {"nudge": "end-on-word", "version": 7}),
    ]
    assert "Highlight adjusted." in adjusted
    assert [answer.status_code for answer in refused] == [422, 409]
    assert all("Typed and not saved</textarea>" in page for page in [adjusted, *[r.content.decode() for r in refused]])


def test_what_is_typed_outlives_a_deletion_that_is_undone(alice_client, highlight):
    alice_client.post(f"/highlights/{highlight.pk}/delete/", DRAFT)
    alice_client.post(f"/highlights/{highlight.pk}/restore/")
    highlight.refresh_from_db()
    assert (highlight.note, [tag.name for tag in highlight.ordered_tags()]) == ("Typed and not saved", ["new tag"])


def test_a_deletion_with_nothing_typed_edits_nothing(alice_client, highlight):
    sent = {"version": 1, "note": highlight.note, "tags": ["military option"]}
    alice_client.post(f"/highlights/{highlight.pk}/delete/", sent)
    assert not Event.objects.filter(verb="highlight edited").exists()


@each("page", ["restore/", "delete/", "ends/", "edit/", "tags/", "placement/"])
def test_a_change_that_is_not_allowed_any_more_says_so_and_leaves_the_page(alice_client, project, highlight, page):
    project.memberships.filter(user__username="bob").update(role="owner")
    project.memberships.filter(user__username="alice").update(role="viewer")
    answer = by_htmx(alice_client, f"/highlights/{highlight.pk}/{page}")
    assert answer.status_code == 403
    assert "An owner of the project can give you that role. Who can help: bob." in answer.content.decode()
    assert answer["HX-Reswap"] == "none"


@each("page", ["restore/", "delete/", "ends/", "edit/", "tags/", "placement/"])
def test_a_change_to_what_is_not_there_any_more_says_so_and_leaves_the_page(bob_client, project, highlight, page):
    project.memberships.filter(user__username="bob").delete()
    answer = by_htmx(bob_client, f"/highlights/{highlight.pk}/{page}")
    assert answer.status_code == 404
    assert "you can no longer change it. Nothing was saved." in answer.content.decode()
    assert answer["HX-Reswap"] == "none"


def test_signed_out_a_form_that_opens_in_place_says_so_and_leaves_the_page(visitor, highlight):
    for page in ("edit/", "tags/", "card/"):
        answer = visitor.get(f"/highlights/{highlight.pk}/{page}", headers={"hx-request": "true"})
        assert (answer.status_code, answer["HX-Reswap"]) == (401, "none")


def test_a_card_that_was_edited_can_be_edited_again(alice_client, highlight):
    answer = by_htmx(alice_client, f"/highlights/{highlight.pk}/edit/", {"version": 1, "note": "Other"})
    assert f'href="/highlights/{highlight.pk}/edit/">Edit</a>' in answer.content.decode()


def test_who_keeps_the_codebook_may_name_a_new_tag_while_editing(alice_client, bob_client, highlight, project, bob):
    address = f"/highlights/{highlight.pk}/edit/"
    assert f'id="new-{highlight.pk}"' in alice_client.get(address).content.decode()
    Highlight.objects.filter(pk=highlight.pk).update(author=bob)
    assert f'id="new-{highlight.pk}"' not in bob_client.get(address).content.decode()


EDIT = {"version": 1, "note": "Mine", "tags": ["mine"]}


@each("address", ["edit", "tags"])
def test_two_notes_are_combined_and_saved_in_one(alice_client, alice, highlight, address):
    url = f"/highlights/{highlight.pk}/{address}/"
    highlight.refresh_from_db()
    mine, seen = EDIT | {"version": highlight.version}, highlight.version
    highlight.edit(seen, by=alice, note="Theirs", tags=highlight.project.tags.filter(name="military option"))
    stale = by_htmx(alice_client, url, mine).content.decode()
    assert all(
        words in stale for words in ("Theirs", "Mine", "Save your version", "Keep their version", "Combine both")
    )
    combined = by_htmx(alice_client, url, mine | {"combine": "1"}).content.decode()
    assert f'name="version" value="{seen + 1}"' in combined
    form = fragment_fromstring(combined).forms[0].fields
    assert form["note"] == "Theirs\n\nMine"
    highlight.refresh_from_db()
    assert (highlight.note, highlight.version) == ("Theirs", seen + 1)
    sent = {"version": seen + 1, "note": form["note"], "tags": ["military option", "mine"]}
    assert by_htmx(alice_client, url, sent).status_code == 200
    highlight.refresh_from_db()
    assert (highlight.note, highlight.version) == ("Theirs\n\nMine", seen + 2)
    assert [tag.name for tag in highlight.ordered_tags()] == ["military option", "mine"]


def test_the_page_without_scripts_combines_too_and_a_refused_note_overwrites_nothing_unseen(
    alice_client, alice, highlight
):
    url = f"/highlights/{highlight.pk}/edit/"
    highlight.edit(1, by=alice, note="Theirs", tags=[])
    refused = alice_client.post(url, EDIT | {"tags": ["t" * 91]}).content.decode()
    assert 'name="version" value="1"' in refused
    assert "Mine</textarea>" in refused
    assert alice_client.post(url, EDIT).status_code == 409
    assert "Theirs\n\nMine</textarea>" in alice_client.post(url, EDIT | {"combine": "1"}).content.decode()


def send_typed(client, article, project, highlight, headers: dict) -> dict[str, tuple[int, str]]:
    """Send every form of an open page with a note; return the status and the words of each answer."""
    forms = {
        f"{article.get_absolute_url()}highlights/": selection(article.current(), project=project.slug),
        f"{article.get_absolute_url()}sentences/?project={project.slug}": {"first": 1},
        f"/highlights/{highlight.pk}/edit/": {"version": 1},
        f"/highlights/{highlight.pk}/tags/": {"version": 1},
        f"/highlights/{highlight.pk}/ends/": {"version": 1, "nudge": "end-on-word"},
    }
    answers = {url: client.post(url, sent | {"note": "Half a thought"}, headers=headers) for url, sent in forms.items()}
    return {url: (answer.status_code, html.unescape(markup(answer))) for url, answer in answers.items()}


def test_who_was_removed_writes_nowhere_and_gets_the_typed_text_back(alice, bob, bob_client, article, project):
    made = marked(article, project, bob, "Two cranes")
    project.memberships.get(user=bob).remove(by=alice)
    before = Highlight.objects.count()
    plain = send_typed(bob_client, article, project, made, {})
    assert {status for status, _ in plain.values()} == {404}
    assert all("Half a thought</textarea>" in page for _, page in plain.values())
    by_script = send_typed(bob_client, article, project, made, {"hx-request": "true"})
    assert {status for status, _ in by_script.values()} == {404}
    assert all('class="toast bad"' in page for _, page in by_script.values())
    assert "You can no longer see this project." in next(iter(by_script.values()))[1]
    assert Highlight.objects.count() == before


def test_who_became_a_viewer_gets_the_typed_text_back(alice, bob, bob_client, article, project):
    made = marked(article, project, bob, "Two cranes")
    project.memberships.get(user=bob).change_role("viewer", by=alice)
    url = f"/highlights/{made.pk}/edit/"
    answer = bob_client.post(url, {"version": 1, "note": "Half a thought"})
    assert answer.status_code == 403
    assert "Half a thought</textarea>" in markup(answer)


def test_words_that_begin_with_a_quote_mark_get_no_second_one(alice_client, alice, project):
    page = extracted("<p>“Nobody leaves,” said the mate.</p>", title="Quay", site="The Quay")
    article = Article.objects.store(page).article
    marked(article, project, alice, "“Nobody leaves")
    marked(article, project, alice, "the mate")
    shown = alice_client.get(f"{article.get_absolute_url()}?project={project.slug}").content.decode()
    assert re.findall(r'<p class="(words[ a-z]*)"><bdi[^>]*>([^<]*)', shown) == [
        ("words quoted", "“Nobody leaves"),
        ("words", "the mate"),
    ]
