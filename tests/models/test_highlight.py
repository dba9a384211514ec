"""Deleting and restoring a highlight."""

from annotations.models import Event, Highlight


def verbs(highlight) -> list[str]:
    return list(Event.objects.filter(subject=highlight.pk).order_by("pk").values_list("verb", flat=True))


def read_again(highlight) -> Highlight:
    return Highlight.objects.get(pk=highlight.pk)


def test_deleting_twice_writes_one_event(highlight, alice, bob):
    stale = read_again(highlight)
    highlight.hide(alice)
    first = read_again(highlight)
    stale.hide(bob)
    assert verbs(highlight) == ["highlight made", "highlight deleted"]
    second = read_again(highlight)
    assert (second.deleted_at, second.version) == (first.deleted_at, first.version)


def test_restoring_twice_writes_one_event(highlight, alice, bob):
    highlight.hide(alice)
    stale = read_again(highlight)
    highlight.restore(alice)
    stale.restore(bob)
    assert verbs(highlight) == ["highlight made", "highlight deleted", "highlight restored"]
    assert read_again(highlight).version == highlight.version


def test_restoring_what_was_not_deleted_writes_nothing(highlight, alice):
    highlight.restore(alice)
    assert verbs(highlight) == ["highlight made"]
