"""Charts whose numbers stand in cells: tags by source, by reader, and by each other."""

from math import ceil

from annotations.charts.crosstab import CountCell, Crosstab, Header
from annotations.charts.geometry import (
    LABEL_WIDTH,
    LETTER_WIDTH,
    SCALE_WIDTH,
    ChartMark,
    Drawing,
    Label,
    Parts,
    Rule,
    Stroke,
    cut_label,
    draw_row_name,
    find_largest,
    join_parts,
    measure_width,
)

CELL_WIDTH, ROW_HEIGHT = 72, 44
MAX_HEADER_LETTERS = 20
HEADER_TURN = -38  # degrees
HEADER_RISE = 0.62  # the sine of it
MAX_NUMBER_BESIDE_SHARE = 9_999  # a larger one leaves no room for the share


def draw_matrix(table: Crosstab) -> Drawing:
    """Return a cell for each number, with a piece of the tag's line as long as the number is large; above, the columns' names."""
    top, rows = measure_header_height(table.columns), list(zip(table.rows, table.cells, strict=True))
    is_symmetric = table.rows is table.columns
    largest = find_largest([cells for header, cells in rows if header.hue])
    lines = [
        draw_row(header, cells, table.columns, top + index * ROW_HEIGHT, largest, is_symmetric=is_symmetric)
        for index, (header, cells) in enumerate(rows)
    ]
    parts = join_parts([draw_headers(table.columns, top), *lines])
    width = LABEL_WIDTH + len(table.columns) * CELL_WIDTH
    bottom = top + len(table.rows) * ROW_HEIGHT
    parts.rules.extend([Rule(0, bottom, width, bottom), Rule(0, top, width, top, "base")])
    return Drawing(width + SCALE_WIDTH, bottom + 8, parts)


def measure_header_height(columns: list[Header]) -> int:
    """Return what the slanting names of the columns need."""
    widths = (measure_width(cut_label(header.name, MAX_HEADER_LETTERS)) for header in columns)
    return 28 + ceil(max(widths, default=0) * LETTER_WIDTH * HEADER_RISE)


def draw_headers(columns: list[Header], top: float) -> Parts:
    """Return the names of the columns, slanting upwards."""
    labels = [
        Label(
            LABEL_WIDTH + index * CELL_WIDTH + 12,
            top - 8,
            cut_label(header.name, MAX_HEADER_LETTERS),
            "retired" if header.retired else "",
            turn=HEADER_TURN,
        )
        for index, header in enumerate(columns)
    ]
    return Parts(labels, [], [], [], [])


def draw_row(
    header: Header, cells: list[CountCell], columns: list[Header], y: float, largest: int, *, is_symmetric: bool
) -> Parts:
    """Return a row; that of all passages, which has no hue, has a scale of its own instead of up to `largest`."""
    names, strokes = draw_row_name(header, y + 22)
    rules = [Rule(0, y, LABEL_WIDTH + len(columns) * CELL_WIDTH, y)]
    largest = largest if header.hue else find_largest([cells])
    labels, marks = [], []
    for index, (column, cell) in enumerate(zip(columns, cells, strict=False)):
        x = LABEL_WIDTH + index * CELL_WIDTH
        hues = [column.hue, header.hue] if is_symmetric and column.key != header.key else [header.hue]
        if cell.number:
            marks.append(draw_cell(cell, hues, x, y, largest))
        else:
            labels.append(Label(x + 6, y + 20, "–", "minor"))
    return Parts(labels, rules, strokes, marks, names)


def draw_cell(cell: CountCell, hues: list[int], x: float, y: float, largest: int) -> ChartMark:
    """Return a number over its strokes: one of each hue, as the lines of a mark that two tags share."""
    length = max(3, (CELL_WIDTH - 12) * cell.number / max(1, largest))
    levels = [(hue, y + 29 + 6 * index) for index, hue in enumerate(hues)]
    strokes = [Stroke(x + 6, level, x + 6 + length, level, 4, hue) for hue, level in levels]
    labels = [Label(x + 6, y + 20, f"{cell.number:,}", "number")]
    if cell.share is not None and cell.number <= MAX_NUMBER_BESIDE_SHARE:
        labels.append(Label(x + CELL_WIDTH - 6, y + 20, f"{cell.share}%", "minor", "end"))
    return ChartMark(x, y, CELL_WIDTH, ROW_HEIGHT, cell.title, cell.href, strokes, labels)
