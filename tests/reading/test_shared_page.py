import re

import pytest
from django.core.cache import caches

from annotations.models import Highlight, Project

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
        caches["layers"].clear()
        cold.append(read(client, article, project))
    for client in readers:  # whoever comes first leaves nothing of their own to those who follow
        caches["layers"].clear()
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
