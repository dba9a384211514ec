"""A chart's numbers as a table: a row for each tag, a column for each day, source, reader or other tag."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from annotations.charts.counting import compute_percentage, split_into_shares
from newsreader.text.translation import gettext as _
from newsreader.text.translation import ngettext

Numbers = Mapping[tuple[Any, Any], int]  # by (row key, column key)
Query = dict[str, str]
LinkBuilder = Callable[..., str]  # of queries: the address of the passages that all of them choose


class Header(NamedTuple):
    """The header of a row or a column.

    `query` is what chooses its passages, None where no such choice can be written; `spoken` is the name in a sentence.
    `tick` is the name under an axis, and `skipped` how many days, weeks or months before a column are left out, since
    they have no passages.
    """

    key: Any
    name: str
    number: int = 0
    query: Query | None = None
    hue: int = 0
    retired: bool = False
    href: str = ""
    spoken: str = ""
    tick: str = ""
    skipped: int = 0


class CountCell(NamedTuple):
    """A number of passages, what it says in words, where it leads, and its share in per cent; None for no share."""

    number: int
    title: str = ""
    href: str = ""
    share: int | None = None


EMPTY_CELL = CountCell(0)
HeaderWithCells = tuple[Header, list[tuple[Header, CountCell]]]


class Crosstab(NamedTuple):
    """The headers and, for each row, a cell for each column."""

    rows: list[Header]
    columns: list[Header]
    cells: list[list[CountCell]]

    def list_rows(self) -> list[HeaderWithCells]:
        """Return the rows, each with its cells and the headers of their columns."""
        cells = [list(zip(self.columns, row, strict=False)) for row in self.cells]
        return list(zip(self.rows, cells, strict=True))

    def list_columns(self) -> list[HeaderWithCells]:
        """Return the columns that have something, each with its cells and the headers of their rows."""
        columns = [list(zip(self.rows, cells, strict=True)) for cells in zip(*self.cells, strict=True)]
        return [(header, cells) for header, cells in zip(self.columns, columns, strict=True) if header.number]


def format_passage_count(number: int) -> str:
    """Return the number with its noun, such as “1,200 passages”."""
    return ngettext("%(number)s passage", "%(number)s passages", number) % {"number": f"{number:,}"}


def make_crosstab(
    rows: list[Header], columns: list[Header], numbers: Numbers, link: LinkBuilder, share_of: str = ""
) -> Crosstab:
    """Return the table of these numbers; `share_of` says of what a cell is a share: "row", "column" or "" for none."""
    lines = []
    for row in rows:
        counts = [numbers.get((row.key, column.key), 0) for column in columns]
        shares = compute_shares(row, counts, columns, share_of)
        cells = zip(columns, counts, shares, strict=True)
        lines.append([make_cell(row, column, count, share, link, share_of) for column, count, share in cells])
    return Crosstab(rows, columns, lines)


def compute_shares(row: Header, counts: list[int], columns: list[Header], share_of: str) -> list[int] | list[None]:
    """Return the shares of a row's cells in per cent; those of all passages, whose key is empty, are of the row."""
    if not share_of:
        return [None] * len(counts)
    if share_of == "row" or not row.key:
        return split_into_shares(counts)
    return [compute_percentage(count, column.number) for count, column in zip(counts, columns, strict=True)]


def make_cell(
    row: Header, column: Header, number: int, share: int | None, link: LinkBuilder, share_of: str
) -> CountCell:
    """Return a cell that leads to its passages, or where its column leads if these cannot be chosen."""
    if not number:
        return EMPTY_CELL
    title = describe_cell(row, column, number, share, share_of)
    return CountCell(number, title, column.href if column.query is None else link(row.query, column.query), share)


def describe_cell(row: Header, column: Header, number: int, share: int | None, share_of: str) -> str:
    """Return what a cell says in words."""
    values = {"row": row.spoken, "column": column.spoken, "passages": format_passage_count(number), "share": share}
    if share is None:
        return _("%(row)s, %(column)s: %(passages)s") % values
    if not row.key:
        return _("%(row)s, %(column)s: %(passages)s, %(share)s%% of all") % values
    values["whole"] = column.spoken if share_of == "column" else row.spoken
    return _("%(row)s, %(column)s: %(passages)s, %(share)s%% of %(whole)s") % values


def make_triangle(rows: list[Header], numbers: Numbers, link: LinkBuilder) -> Crosstab:
    """Return the table of each tag beside each that comes before it and, on the diagonal, by itself."""
    lines = [
        [make_pair_cell(row, column, numbers.get((row.key, column.key), 0), link) for column in rows[: index + 1]]
        for index, row in enumerate(rows)
    ]
    return Crosstab(rows, rows, lines)


def make_pair_cell(row: Header, column: Header, number: int, link: LinkBuilder) -> CountCell:
    """Return the cell of two tags, or of one by itself."""
    if not number:
        return EMPTY_CELL
    values = {"row": row.spoken, "column": column.spoken, "passages": format_passage_count(number)}
    if row.key == column.key:
        title = _("%(row)s, with or without others: %(passages)s") % values
    else:
        title = _("%(column)s and %(row)s: %(passages)s") % values
    return CountCell(number, title, link(row.query, column.query))


def list_table_rows(
    table: Crosstab, corner: str, *, by_column: bool = False, with_shares: bool = False
) -> tuple[list[str], list[list[Any]]]:
    """Return the head and the rows of the table as a file.

    `by_column` makes a row of each column; `with_shares` gives each number its share in a column beside it.
    """
    names = [header.name for header in (table.rows if by_column else table.columns)]
    head = [name for column in names for name in ([column, f"{column} (%)"] if with_shares else [column])]
    rows = []
    for header, cells in table.list_columns() if by_column else table.list_rows():
        pairs = [[cell.number, cell.share or 0] if with_shares else [cell.number] for _, cell in cells]
        total = [] if by_column else [header.number]
        rows.append([header.name, *total, *[value for pair in pairs for value in pair]])
    return [corner, *([] if by_column else ["passages"]), *head], rows
