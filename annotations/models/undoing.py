"""Undo: taking back what somebody did, as long as nothing else happened to the same thing since.

An undo is an event of its own, whose `undoes` names the one it took back.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_noop

from annotations.errors import NameTakenError, NotUndoableError, TooManyExamplesError
from annotations.models.event import Event
from annotations.models.highlight import Highlight
from annotations.models.highlight_tag import HighlightTag
from annotations.models.joining import find_placed, part_passages
from annotations.models.membership import Membership
from annotations.models.project import Project
from annotations.models.tag import Tag
from annotations.models.tag_editing import HISTORY_FIELDS
from annotations.models.tag_example import TagExample, pin_example, unpin_example
from annotations.models.tag_lines import restore_lines
from annotations.models.tag_places import LAST
from annotations.models.undo_versions import list_changed
from newsreader.inserts import insert_rows

BATCH_SIZE = 500  # highlights
# Events about one project that do not stand in each other's way.
FAMILIES = {
    "project edited": "words",
    "project archived": "state",
    "project unarchived": "state",
    "passages retagged": "tags",
    "lines separated": "lines",
    "example pinned": "examples",
    "example unpinned": "examples",
    **dict.fromkeys(("member added", "member joined", "member removed", "member left", "role changed"), "member"),
}


def undo(event: Event, *, by: User) -> int:
    """Take back what an event did, in one transaction; NotUndoableError where that cannot be done, or would change nothing.

    Return how many highlights were edited since, and stay as they are.
    """
    project = event.project
    with transaction.atomic():
        project.lock()
        project.with_role_of(by)
        if event.pk not in list_undoable(project, by, [event]):
            raise NotUndoableError
        before = project.events.latest("pk")
        left = UNDOERS[event.verb].undo(event, by) or set()
        done = project.events.filter(actor=by, pk__gt=before.pk).last()
        if done is None:
            raise NotUndoableError
        done.undoes = event
        done.undo_data = {"left": sorted(key.hex for key in left)} if left else done.undo_data
        done.save(update_fields=["undoes", "undo_data"])
    return len(left)


def find_last_act(project: Project, user: User) -> Event | None:
    """Return the last of the user's own acts, if it can be undone; what was undone does not count."""
    acts = project.events.filter(actor=user, undoes=None, undone_by=None, verb__in=UNDOERS).order_by("-pk")
    last = acts.select_related("project").first()
    return last if last and last.pk in list_undoable(project, user, [last]) else None


def list_undoable(project: Project, user: User, events: Iterable[Event]) -> set[int]:
    """Return the keys of those of the events that the user may undo: own ones, the last that happened to their subject.

    `project` knows the role of the user. One query, however many events there are.
    """
    mine = [event for event in events if is_undoable_by(event, project, user)]
    latest: dict[Subject, int] = defaultdict(int)
    subjects = {event.subject for event in mine}
    rows = project.events.filter(subject__in=subjects, undoes=None, undone_by=None).order_by()
    for key, verb, subject, person in rows.values_list("pk", "verb", "subject", "data__user"):
        identity = Subject(subject, FAMILIES.get(verb, ""), person)
        latest[identity] = max(latest[identity], key)
    return {event.pk for event in mine if latest[identify_subject(event)] == event.pk}


class Subject(NamedTuple):
    """What an event happened to: a row; of a project its words, its state, or a member."""

    key: UUID
    family: str
    person: int | None


def identify_subject(event: Event) -> Subject:
    """Return what an event happened to."""
    return Subject(event.subject, FAMILIES.get(event.verb, ""), event.data.get("user"))


def is_undoable_by(event: Event, project: Project, user: User) -> bool:
    """Return whether the event is the user's own, of a kind that can be undone, and theirs to do again."""
    undoer = UNDOERS.get(event.verb)
    return undoer is not None and event.actor_id == user.pk and event.undoes_id is None and project.allows(undoer.act)


def find_highlight(event: Event, user: User) -> Highlight:
    """Return the highlight of an event, deleted or not; NotUndoableError where the user may not edit it any more."""
    highlight = Highlight.objects.editable_by(user).filter(pk=event.subject).first()
    if not highlight:
        raise NotUndoableError
    return highlight


