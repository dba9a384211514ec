"""Charts as plain data: where each stroke, word and rule of a drawing stands, in pixels from its upper left corner."""

from math import ceil
from typing import NamedTuple
from unicodedata import east_asian_width

from annotations.charts.crosstab import CountCell, Crosstab, Header

LABEL_WIDTH = 208  # what stands left of every chart, for the names of tags
MAX_PLOT_WIDTH, MAX_BAR_STEP = 720, 72  # all bars of a timeline at most, and the room of one
DATE_WIDTH = 104  # the room of a date
STRIP_HEIGHT, STRIP_GAP = 48, 20  # a tag's strip of a timeline, and what parts it from the next
LETTER_WIDTH = 6.4  # the width of a letter of a label, on average
DASH_PATTERN = "4 3"


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
        return DASH_PATTERN if self.hue > 6 else ""


class Label(NamedTuple):
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


class ChartMark(NamedTuple):
    """What one number is drawn as, and the area that leads to its passages."""

    x: float
    y: float
    width: float
    height: float
    title: str
    href: str
    strokes: list[Stroke]
    words: list[Label]


class Drawing(NamedTuple):
    width: int
    height: int
    marks: list[ChartMark]
    words: list[Label]
    rules: list[Rule]
    strokes: list[Stroke]


def make_ticks(most: int, wanted: int = 2) -> list[int]:
    """Whole numbers from 0 up to `most` or just beyond, in steps of 1, 2 or 5 times a power of ten; about `wanted` steps."""
    size = 1
    while size * 10 * wanted < most:
        size *= 10
    step = next(size * n for n in (1, 2, 5, 10) if size * n * wanted >= most)
    return list(range(0, max(most, 1) + step, step))[: -(-max(most, 1) // step) + 1]


def cut_label(words: str, most: int) -> str:
    """The words, cut to the width of so many letters; wide signs count as two. Isolated, so that either direction reads well."""
    width, kept = 0, ""
    for sign in words:
        width += measure_width(sign)
        if width > most:
            return f"\u2068{kept.rstrip()}…\u2069"
        kept += sign
    return f"\u2068{words}\u2069"


def measure_width(words: str) -> int:
    """In letters; wide signs count as two, and the isolates that `cut` adds as none."""
    return sum(0 if sign in "\u2068\u2069" else 2 if east_asian_width(sign) in "WF" else 1 for sign in words)


def draw_row_label(head: Header, y: float) -> tuple[list[Label], list[Stroke]]:
    """A tag's name over its line."""
    name = cut_label(head.name, 27)
    strokes = (
        [Stroke(0, y + 7, min(measure_width(name) * LETTER_WIDTH, LABEL_WIDTH - 16), y + 7, 2, head.hue)]
        if head.hue
        else []
    )
    return [Label(0, y, name, "retired" if head.retired else "")], strokes


def draw_timeline(table: Crosstab, dates: list[tuple[int, str]]) -> Drawing:
    """A strip for each row, a bar for each column. The first row has a scale of its own; all others share one.

    `dates` are what to write under the columns, by their numbers.
    """
    step = measure_bar_step(len(table.columns))
    end = LABEL_WIDTH + step * len(table.columns)
    marks, words, rules, strokes = [], [], [], []
    scales = [make_ticks(find_largest(table.cells[:1])), make_ticks(find_largest(table.cells[1:]))]
    for n, (head, cells) in enumerate(zip(table.rows, table.cells, strict=True)):
        base, scale = 16 + n * (STRIP_HEIGHT + STRIP_GAP) + STRIP_HEIGHT, scales[n > 0]
        names, lines = draw_row_label(head, base - 8)
        words, strokes = words + names + draw_scale_labels(scale, base, end), strokes + lines
        rules += [
            Rule(
                LABEL_WIDTH,
                measure_height(value, scale, base),
                end,
                measure_height(value, scale, base),
                "" if value else "base",
            )
            for value in scale
        ]
        marks += [
            draw_bar(cell, head.hue, LABEL_WIDTH + i * step, step, scale, base)
            for i, cell in enumerate(cells)
            if cell.number
        ]
    bottom = 16 + len(table.rows) * (STRIP_HEIGHT + STRIP_GAP)
    for place, said in dates:
        x = LABEL_WIDTH + place * step
        rules.append(Rule(x, bottom - STRIP_GAP, x, bottom - STRIP_GAP + 6, "base"))
        words.append(Label(x, bottom + 4, said, "minor"))
    return Drawing(round(end) + 100, bottom + 16, marks, words, rules, strokes)


def measure_bar_step(columns: int) -> float:
    """The room of one bar."""
    return min(MAX_BAR_STEP, MAX_PLOT_WIDTH / max(1, columns))


def find_largest(rows: list[list[CountCell]]) -> int:
    return max((cell.number for cells in rows for cell in cells), default=0)


def measure_height(value: int, scale: list[int], base: float) -> float:
    return base - STRIP_HEIGHT * value / scale[-1]


def draw_scale_labels(scale: list[int], base: float, end: float) -> list[Label]:
    return [Label(end + 6, measure_height(value, scale, base) + 4, f"{value:,}", "minor") for value in (0, scale[-1])]


def draw_bar(cell: CountCell, hue: int, x: float, step: float, scale: list[int], base: float) -> ChartMark:
    """A bar is the tag's line, stood upright."""
    middle, width = x + step / 2, max(1.5, min(16, step * 0.7))
    stroke = Stroke(middle, base, middle, measure_height(cell.number, scale, base), width, hue)
    return ChartMark(x, base - STRIP_HEIGHT, step, STRIP_HEIGHT, cell.title, cell.href, [stroke], [])


def choose_dates(names: list[str]) -> list[tuple[int, str]]:
    """Which of the columns are written under a timeline: the first, and others evenly apart, as near as they can be read."""
    every = ceil(DATE_WIDTH / measure_bar_step(len(names)))
    return [(n, names[n]) for n in range(0, len(names), every)]
