"""Merging a tag so that passages of one reader which touch or overlap become one: which do, what is kept, and the undo."""

import pytest
from django.db import transaction
from django.test.utils import CaptureQueriesContext

from annotations.history.filters import HistoryFilter
from annotations.history.queries import list_events, load_entries
from annotations.models import Event, Highlight, HighlightTag, Placement, Reply, Tag, Thread
from annotations.models.joining import JoinedPassages, merge_and_join
from annotations.models.undoing import undo
from cases import each
from markup import markup
from newsreader.models import Revision
from newsreader.text.html.sanitizer import clean
from texts import PAGE

CHANGING = {"version", "updated_at"}


@pytest.fixture
def tags(project, alice) -> dict[str, Tag]:
    made: dict = {}
    return {name: Tag.objects.create_tag(project, name, by=alice, tags=made) for name in ("crane", "quay", "ship")}


@pytest.fixture
def make(project, revision, alice, tags):
    """Make a highlight on these words with these tags."""

    def run(words: str, *names: str, author=alice, note: str = "", on: Revision = revision) -> Highlight:
        start = on.text.index(words)
        place = {"revision": on, "start": start, "end": start + len(words)}
        wanted = [tags[name] for name in names]
        return Highlight.objects.make(project=project, author=author, tags=wanted, note=note, **place).highlight

    return run


def rows() -> list[tuple]:
    """Every highlight, pair and tag, as stored, but for what counts changes."""
    fields = [field.attname for field in Highlight._meta.concrete_fields if field.name not in CHANGING]
    highlights = Highlight.objects.order_by("pk").values_list(*fields)
    pairs = HighlightTag.objects.order_by("highlight", "position").values_list("highlight", "tag", "position")
    tags = Tag.objects.without_tree_fields().order_by("pk").values_list("pk", "name", "parent", "position", "status")
    return [*highlights, *pairs, *tags]


def standing() -> list[tuple[str, list[str], str]]:
    """What stands: words, tags and note, in the order of the text."""
    marks = Highlight.objects.standing().order_by("start", "-end")
    return [(mark.exact, [tag.name for tag in mark.ordered_tags()], mark.note) for mark in marks]


def last(project) -> Event:
    return project.events.select_related("project").latest("pk")


def test_what_touches_or_overlaps_becomes_one_with_all_notes_and_tags(project, alice, tags, make):
    kept = make("reopened on", "quay", note="First")
    make("on Monday", "ship", "crane", note="Second")
    make("The harbour", "crane")
    before = rows()
    assert merge_and_join(tags["crane"], tags["quay"], by=alice) == JoinedPassages(2, 1, 0)
    assert standing() == [
        ("The harbour", ["quay"], ""),
        ("reopened on Monday", ["quay", "ship"], "First\n\nSecond"),
    ]
    assert Highlight.objects.standing().get(exact="reopened on Monday").pk == kept.pk
    assert Highlight.objects.deleted().count() == 1
    assert "joined 2 passages into 1" in history_of(project, alice)
    assert undo(last(project), by=alice) == 0
    assert rows() == before


def history_of(project, alice) -> str:
    project.with_role_of(alice)
    return "\n".join(entry.text for entry in load_entries(project, alice, list_events(project, alice, HistoryFilter())))


@each(
    ("first", "second", "joined"),
    [
        (("reopened", "crane"), ("on Monday", "quay"), True),  # only white space between
        (("reopened on", "crane"), (" Monday", "quay"), True),  # touching
        (("reopened on Monday", "quay"), ("on", "crane"), True),  # one inside the other
        (("reopened", "crane"), ("on Monday", "crane"), True),
        (("reopened", "crane"), ("Monday", "quay"), False),  # a word between
        (("reopened", "quay"), ("on Monday", "quay"), False),  # neither had the tag that was merged
        (("reopened", "crane"), ("on Monday", "ship"), False),  # another tag
    ],
)
def test_which_passages_are_joined(project, alice, tags, make, first, second, joined):
    with transaction.atomic():
        make(*first), make(*second), make("Two cranes fell", "crane")
        before = rows()
        merge_and_join(Tag.objects.get(pk=tags["crane"].pk), tags["quay"], by=alice)
        assert len(standing()) == (2 if joined else 3)
        undo(last(project), by=alice)
        assert rows() == before
        transaction.set_rollback(True)


def test_passages_of_two_readers_stay_apart(alice, bob, tags, make):
    make("Two cranes fell", "crane")
    make("reopened on", "crane")
    make("on Monday", "quay", author=bob)
    assert merge_and_join(tags["crane"], tags["quay"], by=alice) == JoinedPassages()
    assert len(standing()) == 3


