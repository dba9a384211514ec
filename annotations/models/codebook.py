"""A project's codebook as the reading page needs it, read from the database once for each of its versions."""

from functools import lru_cache
from typing import NamedTuple

from newsreader.text.slugs import slug_of

from .tag import Tag


class Term(NamedTuple):
    """A tag to be drawn; `key` is its UUID without hyphens."""

    key: str
    name: str
    colour: int
    definition: str
    status: str
    slug: str


def codebook_of(project) -> dict[str, Term]:
    """The project's tags by their keys, in the codebook's order."""
    return read(project.pk, project.codebook)


@lru_cache(maxsize=128)
def read(project_id, version: int) -> dict[str, Term]:
    """The codebook; `version` is there for the cache: a changed codebook has another one."""
    tags = Tag.objects.without_tree_fields().filter(project_id=project_id)
    fields = tags.values_list("pk", "name", "colour", "definition", "status")
    return {key.hex: Term(key.hex, *rest, slug_of(rest[0])) for key, *rest in fields}
