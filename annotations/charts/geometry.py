"""Charts as plain data: where each stroke, label and rule of a drawing stands, in pixels from its upper left corner."""

from collections.abc import Iterable
from math import ceil
from typing import NamedTuple
from unicodedata import east_asian_width

from annotations.charts.crosstab import CountCell, Crosstab, Header

LABEL_WIDTH = 208  # left of every chart, for the names of tags
MAX_LABEL_LETTERS = 27
MAX_PLOT_WIDTH, MAX_BAR_STEP = 720, 72  # of all bars of a timeline, and of one
MIN_BAR_WIDTH, MAX_BAR_WIDTH = 1.5, 16
DATE_WIDTH = 104
STRIP_HEIGHT, STRIP_GAP = 48, 20  # a tag's strip of a timeline, and what parts it from the next
TOP = 16  # above the first strip
SCALE_WIDTH = 100  # right of the bars, for the labels of the scale
LETTER_WIDTH = 6.4  # of a label, on average
DASH_PATTERN = "4 3"
LAST_SOLID_HUE = 6


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
        """The dash pattern; empty for a solid line."""
        return DASH_PATTERN if self.hue > LAST_SOLID_HUE else ""


class Label(NamedTuple):
    """Words of a drawing; `turn` in degrees about their own point."""

    x: float
    y: float
    text: str
    kind: str = ""  # "minor", "retired", "number"
    anchor: str = "start"
    turn: int = 0


class Rule(NamedTuple):
    """A thin line of the frame or of a scale."""

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
    labels: list[Label]


class Parts(NamedTuple):
    """What a row or the whole of a drawing consists of."""

    labels: list[Label]
    rules: list[Rule]
    strokes: list[Stroke]
    marks: list[ChartMark]


class Drawing(NamedTuple):
    """A whole chart."""

    width: int
    height: int
    marks: list[ChartMark]
    labels: list[Label]
    rules: list[Rule]
    strokes: list[Stroke]


def join_parts(rows: Iterable[Parts]) -> Parts:
    """Return the parts of all rows together."""
    joined = Parts([], [], [], [])
    for row in rows:
        joined.labels.extend(row.labels)
        joined.rules.extend(row.rules)
        joined.strokes.extend(row.strokes)
        joined.marks.extend(row.marks)
    return joined


def make_ticks(largest: int, steps: int = 2) -> list[int]:
    """Return whole numbers from 0 up to `largest` or just beyond, in steps of 1, 2 or 5 times a power of ten.

    There are about as many `steps` as are asked for.
    """
    size = 1
    while size * 10 * steps < largest:
        size *= 10
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor * steps >= largest)
    return list(range(0, max(largest, 1) + step, step))[: -(-max(largest, 1) // step) + 1]


def cut_label(words: str, max_letters: int) -> str:
    """Return the words cut to the width of so many letters, isolated so that either direction reads well."""
    width, kept = 0, ""
    for character in words:
        width += measure_width(character)
        if width > max_letters:
            return f"\u2068{kept.rstrip()}…\u2069"
        kept += character
    return f"\u2068{words}\u2069"


def measure_width(words: str) -> int:
    """Return the width in letters; wide characters count as two, and the isolates that `cut_label` adds as none."""
    return sum(
        0 if character in "\u2068\u2069" else 2 if east_asian_width(character) in "WF" else 1 for character in words
    )


def draw_row_label(header: Header, y: float) -> tuple[list[Label], list[Stroke]]:
    """Return a tag's name over its line."""
    name = cut_label(header.name, MAX_LABEL_LETTERS)
    width = min(measure_width(name) * LETTER_WIDTH, LABEL_WIDTH - 16)
    strokes = [Stroke(0, y + 7, width, y + 7, 2, header.hue)] if header.hue else []
    return [Label(0, y, name, "retired" if header.retired else "")], strokes


def draw_timeline(table: Crosstab, dates: list[tuple[int, str]]) -> Drawing:
    """Return a strip for each row, a bar for each column. The first row has a scale of its own; all others share one.

    `dates` are what to write under the columns, by their indexes.
    """
    step = measure_bar_step(len(table.columns))
    scales = [make_ticks(find_largest(table.cells[:1])), make_ticks(find_largest(table.cells[1:]))]
    strips = [
        draw_strip(header, cells, TOP + index * (STRIP_HEIGHT + STRIP_GAP) + STRIP_HEIGHT, step, scales[index > 0])
        for index, (header, cells) in enumerate(zip(table.rows, table.cells, strict=True))
    ]
    bottom = TOP + len(table.rows) * (STRIP_HEIGHT + STRIP_GAP)
    parts = join_parts([*strips, *(draw_date(LABEL_WIDTH + index * step, bottom, day) for index, day in dates)])
    width = round(LABEL_WIDTH + step * len(table.columns)) + SCALE_WIDTH
    return Drawing(width, bottom + 16, parts.marks, parts.labels, parts.rules, parts.strokes)


def draw_strip(header: Header, cells: list[CountCell], base: float, step: float, scale: list[int]) -> Parts:
    """Return one strip of a timeline, whose bars stand on `base`."""
    end = LABEL_WIDTH + step * len(cells)
    labels, strokes = draw_row_label(header, base - 8)
    levels = [(value, measure_height(value, scale, base)) for value in scale]
    rules = [Rule(LABEL_WIDTH, y, end, y, "" if value else "base") for value, y in levels]
    bars = [
        draw_bar(cell, header.hue, LABEL_WIDTH + index * step, step, scale, base)
        for index, cell in enumerate(cells)
        if cell.number
    ]
    return Parts(labels + draw_scale_labels(scale, base, end), rules, strokes, bars)


def draw_date(x: float, bottom: float, day: str) -> Parts:
    """Return a date under a timeline, with its tick."""
    rule = Rule(x, bottom - STRIP_GAP, x, bottom - STRIP_GAP + 6, "base")
    return Parts([Label(x, bottom + 4, day, "minor")], [rule], [], [])


def measure_bar_step(columns: int) -> float:
    """Return the width that one bar has, with the space beside it."""
    return min(MAX_BAR_STEP, MAX_PLOT_WIDTH / max(1, columns))


def find_largest(rows: list[list[CountCell]]) -> int:
    """Return the largest number in these rows; 0 where there is none."""
    return max((cell.number for cells in rows for cell in cells), default=0)


def measure_height(value: int, scale: list[int], base: float) -> float:
    """Return the y at which a value stands in a strip."""
    return base - STRIP_HEIGHT * value / scale[-1]


def draw_scale_labels(scale: list[int], base: float, end: float) -> list[Label]:
    """Return the ends of a scale, right of the strip."""
    return [Label(end + 6, measure_height(value, scale, base) + 4, f"{value:,}", "minor") for value in (0, scale[-1])]


def draw_bar(cell: CountCell, hue: int, x: float, step: float, scale: list[int], base: float) -> ChartMark:
    """Return a bar: the tag's line, stood upright."""
    middle, width = x + step / 2, max(MIN_BAR_WIDTH, min(MAX_BAR_WIDTH, step * 0.7))
    stroke = Stroke(middle, base, middle, measure_height(cell.number, scale, base), width, hue)
    return ChartMark(x, base - STRIP_HEIGHT, step, STRIP_HEIGHT, cell.title, cell.href, [stroke], [])


def choose_dates(names: list[str]) -> list[tuple[int, str]]:
    """Return the columns whose names are written under a timeline: the first, and others evenly apart, as near as fits."""
    distance = ceil(DATE_WIDTH / measure_bar_step(len(names)))
    return [(index, names[index]) for index in range(0, len(names), distance)]
