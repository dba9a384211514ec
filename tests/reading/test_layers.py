"""Whose highlights the reading page shows: chosen by a link or a form, remembered for each reader, never shown to another."""

import re

import pytest
from django.core.cache import caches

from annotations.models import Highlight, Membership, Project
from cases import each
from conftest import signed_in
from markup import markup

CARD = re.compile(r' id="card-([0-9a-f-]{36})"')
LAYER = "/projects/harbour-study/layer/"
TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value="|X-CSRFToken": ")\w+')


@pytest.fixture
def people(project, revision, alice, bob, charlie):
    """Who has a highlight each in the public project, by their keys; Charlie was a member once."""
    Project.objects.filter(pk=project.pk).update(public=True)
    project.add_member(charlie, "coder", by=alice)
    made = {}
    for number, author in enumerate((alice, bob, charlie)):
        fields = {"project": project, "revision": revision, "author": author}
        made[str(Highlight.objects.make(**fields, start=number, end=number + 9).highlight.pk)] = author.username
    project.memberships.get(user=charlie).remove(by=alice)
    return made


def shown(client, article, people, query: str = "") -> set[str]:
    """Return the names of those whose highlights the page has, with their cards and marks alike."""
    page = client.get(f"{article.get_absolute_url()}?project=harbour-study{query}").content.decode()
    cards = set(CARD.findall(page))
    assert {key for key in people if f'id="h-{key}"' in page} == cards
    return {people[key] for key in cards}


def choose(client, article, layer: str):
    return client.post(LAYER, {"layer": layer, "next": f"{article.get_absolute_url()}?tag=x"})


def test_an_address_says_whose_highlights_are_shown(alice_client, bob_client, visitor, article, people):
    for client, own in ((alice_client, {"alice"}), (bob_client, {"bob"}), (visitor, set(people.values()))):
        assert shown(client, article, people) == {"alice", "bob", "charlie"}
        assert shown(client, article, people, "&layer=mine") == own
        assert shown(client, article, people, "&layer=@charlie") == {"charlie"}
        assert shown(client, article, people, "&layer=@nobody") == set()
        assert shown(client, article, people, "&layer=all") == {"alice", "bob", "charlie"}
    assert Membership.objects.exclude(layer="").count() == 0


def test_a_choice_is_in_the_address_and_remembered_for_its_reader_alone(alice_client, bob_client, article, people):
    assert choose(alice_client, article, "mine").url == f"{article.get_absolute_url()}?project=harbour-study&layer=mine"
    assert shown(alice_client, article, people) == {"alice"}
    assert shown(bob_client, article, people) == {"alice", "bob", "charlie"}
    assert shown(alice_client, article, people, "&layer=@bob") == {"bob"}
    assert shown(alice_client, article, people, "&readers-listed=alice,bob&reader=bob") == {"bob", "charlie"}
    assert shown(alice_client, article, people) == {"alice"}
    choose(alice_client, article, "@charlie")
    assert shown(alice_client, article, people) == {"charlie"}
    choose(alice_client, article, "all")
    assert shown(alice_client, article, people) == {"alice", "bob", "charlie"}


def test_a_layer_belongs_to_one_project(alice_client, alice, article, project, people):
    choose(alice_client, article, "mine")
    own = Project.objects.personal_project(alice)
    assert own.memberships.get(user=alice).layer == ""


@each("layer", ["", "x", "@", "@nobody", "@a\0b", "mine" * 99, "@" + "x" * 999])
def test_what_is_no_layer_shows_all(alice_client, article, people, layer):
    assert choose(alice_client, article, layer).status_code == 302
    assert shown(alice_client, article, people) == {"alice", "bob", "charlie"}


def test_a_guest_chooses_by_address_alone(charlie_client, visitor, article, people):
    for client in (charlie_client, visitor):
        page = markup(client.get(f"{article.get_absolute_url()}?project=harbour-study"))
        assert f'id="layer" method="get" action="{article.get_absolute_url()}"' in page
    assert 'value="mine"' in markup(charlie_client.get(f"{article.get_absolute_url()}?project=harbour-study"))
    assert 'value="mine"' not in markup(visitor.get(f"{article.get_absolute_url()}?project=harbour-study"))
    assert choose(charlie_client, article, "mine").status_code == 403
    assert choose(visitor, article, "mine").url.startswith("/accounts/login/")