def find_tag(event: Event) -> Tag:
    """Return the tag of an event; NotUndoableError where it is gone."""
    tag = Tag.objects.without_tree_fields().filter(project=event.project, pk=event.subject).first()
    if not tag:
        raise NotUndoableError
    return tag


def delete_highlight(event: Event, user: User) -> None:
    """Delete the highlight that was made or restored."""
    find_highlight(event, user).hide(user)


def restore_highlight(event: Event, user: User) -> None:
    """Restore the highlight that was deleted."""
    find_highlight(event, user).restore(user)


def edit_highlight_back(event: Event, user: User) -> None:
    """Give the highlight the note and the tags that it had; a tag that is gone stays off."""
    highlight, before = find_highlight(event, user), event.data["before"]
    tags = {tag.name: tag for tag in Tag.objects.with_names(event.project, before["tags"])}
    kept = [tags[name] for name in before["tags"] if name in tags]
    highlight.edit(highlight.version, by=user, note=before["note"], tags=kept)


def move_highlight_back(event: Event, user: User) -> None:
    """Give the highlight the ends that it had."""
    highlight, before = find_highlight(event, user), event.data["before"]
    highlight.move(highlight.version, before["start"], before["end"], by=user)


def edit_tag_back(event: Event, user: User) -> None:
    """Give the tag the words and the parent that it had."""
    tag, before = find_tag(event), dict(event.data["before"])
    if "parent" in before:
        before["parent"] = find_parent(event, before["parent"])
    tag.edit(tag.version, by=user, after=event.data.get("place", {}).get("after", LAST), **before)


def move_tag_back(event: Event, user: User) -> None:
    """Move the tag to where it stood; of older events only a step among its siblings is known."""
    tag, place = find_tag(event), event.data.get("place")
    if place is None:
        moved = tag.shift("down" if event.data["step"] < 0 else "up", by=user)
    else:
        moved = tag.move(find_parent(event, place["parent"]), place["after"], by=user)
    if not moved:
        raise NotUndoableError


def find_parent(event: Event, key: str | None) -> Tag | None:
    """Return the tag of a key, None without one; NotUndoableError where it is gone."""
    if not key:
        return None
    parent = Tag.objects.without_tree_fields().filter(project=event.project, pk=key).first()
    if not parent:
        raise NotUndoableError
    return parent


def unpin_pinned_example(event: Event, user: User) -> None:
    """Unpin the example that was pinned."""
    unpin_example(find_tag(event), find_example(event, user), by=user)


def pin_unpinned_example(event: Event, user: User) -> None:
    """Pin the example that was unpinned; NotUndoableError where the tag has enough others now."""
    try:
        pin_example(find_tag(event), find_example(event, user), by=user)
    except TooManyExamplesError:
        raise NotUndoableError from None


def find_example(event: Event, user: User) -> Highlight:
    """Return the passage that was an example; NotUndoableError where the user cannot read it any more."""
    readable = Highlight.objects.readable_by(user).filter(project=event.project)
    highlight = readable.filter(pk=event.data["highlight"]).first()
    if not highlight:
        raise NotUndoableError
    return highlight


def reinstate_tag(event: Event, user: User) -> None:
    """Give the tag that was retired the status that it had."""
    tag = find_tag(event)
    if event.data.get("was") == Tag.Status.PROPOSED:
        tag.propose_again(by=user)
    else:
        tag.reinstate(by=user)


def propose_tag_again(event: Event, user: User) -> None:
    """Let the tag that was accepted wait for a decision again; NotUndoableError where highlights have it."""
    tag = find_tag(event)
    if tag.highlights.exists():
        raise NotUndoableError
    tag.propose_again(by=user)


def retire_tag(event: Event, user: User) -> None:
    """Retire the tag that was reinstated."""
    find_tag(event).retire(by=user)


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
    restore_tagged_highlights(project, event.undo_data, changed)
    changed |= find_placed(joined) if joined else set()
    unchanged = [group for group in joined if changed.isdisjoint(map(UUID, group["keys"]))]
    part_passages(unchanged, set(tags.values_list("pk", flat=True)))
    restore_examples(tag, data.get("examples", []))
    tag.record(gettext_noop("tag restored"), user, name=tag.name)
    return changed


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
    if event.undo_data is None:
        raise NotUndoableError
    changed = list_changed(event)
    restore_tagged_highlights(event.project, event.undo_data, changed)
    number = len(event.undo_data["highlights"]) - len(changed)
    event.project.record(gettext_noop("passages retagged back"), user, number=number)
    return changed


