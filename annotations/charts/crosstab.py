"""A chart's numbers as a table: a row for each tag, a column for each day, source, reader or other tag; each with its words."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from annotations.charts.counting import compute_percentage, split_into_shares


class Header(NamedTuple):
    """The head of a row or a column. `query` is what chooses its passages; None where no such choice can be written."""

    key: object
    name: str
    number: int = 0
    query: dict | None = None
    hue: int = 0
    retired: bool = False
    href: str = ""
    spoken: str = ""  # the name within a sentence


class CountCell(NamedTuple):
    number: int
    title: str = ""
    href: str = ""
    share: int | None = None


EMPTY_CELL = CountCell(0)


class Crosstab(NamedTuple):
    """Heads and, for each row, a cell for each column."""

    rows: list[Header]
    columns: list[Header]
    cells: list[list[CountCell]]

    @property
    def lines(self) -> list[tuple[Header, list[tuple[Header, CountCell]]]]:
        """The rows, each with its cells and the heads of their columns."""
        cells = [list(zip(self.columns, row, strict=False)) for row in self.cells]
        return list(zip(self.rows, cells, strict=True))

    @property
    def turned(self) -> list[tuple[Header, list[tuple[Header, CountCell]]]]:
        """The columns that have something, each with its cells and the heads of their rows."""
        down = [list(zip(self.rows, cells, strict=True)) for cells in zip(*self.cells, strict=True)]
        return [(head, cells) for head, cells in zip(self.columns, down, strict=True) if head.number]


LinkBuilder = Callable[..., str]


def format_passage_count(number: int) -> str:
    return f"{number:,} passage{'' if number == 1 else 's'}"


def make_crosstab(
    rows: list[Header], columns: list[Header], numbers: Mapping, link: LinkBuilder, part: str = ""
) -> Crosstab:
    """The table of these numbers, by (row, column). `part` says of what a cell is a share: "row", "column" or "" for none."""
    lines = []
    for row in rows:
        counts = [numbers.get((row.key, column.key), 0) for column in columns]
        parts = compute_shares(row, counts, columns, part)
        lines.append([make_cell(row, *each, link, part) for each in zip(columns, counts, parts, strict=True)])
    return Crosstab(rows, columns, lines)


def compute_shares(row: Header, counts: list[int], columns: list[Header], part: str) -> list:
    if part == "row" or (part and not row.key):
        return split_into_shares(counts)
    totals = [column.number for column in columns]
    return [compute_percentage(*pair) for pair in zip(counts, totals, strict=True)] if part else [None] * len(counts)


def make_cell(row: Header, column: Header, number: int, share: int | None, link: LinkBuilder, part: str) -> CountCell:
    if not number:
        return EMPTY_CELL
    said = f"{row.spoken}, {column.spoken}: {format_passage_count(number)}"
    of = column.spoken if part == "column" else row.spoken
    title = said if share is None else f"{said}, {share}% of {of if row.key else 'all'}"
    if column.query is None:
        return CountCell(number, title, column.href, share)
    return CountCell(number, title, link(row.query, column.query), share)


def make_triangle(rows: list[Header], numbers: Mapping, link: LinkBuilder) -> Crosstab:
    """The table of each tag beside each that comes before it and, on the diagonal, by itself."""
    lines = [
        [make_pair_cell(row, column, numbers.get((row.key, column.key), 0), link) for column in rows[: n + 1]]
        for n, row in enumerate(rows)
    ]
    return Crosstab(rows, rows, lines)


def make_pair_cell(row: Header, column: Header, number: int, link: LinkBuilder) -> CountCell:
    if not number:
        return EMPTY_CELL
    names = f"{column.spoken} and {row.spoken}" if row.key != column.key else f"{row.spoken}, with or without others"
    return CountCell(number, f"{names}: {format_passage_count(number)}", link(row.query, column.query))


def list_table_rows(
    table: Crosstab, corner: str, *, turned: bool = False, part: str = ""
) -> tuple[list[str], list[list]]:
    """The head and the rows of the table as a file; where cells have shares, each column has one beside it."""
    lines = table.turned if turned else table.lines
    columns = [head.name for head in (table.rows if turned else table.columns)]
    shared = [[name, f"{name} (%)"] for name in columns] if part else [[name] for name in columns]
    rows = []
    for head, cells in lines:
        pairs = [[cell.number, cell.share or 0] if part else [cell.number] for _, cell in cells]
        rows.append([head.name, *([] if turned else [head.number]), *[value for pair in pairs for value in pair]])
    return [corner, *([] if turned else ["passages"]), *[name for pair in shared for name in pair]], rows
