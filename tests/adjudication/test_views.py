"""Adjudication without scripts: what is agreed is taken, each disagreement is one form, and nothing is lost."""

import csv
import io

import pytest
from django.test import Client
from lxml import html

from adjudication.layers import ADDRESS, code, consensus, read_page, send, start, words_of
from annotations.adjudication.cases import load_cases
from annotations.errors import StaleError
from annotations.models import Adjudication, Assignment, Decision, Highlight, Role, Tag
from annotations.models.adjudication import open_adjudication
from conftest import person, signed_in
from newsreader.models import Article
from storm import SEVENTEEN, STORM, edited, report
from texts import extracted

MEMBERS = "/projects/harbour-study/"


@pytest.fixture
def tags(project, alice) -> list[Tag]:
    return Tag.objects.get_or_create_named(project, ["loss", "cost", "place"], by=alice)


@pytest.fixture
def storm(project, alice, bob, tags) -> Article:
    """On which Alice and Bob agree on two passages, one with two tags, and differ in three: missing, boundaries, other tag."""
    loss, cost, place = tags
    article = report()
    agreed = [("officials said", cost), ("Nobody was hurt", [loss, place])]
    code(
        article, project, alice, [*agreed, ("At least 12 people", loss), ("Two cranes fell", loss), ("Insurers", cost)]
    )
    code(article, project, bob, [*agreed, ("Two cranes", loss), ("Insurers", place)])
    return article


@pytest.fixture
def started(alice_client, storm) -> Article:
    start(alice_client, storm, "alice", "bob")
    return storm


AGREED = [("officials said", ["cost"]), ("Nobody was hurt", ["loss", "place"])]


def said(client, article: Article, **query) -> str:
    """The words of the page."""
    return words_of(read_page(client, article, **query).xpath("//main")[0])


def test_what_all_agree_on_is_taken_at_the_start(alice_client, project, storm):
    page = read_page(alice_client, storm)
    assert page.xpath("//input[@name='coder' and @checked]/@value") == ["alice", "bob"]
    assert start(alice_client, storm, "alice", "bob").status_code == 302
    assert consensus(project) == AGREED
    words = said(alice_client, storm)
    assert "2 passages are the same in all layers." in words and "0 of 3 decided" in words
    assert "You coded this article, too." in words


def test_each_disagreement_is_decided_by_one_form(alice_client, project, started):
    send(alice_client, started, number=1, act="nothing", reason="No number is\r\na loss.")
    assert "1 of 3 decided" in said(alice_client, started)
    send(alice_client, started, number=2, choice="2", reason="Shorter.")
    answer = send(alice_client, started, number=3, choice="all")
    assert answer.url == f"{ADDRESS}{started.slug}/?at=3"
    assert "3 of 3 decided" in said(alice_client, started)
    assert "All of them" in said(alice_client, started, at=3)
    assert "All of them" not in said(alice_client, started, at=2)  # one passage of a tag within another says nothing
    assert consensus(project) == [
        ("officials said", ["cost"]),
        ("Two cranes", ["loss"]),
        ("Nobody was hurt", ["loss", "place"]),
        ("Insurers", ["cost", "place"]),
    ]
    assert "Nothing here, decided by alice. “No number is a loss.”" in said(alice_client, started, at=1)
    assert "Taken from bob: loss, decided by alice. “Shorter.”" in said(alice_client, started, at=2)


