"""Undo: taking back what somebody did, as long as nothing else happened to the same thing since.

An undo is an event of its own, whose `undoes` names the one it took back. A redo is the undo of an undo, and an act again: its data
name the act that it did again, in whose place it stands among the others (`redo`).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_noop

from annotations.errors import NameTakenError, NotUndoableError
from annotations.models.access import HighlightAccess
from annotations.models.bin import get_bin_limit
from annotations.models.event import Event
from annotations.models.highlight import Highlight
from annotations.models.highlight_tag import HighlightTag
from annotations.models.membership import Membership
from annotations.models.project import Project
from annotations.models.tag import Tag
from annotations.models.tag_editing import HISTORY_FIELDS

BATCH_SIZE = 500  # highlights
FEW = 20  # events
IS_ACT = Q(undoes=None) | Q(data__redo__isnull=False)  # no undo
# Events about one project that do not stand in each other's way.
FAMILIES = {
    "project edited": "words",
    "project archived": "state",
    "project unarchived": "state",
    "passages retagged": "tags",
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
        done.data |= {"redo": get_place(event.undoes)} if event.undoes and is_undo(event) else {}
        done.save(update_fields=["undoes", "data"])
    return left


def is_undo(event: Event) -> bool:
    """Return whether an event took another one back, so that its own undo is a redo."""
    return event.undoes_id is not None and "redo" not in event.data


def get_place(event: Event) -> int:
    """Return the key of the act that an event is, or that it did again or took back."""
    act = event.undoes if event.undoes and is_undo(event) else event
    return act.data.get("redo", act.pk)


def find_last_act(project: Project, user: User) -> Event | None:
    """Return the last of the user's own acts, if it can be undone; what was undone does not count."""
    last = find_first_standing(list_own(project, user).filter(IS_ACT))
    return last if last and last.pk in list_undoable(project, user, [last]) else None


def find_last_undo(project: Project, user: User) -> Event | None:
    """Return the last of the user's own undos, if it can be taken back and they did nothing else since."""
    last = find_first_standing(list_own(project, user).filter(undoes__isnull=False, data__redo__isnull=True))
    if last is None or list_own(project, user).filter(undoes=None, pk__gt=last.pk).exists():
        return None
    return last if last.pk in list_undoable(project, user, [last]) else None


def find_first_standing(events: QuerySet[Event]) -> Event | None:
    """Return the first of these events that was not undone.

    They are read a few at a time: asked for in one query, PostgreSQL compares all events of the project with each other.
    """
    while page := list(events[:FEW]):
        undone = set(Event.objects.filter(undoes__in=page).values_list("undoes", flat=True))
        if standing := next((event for event in page if event.pk not in undone), None):
            return standing
        events = events.filter(pk__lt=page[-1].pk)
    return None


def list_own(project: Project, user: User) -> QuerySet[Event]:
    """Return what the user did in the project that can be undone in principle, the last first."""
    own = project.events.filter(actor=user, verb__in=UNDOERS).select_related("project", "undoes")
    return own.defer("undoes__undo_data").order_by("-pk")


def list_undoable(project: Project, user: User, events: Iterable[Event]) -> set[int]:
    """Return the keys of those of the events that the user may undo: own ones, the last that happened to their subject.

    An undo is taken back only where it is the last, and no later act stands; for an act, what was undone since does not
    count. `project` knows the role of the user. One query, however many events there are.
    """
    mine = [event for event in events if is_undoable_by(event, project, user)]
    last_act, last_undo = defaultdict[Subject, int](int), defaultdict[Subject, int](int)
    rows = project.events.filter(subject__in={event.subject for event in mine}, undone_by=None).order_by()
    fields = ("pk", "verb", "subject", "data__user", "undoes", "data__redo")
    for key, verb, subject, person, undoes, redone in rows.values_list(*fields):
        identity = Subject(subject, FAMILIES.get(verb, ""), person)
        keys, place = (last_act, redone or key) if undoes is None or redone else (last_undo, key)
        keys[identity] = max(keys[identity], place)

    def is_last(event: Event) -> bool:
        identity, place = identify_subject(event), get_place(event)
        if is_undo(event):
            return last_undo[identity] == event.pk and last_act[identity] < place
        return last_act[identity] == place

    return {event.pk for event in mine if is_last(event)}


