"""How merges, splits and retagging are undone, and done again: what each highlight had is in the event."""

from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import F
from django.utils.translation import gettext_noop

from annotations.errors import NameTakenError, NotUndoableError
from annotations.models.event import Event
from annotations.models.highlight import Highlight
from annotations.models.highlight_tag import HighlightTag
from annotations.models.history import record
from annotations.models.joining import find_placed, join_passages, part_passages
from annotations.models.project import Project
from annotations.models.tag import Tag
from annotations.models.tag_editing import HISTORY_FIELDS, list_tagged_highlights
from annotations.models.tag_example import TagExample
from annotations.models.undoers.tags import find_tag
from annotations.models.undoers.versions import list_changed
from newsreader.inserts import insert_rows

BATCH_SIZE = 500  # highlights


def restore_tag(event: Event, user: User) -> set[UUID]:
    """Make the tag again that was merged or deleted, with its highlights; return those that were edited since, and stay."""
    project, data = event.project, event.data
    if event.undo_data is None:
        raise NotUndoableError
    if Tag.objects.with_names(project, [data["name"]]):
        raise NameTakenError
    tags = Tag.objects.without_tree_fields().filter(project=project)
    fields = {name: data[name] for name in (*HISTORY_FIELDS, "position")}
    parent = tags.filter(pk=data["parent"] or None).first()
    tag = Tag.objects.create(pk=event.subject, project=project, parent=parent, **fields)
    tags.filter(pk__in=data["children"], parent=parent).update(parent=tag)
    Tag.objects.renumber(project, tag, find_former_sibling(tag, data))
    joined, changed = event.undo_data.get("joined", []), list_changed(event)
    changed |= find_placed(joined) if joined else set()
    unchanged = [group for group in joined if changed.isdisjoint(map(UUID, group["keys"]))]
    changed |= {UUID(key) for group in joined if group not in unchanged for key in group["keys"]}
    restore_tagged_highlights(project, event.undo_data, changed)
    part_passages(unchanged, set(tags.values_list("pk", flat=True)))
    restore_examples(tag, data.get("examples", []))
    tag.record(gettext_noop("tag restored"), user, name=tag.name)
    return changed


def merge_or_delete_again(event: Event, user: User) -> None:
    """Merge or delete again the tag that was restored, with the highlights that it has now."""
    merge = event.undoes
    tags = Tag.objects.without_tree_fields().filter(project=event.project)
    key = merge.data.get("into") if merge else None
    into = tags.filter(pk=key).first() if key else None
    if merge is None or (key and into is None):
        raise NotUndoableError
    join = join_passages if "joined" in merge.data else None
    find_tag(event).merge_or_delete(by=user, into=into, join=join)


def find_former_sibling(tag: Tag, data: dict[str, Any]) -> str:
    """Return the key of the sibling after which a restored tag comes, "" where it was the first; see tag_places.

    Older events have its position alone.
    """
    if "after" in data:
        return str(data["after"])
    earlier = [
        other
        for other in Tag.objects.list_in_order(tag.project)
        if other.parent_id == tag.parent_id and other.pk != tag.pk and other.position < tag.position
    ]
    return str(earlier[-1].pk) if earlier else ""


def restore_examples(tag: Tag, keys: list[str]) -> None:
    """Pin the passages that were the tag's examples, in their order, except those that are gone."""
    kept = Highlight.objects.filter(project=tag.project_id).in_bulk(keys)
    TagExample.objects.bulk_create(
        TagExample(project_id=tag.project_id, tag=tag, highlight=kept[key]) for key in map(UUID, keys) if key in kept
    )


def retag_back(event: Event, user: User) -> set[UUID]:
    """Give the highlights the tags that they had; return those that were edited since, and stay."""
    changed, former = restore_former_tags(event)
    verb, number = gettext_noop("passages retagged back"), len(former["highlights"])
    record(event.project_id, verb, user, event.subject, undo_data=former, number=number)
    return changed


def retag_again(event: Event, user: User) -> set[UUID]:
    """Give the highlights the tags that a retagging or a split gave them; return those that were edited since, and stay."""
    act = event.undoes
    if act is None:
        raise NotUndoableError
    changed, former = restore_former_tags(event)
    data = act.data | {"number": len(former["highlights"])}
    record(event.project_id, act.verb, user, act.subject, undo_data=former, **data)
    return changed


def restore_former_tags(event: Event) -> tuple[set[UUID], dict[str, list[Any]]]:
    """Give the highlights of an event the tags before it; return those that were edited since, and what the others had."""
    if event.undo_data is None:
        raise NotUndoableError
    changed = list_changed(event)
    keys = [key for key in map(UUID, event.undo_data["highlights"]) if key not in changed]
    former = list_tagged_highlights(Highlight.objects.filter(pk__in=keys))
    restore_tagged_highlights(event.project, event.undo_data, changed)
    return changed, former | {"versions": [version + 1 for version in former["versions"]]}


def restore_tagged_highlights(project: Project, data: dict[str, Any], changed: set[UUID]) -> None:
    """Give highlights the tags that they had, except those that were changed since, and raise their versions."""
    tagged = zip(map(UUID, data["highlights"]), data["tagged"], strict=True)
    wanted = {key: numbers for key, numbers in tagged if key not in changed}
    usable = Tag.objects.without_tree_fields().filter(project=project, heading_only=False).exclude(status="proposed")
    kept = set(usable.values_list("pk", flat=True))
    tags, keys = [UUID(key) for key in data["tags"]], list(wanted)
    for batch in (keys[n : n + BATCH_SIZE] for n in range(0, len(keys), BATCH_SIZE)):
        HighlightTag.objects.filter(highlight__in=batch)._raw_delete(HighlightTag.objects.db)
        insert_rows(
            HighlightTag(project_id=project.pk, highlight_id=key, tag_id=tag, position=position)
            for key in batch
            for position, tag in enumerate(tags[n] for n in wanted[key] if tags[n] in kept)
        )
        Highlight.objects.filter(pk__in=batch).update(version=F("version") + 1)
