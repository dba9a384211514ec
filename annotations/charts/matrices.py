"""Charts whose numbers stand in cells: tags by source, by reader, and by each other."""

from itertools import chain

from annotations.charts.crosstab import CountCell, Crosstab, Header
from annotations.charts.geometry import (
    LABEL_WIDTH,
    LETTER_WIDTH,
    ChartMark,
    Drawing,
    Label,
    Rule,
    Stroke,
    cut_label,
    draw_row_label,
    find_largest,
    measure_width,
)

CELL_WIDTH, ROW_HEIGHT = 72, 44


def draw_matrix(table: Crosstab) -> Drawing:
    """A cell for each number, with a piece of the tag's line as long as the number is large; above, the columns' names."""
    top, rows = measure_header_height(table.columns), list(zip(table.rows, table.cells, strict=True))
    parts = [draw_headers(table.columns, top)]
    lanes, most = table.rows is table.columns, find_largest([cells for head, cells in rows if head.hue])
    for n, (head, cells) in enumerate(rows):
        largest = most if head.hue else find_largest([cells])
        parts.append(draw_row(head, cells, table.columns, top + n * ROW_HEIGHT, largest, lanes=lanes))
    words, rules, strokes, marks = (list(chain(*kinds)) for kinds in zip(*parts, strict=True))
    wide = LABEL_WIDTH + len(table.columns) * CELL_WIDTH
    bottom = top + len(table.rows) * ROW_HEIGHT
    rules += [Rule(0, bottom, wide, bottom), Rule(0, top, wide, top, "base")]
    return Drawing(wide + 100, round(bottom) + 8, marks, words, rules, strokes)


def measure_header_height(columns: list[Header]) -> float:
    """What slanting names of columns need."""
    return 28 + max((measure_width(cut_label(head.name, 20)) for head in columns), default=0) * LETTER_WIDTH * 0.62


def draw_headers(columns: list[Header], top: float) -> tuple:
    """The names of the columns, slanting upwards."""
    words = [
        Label(
            LABEL_WIDTH + n * CELL_WIDTH + 12,
            top - 8,
            cut_label(head.name, 20),
            "retired" if head.retired else "",
            turn=-38,
        )
        for n, head in enumerate(columns)
    ]
    return words, [], [], []


def draw_row(head: Header, cells: list[CountCell], columns: list[Header], y: float, most: int, *, lanes: bool) -> tuple:
    words, strokes = draw_row_label(head, y + 22)
    rules = [Rule(0, y, LABEL_WIDTH + len(columns) * CELL_WIDTH, y)]
    marks = []
    for n, (column, one) in enumerate(zip(columns, cells, strict=False)):
        x = LABEL_WIDTH + n * CELL_WIDTH
        hues = [head.hue] if not lanes or column.key == head.key else [column.hue, head.hue]
        if one.number:
            marks.append(draw_cell(one, hues, x, y, most))
        else:
            words.append(Label(x + 6, y + 20, "–", "minor"))
    return words, rules, strokes, marks


def draw_cell(cell: CountCell, hues: list[int], x: float, y: float, most: int) -> ChartMark:
    """A number over its strokes: one of each hue, as the lines of a mark that two tags share."""
    length = max(3, (CELL_WIDTH - 12) * cell.number / max(1, most))
    strokes = [Stroke(x + 6, y + 29 + 6 * n, x + 6 + length, y + 29 + 6 * n, 4, hue) for n, hue in enumerate(hues)]
    said = [Label(x + 6, y + 20, f"{cell.number:,}", "number")]
    if cell.share is not None and cell.number < 10_000:
        said.append(Label(x + CELL_WIDTH - 6, y + 20, f"{cell.share}%", "minor", "end"))
    return ChartMark(x, y, CELL_WIDTH, ROW_HEIGHT, cell.title, cell.href, strokes, said)