def test_a_chain_becomes_one_and_a_deleted_passage_is_no_part_of_it(project, alice, tags, make):
    make("of Brevik", "crane", note="Same")
    make("reopened", "quay", note="Same")
    make("on", "crane").hide(alice)
    make("on Monday", "crane")
    before = rows()
    assert merge_and_join(tags["crane"], tags["quay"], by=alice) == JoinedPassages(3, 1, 0)
    assert standing() == [("of Brevik reopened on Monday", ["quay"], "Same")]
    undo(last(project), by=alice)
    assert rows() == before


def test_without_the_choice_everything_stays_apart(alice_client, tags, make):
    make("reopened on", "crane")
    make("on Monday", "quay")
    address = f"{tags['crane'].get_absolute_url()}delete/"
    assert 'name="join"' in markup(alice_client.get(address))
    assert 'name="join" checked' not in markup(alice_client.get(address))
    alice_client.post(address, {"fate": "merge", "into": tags["quay"].pk})
    assert len(standing()) == 2


def test_the_form_joins_and_says_how_many(alice_client, tags, make):
    make("reopened on", "crane")
    make("on Monday", "quay")
    sent = {"fate": "merge", "into": tags["quay"].pk, "join": "on"}
    answer = alice_client.post(f"{tags['crane'].get_absolute_url()}delete/", sent, follow=True)
    assert "2 passages were joined into 1. The others are among the deleted highlights." in markup(answer)
    assert len(standing()) == 1
    found = markup(alice_client.get("/projects/harbour-study/passages/?q=%22reopened+on+monday%22"))
    assert "reopened on Monday</mark>" in found


def test_passages_whose_notes_are_too_long_together_stay_apart(alice_client, tags, make):
    make("reopened on", "crane", note="a" * 6_000)
    make("on Monday", "quay", note="b" * 6_000)
    sent = {"fate": "merge", "into": tags["quay"].pk, "join": "on"}
    answer = alice_client.post(f"{tags['crane'].get_absolute_url()}delete/", sent, follow=True)
    assert "stayed apart: their notes are too long together" in markup(answer)
    assert len(standing()) == 2


def test_passages_on_an_older_revision_stay_apart(alice, article, tags, make):
    make("reopened on", "crane")
    make("on Monday", "quay")
    article.revise(clean(PAGE.replace("Monday", "Monday night")))
    assert merge_and_join(tags["crane"], tags["quay"], by=alice) == JoinedPassages()


def test_what_was_changed_since_stays_joined_and_is_counted(project, alice, tags, make):
    kept, other = make("reopened on", "crane"), make("on Monday", "quay")
    apart = make("The harbour", "crane")
    merge_and_join(tags["crane"], tags["quay"], by=alice)
    merge = last(project)
    other.restore(alice)
    assert undo(merge, by=alice) == 2
    kept.refresh_from_db()
    assert kept.exact == "reopened on Monday"
    assert [tag.name for tag in apart.ordered_tags()] == ["crane"]


def test_a_correction_since_leaves_them_joined(project, alice, article, tags, make):
    make("reopened on", "crane")
    make("on Monday", "quay")
    merge_and_join(tags["crane"], tags["quay"], by=alice)
    merge = last(project)
    article.revise(clean(PAGE.replace("Monday", "Monday night")))
    assert Placement.objects.exists()
    assert undo(merge, by=alice) == 2
    assert [mark.exact for mark in Highlight.objects.standing()] == ["reopened on Monday"]


def test_the_queries_do_not_grow_with_the_passages(project, revision, alice, tags, connection):
    def merge(number: int) -> tuple[int, int]:
        tag = Tag.objects.get_or_create_named(project, [f"crane {number}"], by=alice)[0]
        for start in range(number):
            for more in (0, 2):
                place = {"start": 10 * start + more, "end": 10 * start + more + 4}
                Highlight.objects.make(project=project, revision=revision, author=alice, tags=[tag], **place)
        with CaptureQueriesContext(connection) as merging:
            joined = merge_and_join(tag, tags["quay"], by=alice)
        assert joined.groups
        with CaptureQueriesContext(connection) as undoing:
            undo(last(project), by=alice)
        Highlight.objects.all().delete()
        return len(merging), len(undoing)

    assert merge(2) == merge(12)


def test_passages_that_readers_talk_about_stay_apart(project, alice, tags, make):
    make("reopened on", "crane")
    other = make("on Monday", "quay")
    Reply.objects.make(Thread.objects.of_highlight(other), author=alice, text="Is it?")
    assert merge_and_join(tags["crane"], tags["quay"], by=alice) == JoinedPassages(apart=1)
    assert Thread.objects.visible_to(alice).count() == 1
    assert len(standing()) == 2


def test_the_thread_of_the_passage_that_is_kept_is_no_obstacle(project, alice, tags, make):
    first = make("reopened on", "crane")
    make("on Monday", "quay")
    Reply.objects.make(Thread.objects.of_highlight(first), author=alice, text="Is it?")
    assert merge_and_join(tags["crane"], tags["quay"], by=alice) == JoinedPassages(2, 1)
    assert Thread.objects.visible_to(alice).count() == 1
