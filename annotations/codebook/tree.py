"""A codebook as a tree, read from the top."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from annotations.codebook.examples import Example
from annotations.decorators import MemberRequest, ProjectRequest
from annotations.models import Project, Tag
from annotations.passages.usage_queries import count_tag_uses

MAX_SEARCH = 200  # characters


class TagRow(NamedTuple):
    """One tag of the tree; `opens` says that its children follow, `closes` how many lists end after it."""

    tag: Tag
    number: int
    opens: bool
    closes: range
    examples: Sequence[Example] = ()

    def is_described(self) -> bool:
        """Return whether anything is written about the tag, or a passage is pinned to it."""
        return bool(self.tag.definition or self.tag.use_for or self.tag.not_for or self.examples)


def select_tags(project: Project) -> Any:
    """Return the project's tags, in the codebook's order, as a TagQuerySet without the fields of the tree."""
    tags: Any = project.tags
    return tags.without_tree_fields().exclude(pk__in=project.sight.tags)


def build_tree_context(request: ProjectRequest | MemberRequest, project: Project) -> dict[str, Any]:
    """Return the tree, and what the reader may do with it."""
    tags = [
        tag
        for tag in Tag.objects.with_tree_fields().tree_filter(project_id=project.pk)
        if tag.pk not in project.sight.tags
    ]
    counts, words = count_tag_uses(project, request.user), request.GET.get("find", "").strip()[:MAX_SEARCH]
    return {
        "section": "codebook",
        "project": project,
        "tags": tags,
        "counts": counts,
        "tag_count": sum(not tag.heading_only for tag in tags),
        "headings": sum(tag.heading_only for tag in tags),
        "shares_lines": len({tag.colour for tag in tags if not tag.heading_only})
        < sum(not tag.heading_only for tag in tags),
        "retired": sum(tag.status == Tag.Status.RETIRED for tag in tags),
        "proposed": [tag for tag in tags if tag.status == Tag.Status.PROPOSED],
        "find": words,
        "rows": build_tag_rows(tags, counts, words),
        "may_edit": project.allows("codebook"),
        "may_see_past": project.allows("read"),
        "may_propose": project.allows("highlight") and not project.allows("codebook"),
    }


def build_tag_rows(tags: list[Tag], counts: Mapping[UUID, int], words: str = "") -> list[TagRow]:
    """Return rows for the tags with these words, and for what stands above them; `tags` in the order of the tree."""
    shown = search_tags(tags, words) if words else tags
    depths = [tag.tree_depth for tag in shown] + [0]
    return [
        TagRow(tag, counts.get(tag.pk, 0), depths[n + 1] > depths[n], range(depths[n] - depths[n + 1]))
        for n, tag in enumerate(shown)
    ]


def search_tags(tags: list[Tag], words: str) -> list[Tag]:
    """Return the tags with these words in name or definition, and all that stand above them."""
    folded, keys = words.lower(), set()
    for tag in reversed(tags):  # from the bottom, so that a tag comes after all that stands under it
        if folded in f"{tag.name}\n{tag.definition}".lower() or tag.pk in keys:
            keys |= {tag.pk, tag.parent_id}
    return [tag for tag in tags if tag.pk in keys]


def find_subtree(tags: list[Tag], key: UUID) -> set[UUID]:
    """Return the keys of a tag and of all that stands under it."""
    keys = {key}
    for tag in tags:
        if tag.parent_id in keys:
            keys.add(tag.pk)
    return keys