def test_another_passage_is_found_by_its_words(alice_client, project, started, tags, alice):
    address, place = f"{ADDRESS}{started.slug}/", tags[2].name
    form = read_page(alice_client, started, at=1).xpath("//details[@id='another']//form")[0]
    assert form.xpath(".//ul[@class='chips']//input[@name='tags'][@checked]/@value") == ["loss"]
    fields = {field.get("name"): field.get("value") or "" for field in form.xpath(".//input[@name][not(@name='tags')]")}
    for wrong, sentence in [
        ({"first": "Nowhere", "tags": place}, "The article does not have the words “Nowhere”."),
        ({"first": "killed", "last": "At least", "tags": place}, "The words “At least” do not follow the first ones"),
        ({"first": "killed", "tags": ""}, "Choose a tag for the passage."),
        ({"first": "killed", "tags": [place, "unheard of"]}, "“unheard of” is not in the codebook"),
        (
            {"first": "", "last": "", "tags": place},
            "Select the passage in the text, or write its first and last words.",
        ),
    ]:
        answer = alice_client.post(address, fields | wrong, follow=True)
        assert sentence in words_of(html.fromstring(answer.content)), wrong
        assert Decision.objects.disputed().count() == 0
    more = [tag.name for tag in Tag.objects.get_or_create_named(project, ["four", "five"], by=alice)]
    names = [place, tags[0].name, *more]
    alice_client.post(address, fields | {"first": "people were", "last": "on Monday", "tags": names})
    assert ("people were killed on Monday", names) in consensus(project)
    assert "Another passage: place, loss, four, five, decided by alice." in said(alice_client, started, at=1)


def test_a_decision_can_be_made_again_and_undone_and_the_history_keeps_all(alice_client, project, started, alice):
    send(alice_client, started, number=2, choice="1")
    send(alice_client, started, number=2, choice="2")
    assert ("Two cranes", ["loss"]) in consensus(project) and ("Two cranes fell", ["loss"]) not in consensus(project)
    address = f"{ADDRESS}{started.slug}/"
    assert alice_client.post(address, {"act": "undo"}).url.endswith("?at=2")
    assert ("Two cranes fell", ["loss"]) in consensus(project) and ("Two cranes", ["loss"]) not in consensus(project)
    alice_client.post(address, {"act": "undo"})
    assert consensus(project) == AGREED and "0 of 3 decided" in said(alice_client, started)
    alice_client.post(address, {"act": "undo"})
    assert consensus(project) == []
    assert "2 agreed passages are not in the consensus yet." in said(alice_client, started)
    answer = alice_client.post(address, {"act": "undo"}, follow=True)
    assert "There is nothing of yours to undo." in words_of(html.fromstring(answer.content))
    alice_client.post(address, {"act": "agreed"})
    assert consensus(project) == AGREED
    history = words_of(html.fromstring(alice_client.get(f"{MEMBERS}history/").content))
    assert history.count("Decided a disagreement: took a coder’s version") == 3
    assert "Took back a decision about a disagreement" in history and "Started an adjudication" in history


def test_what_was_undone_can_be_redone_in_the_history(alice_client, project, started, alice):
    send(alice_client, started, number=1, choice="1")
    made = consensus(project)
    undo = f"{MEMBERS}history/undo/"
    alice_client.post(undo)
    assert consensus(project) == AGREED
    alice_client.post(undo, {"act": "redo"})
    assert consensus(project) == made and "1 of 3 decided" in said(alice_client, started)


def test_others_decisions_are_not_undone(alice_client, project, started):
    curator = person("chidi")
    project.memberships.create(user=curator, role=Role.CURATOR)
    client = signed_in(curator)
    assert "You coded this article, too." not in said(client, started)
    send(client, started, number=1, act="nothing")
    alice_client.post(f"{ADDRESS}{started.slug}/", {"act": "undo"})
    assert Decision.objects.disputed().get().decided_by == curator


def test_a_layer_that_changed_after_the_decision_is_marked_and_decided_again(
    alice_client, project, started, alice, tags
):
    send(alice_client, started, number=2, choice="1", reason="The verb belongs to it.")
    mine = Highlight.objects.get(author=alice, exact="Two cranes fell", adjudication=None)
    mine.move(mine.version, mine.start, mine.end + len(" into the water"), by=alice)
    words = said(alice_client, started, at=2)
    assert "0 of 3 decided" in words and "Changed since it was decided. Taken from alice: loss" in words
    assert ("Two cranes fell", ["loss"]) in consensus(project)
    send(alice_client, started, number=2, act="nothing")
    assert consensus(project) == AGREED and "1 of 3 decided" in said(alice_client, started)
    assert Decision.objects.disputed().count() == 1