class Subject(NamedTuple):
    """What an event happened to: a row; of a project its words, its state, or a member."""

    key: UUID
    family: str
    person: int | None


def identify_subject(event: Event) -> Subject:
    """Return what an event happened to."""
    return Subject(event.subject, FAMILIES.get(event.verb, ""), event.data.get("user"))


def is_undoable_by(event: Event, project: Project, user: User) -> bool:
    """Return whether the event is the user's own, of a kind that can be undone, and theirs to do again.

    What the bin does not keep cannot be restored.
    """
    undoer, limit = UNDOERS.get(event.verb), get_bin_limit()
    if event.verb == "highlight deleted" and limit and event.at < limit:
        return False
    return undoer is not None and event.actor_id == user.pk and project.allows(undoer.act)


def find_highlight(event: Event, highlights: HighlightAccess) -> Highlight:
    """Return the highlight of an event, deleted or not; NotUndoableError where it is not among those that the user may change."""
    highlight: Highlight | None = highlights.filter(pk=event.subject).first()
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
    """Delete the highlight that was made or restored; curators also another’s that they restored."""
    highlights = Highlight.objects
    is_made = event.verb == "highlight made"
    find_highlight(event, highlights.editable_by(user) if is_made else highlights.restorable_by(user)).hide(user)


def restore_highlight(event: Event, user: User) -> None:
    """Restore the highlight that was deleted."""
    find_highlight(event, Highlight.objects.restorable_by(user)).restore(user)


def edit_highlight_back(event: Event, user: User) -> None:
    """Give the highlight the note and the tags that it had; a tag that is gone stays off."""
    highlight, before = find_highlight(event, Highlight.objects.editable_by(user)), event.data["before"]
    tags = {tag.name: tag for tag in Tag.objects.with_names(event.project, before["tags"])}
    kept = [tags[name] for name in before["tags"] if name in tags]
    highlight.edit(highlight.version, by=user, note=before["note"], tags=kept)


def move_highlight_back(event: Event, user: User) -> None:
    """Give the highlight the ends that it had."""
    highlight, before = find_highlight(event, Highlight.objects.editable_by(user)), event.data["before"]
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


def merge_or_delete_again(event: Event, user: User) -> None:
    """Merge or delete again the tag that was restored, with the highlights that it has now."""
    merge = event.undoes
    tags = Tag.objects.without_tree_fields().filter(project=event.project)
    key = merge.data.get("into") if merge else None
    into = tags.filter(pk=key).first() if key else None
    if merge is None or (key and into is None):
        raise NotUndoableError
    find_tag(event).merge_or_delete(by=user, into=into)


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
    "tag edited": Undoer("codebook", edit_tag_back),
    "tag moved": Undoer("codebook", move_tag_back),
    "tag retired": Undoer("codebook", reinstate_tag),
    "tag reinstated": Undoer("codebook", retire_tag),
    "tag merged": Undoer("codebook", restore_tag),
    "tag deleted": Undoer("codebook", restore_tag),
    "tag restored": Undoer("codebook", merge_or_delete_again),
    "tag split": Undoer("codebook", retag_back),
    "passages retagged": Undoer("codebook", retag_back),
    "role changed": Undoer("manage", change_role_back),
    "member added": Undoer("manage", remove_added_member),
    "member removed": Undoer("manage", restore_removed_member),
    "project edited": Undoer("manage", edit_project_back),
    "project archived": Undoer("manage", unarchive_project),
    "project unarchived": Undoer("manage", archive_project),
}
