"""Charts as plain data: where each stroke, word and rule of a drawing stands, in pixels from its upper left corner."""

from itertools import chain
from math import ceil
from typing import NamedTuple
from unicodedata import east_asian_width

from .crosstab import Cell, Head, Table

LABEL = 208  # what stands left of every chart, for the names of tags
PLOT, WIDEST = 720, 72  # all bars of a timeline at most, and the room of one
DATE = 104  # the room of a date
STRIP, APART = 48, 20  # a tag's strip of a timeline, and what parts it from the next
CELL, ROW = 72, 44
LETTER = 6.4  # the width of a letter of a label, on average
DASH = "4 3"


class Stroke(NamedTuple):
    """A piece of a tag's line, from point to point; `dash` where the tag's hue is one of the dashed ones."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    hue: int

    @property
    def dash(self) -> str:
        return DASH if self.hue > 6 else ""


class Words(NamedTuple):
    x: float
    y: float
    words: str
    kind: str = ""  # "minor", "retired", "number"
    anchor: str = "start"
    turn: int = 0  # degrees, about its own point


class Rule(NamedTuple):
    x1: float
    y1: float
    x2: float
    y2: float
    kind: str = ""


class Mark(NamedTuple):
    """What one number is drawn as, and the area that leads to its passages."""

    x: float
    y: float
    width: float
    height: float
    title: str
    href: str
    strokes: list[Stroke]
    words: list[Words]


class Drawing(NamedTuple):
    width: int
    height: int
    marks: list[Mark]
    words: list[Words]
    rules: list[Rule]
    strokes: list[Stroke]


def ticks(most: int, wanted: int = 2) -> list[int]:
    """Whole numbers from 0 up to `most` or just beyond, in steps of 1, 2 or 5 times a power of ten; about `wanted` steps."""
    size = 1
    while size * 10 * wanted < most:
        size *= 10
    step = next(size * n for n in (1, 2, 5, 10) if size * n * wanted >= most)
    return list(range(0, max(most, 1) + step, step))[: -(-max(most, 1) // step) + 1]


def cut(words: str, most: int) -> str:
    """The words, cut to the width of so many letters; wide signs count as two. Isolated, so that either direction reads well."""
    width, kept = 0, ""
    for sign in words:
        width += width_of(sign)
        if width > most:
            return f"\u2068{kept.rstrip()}…\u2069"
        kept += sign
    return f"\u2068{words}\u2069"


def width_of(words: str) -> int:
    """In letters; wide signs count as two, and the isolates that `cut` adds as none."""
    return sum(0 if sign in "\u2068\u2069" else 2 if east_asian_width(sign) in "WF" else 1 for sign in words)


def label(head: Head, y: float) -> tuple[list[Words], list[Stroke]]:
    """A tag's name over its line."""
    name = cut(head.name, 27)
    strokes = [Stroke(0, y + 7, min(width_of(name) * LETTER, LABEL - 16), y + 7, 2, head.hue)] if head.hue else []
    return [Words(0, y, name, "retired" if head.retired else "")], strokes


def timeline(table: Table, dates: list[tuple[int, str]]) -> Drawing:
    """A strip for each row, a bar for each column. The first row has a scale of its own; all others share one.

    `dates` are what to write under the columns, by their numbers.
    """
    step = step_of(len(table.columns))
    end = LABEL + step * len(table.columns)
    marks, words, rules, strokes = [], [], [], []
    scales = [ticks(most_in(table.cells[:1])), ticks(most_in(table.cells[1:]))]
    for n, (head, cells) in enumerate(zip(table.rows, table.cells, strict=True)):
        base, scale = 16 + n * (STRIP + APART) + STRIP, scales[n > 0]
        names, lines = label(head, base - 8)
        words, strokes = words + names + scaled(scale, base, end), strokes + lines
        rules += [
            Rule(LABEL, height(value, scale, base), end, height(value, scale, base), "" if value else "base")
            for value in scale
        ]
        marks += [
            bar(cell, head.hue, LABEL + i * step, step, scale, base) for i, cell in enumerate(cells) if cell.number
        ]
    bottom = 16 + len(table.rows) * (STRIP + APART)
    for place, said in dates:
        x = LABEL + place * step
        rules.append(Rule(x, bottom - APART, x, bottom - APART + 6, "base"))
        words.append(Words(x, bottom + 4, said, "minor"))
    return Drawing(round(end) + 100, bottom + 16, marks, words, rules, strokes)


def step_of(columns: int) -> float:
    """The room of one bar."""
    return min(WIDEST, PLOT / max(1, columns))


def most_in(rows: list[list[Cell]]) -> int:
    return max((cell.number for cells in rows for cell in cells), default=0)


def height(value: int, scale: list[int], base: float) -> float:
    return base - STRIP * value / scale[-1]


def scaled(scale: list[int], base: float, end: float) -> list[Words]:
    return [Words(end + 6, height(value, scale, base) + 4, f"{value:,}", "minor") for value in (0, scale[-1])]


def bar(cell: Cell, hue: int, x: float, step: float, scale: list[int], base: float) -> Mark:
    """A bar is the tag's line, stood upright."""
    middle, width = x + step / 2, max(1.5, min(16, step * 0.7))
    stroke = Stroke(middle, base, middle, height(cell.number, scale, base), width, hue)
    return Mark(x, base - STRIP, step, STRIP, cell.title, cell.href, [stroke], [])


def dates_of(names: list[str]) -> list[tuple[int, str]]:
    """Which of the columns are written under a timeline: the first, and others evenly apart, as near as they can be read."""
    every = ceil(DATE / step_of(len(names)))
    return [(n, names[n]) for n in range(0, len(names), every)]


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