def restore_tagged_highlights(project: Project, data: dict[str, Any], changed: set[UUID]) -> None:
    """Give highlights the tags that they had, except those that were changed since."""
    tagged = zip(map(UUID, data["highlights"]), data["tagged"], strict=True)
    wanted = {key: numbers for key, numbers in tagged if key not in changed}
    kept = set(Tag.objects.without_tree_fields().filter(project=project).values_list("pk", flat=True))
    tags, keys = [UUID(key) for key in data["tags"]], list(wanted)
    for batch in (keys[n : n + BATCH_SIZE] for n in range(0, len(keys), BATCH_SIZE)):
        HighlightTag.objects.filter(highlight__in=batch)._raw_delete(HighlightTag.objects.db)
        insert_rows(
            HighlightTag(project_id=project.pk, highlight_id=key, tag_id=tag, position=position)
            for key in batch
            for position, tag in enumerate(tags[n] for n in wanted[key] if tags[n] in kept)
        )
        Highlight.objects.filter(pk__in=batch).update(version=F("version") + 1)


def restore_former_lines(event: Event, user: User) -> None:
    """Give the tags the lines that they had."""
    restore_lines(event.project, event.data["lines"], by=user)


def change_role_back(event: Event, user: User) -> None:
    """Give the member the role that they had."""
    find_membership(event).change_role(event.data["before"], by=user)


def remove_added_member(event: Event, user: User) -> None:
    """Remove the member who was added."""
    find_membership(event).remove(by=user)


def restore_removed_member(event: Event, user: User) -> None:
    """Give the member who was removed their role again."""
    person = User.objects.filter(pk=event.data["user"], is_active=True).first()
    if not person:
        raise NotUndoableError
    event.project.restore_member(person, by=user)


def find_membership(event: Event) -> Membership:
    """Return the membership that an event is about; NotUndoableError where it ended."""
    membership = event.project.memberships.select_related("project", "user").filter(user=event.data["user"]).first()
    if not membership:
        raise NotUndoableError
    return membership


def edit_project_back(event: Event, user: User) -> None:
    """Give the project the words that it had."""
    event.project.edit(event.project.fingerprint, by=user, **event.data["before"])


def unarchive_project(event: Event, user: User) -> None:
    """Open the project that was archived."""
    event.project.unarchive(by=user)


def archive_project(event: Event, user: User) -> None:
    """Archive the project that was opened."""
    event.project.archive(by=user)


class Undoer(NamedTuple):
    """How an event is undone, and what one must be allowed to do for that (a key of PERMISSIONS)."""

    act: str
    undo: Callable[[Event, User], set[UUID] | None]


UNDOERS = {
    "highlight made": Undoer("highlight", delete_highlight),
    "highlight restored": Undoer("highlight", delete_highlight),
    "highlight deleted": Undoer("highlight", restore_highlight),
    "highlight edited": Undoer("highlight", edit_highlight_back),
    "highlight moved": Undoer("highlight", move_highlight_back),
    "tag edited": Undoer("codebook", edit_tag_back),
    "tag moved": Undoer("codebook", move_tag_back),
    "tag accepted": Undoer("codebook", propose_tag_again),
    "tag retired": Undoer("codebook", reinstate_tag),
    "tag reinstated": Undoer("codebook", retire_tag),
    "tag merged": Undoer("codebook", restore_tag),
    "tag deleted": Undoer("codebook", restore_tag),
    "tag split": Undoer("codebook", retag_back),
    "passages retagged": Undoer("codebook", retag_back),
    "lines separated": Undoer("codebook", restore_former_lines),
    "example pinned": Undoer("codebook", unpin_pinned_example),
    "example unpinned": Undoer("codebook", pin_unpinned_example),
    "role changed": Undoer("manage", change_role_back),
    "member added": Undoer("manage", remove_added_member),
    "member removed": Undoer("manage", restore_removed_member),
    "project edited": Undoer("manage", edit_project_back),
    "project archived": Undoer("manage", unarchive_project),
    "project unarchived": Undoer("manage", archive_project),
}
