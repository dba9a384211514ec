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
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext_noop

from annotations.errors import NameTakenError, NotUndoableError, TooManyExamplesError
from annotations.models.access import HighlightAccess
from annotations.models.bin import get_bin_limit
from annotations.models.event import IS_ACT, Event
from annotations.models.highlight import Highlight
from annotations.models.highlight_tag import HighlightTag
from annotations.models.history import record
from annotations.models.joining import find_placed, join_passages, part_passages
from annotations.models.membership import Membership
from annotations.models.project import Project
from annotations.models.project_article import ArticleRule, ProjectArticle
from annotations.models.reply import Reply
from annotations.models.tag import Tag
from annotations.models.tag_editing import HISTORY_FIELDS, list_tagged_highlights
from annotations.models.tag_example import TagExample, pin_example, unpin_example
from annotations.models.tag_lines import restore_lines
from annotations.models.tag_places import LAST
from annotations.models.thread import Thread
from annotations.models.undo_versions import list_changed
from newsreader.inserts import insert_rows

BATCH_SIZE = 500  # highlights
FEW = 20  # events
# Events about one project or highlight that do not stand in each other's way.
FAMILIES = {
    "project edited": "words",
    "project archived": "state",
    "project unarchived": "state",
    "passages retagged": "tags",
    "passages retagged back": "tags",
    "lines separated": "lines",
    "example pinned": "examples",
    "example unpinned": "examples",
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
        if event.pk not in list_undoable(project, by, [event]):
            raise NotUndoableError
        before = project.events.latest("pk")
        left = UNDOERS[event.verb].undo(event, by) or 0
        done = project.events.filter(actor=by, pk__gt=before.pk).last()
        if done is None:
            raise NotUndoableError
        done.undoes = event
        done.data |= {"redo": get_place(event.undoes)} if event.undoes and is_undo(event) else {}
        if isinstance(left, set) and left:
            done.undo_data = (done.undo_data or {}) | {"left": sorted(key.hex for key in left)}
        done.save(update_fields=["undoes", "data", "undo_data"])
    return len(left) if isinstance(left, set) else left


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
    count. Of a highlight that is deleted, only its deletion can be undone: joining passages deletes some without an event of
    their own. `project` knows the role of the user. One query, however many events there are.
    """
    mine = [event for event in events if is_undoable_by(event, project, user)]
    last_act, last_undo, offered = defaultdict[Subject, int](int), defaultdict[Subject, int](int), set[int]()
    rows = project.events.filter(subject__in={event.subject for event in mine}, undone_by=None).order_by()
    fields = ("pk", "verb", "subject", "data__user", "data__reply", "undoes", "data__redo", "stands")
    stands = Exists(Highlight.objects.standing().filter(pk=OuterRef("subject")))
    for key, verb, subject, person, reply, undoes, redone, is_standing in rows.annotate(stands=stands).values_list(
        *fields
    ):
        if is_standing or not verb.startswith("highlight ") or verb == "highlight deleted":
            offered.add(key)
        identity = Subject(subject, FAMILIES.get(verb, ""), person or reply)
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
    part: int | str | None  # the key of the member or of the reply


def identify_subject(event: Event) -> Subject:
    """Return what an event happened to."""
    return Subject(event.subject, FAMILIES.get(event.verb, ""), event.data.get("user") or event.data.get("reply"))


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
    kept = [tag for tag in kept if not tag.heading_only and tag.status != Tag.Status.PROPOSED]
    highlight.edit(highlight.version, by=user, note=before["note"], tags=kept)


def move_highlight_back(event: Event, user: User) -> None:
    """Give the highlight the ends that it had."""
    highlight, before = find_highlight(event, Highlight.objects.editable_by(user)), event.data["before"]
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


def set_article_state_back(event: Event, user: User) -> None:
    """Decide about the article as was decided before."""
    if event.article_id is None:
        raise NotUndoableError
    ProjectArticle.objects.set_state(event.project, event.article_id, event.data["before"], by=user)


def take_articles_back(event: Event, user: User) -> int:
    """Leave the articles that were added at once to the rules; return how many were decided about since, and stay."""
    return ProjectArticle.objects.take_back(event.project, (event.undo_data or {})["articles"], by=user)


def remove_rule(event: Event, user: User) -> None:
    """Remove the rule that was added."""
    rule = ArticleRule.objects.filter(project=event.project, pk=event.subject).first()
    if not rule:
        raise NotUndoableError
    rule.remove(by=user)


def restore_rule(event: Event, user: User) -> None:
    """Add the rule that was removed."""
    ArticleRule.objects.add_rule(event.project, event.data["filters"], by=user, key=event.subject)


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
    undo: Callable[[Event, User], set[UUID] | int | None]


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
    "tag accepted": Undoer("codebook", propose_tag_again),
    "tag retired": Undoer("codebook", reinstate_tag),
    "tag reinstated": Undoer("codebook", retire_tag),
    "tag merged": Undoer("codebook", restore_tag),
    "tag deleted": Undoer("codebook", restore_tag),
    "tag restored": Undoer("codebook", merge_or_delete_again),
    "tag split": Undoer("codebook", retag_back),
    "passages retagged": Undoer("codebook", retag_back),
    "passages retagged back": Undoer("codebook", retag_again),
    "article added": Undoer("highlight", set_article_state_back),
    "article removed": Undoer("articles", set_article_state_back),
    "articles added": Undoer("articles", take_articles_back),
    "article rule added": Undoer("articles", remove_rule),
    "article rule removed": Undoer("articles", restore_rule),
    "lines separated": Undoer("codebook", restore_former_lines),
    "example pinned": Undoer("codebook", unpin_pinned_example),
    "example unpinned": Undoer("codebook", pin_unpinned_example),
    "role changed": Undoer("manage", change_role_back),
    "member added": Undoer("manage", remove_added_member),
    "member removed": Undoer("manage", restore_removed_member),
    "project edited": Undoer("settings", edit_project_back),
    "project archived": Undoer("manage", unarchive_project),
    "project unarchived": Undoer("manage", archive_project),
}
