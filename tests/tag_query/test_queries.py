"""Passages chosen by a tag expression in the address."""

import pytest

from annotations.models import Tag
from annotations.tag_query import proximity
from cases import each
from storm import CRANES, SEVENTEEN, edited, marked, report

pytestmark = pytest.mark.usefixtures("nothing_rendered_before")


def list_quotes(client, project, **query) -> set[str]:
    """The words of the passages that are shown."""
    answer = client.get(f"/projects/{project.slug}/passages/", query)
    assert answer.status_code == 200
    return {passage.exact for passage in answer.context["leaf"].passages}


@pytest.fixture
def storm(project, alice, bob):
    """A report of seven sentences; two readers have tagged it."""
    article = report()
    words = {
        "12 people": ("loss figure", alice),
        "people were killed": ("loss", bob),
        "until Friday": ("delay", alice),
        "Two cranes": ("loss machine", alice),
        "the mayor said": ("source", bob),
        "Insurers came": ("money", alice),
    }
    for quote, (names, reader) in words.items():
        tags = Tag.objects.get_or_create_named(project, names.split(), by=alice)
        marked(article, project, reader, quote, tags=tags)
    return article


@each(
    ("written", "found"),
    [
        ("loss", {"12 people", "people were killed", "Two cranes"}),
        ("LOSS and figure", {"12 people"}),
        ("loss not figure", {"people were killed", "Two cranes"}),
        ("figure or delay", {"12 people", "until Friday"}),
        ("(figure or machine) and loss", {"12 people", "Two cranes"}),
        ("not loss", {"until Friday", "the mayor said", "Insurers came"}),
        ("loss overlapping figure", {"12 people", "people were killed"}),
        ("figure overlapping machine", set()),
        ("delay within 0 sentences of loss", set()),
        ("delay within 1 sentence of loss", {"until Friday"}),
        ("loss within 1 sentence of delay", {"12 people", "people were killed", "Two cranes"}),
        ("figure within 1 of machine", set()),
        ("figure within 2 of machine", {"12 people"}),
        ("money within 1 of source", {"Insurers came"}),
        ("money within 2 of machine", {"Insurers came"}),
        ("money within 1 of machine", set()),
        (
            "not (delay within 1 of loss)",
            {"12 people", "people were killed", "Two cranes", "the mayor said", "Insurers came"},
        ),
        ("nothing like it", set()),
        ("loss or nothing like it", {"12 people", "people were killed", "Two cranes"}),
    ],
)
def test_an_expression_chooses(alice_client, project, storm, written, found):
    assert list_quotes(alice_client, project, tags=written) == found


@each(
    ("written", "found"),
    [
        ("tag:loss OVERLAPPING tag:figure", {"12 people", "people were killed"}),
        ("killed OVERLAPPING people tag:figure", {"people were killed"}),
        ("cranes WITHIN 1 SENTENCE tag:source", {"Two cranes"}),
        ("cranes WITHIN 1 SENTENCES OF by:bob tag:source OR nothing", {"Two cranes"}),
        ("cranes WITHIN 0 SENTENCES tag:source", set()),
        ("by:alice -(tag:loss OVERLAPPING tag:figure)", {"until Friday", "Two cranes", "Insurers came"}),
        ('tag:"money" OR tag:delay WITHIN 1 SENTENCES tag:loss', {"until Friday"}),
    ],
)
def test_words_may_stand_in_relations(alice_client, project, storm, written, found):
    assert list_quotes(alice_client, project, q=written) == found


def test_a_name_with_other_signs_means_the_tag_of_the_same_address(alice_client, project, storm, alice):
    tags = Tag.objects.get_or_create_named(project, ["C", "C++", 'the "deal"'], by=alice)
    for words, tag in zip(["officials said", "the water", "count what was lost"], tags, strict=True):
        marked(storm, project, alice, words, tags=[tag])
    assert (
        list_quotes(alice_client, project, tags="C++")
        == list_quotes(alice_client, project, q='tag:"C++"')
        == {"the water"}
    )
    assert (
        list_quotes(alice_client, project, tags="c")
        == list_quotes(alice_client, project, q="tag:c")
        == {"officials said", "the water"}
    )
    for query in ({"tags": '"the  deal "'}, {"q": 'tag:"the  deal "'}):
        assert list_quotes(alice_client, project, **query) == {"count what was lost"}


def test_passages_that_only_touch_do_not_overlap(alice_client, project, storm, alice):
    marked(storm, project, alice, " fell into", tags=Tag.objects.get_or_create_named(project, ["fall"], by=alice))
    assert list_quotes(alice_client, project, tags="fall overlapping machine") == set()
    assert list_quotes(alice_client, project, tags="machine overlapping fall") == set()


def test_the_space_behind_a_sentence_is_no_part_of_the_next(alice_client, project, storm, alice):
    marked(
        storm, project, alice, "officials said. ", tags=Tag.objects.get_or_create_named(project, ["hearsay"], by=alice)
    )
    assert list_quotes(alice_client, project, tags="hearsay within 0 sentences of delay") == set()
    assert list_quotes(alice_client, project, tags="hearsay within 0 sentences of loss") == {"officials said. "}


