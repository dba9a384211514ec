"""How acts on highlights are undone."""

from django.contrib.auth.models import User

from annotations.errors import NotUndoableError, OtherTextError
from annotations.models.access import HighlightAccess
from annotations.models.event import Event
from annotations.models.highlight import Highlight
from annotations.models.tag import Tag


def find_highlight(event: Event, highlights: HighlightAccess) -> Highlight:
    """Return the highlight of an event, deleted or not; NotUndoableError where it is not among those that the user may change."""
    highlight: Highlight | None = highlights.filter(pk=event.subject).first()
    if not highlight:
        raise NotUndoableError
    return highlight


def delete_highlight(event: Event, user: User) -> None:
    """Delete the highlight that was made or restored; curators also another’s that they restored."""
    highlights = Highlight.objects
    is_made = event.verb in ("highlight made", "highlight carried")
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
    """Give the highlight the ends that it had; OtherTextError where it is in another text now, as after a merge of articles."""
    highlight, before = find_highlight(event, Highlight.objects.editable_by(user)), event.data["before"]
    number = highlight.revision.number  # which older events do not name
    if highlight.article_id != event.article_id or before.get("revision", number) != number:
        raise OtherTextError
    highlight.move(highlight.version, before["start"], before["end"], by=user)
