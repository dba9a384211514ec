"""What a tag picker shows: the tags that are set, and all that can be, by their headings; some with the keys that give them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from annotations.models.codebook import Codebook, CodebookTag
from annotations.models.membership import RECENT_TAGS
from annotations.models.tag_groups import TagGroup, group_tags
from newsreader.text.language.names import fold_name

MAX_SET_TAGS = 100  # that are shown: a form that was refused may have named more
NO_COLOUR = 0  # of a name that is not in the codebook


class PickerTag(NamedTuple):
    """A tag as a picker shows it; `number` is its key, None where it has none."""

    name: str
    colour: int
    is_set: bool = False
    number: int | None = None


class PickerGroup(NamedTuple):
    """Tags below one heading; an empty one where the codebook has none."""

    heading: str
    tags: list[PickerTag]


def build_picker(
    codebook: Codebook, *, may_create: bool, names: Sequence[str] = (), recent: Iterable[str] = ()
) -> dict[str, Any]:
    """Return the context of a picker in which the tags of these names are set, in their order.

    Nine tags have a number key: those that were used last (`recent`, their keys), and the first of the others.
    """
    groups = group_tags(codebook, kept=names)
    numbers = number_tags([tag for group in groups for tag in group.tags], recent)
    return {
        "groups": [name_group(group, len(groups), build_tags(group.tags, names, numbers)) for group in groups],
        "set_tags": list_set_tags(codebook, names[:MAX_SET_TAGS]),
        "may_create": may_create,
    }


def number_tags(tags: Sequence[CodebookTag], recent: Iterable[str]) -> dict[str, int]:
    """Return the number keys, by the keys of the tags, in the order of the tags."""
    order = {key: place for place, key in enumerate(recent)}
    chosen = {tag.key for tag in sorted(tags, key=lambda tag: order.get(tag.key, len(order)))[:RECENT_TAGS]}
    return {tag.key: number for number, tag in enumerate((tag for tag in tags if tag.key in chosen), 1)}


def build_tags(tags: Iterable[CodebookTag], names: Sequence[str], numbers: Mapping[str, int]) -> list[PickerTag]:
    """Return the tags of one group."""
    folded = set(map(fold_name, names))
    return [PickerTag(tag.name, tag.colour, fold_name(tag.name) in folded, numbers.get(tag.key)) for tag in tags]


def name_group(group: TagGroup, number: int, tags: list[PickerTag]) -> PickerGroup:
    """Return a group of that number of groups; tags below no heading are the others where there are more."""
    return PickerGroup(group.heading or (_("Other tags") if number > 1 else ""), tags)


def list_set_tags(codebook: Codebook, names: Iterable[str]) -> list[PickerTag]:
    """Return the tags of these names in their order; one that is not in the codebook has no colour."""
    known = {fold_name(tag.name): (tag.name, tag.colour) for tag in codebook.values()}
    return [PickerTag(*known.get(fold_name(name), (name, NO_COLOUR)), is_set=True) for name in names]
