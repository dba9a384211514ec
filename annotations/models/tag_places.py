"""Where tags stand in a codebook: below which tag, and after which of the tags there."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

LAST = "last"  # behind all tags that are there; "" is before them, a key right after the tag of that key


def find_place(tags: Sequence[Any], tag: Any) -> dict[str, str]:
    """Return the keys of the tag's parent ("" at the top) and of the sibling before it ("" for the first); `tags` in order."""
    siblings = [other.pk for other in tags if other.parent_id == tag.parent_id]
    index = siblings.index(tag.pk)
    return {"parent": str(tag.parent_id or ""), "after": str(siblings[index - 1]) if index else ""}


def insert_after(tags: Sequence[Any], tag: Any, after: str) -> list[Any]:
    """Return the tags with one of them after the sibling of that key; behind all where there is none, as LAST does."""
    others = [other for other in tags if other.pk != tag.pk]
    if not after:
        return [tag, *others]
    places = (
        number for number, other in enumerate(others, 1) if str(other.pk) == after and other.parent_id == tag.parent_id
    )
    index = next(places, len(others))
    return [*others[:index], tag, *others[index:]]


def depth_first(tags: Sequence[Any]) -> list[Any]:
    """Return the tags with each one's children after it; siblings keep the order they come in."""
    children: dict[UUID | None, list[Any]] = {}
    for tag in reversed(tags):
        children.setdefault(tag.parent_id, []).append(tag)
    order, stack = [], children.get(None, [])
    while stack:
        order.append(tag := stack.pop())
        stack += children.get(tag.pk, [])
    return order
