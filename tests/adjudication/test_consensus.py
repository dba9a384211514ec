"""The consensus as a layer: nowhere beside the passages of people, and everywhere on request; only decisions change it."""

import csv
import io
import json
from zipfile import ZipFile

import pytest
from lxml import html

from adjudication.layers import agree, code, words_of
from annotations.models import Highlight, Tag
from annotations.models.membership import Membership
from annotations.passages.queries import all_passages
from annotations.passages.rows import keep_row
from newsreader.models import Article
from storm import SEVENTEEN, edited, report

PROJECT = "/projects/harbour-study/"
CONSENSUS = {"layer": "consensus"}


@pytest.fixture
def storm(project, alice, bob) -> Article:
    """Bob has one passage, the consensus two."""
    loss, cost = Tag.objects.get_or_create_named(project, ["loss", "cost"], by=alice)
    article = report()
    code(article, project, bob, [("Two cranes", cost)])
    agree(project, article, alice, ("Two cranes fell", [loss, cost]), ("At least 12", [loss]))
    return article


def quotes(client, page: str, **query) -> list[str]:
    """The words of the passages on a page."""
    tree = html.fromstring(client.get(f"{PROJECT}{page}/", query).content)
    return sorted(words_of(node) for node in tree.xpath("//main//mark"))


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("page", ["passages", "desk"])
def test_lists_show_one_layer_at_a_time(alice_client, storm, page):
    assert quotes(alice_client, page) == ["Two cranes"]
    found = quotes(alice_client, page, **CONSENSUS)
    assert set(found) == {"At least 12", "Two cranes fell"}
    assert quotes(alice_client, page, tag="cost", **CONSENSUS)[:1] == ["Two cranes fell"]
    assert quotes(alice_client, page, reader="bob", **CONSENSUS) == []


def test_the_filter_says_which_layer(alice_client, storm):
    page = html.fromstring(alice_client.get(f"{PROJECT}passages/", CONSENSUS).content)
    assert "Layer: Consensus" in words_of(page.xpath("//main")[0])
    assert page.xpath("//select[@name='layer']/option[@selected]/@value") == ["consensus"]


@pytest.mark.parametrize("chart", ["sources", "readers", "timeline"])
def test_charts_count_one_layer(alice_client, storm, chart):
    answers = [alice_client.get(f"{PROJECT}charts/", {"chart": chart} | layer) for layer in ({}, CONSENSUS)]
    links = [
        html.fromstring(answer.content).xpath("//main//a[contains(@href, '/passages/')]/@href") for answer in answers
    ]
    assert not any("layer=" in link for link in links[0])
    assert any("layer=consensus" in link for link in links[1])
    numbers = [words_of(html.fromstring(answer.content).xpath("//main")[0]) for answer in answers]
    assert numbers[0] != numbers[1]


def test_a_query_by_distance_stays_in_its_layer(alice_client, storm):
    near = {"tags": "loss within 1 sentence of cost"}
    assert quotes(alice_client, "passages", **near) == []
    assert quotes(alice_client, "passages", **near, **CONSENSUS) == ["Two cranes fell"]


@pytest.mark.parametrize("form", ["csv", "md", "json"])
def test_exports_have_one_layer(alice_client, storm, form):
    of_people, of_consensus = (
        body(alice_client.get(f"{PROJECT}export/", {"format": form} | layer)).decode() for layer in ({}, CONSENSUS)
    )
    assert "At least 12" not in of_people and "At least 12" in of_consensus


def test_formats_of_other_programs_have_one_layer(alice_client, storm):
    people, consensus = (
        json.loads(body(alice_client.get(f"{PROJECT}exchange/jsonld/", layer))) for layer in ({}, CONSENSUS)
    )
    assert people["total"] == 1 and consensus["total"] == 2
    with ZipFile(io.BytesIO(body(alice_client.get(f"{PROJECT}exchange/qdpx/", CONSENSUS)))) as archive:
        assert archive.read("project.qde").decode().count("<Coding ") == 3


def test_the_reading_page_shows_the_consensus_on_request(alice_client, storm, project, alice):
    page = html.fromstring(alice_client.get(storm.get_absolute_url(), {"project": project.slug}).content)
    assert [words_of(mark) for mark in page.xpath("//*[@id='text']//mark")] == ["Two cranes"]
    assert page.xpath("//form[@id='layer']/button[@value='consensus']/@aria-pressed") == ["false"]
    query = {"project": project.slug} | CONSENSUS
    page = html.fromstring(alice_client.get(storm.get_absolute_url(), query).content)
    assert [words_of(mark) for mark in page.xpath("//*[@id='text']//mark")] == ["At least 12", "Two cranes fell"]
    assert page.xpath("//form[@id='layer']/button[@value='consensus']/@aria-pressed") == ["true"]
    assert "Showing only the consensus" in words_of(page)
    assert page.xpath("//*[contains(@class, 'card')]//a[contains(@href, '/replies/')]")
    assert not page.xpath("//a[contains(@href, '/edit/')]")  # Alice made it, and it changes by decisions alone