def test_an_expression_goes_with_the_other_filters(alice_client, project, storm):
    assert list_quotes(alice_client, project, tags="loss overlapping figure", reader="bob") == {"people were killed"}


def test_a_tag_with_a_star_stands_for_all_below_it(alice_client, project, storm, alice):
    harm = Tag.objects.add_tag(project, "harm", by=alice)
    for name in ("loss", "delay"):
        Tag.objects.filter(project=project, name=name).update(parent=harm)
    project.record("tag moved", alice)
    assert list_quotes(alice_client, project, tags="harm") == set()
    assert list_quotes(alice_client, project, tags="harm*") == {
        "12 people",
        "people were killed",
        "Two cranes",
        "until Friday",
    }
    assert list_quotes(alice_client, project, tags="harm* not loss") == {"until Friday"}
    assert list_quotes(alice_client, project, q="tag:harm* -tag:loss") == {"until Friday"}
    assert list_quotes(alice_client, project, q='tag:"harm"* people') == {"12 people", "people were killed"}


def test_an_expression_that_cannot_be_read_is_ignored_and_explained(alice_client, project, storm):
    answer = alice_client.get(f"/projects/{project.slug}/passages/", {"tags": "loss and ("})
    assert len(answer.context["leaf"].passages) == 6
    assert "A tag is missing" in answer.content.decode()


def test_a_tag_that_the_codebook_has_not_is_named(alice_client, project, storm):
    answer = alice_client.get(f"/projects/{project.slug}/passages/", {"tags": "loss and herring"})
    assert "The codebook has no tag “herring”." in answer.content.decode()


def test_passages_of_two_revisions_overlap_where_both_have_a_place(alice_client, project, storm, alice):
    storm.revise(edited(("Insurers came", "Insurers and bankers came")))
    tag = Tag.objects.get_or_create_named(project, ["new"], by=alice)
    marked(storm, project, alice, "cranes fell into", tags=tag)
    assert list_quotes(alice_client, project, tags="new overlapping machine") == {"cranes fell into"}
    assert list_quotes(alice_client, project, tags="machine overlapping new") == {"Two cranes"}
    assert list_quotes(alice_client, project, tags="new within 1 of source") == {"cranes fell into"}
    assert list_quotes(alice_client, project, tags="new within 0 of source") == set()


@each("query", [{"tags": "loss within 1 of delay"}, {"q": "people WITHIN 1 SENTENCE tag:delay OR tag:loss"}])
def test_too_much_to_measure_is_said_and_nothing_is_shown(alice_client, project, storm, monkeypatch, query):
    monkeypatch.setattr(proximity, "MAX_HIGHLIGHTS", 1)
    answer = alice_client.get(f"/projects/{project.slug}/passages/", query)
    assert answer.context["leaf"].passages == []
    assert "Too many passages to compare by distance in sentences" in answer.content.decode()


def test_a_desk_says_once_what_was_too_much_to_measure(alice_client, project, storm, monkeypatch):
    monkeypatch.setattr(proximity, "MAX_HIGHLIGHTS", 1)
    query = {"tags": "loss within 1 of delay", "row": ["loss", "delay not loss"]}
    page = alice_client.get(f"/projects/{project.slug}/desk/", query).content.decode()
    assert page.count("Too many passages to compare by distance in sentences") == 1


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("edited", {"12 people"}),
        ("waiting", {"12 people", "Two cranes", "the mayor said"}),
        ("gone", {"Two cranes", "the mayor said"}),
        ("same", {"people were killed", "until Friday", "Insurers came"}),
        ("moved", set()),
        (
            "nonsense",
            {"12 people", "Two cranes", "the mayor said", "people were killed", "until Friday", "Insurers came"},
        ),
    ],
)
def test_passages_are_chosen_by_what_became_of_them(alice_client, project, storm, state, found):
    storm.revise(edited(SEVENTEEN, CRANES))
    assert list_quotes(alice_client, project, state=state) == found


@pytest.mark.parametrize(
    ("context", "before", "behind"),
    [
        ("sentence", "At least 12 people were killed on Monday, officials said. ", " stays closed until Friday."),
        ("nothing", "", ""),
        ("paragraph", "At least 12 people were killed on Monday, officials said. ", " stays closed until Friday."),
    ],
)
def test_as_much_is_shown_around_the_words_as_was_asked(alice_client, project, alice, context, before, behind):
    marked(report(), project, alice, "The harbour of Brevik")
    answer = alice_client.get(f"/projects/{project.slug}/passages/", {"context": context})
    (passage,) = answer.context["leaf"].passages
    assert (passage.lead, passage.trail) == (before, behind)


def test_a_paragraph_is_shown_whole(alice_client, project, alice):
    article = report()
    marked(article, project, alice, "Nobody was hurt")
    answer = alice_client.get(f"/projects/{project.slug}/passages/", {"context": "paragraph"})
    (passage,) = answer.context["leaf"].passages
    assert passage.lead + passage.exact + passage.trail in article.current().text.split("\n")


def test_authors_are_those_of_the_article(alice_client, project, alice):
    marked(report(byline="Ines Molnar"), project, alice, "Nobody was hurt")
    assert list_quotes(alice_client, project, author="Ines Molnar") == {"Nobody was hurt"}
    assert list_quotes(alice_client, project, author="alice") == set()
