"""Charts as plain data: where each stroke, label and rule of a drawing stands, in pixels from its upper left corner."""

from collections.abc import Iterable
from typing import NamedTuple
from unicodedata import combining, east_asian_width

from annotations.charts.crosstab import CountCell, Crosstab, Header

LABEL_WIDTH = 208  # left of every chart, for the names of tags
MAX_LABEL_LETTERS = 27
MAX_PLOT_WIDTH, MAX_BAR_STEP = 720, 72  # of all bars of a timeline, and of one
MIN_BAR_WIDTH, MAX_BAR_WIDTH = 1.5, 16
DATE_WIDTH = 104
CUT_WIDTH, MAX_CUT_STEPS = 40, 2  # the gap of an axis that is cut, and how many bars it may take
STRIP_HEIGHT, STRIP_GAP = 48, 28  # a tag's strip of a timeline, and above it the room for its name on a narrow screen
SCALE_WIDTH = 100  # right of the bars, for the labels of the scale
LETTER_WIDTH = 7  # of a small letter, on average
NARROW_LETTERS, WIDE_LETTERS = frozenset("fiIjlrt .,:;'’‘|!()[]-·"), frozenset("mwMWQ@%&—")
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
    """Words of a drawing; `turn` in degrees about their own point, `length` where they are set to be so long."""

    x: float
    y: float
    text: str
    kind: str = ""  # "minor", "retired", "number"
    anchor: str = "start"
    turn: int = 0
    length: float = 0


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
    """What a row or the whole of a drawing consists of; `names` are those of the rows, `strokes` the lines below them."""

    labels: list[Label]
    rules: list[Rule]
    strokes: list[Stroke]
    marks: list[ChartMark]
    names: list[Label]


class Drawing(NamedTuple):
    """A whole chart."""

    width: int
    height: int
    parts: Parts


class TimeAxis(NamedTuple):
    """Where the columns of a timeline stand: their left edges, their width, the end of the last, the middles of the cuts."""

    edges: list[float]
    step: float
    end: float
    cuts: list[float]


def join_parts(rows: Iterable[Parts]) -> Parts:
    """Return the parts of all rows together."""
    joined = Parts([], [], [], [], [])
    for row in rows:
        joined.labels.extend(row.labels)
        joined.rules.extend(row.rules)
        joined.strokes.extend(row.strokes)
        joined.marks.extend(row.marks)
        joined.names.extend(row.names)
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
    width, kept = 0.0, ""
    for character in words:
        width += measure_character(character)
        if width > max_letters:
            return f"\u2068{kept.rstrip()}…\u2069"
        kept += character
    return f"\u2068{words}\u2069"


def measure_width(words: str) -> float:
    """Return the width in small letters."""
    return sum(map(measure_character, words))


def measure_character(character: str) -> float:
    """Return the width in small letters, as in most fonts without serifs; the isolates that `cut_label` adds have none."""
    if character in "\u2068\u2069" or combining(character):
        return 0
    if east_asian_width(character) in "WF":
        return 2
    if character in NARROW_LETTERS:
        return 0.55
    return 1.45 if character in WIDE_LETTERS else 1.15 if character.isupper() else 1


def draw_row_name(header: Header, y: float) -> tuple[list[Label], list[Stroke]]:
    """Return a tag's name over its line, which is as long as the words."""
    name = cut_label(header.name, MAX_LABEL_LETTERS)
    length = round(measure_width(name) * LETTER_WIDTH, 1)
    strokes = [Stroke(0, y + 7, length, y + 7, 2, header.hue)] if header.hue else []
    return [Label(0, y, name, "retired" if header.retired else "", length=length)], strokes


def draw_timeline(table: Crosstab, dates: list[str]) -> Drawing:
    """Return a strip for each row, a bar for each column. The first row has a scale of its own; all others share one.

    `dates` are what may be written under the columns, one for each.
    """
    axis = lay_columns([header.skipped for header in table.columns])
    scales = [make_ticks(find_largest(table.cells[:1])), make_ticks(find_largest(table.cells[1:]))]
    height = STRIP_GAP + STRIP_HEIGHT
    strips = [
        draw_strip(header, cells, (index + 1) * height, axis, scales[index > 0])
        for index, (header, cells) in enumerate(zip(table.rows, table.cells, strict=True))
    ]
    bottom = len(table.rows) * height
    named = [draw_date(axis.edges[index], bottom, dates[index]) for index in choose_dates(axis)] if dates else []
    return Drawing(round(axis.end) + SCALE_WIDTH, bottom + 28, join_parts([*strips, *named]))


def lay_columns(skipped: list[int]) -> TimeAxis:
    """Return where columns stand of which some have a gap before them, in which so many are left out."""
    cuts = sum(map(bool, skipped))
    step = min(MAX_BAR_STEP, MAX_PLOT_WIDTH / max(1, len(skipped) + MAX_CUT_STEPS * cuts))
    gap, x = min(CUT_WIDTH, MAX_CUT_STEPS * step), float(LABEL_WIDTH)
    edges, middles = [], []
    for number in skipped:
        if number:
            middles.append(x + gap / 2)
            x += gap
        edges.append(x)
        x += step
    return TimeAxis(edges, step, x, middles)


def draw_strip(header: Header, cells: list[CountCell], base: float, axis: TimeAxis, scale: list[int]) -> Parts:
    """Return one strip of a timeline, whose bars stand on `base`."""
    names, strokes = draw_row_name(header, base - 8)
    levels = [(measure_height(value, scale, base), "" if value else "base") for value in scale]
    rules = [rule for y, kind in levels for rule in draw_axis_rules(axis, y, kind)]
    rules += [rule for x in axis.cuts for rule in draw_cut(x, base)]
    bars = [
        draw_bar(cell, header.hue, x, axis.step, scale, base)
        for x, cell in zip(axis.edges, cells, strict=True)
        if cell.number
    ]
    return Parts(draw_scale_labels(scale, base, axis.end), rules, strokes, bars, names)


def draw_axis_rules(axis: TimeAxis, y: float, kind: str) -> list[Rule]:
    """Return a rule along the axis, in pieces where it is cut."""
    starts, ends = [LABEL_WIDTH, *(x + 3 for x in axis.cuts)], [*(x - 3 for x in axis.cuts), axis.end]
    return [Rule(start, y, end, y, kind) for start, end in zip(starts, ends, strict=True)]


def draw_cut(x: float, base: float) -> list[Rule]:
    """Return the two slanting strokes that say that an axis is cut."""
    return [Rule(side - 2, base + 5, side + 2, base - 5, "base") for side in (x - 3, x + 3)]


def draw_date(x: float, bottom: float, day: str) -> Parts:
    """Return a date under a timeline, with its tick."""
    return Parts([Label(x, bottom + 20, day, "minor")], [Rule(x, bottom, x, bottom + 6, "base")], [], [], [])


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


def choose_dates(axis: TimeAxis) -> list[int]:
    """Return the indexes of the columns whose dates are written: the last, the first, those after a cut, and others as fit."""
    last, after_cuts = len(axis.edges) - 1, [sum(x < cut for x in axis.edges) for cut in axis.cuts]
    chosen: list[int] = []
    for index in [last, 0, *after_cuts, *range(last, 0, -1)] if axis.edges else []:
        if all(abs(axis.edges[index] - axis.edges[other]) >= DATE_WIDTH for other in chosen):
            chosen.append(index)
    return sorted(chosen)
