"""Highlights and tags on their way out or in, whatever the format."""

from datetime import datetime
from typing import NamedTuple

from newsreader.text.translation import gettext as _


class UnreadableFileError(ValueError):
    """A file, or one entry of it, cannot be imported; the words say why, for people.

    The message is an English one of the catalogue with places for the `values`: it is made where nobody knows the language
    of the page, and translated where it is shown.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message, self.values = message, {name: str(value) for name, value in values.items()}

    def __str__(self) -> str:
        return fill_in(self.message, self.values)


def fill_in(message: str, values: dict[str, str]) -> str:
    """Return the translation of a message with its values in their places."""
    return _(message) % values if values else _(message)


class ReplyRecord(NamedTuple):
    """A reply to a highlight; what is not known is empty or None."""

    id: str = ""  # its permalink
    text: str = ""
    creator: str = ""
    created: datetime | None = None


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
    private: bool = False  # for its author or a group alone, where it came from
    replies: tuple[ReplyRecord, ...] = ()
    resolved: bool = False  # whether its replies are


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
    heading_only: bool = False
