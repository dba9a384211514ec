"""Adjudication without scripts: what is agreed is taken, each disagreement is one form, and nothing is lost."""


import pytest
from lxml import html

from adjudication.layers import ADDRESS, code, consensus, read_page, send, start, words_of
from annotations.models import Decision, Tag
from newsreader.models import Article
from storm import report

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
    assert consensus(project) == [
        ("officials said", ["cost"]),
        ("Two cranes", ["loss"]),
        ("Nobody was hurt", ["loss", "place"]),
        ("Insurers", ["cost", "place"]),
    ]
    assert "Nothing here, decided by alice. “No number is a loss.”" in said(alice_client, started, at=1)
    assert "Taken from bob: loss, decided by alice. “Shorter.”" in said(alice_client, started, at=2)


def test_another_passage_is_found_by_its_words(alice_client, project, started, tags):
    address, place = f"{ADDRESS}{started.slug}/", tags[2].pk.hex
    form = read_page(alice_client, started, at=1).xpath("//details[@id='another']//form")[0]
    fields = {field.get("name"): field.get("value") or "" for field in form.xpath(".//input")}
    for wrong, sentence in [
        ({"first": "Nowhere", "tag": place}, "The article does not have the words “Nowhere”."),
        ({"first": "killed", "last": "At least", "tag": place}, "The words “At least” do not follow the first ones"),
        ({"first": "killed", "tag": ""}, "Choose a tag for the passage."),
        ({"first": "", "last": "", "tag": place}, "Select the passage in the text, or write its first and last words."),
    ]:
        answer = alice_client.post(address, fields | wrong, follow=True)
        assert sentence in words_of(html.fromstring(answer.content)), wrong
        assert Decision.objects.disputed().count() == 0
    chosen = {"first": "people were", "last": "on Monday", "tag": place, "tag2": tags[0].pk.hex}
    alice_client.post(address, fields | chosen)
    assert ("people were killed on Monday", ["place", "loss"]) in consensus(project)
    assert "Another passage: place, loss, decided by alice." in said(alice_client, started, at=1)
