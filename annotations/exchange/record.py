"""Highlights and tags on their way out or in, whatever the format."""

from datetime import datetime
from typing import NamedTuple


class UnreadableFileError(ValueError):
    """A file, or one entry of it, cannot be imported; the words say why, for people."""


class HighlightRecord(NamedTuple):
    """A highlight with its place; offsets are code points, and what is not known is empty or None."""

    id: str = ""  # its permalink
    source: str = ""  # the address at which the text was read
    article: str = ""  # the article's page in the library it came from
    title: str = ""
    revision: int | None = None
    address: str = ""  # the revision's page there
    digest: str = ""
    read_at: datetime | None = None  # when that revision was kept
    start: int | None = None
    end: int | None = None
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""
    creator: str = ""
    created: datetime | None = None
    modified: datetime | None = None


class TagRecord(NamedTuple):
    """A tag of a codebook; `parent` is the id of another one."""

    id: str
    name: str
    parent: str = ""
    definition: str = ""
    use_for: str = ""
    not_for: str = ""
    colour: int | None = None
    retired: bool = False
