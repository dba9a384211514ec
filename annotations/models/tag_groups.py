"""A codebook's tags by the headings below which they stand, as pickers and filters offer them."""

from collections.abc import Iterable
from typing import NamedTuple

from annotations.models.codebook import Codebook, CodebookTag


class TagGroup(NamedTuple):
    """Tags below one heading, in the codebook's order; those below none stand last, with an empty heading."""

    heading: str
    tags: list[CodebookTag]


def group_tags(codebook: Codebook, kept: Iterable[str] = ()) -> list[TagGroup]:
    """Return the tags that new highlights may get, in groups; also those of the names `kept`, unless they are headings."""
    groups: dict[str, list[CodebookTag]] = {}
    names, parents = frozenset(kept), {tag.parent for tag in codebook.values()}
    for tag in codebook.values():
        if tag.is_offered or (tag.name in names and not tag.heading_only):
            groups.setdefault(find_heading(codebook, tag, parents), []).append(tag)
    loose = groups.pop("", [])
    return [TagGroup(name, tags) for name, tags in groups.items()] + ([TagGroup("", loose)] if loose else [])


def find_heading(codebook: Codebook, tag: CodebookTag, parents: set[str]) -> str:
    """Return the name of the nearest heading above a tag, else of the topmost tag there or itself; "" where it stands alone.

    `parents` are the keys of all tags that have others below them.
    """
    top = tag
    while top.parent:
        top = codebook[top.parent]
        if top.heading_only:
            return top.name
    return top.name if top.key in parents else ""