def test_a_decision_stands_where_the_coders_came_to_agree(alice_client, project, started, alice, bob):
    send(alice_client, started, number=2, choice="2")
    theirs = Highlight.objects.get(author=bob, exact="Two cranes", adjudication=None)
    mine = Highlight.objects.get(author=alice, exact="Two cranes fell", adjudication=None)
    mine.move(mine.version, theirs.start, theirs.end, by=alice)
    words = said(alice_client, started)
    assert "Changed since The coders no longer differ here" in words and "0 of 2 decided" in words
    assert "not in the consensus yet" not in words  # it is, by the decision
    page = read_page(alice_client, started)
    [button] = page.xpath("//button[@name='decision']")
    alice_client.post(f"{ADDRESS}{started.slug}/", {"act": "back", "decision": button.get("value")})
    assert "1 agreed passage is not in the consensus yet." in said(alice_client, started)
    alice_client.post(f"{ADDRESS}{started.slug}/", {"act": "agreed"})
    assert ("Two cranes", ["loss"]) in consensus(project)


def test_what_is_agreed_no_more_is_said_and_removed_on_request(alice_client, project, started, alice, bob):
    for coder in (alice, bob):
        Highlight.objects.get(author=coder, exact="officials said", adjudication=None).hide(coder)
    assert "Changed since: 1 passage in the consensus is no longer agreed." in said(alice_client, started)
    assert consensus(project) == AGREED
    alice_client.post(f"{ADDRESS}{started.slug}/", {"act": "agreed"})
    assert consensus(project) == AGREED[1:]


def test_an_agreed_passage_that_one_deletes_becomes_a_disagreement(alice_client, project, started, bob):
    Highlight.objects.get(author=bob, exact="officials said", adjudication=None).hide(bob)
    words = said(alice_client, started, at=2)
    assert "0 of 4 decided" in words and "Changed since it was decided. Agreed: cost" in words
    send(alice_client, started, number=2, act="nothing")
    assert consensus(project) == AGREED[1:]


def test_a_correction_leaves_decisions_where_they_are(alice_client, project, started):
    send(alice_client, started, number=2, choice="2")
    send(alice_client, started, number=3, act="nothing")
    started.revise(edited(SEVENTEEN))
    words = said(alice_client, started)
    assert "Not counted: 1 highlight on words that were edited, because the article was corrected." in words
    assert "2 of 2 decided" in words  # the one on edited words is left out
    assert "no longer agreed" not in words and "not in the consensus yet" not in words


def test_a_form_of_before_decides_nothing(alice_client, project, started, alice):
    page = read_page(alice_client, started, at=1)
    fields = {field.get("name"): field.get("value") for field in page.xpath("//div[@class='decide']/form[1]//input")}
    address = f"{ADDRESS}{started.slug}/"
    send(alice_client, started, number=1, act="nothing")
    answer = alice_client.post(address, fields | {"choice": "1"}, follow=True)
    assert "This was decided meanwhile." in words_of(html.fromstring(answer.content))
    Highlight.objects.get(author=alice, exact="At least 12 people", adjudication=None).hide(alice)
    answer = alice_client.post(address, fields | {"choice": "1"}, follow=True)
    assert "highlights changed since you opened this page" in words_of(html.fromstring(answer.content))
    assert Decision.objects.disputed().get().kind == Decision.Kind.NOTHING


@pytest.mark.parametrize(
    "sent", [{}, {"act": "x"}, {"act": "version"}, {"act": "back", "decision": "x"}, {"act": "finish"}]
)
def test_what_says_nothing_decides_nothing(alice_client, started, sent):
    answer = alice_client.post(f"{ADDRESS}{started.slug}/", sent | {"at": "2"}, follow=True)
    assert answer.status_code == 200 and Decision.objects.disputed().count() == 0


