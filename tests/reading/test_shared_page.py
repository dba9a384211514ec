import html
import re

import pytest
from django.core.cache import caches

from annotations.models import Highlight, Project
from annotations.reading.card_portions import FIRST_CARDS, NEXT_CARDS
from cases import each

TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value="|X-CSRFToken": ")\w+')


def read(client, article, project) -> str:
    response = client.get(article.get_absolute_url(), {"project": project.slug})
    return TOKEN.sub(r"\1", response.content.decode())


@pytest.fixture
def readers(alice_client, bob_client, charlie_client, visitor, project, revision, bob, charlie):
    """Two coders with highlights, a visitor and a former member of a public project."""
    Project.objects.filter(pk=project.pk).update(public=True)
    for number, author in enumerate((bob, charlie)):
        Highlight.objects.make(project=project, revision=revision, author=author, start=number, end=number + 9, tags=[])
    return [alice_client, bob_client, visitor, charlie_client]


def test_each_reader_gets_the_page_of_a_cold_cache(readers, article, project, highlight):
    cold = []
    for client in readers:
        caches["fragments"].clear()
        cold.append(read(client, article, project))
    for client in readers:  # whoever comes first leaves nothing of their own to those who follow
        caches["fragments"].clear()
        read(client, article, project)
        assert [read(each, article, project) for each in readers] == cold
    own = [re.findall(r'href="/highlights/([\w-]+)/edit/"', page) for page in cold]
    assert [len(keys) for keys in own] == [1, 1, 0, 0]
    assert own[0] == [str(highlight.pk)]


def test_a_page_that_was_rendered_before_asks_for_no_highlights(
    alice_client, bob_client, article, project, highlight, django_assert_num_queries
):
    read(alice_client, article, project)
    with django_assert_num_queries(
        3
    ):  # session with user, revision with article and reading state, membership with project
        read(bob_client, article, project)


def test_what_changed_is_on_the_next_page(alice_client, bob_client, alice, article, project, highlight, tag):
    assert "reopened on Monday" in read(bob_client, article, project)
    highlight.edit(highlight.version, by=alice, note="Says who?", tags=[tag])
    assert "Says who?" in read(bob_client, article, project)
    alice.username = "alice-maria"
    alice.save()
    assert "alice-maria" in read(bob_client, article, project)
    highlight.hide(by=alice)
    assert str(highlight.pk) not in read(bob_client, article, project)


@pytest.fixture
def many(project, revision, bob, charlie) -> None:
    """More highlights than the page has cards for, by two coders."""
    for number in range(FIRST_CARDS + NEXT_CARDS + 5):
        author = (bob, charlie)[number % 2]
        Highlight.objects.make(project=project, revision=revision, author=author, start=number, end=number + 9, tags=[])


def read_portion(client, address: str) -> list[str]:
    return re.findall(
        r' id="card-([0-9a-f-]{36})"', client.get(address, headers={"HX-Request": "true"}).content.decode()
    )


def test_every_card_comes_once_whatever_was_made_meanwhile(bob_client, bob, article, project, revision, many):
    page = read(bob_client, article, project)
    found = re.findall(r' id="card-([0-9a-f-]{36})"', page)
    assert len(found) == FIRST_CARDS
    address = html.unescape(re.search(r'hx-get="([^"]*after=[^"]*)"', page)[1])
    rest = html.unescape(re.search(r'data-rest="([^"]*)"', page)[1])
    made = Highlight.objects.make(project=project, revision=revision, author=bob, start=0, end=4, tags=[])
    expected = [str(key) for key in Highlight.objects.order_by("start", "-end", "pk").values_list("pk", flat=True)]
    assert str(made.highlight.pk) not in read_portion(bob_client, rest)  # it stands before the place
    assert [*found, *read_portion(bob_client, rest)] == [key for key in expected if key != str(made.highlight.pk)]
    assert read_portion(bob_client, address) == read_portion(bob_client, rest)[:NEXT_CARDS]
    everything = bob_client.get(article.get_absolute_url(), {"project": project.slug, "cards": "all"}).content.decode()
    assert re.findall(r' id="card-([0-9a-f-]{36})"', everything) == expected


def test_each_reader_gets_the_later_cards_of_a_cold_cache(readers, article, project, many):
    page = read(readers[0], article, project)
    address = html.unescape(re.search(r'data-rest="([^"]*)"', page)[1])

    def read_rest(client) -> str:
        return client.get(address, headers={"HX-Request": "true"}).content.decode()

    cold = []
    for client in readers:
        caches["fragments"].clear()
        cold.append(read_rest(client))
    assert [read_rest(client) for client in readers] == cold
    assert ["/edit/" in portion for portion in cold] == [False, True, False, False]


@each("after", ["", "x", "1-2", "1-2-", "999999999999-1-a", "1-2-zz", "1--2-a"])
def test_an_address_that_names_no_place_is_the_page(alice_client, article, project, after):
    answer = alice_client.get(article.get_absolute_url(), {"after": after}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert 'id="card-list"' in answer.content.decode()
