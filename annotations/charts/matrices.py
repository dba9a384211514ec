"""Charts whose numbers stand in cells: tags by source, by reader, and by each other."""

from itertools import chain

from annotations.charts.crosstab import Cell, Head, Table
from annotations.charts.geometry import LABEL, LETTER, Drawing, Mark, Rule, Stroke, Words, cut, label, most_in, width_of

CELL, ROW = 72, 44


def matrix(table: Table) -> Drawing:
    """A cell for each number, with a piece of the tag's line as long as the number is large; above, the columns' names."""
    top, rows = height_for(table.columns), list(zip(table.rows, table.cells, strict=True))
    parts = [heads(table.columns, top)]
    lanes, most = table.rows is table.columns, most_in([cells for head, cells in rows if head.hue])
    for n, (head, cells) in enumerate(rows):
        largest = most if head.hue else most_in([cells])
        parts.append(row_of(head, cells, table.columns, top + n * ROW, largest, lanes=lanes))
    words, rules, strokes, marks = (list(chain(*kinds)) for kinds in zip(*parts, strict=True))
    wide = LABEL + len(table.columns) * CELL
    bottom = top + len(table.rows) * ROW
    rules += [Rule(0, bottom, wide, bottom), Rule(0, top, wide, top, "base")]
    return Drawing(wide + 100, round(bottom) + 8, marks, words, rules, strokes)


def height_for(columns: list[Head]) -> float:
    """What slanting names of columns need."""
    return 28 + max((width_of(cut(head.name, 20)) for head in columns), default=0) * LETTER * 0.62


def heads(columns: list[Head], top: float) -> tuple:
    """The names of the columns, slanting upwards."""
    words = [
        Words(LABEL + n * CELL + 12, top - 8, cut(head.name, 20), "retired" if head.retired else "", turn=-38)
        for n, head in enumerate(columns)
    ]
    return words, [], [], []


def row_of(head: Head, cells: list[Cell], columns: list[Head], y: float, most: int, *, lanes: bool) -> tuple:
    words, strokes = label(head, y + 22)
    rules = [Rule(0, y, LABEL + len(columns) * CELL, y)]
    marks = []
    for n, (column, one) in enumerate(zip(columns, cells, strict=False)):
        x = LABEL + n * CELL
        hues = [head.hue] if not lanes or column.key == head.key else [column.hue, head.hue]
        if one.number:
            marks.append(box(one, hues, x, y, most))
        else:
            words.append(Words(x + 6, y + 20, "–", "minor"))
    return words, rules, strokes, marks


def box(cell: Cell, hues: list[int], x: float, y: float, most: int) -> Mark:
    """A number over its strokes: one of each hue, as the lines of a mark that two tags share."""
    length = max(3, (CELL - 12) * cell.number / max(1, most))
    strokes = [Stroke(x + 6, y + 29 + 6 * n, x + 6 + length, y + 29 + 6 * n, 4, hue) for n, hue in enumerate(hues)]
    said = [Words(x + 6, y + 20, f"{cell.number:,}", "number")]
    if cell.share is not None and cell.number < 10_000:
        said.append(Words(x + CELL - 6, y + 20, f"{cell.share}%", "minor", "end"))
    return Mark(x, y, CELL, ROW, cell.title, cell.href, strokes, said)
