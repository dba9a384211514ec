"""The codebook as it stood at some moment: the one of now, with what the history says was done since taken back."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from annotations.models.event import Event
from annotations.models.project import Project
from annotations.models.tag import Tag
from annotations.models.tag_editing import HISTORY_FIELDS
from annotations.models.tag_places import LAST, depth_first, insert_after

MADE = ("tag made", "tag proposed")


class PastCodebook(NamedTuple):
    """Unsaved tags in the order of the tree, and how many of them the history does not know the beginning of."""

    tags: list[Tag]
    undated: int


class Tags:
    """The tags of a codebook in their order, on which events are taken back."""

    def __init__(self, tags: Iterable[Tag]) -> None:
        """Take the tags as they are now."""
        self.tags = list(tags)
        self.by_key = {tag.pk: tag for tag in self.tags}
        self.gone: dict[UUID, UUID | None] = {}  # keys of tags to be removed, and of what stood above them

    def remove(self, key: UUID) -> None:
        """Let a tag not be there yet."""
        if tag := self.by_key.pop(key, None):
            self.gone[key] = tag.parent_id

    def settle(self) -> None:
        """Remove what is to be removed, all at once; what stood below it stands below what stood above it."""
        if not self.gone:
            return
        self.tags = [tag for tag in depth_first(self.tags) if tag.pk in self.by_key]
        for tag in self.tags:
            while tag.parent_id in self.gone:
                tag.parent_id = self.gone[tag.parent_id]
        self.gone = {}

    def place(self, tag: Tag, parent: str | None, after: str) -> None:
        """Let a tag stand below the one of that key, after a sibling (see tag_places)."""
        self.settle()
        key = UUID(parent) if parent else None
        tag.parent_id = key if key in self.by_key else None
        self.tags = insert_after(self.tags, tag, after)

    def list_siblings(self, parent: UUID | None) -> list[str]:
        """Return the keys of the tags below one, in their order."""
        self.settle()
        return [str(tag.pk) for tag in self.tags if tag.parent_id == parent]

    def list_ordered(self) -> list[Tag]:
        """Return the tags in the order of the tree, each with its depth there."""
        self.settle()
        ordered = depth_first(self.tags)
        depths: dict[UUID | None, int] = {None: -1}
        for tag in ordered:
            tag.tree_depth = depths[tag.pk] = depths[tag.parent_id] + 1
        return ordered


def load_codebook_at(project: Project, moment: datetime) -> PastCodebook:
    """Return the codebook as it stood then."""
    events = project.events.filter(article=None, verb__in=TAKEN_BACK).defer("undo_data")
    if project.sight.tags:
        events = events.exclude(subject__in=project.sight.tags)
    tags = Tags(tag for tag in depth_first(Tag.objects.list_in_order(project)) if tag.pk not in project.sight.tags)
    for event in events.filter(at__gte=moment).order_by("-pk"):
        TAKEN_BACK[event.verb](tags, event)
    ordered = tags.list_ordered()
    dated = set(events.filter(verb__in=MADE, at__lt=moment).values_list("subject", flat=True))
    return PastCodebook(ordered, sum(tag.pk not in dated for tag in ordered))


def remove_made(tags: Tags, event: Event) -> None:
    """Remove a tag that was made; not one that was only shown to one more reader."""
    if "shown" not in event.data:
        tags.remove(event.subject)


def set_status_back(status: str) -> Callable[[Tags, Event], None]:
    """Return what gives a tag back the status it had: the one that the event keeps, else this one."""

    def take_back(tags: Tags, event: Event) -> None:
        if tag := tags.by_key.get(event.subject):
            tag.status = event.data.get("was", status)

    return take_back


def edit_back(tags: Tags, event: Event) -> None:
    """Give a tag that was edited its former words and place."""
    tag, before = tags.by_key.get(event.subject), event.data.get("before", {})
    if not tag:
        return
    for name in before.keys() & set(HISTORY_FIELDS):
        setattr(tag, name, before[name])
    if "parent" in before:
        tags.place(tag, before["parent"], event.data.get("place", {}).get("after", LAST))


def move_back(tags: Tags, event: Event) -> None:
    """Put a tag that was moved where it stood; older events say by how many steps it moved among its siblings."""
    tag, place = tags.by_key.get(event.subject), event.data.get("place")
    if tag and place:
        tags.place(tag, place["parent"], place["after"])
    elif tag:
        others = tags.list_siblings(tag.parent_id)
        index = others.index(str(tag.pk)) - event.data.get("step", 0)
        others.remove(str(tag.pk))
        tags.place(tag, str(tag.parent_id or ""), others[index - 1] if index > 0 else "")


def bring_back(tags: Tags, event: Event) -> None:
    """Bring back a tag that was merged or deleted, with those below it that have stood below its parent since."""
    data: dict[str, Any] = event.data
    fields = {name: data[name] for name in (*HISTORY_FIELDS, "position") if name in data}
    tag = Tag(pk=event.subject, project_id=event.project_id, **fields)
    after = data.get("after", find_sibling_before(tags, data.get("parent"), data.get("position", 0)))
    tags.place(tag, data.get("parent"), after)
    tags.by_key[event.subject] = tag
    for key in map(UUID, data.get("children", [])):
        child = tags.by_key.get(key)
        if child and child.parent_id == tag.parent_id:
            child.parent_id = tag.pk


def find_sibling_before(tags: Tags, parent: str | None, position: int) -> str:
    """Return the key of the last tag below one that stands before a position in the whole tree; "" where none does."""
    key = UUID(parent) if parent else None
    earlier = [tag for tag in tags.list_ordered()[:position] if tag.parent_id == key]
    return str(earlier[-1].pk) if earlier else ""


def change_lines_back(tags: Tags, event: Event) -> None:
    """Give tags the lines they had before they were separated, or before that was undone."""
    for key, (before, _after) in event.data.get("lines", {}).items():
        if tag := tags.by_key.get(UUID(key)):
            tag.colour = before


TAKEN_BACK: dict[str, Callable[[Tags, Event], None]] = {
    "tag made": remove_made,
    "tag proposed": remove_made,
    "tag restored": remove_made,
    "tag accepted": set_status_back("proposed"),
    "tag proposed again": set_status_back("active"),
    "tag retired": set_status_back("active"),
    "tag reinstated": set_status_back("retired"),
    "tag edited": edit_back,
    "tag moved": move_back,
    "lines separated": change_lines_back,
    "lines restored": change_lines_back,
    "tag merged": bring_back,
    "tag deleted": bring_back,
}
