"""The parts of a desk: columns, rows, and the cells in which they cross."""

from datetime import date
from typing import NamedTuple

from annotations.models.codebook import CodebookTag
from annotations.passages.passage import Passage
from newsreader.search.ast import Node


class DeskColumn(NamedTuple):
    """One kind of passage on the axis; `number` counts them under all filters, whatever their tags."""

    kind: str | date
    label: str
    number: int
    filters: dict[str, str]
    link: str

    @property
    def value(self) -> str:
        """The kind as the address names it."""
        return str(self.kind)


class DeskCell(NamedTuple):
    """The passages of a row in a column: the first of them, and how many there are."""

    column: DeskColumn
    number: int
    passages: list[Passage]
    link: str

    @property
    def beyond(self) -> int:
        """How many passages are not shown."""
        return self.number - len(self.passages)

    @property
    def share(self) -> int | None:
        """The share of the column, in per cent; None of a column without passages."""
        return round(100 * self.number / self.column.number) if self.column.number else None


class PinnedPassage(NamedTuple):
    """A passage on top of a desk, with the line about it."""

    passage: Passage
    comment: str


class RowExpression(NamedTuple):
    """What selects the passages of a row: a tag or a tag expression; `term` is the tag where it is one."""

    written: str
    tree: Node
    term: CodebookTag | None

    @property
    def label(self) -> str:
        """The name of the tag, or the expression as written."""
        return self.term.name if self.term else self.written


class DeskRow(NamedTuple):
    """A row with its cells: how many passages they hold together, and how many there are in all columns, shown or not."""

    row: RowExpression
    here: int
    in_all: int
    link: str
    cells: list[DeskCell]
