"""Which highlights were changed since an event about many of them.

A highlight has a version that every change raises. What was undone in the meantime does not count: it raised the version twice.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from annotations.models.event import IS_ACT, Event
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
    """Return how often each highlight was changed after the event by what was undone then."""
    undone = event.project.events.filter(IS_ACT, pk__gt=event.pk, undone_by__isnull=False).order_by()
    counted: Counter[UUID] = Counter()
    if not undone.exists():
        return counted
    counted.update(undone.filter(subject__in=keys, verb__startswith="highlight").values_list("subject", flat=True))
    many = undone.exclude(undo_data=None).values_list("undo_data", "undone_by__undo_data")
    for data, undoing in many:
        counted.update(list_raised(data, {UUID(key) for key in (undoing or {}).get("left", [])}))
    return counted


def list_raised(data: UndoData, left: set[UUID]) -> Iterator[UUID]:
    """Yield the highlights of an event for each time it raised their versions, but for those that its undo left as they were."""
    yield from (key for key in map(UUID, data["highlights"]) if key not in left)
    for group in data.get("joined", []):
        keys = list(map(UUID, group["keys"]))
        yield from keys if left.isdisjoint(keys) else []
