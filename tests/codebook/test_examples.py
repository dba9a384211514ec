"""Passages pinned to a tag as examples: who pins them, where they show, and what happens when passage or tag goes."""

import pytest
from django.test.utils import CaptureQueriesContext

from annotations.models import Event, Highlight, Tag, TagExample
from annotations.models.import_job import erase_highlights
from annotations.models.project_deletion import mark_deleted, remove_deleted_projects
from annotations.models.tag_example import MAX_EXAMPLES, pin_example, unpin_example
from annotations.models.undoing import undo
from cases import each
from markup import markup
from newsreader.models import Article

CODEBOOK = "/projects/harbour-study/tags/"
QUOTE = "reopened on Monday"


def pinned() -> list:
    return list(TagExample.objects.values_list("tag__name", "highlight__exact"))


def last(project) -> Event:
    return project.events.select_related("project").latest("pk")


def main(answer) -> str:
    return markup(answer).partition("<main")[2]


@pytest.fixture
def example(tag, highlight, alice) -> TagExample:
    pin_example(tag, highlight, by=alice)
    return TagExample.objects.get()


def test_a_curator_pins_from_the_passage_and_unpins_from_the_tag(alice_client, tag, highlight):
    passages = markup(alice_client.get("/projects/harbour-study/passages/?tag=a"))
    back = "?next=/projects/harbour-study/passages/%3Ftag%3Da"
    assert f'"/highlights/00000000-0000-0000-0000-000000000000/examples/{back}"' in passages
    page = main(alice_client.get(f"/highlights/{highlight.pk}/examples/{back}"))
    assert 'href="/projects/harbour-study/passages/?tag=a"' in page
    address = f"/highlights/{highlight.pk}/examples/"
    assert QUOTE in main(alice_client.get(address))
    sent = {"highlight": highlight.pk, "act": "pin", "next": address}
    answer = alice_client.post(f"{tag.get_absolute_url()}examples/", sent, follow=True)
    assert answer.redirect_chain[-1][0] == address
    assert "The passage is now an example of “military option”." in markup(answer)
    assert 'value="unpin"' in main(answer)
    assert pinned() == [(tag.name, QUOTE)]
    entry = main(alice_client.get(tag.get_absolute_url()))
    assert entry.index('id="examples"') < entry.index(QUOTE) < entry.index('id="uses"')
    alice_client.post(f"{tag.get_absolute_url()}examples/", sent | {"act": "unpin"})
    assert pinned() == []
    assert [event.verb for event in Event.objects.filter(subject=tag.pk)][-2:] == ["example pinned", "example unpinned"]


def test_every_reader_sees_examples_in_the_codebook_and_on_the_tag(bob_client, tag, highlight, example):
    for address in (CODEBOOK, tag.get_absolute_url()):
        seen = main(bob_client.get(address))
        assert f">{QUOTE}</q>" in seen
        assert f'href="/highlights/{highlight.pk}/"' in seen
        assert 'value="unpin"' not in seen


def test_a_coder_is_offered_no_pin(bob_client, tag, highlight):
    assert "/examples/" not in markup(bob_client.get("/projects/harbour-study/passages/"))
    assert "/examples/" not in markup(bob_client.get(f"/highlights/{highlight.pk}/cite/"))


def test_a_deleted_passage_is_no_example_until_it_is_restored(alice_client, alice, tag, highlight, example):
    highlight.hide(alice)
    for address in (CODEBOOK, tag.get_absolute_url()):
        assert "</q>" not in main(alice_client.get(address))
    highlight.restore(alice)
    assert "</q>" in main(alice_client.get(CODEBOOK))


def test_a_passage_that_lost_the_tag_is_no_example(alice_client, alice, tag, highlight, example):
    highlight.edit(highlight.version, by=alice, note="", tags=[])
    assert "</q>" not in main(alice_client.get(tag.get_absolute_url()))


def test_who_may_not_open_the_article_sees_no_example(bob_client, curator_client, project, curator, tag, example):
    Article.objects.update(status="withdrawn")
    project.add_member(curator, "viewer", by=curator)
    assert "</q>" not in main(bob_client.get(CODEBOOK))
    assert "</q>" in main(curator_client.get(CODEBOOK))


def test_only_a_passage_with_the_tag_is_pinned(alice_client, project, alice, highlight):
    other = Tag.objects.add_tag(project, "refusal", by=alice)
    sent = {"highlight": highlight.pk, "act": "pin"}
    answer = alice_client.post(f"{other.get_absolute_url()}examples/", sent, follow=True)
    assert "The passage does not have the tag “refusal” any more." in markup(answer)
    assert pinned() == []


def test_a_tag_has_a_few_examples(alice_client, project, revision, alice, tag, highlight):
    for start in range(MAX_EXAMPLES):
        made = Highlight.objects.make(project=project, revision=revision, author=alice, start=start, end=9, tags=[tag])
        pin_example(tag, made.highlight, by=alice)
    sent = {"highlight": highlight.pk, "act": "pin"}
    answer = alice_client.post(f"{tag.get_absolute_url()}examples/", sent, follow=True)
    assert "“military option” has 5 examples already. Unpin one of them first." in markup(answer)
    assert len(pinned()) == MAX_EXAMPLES


def test_pinning_twice_is_once(tag, highlight, alice, example):
    events = Event.objects.count()
    assert not pin_example(tag, highlight, by=alice)
    assert Event.objects.count() == events
    assert len(pinned()) == 1


@each("act", ["pin", "unpin"])
def test_pinning_and_unpinning_are_undone(project, alice, tag, highlight, act):
    TagExample.objects.all().delete()
    if act == "unpin":
        pin_example(tag, highlight, by=alice)
    before = pinned()
    (pin_example if act == "pin" else unpin_example)(tag, highlight, by=alice)
    assert pinned() != before
    undo(last(project), by=alice)
    assert pinned() == before


def test_a_pin_does_not_stand_in_the_way_of_undoing_an_edit(project, alice, tag, highlight):
    tag.edit(tag.version, by=alice, definition="A sign.")
    edit = last(project)
    pin_example(tag, highlight, by=alice)
    undo(edit, by=alice)
    tag.refresh_from_db()
    assert tag.definition == ""


@pytest.mark.parametrize("into", ["refusal", ""])
def test_undoing_a_merge_or_deletion_restores_the_examples(project, alice, tag, example, into):
    before = pinned()
    other = Tag.objects.get_or_create_named(project, [into], by=alice)[0] if into else None
    tag.merge_or_delete(by=alice, into=other)
    assert pinned() == []
    undo(last(project), by=alice)
    assert pinned() == before


def test_what_is_erased_takes_its_examples_along(project, alice, highlight, example):
    erase_highlights(project.pk, [highlight.pk])
    assert not TagExample.objects.exists()


def test_a_deleted_project_takes_its_examples_along(project, alice, tag, highlight, example):
    highlight.edit(highlight.version, by=alice, note="", tags=[])
    mark_deleted(project, by=alice)
    remove_deleted_projects()
    assert not TagExample.objects.exists() and not Tag.objects.exists()


def test_the_queries_do_not_grow_with_the_examples(bob_client, project, revision, alice, tag, connection):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert bob_client.get(CODEBOOK).status_code == 200
        return len(queries)

    def pin(number: int) -> None:
        one = Tag.objects.get_or_create_named(project, [f"tag {number}"], by=alice)[0]
        made = Highlight.objects.make(
            project=project, revision=revision, author=alice, start=number, end=30, tags=[one]
        )
        pin_example(one, made.highlight, by=alice)

    pin(0)
    few = count()
    for number in range(1, 6):
        pin(number)
    assert count() == few
