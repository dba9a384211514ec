"""Desks are rendered once for all readers of a kind: nobody sees an old one, or what is another's."""

import re

import pytest
from django.core.cache import caches

from annotations.models import Desk, Project, Tag
from cases import each
from newsreader.models import Article

TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value="|X-CSRFToken": ")\w+')


@pytest.fixture
def desk(project, alice, highlight) -> Desk:
    desk = Desk.objects.create_desk(project, "Storm", "row=military+option", by=alice)
    desk.pin(highlight, by=alice)
    return desk


@pytest.fixture
def readers(alice_client, bob_client, charlie_client, visitor, curator_client, project):
    Project.objects.filter(pk=project.pk).update(public=True)
    return [alice_client, bob_client, charlie_client, visitor, curator_client]


def read(client, address, **headers) -> str:
    return TOKEN.sub(r"\1", client.get(address, headers=headers).content.decode())


@each("query", ["desk/", "desk/?columns=week", "desk/{pk}/", "desk/{pk}/?columns=reader"])
def test_each_reader_gets_the_desk_of_a_cold_cache(readers, project, desk, query):
    address, cold = f"/projects/{project.slug}/" + query.format(pk=desk.pk), []
    for client in readers:
        caches["fragments"].clear()
        cold.append(read(client, address))
    for client in readers:
        caches["fragments"].clear()
        read(client, address)
        assert [read(each, address) for each in readers] == cold
    assert ["desk-name" in page for page in cold] == [True, True, False, False, False]


def test_a_desk_that_was_rendered_before_asks_for_no_passages(
    alice_client, bob_client, project, desk, django_assert_num_queries
):
    address = f"/projects/{project.slug}/desk/?row=military+option"
    read(alice_client, address)
    with django_assert_num_queries(2):  # session with user, membership with project
        read(bob_client, address)
    read(alice_client, desk.get_absolute_url())
    with django_assert_num_queries(3):  # and the saved desk
        read(bob_client, desk.get_absolute_url())


def rename_tag(desk, highlight, alice):
    tag = Tag.objects.get(project=desk.project)
    tag.edit(tag.version, by=alice, name="armed option")


def correct_title(desk, highlight, alice):
    highlight.article.title = "Harbour reopens at last"
    highlight.article.save()


CHANGES = [
    (rename_tag, "military option</bdi>", "armed option"),
    (correct_title, ", Harbour reopens<", "Harbour reopens at last"),
    (lambda desk, highlight, alice: highlight.hide(alice), "reopened on Monday</mark>", "Nothing pinned yet"),
    (
        lambda desk, highlight, alice: Article.objects.filter(pk=highlight.article_id).set_status("withdrawn"),
        "reopened on Monday</mark>",
        "Nothing pinned yet",
    ),
    (lambda desk, highlight, alice: desk.unpin(desk.pins.get(), by=alice), 'class="pin"', "Nothing pinned yet"),
    (lambda desk, highlight, alice: desk.edit(desk.version, by=alice, name="Calm"), ">Storm<", ">Calm<"),
    (lambda desk, highlight, alice: desk.comment_on(desk.pins.get(), "Why?", by=alice), "Save comment", 'value="Why?"'),
]


@pytest.mark.parametrize(("change", "before", "after"), CHANGES)
def test_what_changed_is_on_the_desk(bob_client, desk, alice, highlight, change, before, after):
    page = read(bob_client, desk.get_absolute_url())
    assert before in page and after not in page
    change(desk, highlight, alice)
    assert after in read(bob_client, desk.get_absolute_url())


def test_a_deleted_desk_is_gone(bob_client, desk, alice):
    read(bob_client, desk.get_absolute_url())
    address = desk.get_absolute_url()
    desk.delete_desk(by=alice)
    assert bob_client.get(address).status_code == 404


def test_a_former_member_finds_no_desk_that_was_rendered(alice_client, bob_client, bob, project, desk):
    read(alice_client, desk.get_absolute_url())
    project.memberships.get(user=bob).delete()
    assert bob_client.get(desk.get_absolute_url()).status_code == 404


def test_one_form_pins_all_passages(alice_client, desk):
    page = read(alice_client, desk.get_absolute_url())
    assert page.count(f'action="/projects/{desk.project.slug}/desk/pin/"') == 1
    assert f'<input type="hidden" name="desk" value="{desk.pk}">' in page