def test_a_former_members_layer_can_be_chosen_while_their_highlights_stand(alice_client, article, people):
    form = 'form="layer" name="layer" value="@charlie"'
    assert form in markup(alice_client.get(f"{article.get_absolute_url()}?project=harbour-study&layer=mine"))
    Highlight.objects.get(author__username="charlie").hide(by=Highlight.objects.get(author__username="charlie").author)
    assert form not in markup(alice_client.get(f"{article.get_absolute_url()}?project=harbour-study&layer=mine"))


def test_a_link_to_a_highlight_shows_it_whatever_layer_was_chosen(alice_client, article, people):
    choose(alice_client, article, "mine")
    by_name = {name: key for key, name in people.items()}
    base = f"{article.get_absolute_url()}?project=harbour-study"
    assert alice_client.get(f"/highlights/{by_name['bob']}/").url == f"{base}&layer=all#h-{by_name['bob']}"
    assert alice_client.get(f"/highlights/{by_name['alice']}/").url == f"{base}#h-{by_name['alice']}"


def test_a_page_of_the_browser_is_not_taken_for_that_of_another_layer(alice_client, article, people):
    address = f"{article.get_absolute_url()}?project=harbour-study"
    etag = alice_client.get(address)["ETag"]
    assert alice_client.get(address, headers={"If-None-Match": etag}).status_code == 304
    choose(alice_client, article, "mine")
    assert alice_client.get(address, headers={"If-None-Match": etag}).status_code == 200


def test_a_change_keeps_the_layer_that_the_page_shows(alice_client, article, revision, people):
    sent = {"project": "harbour-study", "revision": 1, "start": 0, "end": 12, "layer": "mine"}
    sent["exact"] = revision.text[:12]
    changes = alice_client.post(f"{article.get_absolute_url()}highlights/", sent, headers={"HX-Request": "true"})
    by_name = {name: key for key, name in people.items()}
    drawn = changes.content.decode()
    assert by_name["alice"] in drawn and by_name["bob"] not in drawn


def test_who_highlights_beside_the_layer_of_another_is_told_why_nothing_shows(alice_client, article, revision, people):
    sent = {"project": "harbour-study", "revision": 1, "start": 0, "end": 12, "exact": revision.text[:12]}
    headers, said = {"HX-Request": "true"}, "It is not in the layer that this page shows."
    address = f"{article.get_absolute_url()}highlights/"
    assert said in markup(alice_client.post(address, sent | {"layer": "@bob"}, headers=headers))
    assert said not in markup(alice_client.post(address, sent | {"layer": "mine"}, headers=headers))
    choose(alice_client, article, "@bob")
    assert "layer=all#h-" in alice_client.post(address, sent).url


def test_no_reader_gets_the_layer_of_another_from_a_warm_cache(
    alice_client, bob_client, charlie_client, visitor, article, people
):
    choose(alice_client, article, "mine")
    choose(bob_client, article, "@alice")
    clients, queries = [alice_client, bob_client, charlie_client, visitor], ["", "&layer=mine", "&layer=@alice"]

    def read(client, query: str) -> str:
        page = client.get(f"{article.get_absolute_url()}?project=harbour-study{query}").content.decode()
        return TOKEN.sub(r"\1", page)

    cold = {}
    for query in queries:
        for number, client in enumerate(clients):
            caches["fragments"].clear()
            cold[number, query] = read(client, query)
    for first in range(len(clients)):
        caches["fragments"].clear()
        order = [*range(first, len(clients)), *range(first)]
        assert {(n, query): read(clients[n], query) for n in order for query in queries} == cold
    assert [[people[key] for key in CARD.findall(cold[n, "&layer=mine"])] for n in (0, 1, 2)] == [
        ["alice"],
        ["bob"],
        ["charlie"],
    ]


def test_a_layer_costs_no_query(alice, article, people, django_assert_num_queries):
    client = signed_in(alice)
    choose(client, article, "@bob")
    shown(client, article, people)
    with django_assert_num_queries(3):
        assert shown(client, article, people) == {"bob"}


def test_a_page_with_one_layer_says_so_and_leads_to_all(alice_client, visitor, article, people):
    def say(client, layer: str) -> str:
        return markup(client.get(f"{article.get_absolute_url()}?project=harbour-study&layer={layer}"))

    for layer in ("mine", "@alice"):
        assert "Showing only your highlights." in say(alice_client, layer)
    for client in (alice_client, visitor):
        page = say(client, "@bob")
        assert "Showing only <bdi>bob</bdi>’s highlights." in page
        assert f'href="{article.get_absolute_url()}?project=harbour-study&amp;layer=all"' in page
        assert "Showing only" not in say(client, "all")
    assert "Showing only <bdi>alice</bdi>’s highlights." in say(visitor, "@alice")