@pytest.mark.parametrize("coders", [(), ("alice",), ("alice", "nobody")])
def test_two_coders_are_needed(alice_client, storm, coders):
    answer = start(alice_client, storm, *coders)
    assert answer.status_code == 422 and "Choose two coders or more" in answer.content.decode()
    assert not Adjudication.objects.exists()


def test_other_coders_can_be_compared_and_a_coder_without_highlights_is_named(alice_client, project, started, tags):
    cleo = person("cleo")
    project.memberships.create(user=cleo, role=Role.CODER)
    code(started, project, cleo, [("officials said", tags[1])])
    page = read_page(alice_client, started, change=1)
    assert page.xpath("//input[@name='coder']/@value") == ["alice", "bob", "cleo"]
    start(alice_client, started, "alice", "bob", "cleo")
    assert "Adjudication of alice, bob and cleo" in said(alice_client, started)
    assert "officials said" in [words for words, _ in consensus(project)]
    assert "Changed since it was decided. Agreed: loss, place" in said(alice_client, started, at=4) + said(
        alice_client, started, at=3
    )  # Cleo has nothing there
    Highlight.objects.get(author=cleo, adjudication=None).hide(cleo)
    assert "Not compared: cleo, without highlights here that count." in said(alice_client, started)


def test_an_adjudication_is_finished_once_all_is_decided(alice_client, started):
    address = f"{ADDRESS}{started.slug}/"
    assert not read_page(alice_client, started).xpath("//button[@value='finish']")
    for number in (1, 2, 3):
        send(alice_client, started, number=number, act="nothing")
    alice_client.post(address, {"act": "finish"})
    assert "· finished" in said(alice_client, started)
    alice_client.post(address, {"act": "reopen"})
    assert "· finished" not in said(alice_client, started)


def test_sixty_disagreements_are_decided_without_scripts(alice_client, project, alice, bob, tags):
    words = " ".join(f"word{number} and more." for number in range(60))
    article = Article.objects.store(extracted(f"<p>{words}</p>", title="Sixty", site="The Quay")).article
    for coder, length in ((alice, ""), (bob, " and")):
        code(article, project, coder, [(f"word{number}{length} "[: -1 or None], tags[0]) for number in range(60)])
    start(alice_client, article, "alice", "bob")
    answer = alice_client.get(f"{ADDRESS}{article.slug}/")
    for number in range(60):
        page = html.fromstring(answer.content)
        assert f"{number} of 60 decided" in words_of(page)
        fields = {
            field.get("name"): field.get("value") for field in page.xpath("//div[@class='decide']/form[1]//input")
        }
        act = {"act": "nothing", "reason": f"reason {number}"} if number % 3 == 0 else {"choice": str(number % 3)}
        answer = alice_client.post(f"{ADDRESS}{article.slug}/", fields | act, follow=True)
    assert "60 of 60 decided" in words_of(html.fromstring(answer.content))
    assert Decision.objects.disputed().filter(kind="nothing").count() == 20 and len(consensus(project)) == 40
    table = alice_client.get(f"{MEMBERS}agreement/", {"format": "csv"})
    rows = list(csv.DictReader(io.StringIO(b"".join(table.streaming_content).decode("utf-8-sig"))))
    nothing = [row for row in rows if row["position"] == "decision" and row["kind"] == "nothing"]
    assert [row["reason"] for row in nothing] == [f"reason {number}" for number in range(0, 60, 3)]
    assert {row["decided by"] for row in nothing} == {"alice"}
    assert [int(row["disagreement"]) for row in nothing] == list(range(1, 61, 3))


