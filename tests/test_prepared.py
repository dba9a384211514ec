from uuid import UUID

import pytest
from django.contrib.auth.models import AnonymousUser
from django.forms.models import model_to_dict
from django.http import Http404

from annotations.models import Event, Highlight, Membership, Project
from conftest import person
from newsreader.models import Article, Preferences, Reading, Revision
from newsreader.prepared import PreparedQuery
from newsreader.reader_query import ReaderQuery


def test_a_prepared_query_finds_what_the_query_finds(alice, bob, project, django_assert_num_queries):
    memberships = Membership.objects.select_related("project", "user__preferences")
    Preferences.objects.create(user=bob, theme="dark")

    def build(user, slug):
        return memberships.filter(user=user, project__slug=slug)

    prepared = PreparedQuery(build, user=int, slug=str)
    for user in (alice, bob):
        expected = build(user.pk, project.slug).first()
        with django_assert_num_queries(1):
            found = prepared.first(user=user.pk, slug=project.slug)
            parts = [found, found.project, found.user, getattr(found.user, "preferences", None)]
        wanted = [expected, expected.project, expected.user, getattr(expected.user, "preferences", None)]
        assert parts == wanted
        assert [part and vars(part).keys() for part in parts] == [part and vars(part).keys() for part in wanted]
        assert model_to_dict(found) == model_to_dict(expected)
        assert (found.used_at, found.project.pk) == (expected.used_at, expected.project.pk)
        assert not found._state.adding
        found.save()  # it is a row like any other
    assert prepared.first(user=alice.pk, slug="another") is None
    assert prepared.first(user=0, slug=project.slug) is None


def test_annotations_and_deferred_fields_come_as_they_are_asked_for(alice, article):
    Reading.objects.get_for(alice, article).mark(read=True)
    prepared = PreparedQuery(
        lambda user, slug: Revision.objects.for_reading(user).filter(article__slug=slug), user=int, slug=str
    )
    found = prepared.first(user=alice.pk, slug=article.slug)
    assert (found.revision_read, found.saved_at) == (1, None)
    assert found.read_at == Reading.objects.get().read_at
    assert found.get_deferred_fields() == {"html", "text", "blocks"}
    found.load_text()
    assert (found.text, found.blocks) == (article.current().text, article.current().blocks)
    assert prepared.first(user=0, slug=article.slug).revision_read is None


def test_values_of_a_key_come_as_the_query_has_them(project, highlight, django_assert_num_queries):
    def build(project, subject):
        return (
            Event.objects.filter(project=project, subject=subject).order_by("pk").values_list("pk", "subject", "data")
        )

    prepared = PreparedQuery(build, project=UUID, subject=UUID)
    expected = list(build(project.pk, highlight.pk))
    with django_assert_num_queries(1):
        assert prepared.list_values(project=project.pk, subject=highlight.pk) == expected
    assert len(expected) == 1
    assert prepared.list_values(project=project.pk, subject=project.pk) == []


def test_a_query_for_readers_finds_for_each_what_they_may_see(
    highlight, alice, bob, charlie, django_assert_num_queries
):
    query = ReaderQuery(lambda reader: Highlight.objects.visible_to(reader).select_related("author"))
    readers = [alice, bob, charlie, person("curator", is_staff=True), AnonymousUser()]
    for public, status in ((False, "published"), (True, "published"), (True, "draft"), (False, "draft")):
        Project.objects.update(public=public)
        Article.objects.update(status=status)
        for reader in readers:
            expected = Highlight.objects.visible_to(reader).filter(pk=highlight.pk).first()
            with django_assert_num_queries(1):
                found = query.find(reader, highlight.pk)
                assert (found, found and found.author) == (expected, expected and alice)
    assert query.find(alice, bob.memberships.get().project_id) is None
    with pytest.raises(Http404):
        query.get_or_404(charlie, highlight.pk)


def test_a_query_for_readers_asks_nothing_where_nobody_of_a_kind_may_see_a_row(
    highlight, alice, django_assert_num_queries
):
    query = ReaderQuery(Highlight.objects.restorable_by)
    assert query.get_or_404(alice, highlight.pk) == highlight
    with django_assert_num_queries(0):
        assert query.find(AnonymousUser(), highlight.pk) is None
