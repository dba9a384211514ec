from uuid import UUID

from django.forms.models import model_to_dict

from annotations.models import Event, Membership
from newsreader.models import Preferences, Reading, Revision
from newsreader.prepared import PreparedQuery


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
