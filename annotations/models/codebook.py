"""A project's codebook as pages need it, read from the database once for each of its versions."""

from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from annotations.models.project import Project
from annotations.models.tag import Tag
from newsreader.text.language.slugs import make_slug


class CodebookTag(NamedTuple):
    """A tag to be drawn; `key` is its UUID without hyphens, `parent` that of the tag above, or ""."""

    key: str
    name: str
    colour: int
    definition: str
    status: str
    parent: str
    slug: str


Codebook = dict[str, CodebookTag]  # by key, in the codebook's order


def codebook_of(project: Project) -> Codebook:
    """Return the project's tags by their keys, in the codebook's order."""
    return load_codebook(project.pk, project.codebook)


@lru_cache(maxsize=128)
def load_codebook(project_id: UUID, version: int) -> Codebook:
    """Read the codebook; `version` is there for the cache: a changed codebook has another one."""
    tags = Tag.objects.without_tree_fields().filter(project_id=project_id)
    return {tag.key: tag for tag in map(codebook_tag, tags)}


def codebook_tag(tag: Tag) -> CodebookTag:
    """Return the tag as pages need it."""
    parent = tag.parent_id.hex if tag.parent_id else ""
    return CodebookTag(tag.pk.hex, tag.name, tag.colour, tag.definition, tag.status, parent, make_slug(tag.name))


def tag_keys(codebook: Codebook, name: str, *, deep: bool = False) -> list[str]:
    """Return the tags that a name or an address means: two of them where their names make one slug; `deep` with those below."""
    folded = name.casefold()
    keys = [tag.key for tag in codebook.values() if folded in (tag.slug.casefold(), tag.name.casefold())]
    return [*keys, *descendant_keys(codebook, keys)] if deep else keys


def descendant_keys(codebook: Codebook, keys: list[str]) -> list[str]:
    """Return every tag that stands under one of these, at whatever depth."""
    found: list[str] = []
    level = set(keys)
    while level:
        children = [tag.key for tag in codebook.values() if tag.parent in level and tag.key not in found]
        found += children
        level = set(children) - set(keys)
    return found
