"""A project's codebook as the reading page needs it, read from the database once for each of its versions."""

from functools import lru_cache
from typing import NamedTuple

from annotations.models.tag import Tag
from newsreader.text.language.slugs import slug_of


class Term(NamedTuple):
    """A tag to be drawn; `key` is its UUID without hyphens."""

    key: str
    name: str
    colour: int
    definition: str
    status: str
    parent: str
    slug: str


def codebook_of(project) -> dict[str, Term]:
    """The project's tags by their keys, in the codebook's order."""
    return read(project.pk, project.codebook)


@lru_cache(maxsize=128)
def read(project_id, version: int) -> dict[str, Term]:
    """The codebook; `version` is there for the cache: a changed codebook has another one."""
    tags = Tag.objects.without_tree_fields().filter(project_id=project_id)
    fields = tags.values_list("pk", "name", "colour", "definition", "status", "parent")
    return {
        key.hex: Term(key.hex, *rest, parent.hex if parent else "", slug_of(rest[0])) for key, *rest, parent in fields
    }


def keys_of(codebook: dict[str, Term], name: str, *, deep: bool = False) -> list[str]:
    """The tags that a name or an address means: two of them where their names make one slug; `deep` with those below.

    A name that no tag has, in any case, means those whose names make the same slug.
    """
    folded = name.casefold()
    keys = [term.key for term in codebook.values() if folded in (term.slug.casefold(), term.name.casefold())]
    if not keys and any(map(str.isalnum, name)):
        slug = slug_of(name)
        keys = [term.key for term in codebook.values() if term.slug == slug]
    return [*keys, *below(codebook, keys)] if deep else keys


def below(codebook: dict[str, Term], keys: list[str]) -> list[str]:
    """Every tag that stands under one of these, at whatever depth."""
    found: list[str] = []
    level = set(keys)
    while level:
        children = [term.key for term in codebook.values() if term.parent in level and term.key not in found]
        found += children
        level = set(children) - set(keys)
    return found
