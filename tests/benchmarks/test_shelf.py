"""That pages are measured on what they should be measured on, and against a floor that is one."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory, override_settings

from annotations.models import Highlight, Project, Tag
from benchmarks import floor, newsroom, passages
from benchmarks.shelf import Shelf, change, filled
from benchmarks.timing import Row

SIZES = [(4_000, 0), (4_000, 1_000)]
TAGS = 50


@pytest.fixture
def shelf(db) -> Shelf:
    return filled(SIZES, scale=10)


def unused_tags(project: Project) -> list[Tag]:
    return list(Tag.objects.without_tree_fields().filter(project=project, highlighttag=None))


def test_the_shelf_has_a_codebook_of_fifty_tags_in_groups_and_uses_all(shelf):
    tags = Tag.objects.filter(project=shelf.project)
    assert tags.count() == len(shelf.tags) == TAGS
    assert max(tag.tree_depth for tag in tags.with_tree_fields()) == 1
    assert unused_tags(shelf.project) == []


@pytest.mark.parametrize(
    "fill", [lambda user: newsroom.filled(user, 20, 1_000)[0], lambda user: passages.filled(user, 200)]
)
def test_large_projects_use_fifty_tags_too(alice, fill):
    project = fill(alice)
    assert project.tags.count() == TAGS
    assert unused_tags(project) == []


@pytest.mark.parametrize("size", SIZES)
def test_a_change_makes_a_page_that_was_never_drawn(shelf, size):
    client, revision = Client(), shelf.revisions[size]
    client.force_login(shelf.reader)
    address = revision.article.get_absolute_url()
    before = client.get(address)["ETag"]
    assert client.get(address)["ETag"] == before
    change(shelf, revision)
    assert client.get(address)["ETag"] != before


def test_a_change_leaves_as_many_highlights_with_as_many_notes(shelf):
    highlights = Highlight.objects.filter(revision=shelf.revisions[4_000, 1_000])
    before = highlights.count(), highlights.exclude(note="").count()
    for _ in range(3):
        change(shelf, shelf.revisions[4_000, 1_000])
    assert (highlights.count(), highlights.exclude(note="").count()) == before


@override_settings(MIDDLEWARE=[], ROOT_URLCONF="benchmarks.urls")
def test_the_floor_answers_with_the_bytes_and_asks_no_database():
    path = floor.keep("page.html", "å page".encode())
    response = WSGIHandler().get_response(RequestFactory().get(path))  # the database is closed to this test
    assert (response.content.decode(), response.status_code) == ("å page", 200)


def test_a_share_is_reached_from_below():
    assert Row("kept", 0.8, 0.8, at_least=True).reached and not Row("kept", 0.79, 0.8, at_least=True).reached
