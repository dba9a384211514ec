"""How acts on a tag, its place, its line and its examples are undone."""

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q

from annotations.errors import NotUndoableError, TooManyExamplesError
from annotations.models.event import Event
from annotations.models.highlight import Highlight
from annotations.models.highlight_tag import HighlightTag
from annotations.models.tag import Tag
from annotations.models.tag_example import pin_example, unpin_example
from annotations.models.tag_lines import restore_lines
from annotations.models.tag_places import LAST

MADE = ("tag made", "tag proposed")
IS_USED = Exists(HighlightTag.objects.filter(tag=OuterRef("subject"), highlight__deleted_at=None))
# The making of a tag that stays: one that a file brought, that somebody else had made already, or that passages have.
IS_LASTING = Q(verb__in=MADE) & (Q(data__has_key="imported") | Q(data__has_key="shown") | IS_USED)


def find_tag(event: Event) -> Tag:
    """Return the tag of an event; NotUndoableError where it is gone."""
    tag = Tag.objects.without_tree_fields().filter(project=event.project, pk=event.subject).first()
    if not tag:
        raise NotUndoableError
    return tag


def delete_made_tag(event: Event, user: User) -> None:
    """Delete the tag that was added; NotUndoableError where it stays."""
    tag = find_tag(event)
    if Event.objects.filter(IS_LASTING, pk=event.pk).exists():
        raise NotUndoableError
    tag.merge_or_delete(by=user)


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
    readable = Highlight.objects.readable_by(user, event.project)
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


def accept_or_retire_again(event: Event, user: User) -> None:
    """Accept or retire the tag again that waits for a decision since that was undone."""
    tag = find_tag(event)
    if event.undoes and event.undoes.verb == "tag retired":
        tag.retire(by=user)
    else:
        tag.accept(by=user)


def retire_tag(event: Event, user: User) -> None:
    """Retire the tag that was reinstated."""
    find_tag(event).retire(by=user)


def restore_former_lines(event: Event, user: User) -> None:
    """Give the tags the lines that they had."""
    restore_lines(event.project, event.data["lines"], by=user)
