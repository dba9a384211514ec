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

from annotations.errors import NameTakenError, NotUndoableError
from annotations.models.event import Event
from annotations.models.highlight import Highlight
from annotations.models.highlight_tag import HighlightTag
from annotations.models.membership import Membership
from annotations.models.project import Project
from annotations.models.reply import Reply
from annotations.models.tag import Tag
from annotations.models.tag_editing import HISTORY_FIELDS
from annotations.models.thread import Thread

BATCH_SIZE = 500  # highlights
# Events about one project or highlight that do not stand in each other's way.
FAMILIES = {
    "project edited": "words",
    "project archived": "state",
    "project unarchived": "state",
    "passages retagged": "tags",
    **dict.fromkeys(("reply made", "reply edited", "reply deleted", "reply restored"), "reply"),
    **dict.fromkeys(("thread resolved", "thread reopened"), "thread"),
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
        left = UNDOERS[event.verb].undo(event, by) or 0
        done = project.events.filter(actor=by, pk__gt=before.pk).last()
        if done is None:
            raise NotUndoableError
        done.undoes = event
        done.save(update_fields=["undoes"])
    return left


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
    for key, verb, subject, person, reply in rows.values_list("pk", "verb", "subject", "data__user", "data__reply"):
        identity = Subject(subject, FAMILIES.get(verb, ""), person or reply)
        latest[identity] = max(latest[identity], key)
    return {event.pk for event in mine if latest[identify_subject(event)] == event.pk}


class Subject(NamedTuple):
    """What an event happened to: a row; of a project its words, its state, or a member; of a thread its state, or a reply."""

    key: UUID
    family: str
    part: int | str | None  # the key of the member or of the reply


def identify_subject(event: Event) -> Subject:
    """Return what an event happened to."""
    return Subject(event.subject, FAMILIES.get(event.verb, ""), event.data.get("user") or event.data.get("reply"))


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
        parents = Tag.objects.without_tree_fields().filter(project=event.project)
        before["parent"] = parents.filter(pk=before["parent"]).first() if before["parent"] else None
    tag.edit(tag.version, by=user, **before)


def move_tag_back(event: Event, user: User) -> None:
    """Let the tag change places with the sibling on its other side."""
    if not find_tag(event).swap_with_sibling(-event.data["step"], by=user):
        raise NotUndoableError


def reinstate_tag(event: Event, user: User) -> None:
    """Reinstate the tag that was retired."""
    find_tag(event).reinstate(by=user)


def retire_tag(event: Event, user: User) -> None:
    """Retire the tag that was reinstated."""
    find_tag(event).retire(by=user)


def restore_tag(event: Event, user: User) -> int:
    """Make the tag again that was merged or deleted, with its highlights; return how many were edited since, and stay."""
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
    left = restore_tagged_highlights(project, event.undo_data)
    Tag.objects.renumber(project)
    tag.record(gettext_noop("tag restored"), user, name=tag.name)
    return left


def retag_back(event: Event, user: User) -> int:
    """Give the highlights the tags that they had; return how many were edited since, and stay."""
    if event.undo_data is None:
        raise NotUndoableError
    left = restore_tagged_highlights(event.project, event.undo_data)
    event.project.record(gettext_noop("passages retagged back"), user, number=len(event.undo_data["highlights"]) - left)
    return left


def restore_tagged_highlights(project: Project, data: dict[str, Any]) -> int:
    """Give highlights the tags that they had, except those that were edited since; return how many these are."""
    wanted = {
        UUID(key): (version, tagged)
        for key, version, tagged in zip(data["highlights"], data["versions"], data["tagged"], strict=True)
    }
    kept = set(Tag.objects.without_tree_fields().filter(project=project).values_list("pk", flat=True))
    tags, left, keys = [UUID(key) for key in data["tags"]], 0, list(wanted)
    for batch in (keys[n : n + BATCH_SIZE] for n in range(0, len(keys), BATCH_SIZE)):
        versions = dict(Highlight.objects.filter(pk__in=batch).order_by().values_list("pk", "version"))
        same = [key for key in batch if versions.get(key) == wanted[key][0]]
        HighlightTag.objects.filter(highlight__in=same)._raw_delete(HighlightTag.objects.db)
        HighlightTag.objects.bulk_create(
            HighlightTag(project=project, highlight_id=key, tag_id=tag, position=position)
            for key in same
            for position, tag in enumerate(tags[n] for n in wanted[key][1] if tags[n] in kept)
        )
        Highlight.objects.filter(pk__in=same).update(version=F("version") + 1)
        left += len(batch) - len(same)
    return left


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


def find_reply(event: Event, user: User, select: Callable[[User], Any]) -> Reply:
    """Return the reply of an event, if `select` returns it for the user; else NotUndoableError."""
    reply = select(user).select_related("thread__highlight", "article").filter(pk=event.data["reply"]).first()
    if not reply:
        raise NotUndoableError
    return reply


def delete_reply(event: Event, user: User) -> None:
    """Delete the reply that was written or restored."""
    find_reply(event, user, Reply.objects.deletable_by).hide(by=user)


def restore_reply(event: Event, user: User) -> None:
    """Restore the reply that was deleted."""
    find_reply(event, user, Reply.objects.deletable_by).restore(by=user)


def edit_reply_back(event: Event, user: User) -> None:
    """Give the reply the words that it had."""
    find_reply(event, user, Reply.objects.editable_by).edit(None, by=user, text=event.data["before"])


def find_thread(event: Event, user: User) -> Thread:
    """Return the thread of an event; NotUndoableError where the user may not read it any more."""
    thread = Thread.objects.visible_to(user).of_subject(event.subject)
    if not thread:
        raise NotUndoableError
    return thread


def reopen_thread(event: Event, user: User) -> None:
    """Reopen the thread that was resolved."""
    find_thread(event, user).reopen(by=user)


def resolve_thread(event: Event, user: User) -> None:
    """Resolve the thread that was reopened."""
    find_thread(event, user).resolve(by=user)


class Undoer(NamedTuple):
    """How an event is undone, and what one must be allowed to do for that (a key of PERMISSIONS)."""

    act: str
    undo: Callable[[Event, User], int | None]


UNDOERS = {
    "highlight made": Undoer("highlight", delete_highlight),
    "highlight restored": Undoer("highlight", delete_highlight),
    "highlight deleted": Undoer("highlight", restore_highlight),
    "highlight edited": Undoer("highlight", edit_highlight_back),
    "highlight moved": Undoer("highlight", move_highlight_back),
    "reply made": Undoer("reply", delete_reply),
    "reply restored": Undoer("reply", delete_reply),
    "reply deleted": Undoer("reply", restore_reply),
    "reply edited": Undoer("reply", edit_reply_back),
    "thread resolved": Undoer("reply", reopen_thread),
    "thread reopened": Undoer("reply", resolve_thread),
    "tag edited": Undoer("codebook", edit_tag_back),
    "tag moved": Undoer("codebook", move_tag_back),
    "tag retired": Undoer("codebook", reinstate_tag),
    "tag reinstated": Undoer("codebook", retire_tag),
    "tag merged": Undoer("codebook", restore_tag),
    "tag deleted": Undoer("codebook", restore_tag),
    "tag split": Undoer("codebook", retag_back),
    "passages retagged": Undoer("codebook", retag_back),
    "role changed": Undoer("manage", change_role_back),
    "member added": Undoer("manage", remove_added_member),
    "member removed": Undoer("manage", restore_removed_member),
    "project edited": Undoer("manage", edit_project_back),
    "project archived": Undoer("manage", unarchive_project),
    "project unarchived": Undoer("manage", archive_project),
}
