"""Which highlights were changed since an event about many of them.

A highlight has a version that every change raises. What was undone in the meantime does not count: it raised the version twice.
Neither does an undo that was redone.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from annotations.models.event import Event
from annotations.models.highlight import Highlight

UndoData = Any  # as an event keeps it: dictionaries and lists


def list_changed(event: Event) -> set[UUID]:
    """Return the keys of the highlights of an event, which has undo data, that were changed since."""
    noted = list_versions(event.undo_data)
    undone = count_undone(event, noted)
    versions = dict(Highlight.objects.filter(pk__in=noted).order_by().values_list("pk", "version"))
    return {key for key, version in noted.items() if versions.get(key) != version + 2 * undone[key]}


def list_versions(data: UndoData) -> dict[UUID, int]:
    """Return the version that each highlight has had after the event with these data."""
    pairs = list(zip(data["highlights"], data["versions"], strict=True))
    for group in data.get("joined", []):
        pairs += zip(group["keys"], group["versions"], strict=True)
    return {UUID(key): version for key, version in pairs}


def count_undone(event: Event, keys: Collection[UUID]) -> Counter[UUID]:
    """Return how often each highlight was changed after the event by what was taken back then.

    That is an act that was undone, or an undo that was redone. Where there are more of these in a row, every second one counts:
    one and the next cancel each other.
    """
    undone = event.project.events.filter(pk__gt=event.pk, undone_by__isnull=False).order_by("pk")
    counted, undoes = Counter[UUID](), dict[int, int | None]()
    for key, earlier, verb, subject in undone.values_list("pk", "undoes", "verb", "subject"):
        if earlier in undoes:
            continue
        undoes[key] = earlier
        if verb.startswith("highlight") and subject in keys:
            counted[subject] += 1
    for act, undoing in read_undo_data(undone, undoes) if undoes else ():
        counted.update(list_raised(act or {}, {UUID(key) for key in (undoing or {}).get("left", [])}))
    return counted


def read_undo_data(undone: QuerySet[Event], keys: Collection[int]) -> Iterator[tuple[UndoData, UndoData]]:
    """Yield the undo data of an act and its undo, or of a redo and the undo that it took back, for those events of these keys."""
    with_data = undone.filter(Q(undo_data__isnull=False) | Q(undone_by__undo_data__isnull=False))
    fields = ("pk", "undoes", "data__redo", "undo_data", "undone_by__undo_data")
    for key, undoes, redo, first, second in with_data.values_list(*fields):
        if key in keys:
            is_undo = undoes is not None and redo is None
            yield (second, first) if is_undo else (first, second)


def list_raised(data: UndoData, left: set[UUID]) -> Iterator[UUID]:
    """Yield the highlights of an event for each time it raised their versions, but for those that its undo left as they were."""
    yield from (key for key in map(UUID, data.get("highlights", [])) if key not in left)
    for group in data.get("joined", []):
        keys = list(map(UUID, group["keys"]))
        yield from keys if left.isdisjoint(keys) else []
