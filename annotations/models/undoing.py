"""Undo: taking back what somebody did, as long as nothing else happened to the same thing since.

An undo is an event of its own, whose `undoes` names the one it took back. A redo is the undo of an undo, and an act again: its data
name the act that it did again, in whose place it stands among the others (`redo`).
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Case, Exists, OuterRef, QuerySet, When

from annotations.errors import NotUndoableError
from annotations.models.bin import get_bin_limit
from annotations.models.event import IS_ACT, Event
from annotations.models.highlight import Highlight
from annotations.models.project import Project
from annotations.models.undoers import UNDOERS
from annotations.models.undoers.tags import IS_LASTING

FEW = 20  # events
PARTS = ("user", "reply", "decision", "adjudication")  # by which events about one subject are apart
# Events about one project or highlight that do not stand in each other's way.
FAMILIES = {
    "project edited": "words",
    "project archived": "state",
    "project unarchived": "state",
    "passages retagged": "tags",
    "passages retagged back": "tags",
    "lines separated": "lines",
    "lines restored": "lines",
    "example pinned": "examples",
    "example unpinned": "examples",
    **dict.fromkeys(("disagreement decided", "decision taken back"), "decision"),
    **dict.fromkeys(("agreed passages taken", "agreed passages removed"), "agreed"),
    **dict.fromkeys(("reply made", "reply edited", "reply deleted", "reply restored"), "reply"),
    **dict.fromkeys(("thread resolved", "thread reopened"), "thread"),
    **dict.fromkeys(("member added", "member joined", "member removed", "member left", "role changed"), "member"),
}


def undo(event: Event, *, by: User) -> int:
    """Take back what an event did, in one transaction; NotUndoableError where that cannot be done, or would change nothing.

    Return how many highlights or articles were changed since, and stay as they are.
    """
    project = event.project
    with transaction.atomic():
        project.lock()
        project.with_role_of(by)
        if "batch" in event.data:
            return take_back_batch(event, by)
        if event.pk not in list_undoable(project, by, [event]):
            raise NotUndoableError
        return take_back(event, by)


def take_back_batch(event: Event, by: User) -> int:
    """Take back what can be of an act of several events; return how many cannot, NotUndoableError where that is all of them."""
    events = [*list_batch(event, by), event]
    undoable, left = list_undoable(event.project, by, events), 0
    for one in events:
        try:
            with transaction.atomic():
                if one.pk not in undoable:
                    raise NotUndoableError
                take_back(one, by)
        except NotUndoableError:
            left += 1
    if left == len(events):
        raise NotUndoableError
    return left


def take_back(event: Event, by: User) -> int:
    """Take back what one event did, which can be undone; return how many were changed since, and stay as they are."""
    project = event.project
    before = project.events.latest("pk")
    left = UNDOERS[event.verb].undo(event, by) or 0
    done = project.events.filter(actor=by, pk__gt=before.pk).last()
    if done is None:
        raise NotUndoableError
    done.undoes = event
    done.data |= {"redo": get_place(event.undoes)} if event.undoes and is_undo(event) else {}
    done.data |= {"batch": event.data["batch"]} if "batch" in event.data else {}
    if isinstance(left, set) and left:
        done.undo_data = (done.undo_data or {}) | {"left": sorted(key.hex for key in left)}
    done.save(update_fields=["undoes", "data", "undo_data"])
    return len(left) if isinstance(left, set) else left


def list_batch(event: Event, user: User) -> list[Event]:
    """Return the other events of the same act, such as carrying a highlight to several copies, that were not undone."""
    if "batch" not in event.data:
        return []
    alike = event.project.events.filter(actor=user, verb=event.verb, data__batch=event.data["batch"], undone_by=None)
    return list(alike.exclude(pk=event.pk).select_related("project", "undoes").order_by("pk"))


def is_undo(event: Event) -> bool:
    """Return whether an event took another one back, so that its own undo is a redo."""
    return event.undoes_id is not None and "redo" not in event.data


def get_place(event: Event) -> int:
    """Return the key of the act that an event is, or that it did again or took back."""
    act = event.undoes if event.undoes and is_undo(event) else event
    return act.data.get("redo", act.pk)


def find_last_act(project: Project, user: User) -> Event | None:
    """Return the last of the user's own acts, if it can be undone; what was undone does not count, nor the making of tags in use."""
    last = find_first_standing(list_own(project, user).filter(IS_ACT, verb__in=UNDOERS).exclude(IS_LASTING))
    return last if last and last.pk in list_undoable(project, user, [last]) else None