def test_the_layer_is_remembered_and_a_link_to_a_passage_finds_its_layer(alice_client, storm, project, alice):
    consensus = Highlight.objects.in_layer("consensus").get(exact="At least 12")
    assert "&layer=consensus#" in alice_client.get(consensus.get_absolute_url()).url
    alice_client.post(f"{PROJECT}layer/", CONSENSUS | {"next": storm.get_absolute_url()})
    assert Membership.objects.get(user=alice, project=project).layer == "consensus"
    other = Highlight.objects.in_layer("").get()
    assert "&layer=all#" in alice_client.get(other.get_absolute_url()).url
    page = html.fromstring(alice_client.get(storm.get_absolute_url(), {"project": project.slug}).content)
    assert len(page.xpath("//*[@id='text']//mark")) == 2


@pytest.mark.parametrize("act", ["edit", "delete", "ends", "tags"])
def test_nobody_edits_the_consensus_but_by_a_decision(alice_client, storm, act):
    consensus = Highlight.objects.in_layer("consensus").get(exact="At least 12")
    answer = alice_client.post(f"{consensus.get_absolute_url()}{act}/", {"version": 1})
    assert answer.status_code == 403 and "It is changed by a decision" in answer.content.decode()
    consensus.refresh_from_db()
    assert consensus.deleted_at is None and consensus.version == 1


def test_what_was_taken_out_of_the_consensus_is_not_among_the_deleted_highlights(alice_client, storm, project, alice):
    adjudication = project.adjudications.get()
    adjudication.take_back(str(adjudication.decisions.first().pk), by=alice)
    assert Highlight.objects.deleted().count() == 1
    assert "At least 12" not in alice_client.get(f"{PROJECT}deleted/").content.decode()


def test_the_agreement_compares_people_alone(alice_client, bob_client, storm):
    rows = body(bob_client.get(f"{PROJECT}agreement/", {"format": "csv"})).decode("utf-8-sig")
    columns = next(csv.reader(io.StringIO(rows)))
    assert [name for name in columns if name.startswith("coder ")] == ["coder bob"]


def test_a_coder_can_be_compared_with_the_consensus(alice_client, storm):
    page = html.fromstring(alice_client.get(f"{PROJECT}agreement/").content)
    names = page.xpath("//input[@name='coder']")
    assert [(name.get("value"), "checked" in name.attrib) for name in names] == [
        ("bob", True),
        ("the consensus", False),
    ]
    page = html.fromstring(alice_client.get(f"{PROJECT}agreement/", {"coder": ["bob", "the consensus"]}).content)
    words = words_of(page.xpath("//main")[0])
    assert (
        "coded by bob and the consensus" in words and "They begin at the same place and end at different ones." in words
    )
    assert page.xpath("//ul[@class='to-adjudicate']//bdi/text()") == ["Storm"]


def test_the_consensus_follows_a_correction(alice_client, storm, project):
    storm.revise(edited(SEVENTEEN))
    assert quotes(alice_client, "passages", state="edited", **CONSENSUS) == ["At least 12"]
    page = html.fromstring(alice_client.get(storm.get_absolute_url(), {"project": project.slug} | CONSENSUS).content)
    assert "Two cranes fell" in [words_of(mark) for mark in page.xpath("//*[@id='text']//mark")]


def test_merging_a_tag_joins_no_passage_of_the_consensus_with_one_of_its_maker(storm, project, alice):
    from annotations.models.joining import merge_and_join

    loss, cost = (Tag.objects.get(name=name) for name in ("loss", "cost"))
    code(storm, project, alice, [("cranes fell into", loss)])
    merge_and_join(loss, cost, by=alice)
    assert Highlight.objects.standing().in_layer("consensus").count() == 2


def test_the_row_of_who_decided_offers_no_tags(alice_client, storm, project):
    """Only decisions change the consensus: the form would refuse."""
    page = html.fromstring(alice_client.get(f"{PROJECT}passages/", CONSENSUS).content)
    assert page.xpath("//li[contains(@class, 'passage')]/@data-layer") == ["consensus", "consensus"]
    for layer, own in (("consensus", False), ("", True)):
        key = Highlight.objects.standing().in_layer(layer).filter(project=project).first().pk
        [passage] = all_passages().load_by_key([key]).values()
        assert ("own" in [*keep_row(passage, project.slug, may_pin=True, has_acts=True)][1::3]) == own
