"""A project's codebook as pages need it, read from the database once for each of its versions."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from annotations.models.project import Project
from annotations.models.tag import Tag
from newsreader.text.language.names import fold_name
from newsreader.text.language.slugs import UNTITLED, is_combining_mark, make_slug

NAME_PUNCTUATION = frozenset(" '’‘\"“”„«».,:;!?()-_/\u2010\u2011\u2013\u2014")  # that no two names differ by alone


class CodebookTag(NamedTuple):
    """A tag to be drawn; `key` is its UUID without hyphens, `parent` that of the tag above, or "".

    `address` is what the addresses of pages call it, and no other tag of its codebook; several may have one `slug`.
    `folded` is the name as names are compared.
    """

    key: str
    name: str
    colour: int
    definition: str
    status: str
    parent: str
    slug: str
    heading_only: bool
    folded: str
    address: str = ""

    @property
    def is_offered(self) -> bool:
        """Whether new highlights may get it."""
        return self.status == Tag.Status.ACTIVE and not self.heading_only

    def as_row(self, project_id: UUID) -> Tag:
        """Return it as a row of its project, for what refers to it; it knows its key and its name."""
        return Tag(pk=UUID(self.key), project_id=project_id, name=self.name)


Codebook = dict[str, CodebookTag]  # by key, in the codebook's order


def codebook_of(project: Project) -> Codebook:
    """Return the project's tags by their keys, in the codebook's order, but for those that blind reading hides."""
    codebook = load_codebook(project.pk, project.codebook)
    return leave_out_tags(codebook, project.sight.tags) if project.sight else codebook  # as long where it hides no tag


def leave_out_tags(codebook: Codebook, keys: Iterable[UUID]) -> Codebook:
    """Return the codebook without these tags, as though they had never been made."""
    hidden = {key.hex for key in keys}
    kept = [tag for tag in codebook.values() if tag.key not in hidden]
    tags = [tag._replace(parent="" if tag.parent in hidden else tag.parent) for tag in kept]
    return {tag.key: tag for tag in add_addresses(tags)}


@lru_cache(maxsize=128)
def load_codebook(project_id: UUID, version: int) -> Codebook:
    """Read the codebook; `version` is there for the cache: a changed codebook has another one."""
    tags = Tag.objects.without_tree_fields().filter(project_id=project_id)
    return {tag.key: tag for tag in add_addresses(list(map(codebook_tag, tags)))}


def codebook_tag(tag: Tag) -> CodebookTag:
    """Return the tag as pages need it."""
    parent = tag.parent_id.hex if tag.parent_id else ""
    fields = (tag.pk.hex, tag.name, tag.colour, tag.definition, tag.status, parent, make_slug(tag.name))
    return CodebookTag(*fields, tag.heading_only, fold_name(tag.name))


def add_addresses(tags: list[CodebookTag]) -> list[CodebookTag]:
    """Return the tags with their addresses: the slug where it is one tag's alone, else the name."""
    slugs, names = Counter(tag.slug for tag in tags), Counter(tag.folded for tag in tags)
    return [tag._replace(address=choose_address(tag, slugs, names)) for tag in tags]


def choose_address(tag: CodebookTag, slugs: Counter[str], names: Counter[str]) -> str:
    """Return the slug of a tag where no other tag has it for a slug or a name, else the name as it is written."""
    others = names[tag.slug] - (tag.folded == tag.slug)
    return tag.slug if tag.slug != UNTITLED and slugs[tag.slug] == 1 and not others else tag.name


def find_address(codebook: Codebook, tag: Tag) -> str:
    """Return what addresses call a tag; its name where the codebook was read before it was made."""
    return codebook[tag.pk.hex].address if tag.pk.hex in codebook else tag.name


def tag_keys(codebook: Codebook, name: str, *, deep: bool = False) -> list[str]:
    """Return the tags that a name or an address means, `deep` with those below them.

    A name as it is written means one tag; else a slug, as in older addresses, each of that slug; else the name means
    those that look the same, whatever their capitals.
    """
    folded = fold_name(name)
    keys = [tag.key for tag in codebook.values() if tag.name == name]
    keys = keys or [tag.key for tag in codebook.values() if tag.slug == name]
    keys = keys or [tag.key for tag in codebook.values() if tag.folded == folded]
    keys = keys or find_by_slug(codebook, folded)
    return [*keys, *descendant_keys(codebook, keys)] if deep else keys


def find_by_slug(codebook: Codebook, name: str) -> list[str]:
    """Return the tags whose slug a name is, or makes; none for C++ where there is only C#."""
    keys = [tag.key for tag in codebook.values() if tag.slug == name]
    if keys or not any(map(str.isalnum, name)) or has_symbols(name):
        return keys
    slug = make_slug(name)
    return [tag.key for tag in codebook.values() if tag.slug == slug and not has_symbols(tag.name)]


def has_symbols(name: str) -> bool:
    """Return whether a name has characters besides letters, digits, accents and punctuation."""
    return any(
        not (character.isalnum() or character in NAME_PUNCTUATION or is_combining_mark(character)) for character in name
    )


def describe_addresses(codebook: Codebook) -> dict[str, str]:
    """Return the names of the tags by their addresses, and by their slugs, as older addresses have them."""
    names: dict[str, list[str]] = {}
    for tag in codebook.values():
        names.setdefault(tag.slug, []).append(tag.name)
    labels = {slug: " / ".join(of_slug) for slug, of_slug in names.items()}
    return labels | {name: tag.name for tag in codebook.values() for name in (tag.name, tag.address)}


def descendant_keys(codebook: Codebook, keys: list[str]) -> list[str]:
    """Return every tag that stands under one of these, at whatever depth."""
    found: list[str] = []
    level = set(keys)
    while level:
        children = [tag.key for tag in codebook.values() if tag.parent in level and tag.key not in found]
        found += children
        level = set(children) - set(keys)
    return found