def test_the_agreement_page_says_how_each_was_decided(alice_client, bob_client, started):
    send(alice_client, started, number=1, act="nothing", reason="No.")
    words = words_of(html.fromstring(alice_client.get(f"{MEMBERS}agreement/").content))
    assert "Nothing here, decided by alice. “No.”" in words and "Storm 3 disagreements, 1 decided Adjudicate" in words
    words = words_of(html.fromstring(bob_client.get(f"{MEMBERS}agreement/").content))
    assert "decided by alice" in words and "Adjudicate" not in words
    page = html.fromstring(alice_client.get(f"{MEMBERS}agreement/").content)
    [link] = page.xpath("//ul[@class='to-adjudicate']//a/@href")
    assert "1 of 3 decided" in words_of(html.fromstring(alice_client.get(link).content))


def test_who_may_not_decide_is_told_who_may(bob_client, started):
    answer = bob_client.get(f"{ADDRESS}{started.slug}/")
    assert answer.status_code == 403
    assert "Only the project’s owners and curators can adjudicate." in answer.content.decode()
    assert Client().get(f"{ADDRESS}{started.slug}/").status_code == 404


def test_two_who_decide_at_once_decide_once(alice_client, project, started, alice):
    adjudication, storm = project.adjudications.get(), started.current()
    [case, *_] = load_cases(project, alice, adjudication).cases
    place = (case.difference.start, case.difference.end)
    about = {"by": alice, "revision": storm, "place": place, "versions": case.versions}
    adjudication.decide("nothing", [], **about)
    with pytest.raises(StaleError):
        adjudication.decide("nothing", [], **about)
    assert Decision.objects.disputed().count() == 1


def test_what_another_decided_since_is_not_undone(alice_client, project, started):
    curator = person("chidi")
    project.memberships.create(user=curator, role=Role.CURATOR)
    send(alice_client, started, number=1, act="nothing")
    send(signed_in(curator), started, number=1, choice="1")
    answer = alice_client.post(f"{ADDRESS}{started.slug}/", {"act": "undo", "at": "1"}, follow=True)
    assert "It cannot be undone: something else was changed since then." in words_of(html.fromstring(answer.content))
    assert Decision.objects.disputed().get().decided_by == curator


def test_merging_tags_changes_no_decision(alice_client, project, started, alice, tags):
    send(alice_client, started, number=1, choice="1")
    send(alice_client, started, number=2, choice="2")
    loss, _cost, place = tags
    loss.merge_or_delete(by=alice, into=place)
    words = said(alice_client, started, at=1)
    assert "2 of 3 decided" in words and "Taken from alice: place" in words
    assert "Changed since" not in words and "not in the consensus yet" not in words and "no longer agreed" not in words
    assert ("At least 12 people", ["place"]) in consensus(project)
    alice_client.post(f"{MEMBERS}history/undo/")
    words = said(alice_client, started, at=1)
    assert "2 of 3 decided" in words and "Taken from alice: loss" in words and "no longer agreed" not in words


def test_the_next_article_of_the_round_with_disagreements_follows_a_finished_one(
    alice_client, project, started, alice, bob, tags
):
    alike, differing, other = (
        Article.objects.store(extracted(f"{STORM}<p>{title}.</p>", title=title, site=title)).article
        for title in ("Alike", "Differing", "Other round")
    )
    code(alike, project, alice, [("Two cranes", tags[0])])
    code(alike, project, bob, [("Two cranes", tags[0])])
    for article in (differing, other):
        code(article, project, alice, [("Two cranes", tags[0])])
        code(article, project, bob, [("Two cranes", tags[1])])
    keys = [started.pk, alike.pk, differing.pk]
    Assignment.objects.assign(project, keys, [alice.pk, bob.pk], by=alice, blind=False, round="Pilot")
    assert "round=Pilot" in read_page(alice_client, started).xpath("//p[@class='dateline']/a/@href")[0]
    assert "Next article" not in said(alice_client, started)
    Adjudication.objects.get().set_state("finished", by=alice)
    assert "Next article with disagreements: Differing" in said(alice_client, started)
    open_adjudication(project, differing, [alice, bob], by=alice).set_state("finished", by=alice)
    assert "No further article with disagreements" in said(alice_client, started)
