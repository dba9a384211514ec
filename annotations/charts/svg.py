"""Drawings and tables of numbers written as SVG and HTML.

Written out here and not in templates because a page may carry thousands of each.
"""

from html import escape

from annotations.charts.crosstab import Cell, Head
from annotations.charts.geometry import Drawing, Mark, Rule, Stroke, Words

NIL = '<td class="nil"><span aria-hidden="true">–</span><span class="aside">none</span></td>'


def draw(drawing: Drawing, *, linked: bool = True) -> str:
    """What stands within the svg element; `linked` if each mark shall lead to its passages."""
    rules = "".join(map(draw_rule, drawing.rules))
    marks = "\n".join([draw_mark(mark, linked) for mark in drawing.marks])
    return f"<g>{rules}</g>\n{marks}\n{''.join(map(draw_stroke, drawing.strokes))}{''.join(map(draw_words, drawing.words))}"


def draw_rule(rule: Rule) -> str:
    return f'<line class="rule {rule.kind}" {between(rule)}/>'


def between(line: Rule | Stroke) -> str:
    return f'x1="{line.x1:.1f}" y1="{line.y1:.1f}" x2="{line.x2:.1f}" y2="{line.y2:.1f}"'


def draw_mark(mark: Mark, linked: bool) -> str:
    """A number's strokes and words, with its name as a tip. Its link is for the pointer: the table has the same for the keyboard."""
    start, end = (f'<a class="mark" href="{escape(mark.href)}" tabindex="-1">', "</a>") if linked else ("<g>", "</g>")
    place = f'x="{mark.x:.1f}" y="{mark.y:.1f}" width="{mark.width:.1f}" height="{mark.height:.1f}"'
    area = f'<rect class="area" {place} fill="none" pointer-events="all"/>'
    inside = "".join([draw_stroke(one) for one in mark.strokes] + [draw_words(one) for one in mark.words])
    return f"{start}<title>{escape(mark.title)}</title>{area}{inside}{end}"


def draw_stroke(stroke: Stroke) -> str:
    hue = f" hue-{stroke.hue}" if stroke.hue else ""
    dash = f' stroke-dasharray="{stroke.dash}"' if stroke.dash else ""
    return f'<line class="stroke-line{hue}" {between(stroke)} stroke-width="{stroke.width:.1f}"{dash}/>'


def draw_words(said: Words) -> str:
    kind = f' class="{said.kind}"' if said.kind else ""
    anchor = f' text-anchor="{said.anchor}"' if said.anchor != "start" else ""
    turn = f' transform="rotate({said.turn} {said.x:.1f} {said.y:.1f})"' if said.turn else ""
    return f'<text{kind} x="{said.x:.1f}" y="{said.y:.1f}"{anchor}{turn}>{escape(said.words)}</text>'


def draw_cells(cells: list[tuple[Head, Cell]]) -> str:
    """The cells of one row of the table, each with its column's name for where rows are lists."""
    return "".join([draw_cell(*pair) if pair[1].number else NIL for pair in cells])


def draw_cell(column: Head, cell: Cell) -> str:
    share = f' <span class="share">{cell.share}%</span>' if cell.share is not None else ""
    link = f'<a href="{escape(cell.href)}" aria-label="{escape(cell.title)}">{cell.number:,}</a>'
    return f'<td data-label="{escape(column.name)}">{link}{share}</td>'