def find_last_undo(project: Project, user: User) -> Event | None:
    """Return the last of the user's own undos, if it can be taken back and they did nothing else since."""
    last = find_first_standing(list_own(project, user).filter(undoes__isnull=False, data__redo__isnull=True))
    if last is None or list_own(project, user).filter(undoes=None, pk__gt=last.pk, verb__in=UNDOERS).exists():
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
    """Return what the user did in the project, the last first."""
    own = project.events.filter(actor=user).select_related("project", "undoes")
    return own.defer("undoes__undo_data").order_by("-pk")


def list_undoable(project: Project, user: User, events: Iterable[Event]) -> set[int]:
    """Return the keys of those of the events that the user may undo: own ones, the last that happened to their subject.

    An undo is taken back only where it is the last, and no later act stands; for an act, what was undone since does not
    count. Of a highlight that is deleted, only its deletion can be undone: joining passages deletes some without an event of
    their own. `project` knows the role of the user. One query, however many events there are.
    """
    mine = [event for event in events if is_undoable_by(event, project, user)]
    last_act, last_undo, offered = defaultdict[Subject, int](int), defaultdict[Subject, int](int), set[int]()
    oldest = min((min(event.pk, get_place(event)) for event in mine), default=0)  # nothing older stands in their way
    since = project.events.filter(pk__gte=oldest, undone_by=None)
    rows = since.filter(subject__in={event.subject for event in mine}).order_by()
    fields = ("pk", "verb", "subject", *(f"data__{part}" for part in PARTS), "undoes", "data__redo", "stands", "lasts")
    stands = Exists(Highlight.objects.standing().filter(pk=OuterRef("subject")))
    rows = rows.annotate(stands=stands, lasts=Case(When(IS_LASTING, then=True), default=False))
    for key, verb, subject, *parts, undoes, redone, is_standing, lasts in rows.values_list(*fields):
        is_offered = is_standing or not verb.startswith("highlight ") or verb == "highlight deleted"
        if is_offered and not lasts:
            offered.add(key)
        identity = Subject(subject, FAMILIES.get(verb, ""), next(filter(None, parts), None))
        keys, place = (last_act, redone or key) if undoes is None or redone else (last_undo, key)
        keys[identity] = max(keys[identity], place)

    def is_last(event: Event) -> bool:
        identity, place = identify_subject(event), get_place(event)
        if is_undo(event):
            return last_undo[identity] == event.pk and last_act[identity] < place
        return last_act[identity] == place

    return {event.pk for event in mine if event.pk in offered and is_last(event)}


class Subject(NamedTuple):
    """What an event happened to: a row; of a project its words, its state, or a member; of a thread its state, or a reply."""

    key: UUID
    family: str
    part: int | str | None  # the key of the member, the reply or the decision


def identify_subject(event: Event) -> Subject:
    """Return what an event happened to."""
    part = next(filter(None, map(event.data.get, PARTS)), None)
    return Subject(event.subject, FAMILIES.get(event.verb, ""), part)


def is_undoable_by(event: Event, project: Project, user: User) -> bool:
    """Return whether the event is the user's own, of a kind that can be undone, and theirs to do again.

    What the bin does not keep cannot be restored.
    """
    undoer, limit = UNDOERS.get(event.verb), get_bin_limit()
    if event.verb == "highlight deleted" and limit and event.at < limit:
        return False
    return undoer is not None and event.actor_id == user.pk and project.allows(undoer.act)
