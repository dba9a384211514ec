"""A codebook as rows to be drawn: a tree, read from the top."""

from typing import NamedTuple

from annotations.models import Tag


class Row(NamedTuple):
    """One tag; `opens` says that its children follow, `closes` how many lists end after it."""

    tag: Tag
    number: int
    opens: bool
    closes: range

    def says_something(self) -> bool:
        return bool(self.tag.definition or self.tag.use_for or self.tag.not_for)


def rows_of(tags: list[Tag], counts: dict, find: str = "") -> list[Row]:
    """The tags that say `find` in name or definition, with what stands above them; `tags` in the order of the tree."""
    shown = found(tags, find) if find else tags
    depths = [tag.tree_depth for tag in shown] + [0]
    return [
        Row(tag, counts.get(tag.pk, 0), depths[n + 1] > depths[n], range(depths[n] - depths[n + 1]))
        for n, tag in enumerate(shown)
    ]


def found(tags: list[Tag], find: str) -> list[Tag]:
    """Read from the bottom, so that a tag is met after all that stands under it."""
    words, kept = find.lower(), set()
    for tag in reversed(tags):
        if words in f"{tag.name}\n{tag.definition}".lower() or tag.pk in kept:
            kept |= {tag.pk, tag.parent_id}
    return [tag for tag in tags if tag.pk in kept]


def below(tags: list[Tag], key) -> set:
    """The keys of a tag and of all that stands under it."""
    keys = {key}
    for tag in tags:
        if tag.parent_id in keys:
            keys.add(tag.pk)
    return keys
