"""Passages in groups, and retagged where they stand."""

import pytest

from annotations.models import Tag
from annotations.passages import grouping
from cases import each
from newsreader.models import Article
from storm import marked, report
from texts import extracted

pytestmark = pytest.mark.usefixtures("nothing_rendered_before")


@pytest.fixture
def passages(project, alice, bob):
    storm = report(byline="Ines Molnar")
    other = Article.objects.store(extracted("<p>The dog ran off.</p>", title="Dogs", site="The Mole")).article
    rows = [
        (storm, alice, "12 people", ["loss", "figure"]),
        (storm, bob, "Two cranes", ["loss"]),
        (other, bob, "dog", []),
    ]
    for article, reader, words, names in rows:
        marked(article, project, reader, words, tags=Tag.objects.get_or_create_named(project, names, by=alice))
    return storm, other


def list_groups(client, project, **query) -> dict[str, list[str]]:
    """The words in each group, by what it is called."""
    answer = client.get(f"/projects/{project.slug}/passages/", query)
    assert answer.status_code == 200
    return {
        str(group.term.name if group.term else group.label or ""): [passage.exact for passage in group.passages]
        for group in answer.context["gathered"]
    }


@each(
    ("axis", "groups"),
    [
        ("tag", {"loss": ["Two cranes", "12 people"], "figure": ["12 people"], "": ["dog"]}),
        ("source", {"The Mole": ["dog"], "The Quay": ["Two cranes", "12 people"]}),
        ("author", {"": ["dog"], "Ines Molnar": ["Two cranes", "12 people"]}),
        ("reader", {"alice": ["12 people"], "bob": ["dog", "Two cranes"]}),
        ("week", {"2026-11-16": ["dog", "Two cranes", "12 people"]}),
        ("article", {"Dogs": ["dog"], "Storm": ["Two cranes", "12 people"]}),
    ],
)
def test_passages_stand_in_groups(alice_client, project, passages, axis, groups):
    found = list_groups(alice_client, project, group=axis)
    if axis == "week":
        found = {label[:10]: words for label, words in found.items()}
    assert found == groups
    assert list(found) == list(groups)


def test_groups_are_filtered_like_all_passages(alice_client, project, passages):
    assert list_groups(alice_client, project, group="tag", reader="bob") == {"loss": ["Two cranes"], "": ["dog"]}
    assert list_groups(alice_client, project, group="tag", tags="figure") == {
        "loss": ["12 people"],
        "figure": ["12 people"],
    }


@each("axis", ["tag", "source", "reader", "week", "article", "author"])
def test_every_group_leads_to_all_its_passages(alice_client, project, passages, axis):
    answer = alice_client.get(f"/projects/{project.slug}/passages/", {"group": axis})
    for group in answer.context["gathered"]:
        if group.link:
            found = alice_client.get(f"/projects/{project.slug}/passages/{group.link}")
            assert found.context["tally"]["number"] == group.number


def test_groups_come_a_page_at_a_time(alice_client, project, passages, monkeypatch):
    monkeypatch.setattr(grouping, "GROUPS_PER_PAGE", 2)
    monkeypatch.setattr(grouping, "MAX_GROUP_PASSAGES", 1)
    assert list_groups(alice_client, project, group="tag") == {"loss": ["Two cranes"], "figure": ["12 people"]}
    page = alice_client.get(f"/projects/{project.slug}/passages/", {"group": "tag"}).content.decode()
    assert "Next groups" in page and "1 more" in page
    assert list_groups(alice_client, project, group="tag", page="2") == {"": ["dog"]}


HTMX = {"hx-request": "true"}


def retag(client, highlight, headers=None, **fields):
    return client.post(f"/highlights/{highlight.pk}/tags/", fields, headers=headers or HTMX)


def test_a_passage_is_retagged_where_it_stands(alice_client, highlight, tag):
    form = alice_client.get(f"/highlights/{highlight.pk}/tags/", headers=HTMX).content.decode()
    assert "A *first* note" in form and f'value="{tag.name}" checked' in form
    page = retag(alice_client, highlight, version=1, tags=["loss"], note="Second").content.decode()
    assert page.lstrip().startswith('<li class="passage">') and f'href="/highlights/{highlight.pk}/"' in page
    assert "loss" in page and "Second" in page and tag.name not in page


def test_a_stale_retagging_shows_both(alice_client, highlight, alice, tag):
    highlight.edit(1, by=alice, note="Theirs", tags=[tag])
    page = retag(alice_client, highlight, version=1, tags=[], note="Mine").content.decode()
    assert all(words in page for words in ("Someone else changed this", "Theirs", "Mine", "Combine both"))
    highlight.refresh_from_db()
    assert highlight.note == "Theirs"


def test_a_tag_that_may_not_be_made_is_refused_in_place(bob_client, project, revision, bob):
    mine = marked(revision.article, project, bob, "Ferries")
    page = retag(bob_client, mine, version=1, tags=["brand new"], note="").content.decode()
    assert "“brand new” is not in the codebook" in page


def test_without_htmx_the_link_leads_to_the_form_on_its_own_page(alice_client, highlight):
    assert alice_client.get(f"/highlights/{highlight.pk}/tags/").url == f"/highlights/{highlight.pk}/edit/"


def test_others_passages_are_not_retagged(bob_client, charlie_client, highlight):
    for client, status in ((bob_client, 403), (charlie_client, 404)):
        assert client.get(f"/highlights/{highlight.pk}/tags/", headers=HTMX).status_code == status
        assert retag(client, highlight, version=1, tags=[]).status_code == status
    assert bob_client.get(f"/highlights/{highlight.pk}/passage/").status_code == 200
    assert charlie_client.get(f"/highlights/{highlight.pk}/passage/").status_code == 404
