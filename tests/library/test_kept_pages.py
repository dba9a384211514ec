"""The library is rendered once for what was read: nobody sees an old page, or what another did with an article."""

import re

import pytest
from django.core.cache import caches

from annotations.models import Project, Tag
from cases import each
from newsreader.models import Article, Reading, SavedSearch, Source
from texts import extracted

TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value="|X-CSRFToken": ")\w+')


def read(client, address="/", **headers) -> str:
    return TOKEN.sub(r"\1", client.get(address, headers=headers).content.decode())


@pytest.fixture
def readers(alice_client, bob_client, charlie_client, visitor, curator_client, alice, bob, project, article, highlight):
    """Alice has read the article and saved a search, Bob has saved the article; the project is public."""
    Project.objects.filter(pk=project.pk).update(public=True)
    Article.objects.store(extracted("<p>Nothing here.</p>", title="Quiet day", site="The Mole", language="fr"))
    Reading.objects.get_for(alice, article).mark(read=True)
    Reading.objects.get_for(bob, article).mark(saved=True)
    SavedSearch.objects.save_search(alice, "Mine alone", "/?q=ferry")
    return [alice_client, bob_client, charlie_client, visitor, curator_client]


@each(
    "query",
    ["", "&q=harbour", "&sort=most-highlighted", "&show=unread", "&show=in-project", "&tag=military-option", "&page=9"],
)
def test_each_reader_gets_the_library_of_a_cold_cache(readers, project, query):
    address, cold = f"/?project={project.slug}{query}", []
    for client in readers:
        caches["fragments"].clear()
        cold.append(read(client, address))
    for client in readers:
        caches["fragments"].clear()
        read(client, address)
        assert [read(each, address) for each in readers] == cold
    assert ["Mine alone" in page for page in cold] == [True, False, False, False, False]
    assert 'class="state"' not in cold[3]


def test_what_one_reader_did_is_on_their_page_alone(readers, article):
    alices, bobs, *_ = (read(client) for client in readers)
    state = f'id="state-{article.pk}" data-read="(yes|no)"'
    assert [re.search(state, page)[1] for page in (alices, bobs)] == ["yes", "no"]
    readers[1].post(f"{article.get_absolute_url()}state/", {"read": "yes"})
    assert re.search(state, read(readers[1]))[1] == "yes"
    assert read(readers[0]) == alices


def correct_title(article, highlight, alice):
    article.title = "Harbour reopens at last"
    article.save()


def rename_source(article, highlight, alice):
    source = Source.objects.get(pk=article.source_id)
    source.name = "The Old Quay"
    source.save()


def rename_tag(article, highlight, alice):
    tag = Tag.objects.get()
    tag.edit(tag.version, by=alice, name="armed option")


CHANGES = [
    (correct_title, ">Harbour reopens</a>", ">Harbour reopens at last</a>"),
    (rename_source, ">The Quay</a>", ">The Old Quay</a>"),
    (rename_tag, "<bdi>military option</bdi>", "<bdi>armed option</bdi>"),
    (lambda article, highlight, alice: highlight.hide(alice), "1 highlight", "No highlights yet"),
    (
        lambda article, highlight, alice: highlight.edit(highlight.version, by=alice, note="", tags=[]),
        "<bdi>military option</bdi>",
        '<div class="facets"',
    ),
    (
        lambda article, highlight, alice: Article.objects.filter(pk=article.pk).set_status("withdrawn"),
        "Harbour reopens",
        "No articles yet",
    ),
]


@pytest.mark.parametrize(("change", "before", "after"), CHANGES)
def test_what_changed_is_on_the_next_page(bob_client, alice, project, article, highlight, change, before, after):
    address = f"/?project={project.slug}"
    assert before in read(bob_client, address)
    change(article, highlight, alice)
    page = read(bob_client, address)
    assert before not in page and after in page


def test_a_former_member_sees_no_marks_of_a_private_project(alice_client, bob_client, bob, project, highlight):
    address = f"/?project={project.slug}"
    assert all("military option" in read(client, address) for client in (alice_client, bob_client))
    project.memberships.get(user=bob).delete()
    assert "military option" not in read(bob_client, address)


def test_a_library_that_was_rendered_before_asks_for_no_highlights(
    alice_client, bob_client, project, highlight, django_assert_num_queries
):
    address = f"/?project={project.slug}"
    read(alice_client, address)
    with django_assert_num_queries(5):  # session with user, membership with project, numbers, articles, saved searches
        read(bob_client, address)


def test_however_many_articles_there_are_only_one_is_rendered_again(alice_client, alice, article, highlight):
    for number in range(30):
        Article.objects.store(extracted(f"<p>Text {number}.</p>", title=f"Article {number}"))
    read(alice_client)
    Reading.objects.get_for(alice, Article.objects.latest("pk")).mark(read=True)
    answer = alice_client.get("/")
    assert [template.name for template in answer.templates].count("newsreader/_article_row.html") == 1
