"""Drawings and tables of numbers written as SVG and HTML.

Written out here and not in templates because a page may carry thousands of each.
"""

from html import escape

from annotations.charts.crosstab import CountCell, Header
from annotations.charts.geometry import ChartMark, Drawing, Label, Rule, Stroke

EMPTY_CELL_HTML = '<td class="nil"><span aria-hidden="true">–</span><span class="aside">none</span></td>'


def render_drawing(drawing: Drawing, *, linked: bool = True) -> str:
    """What stands within the svg element; `linked` if each mark shall lead to its passages."""
    rules = "".join(map(render_rule, drawing.rules))
    marks = "\n".join([render_mark(mark, linked) for mark in drawing.marks])
    return f"<g>{rules}</g>\n{marks}\n{''.join(map(render_stroke, drawing.strokes))}{''.join(map(render_label, drawing.words))}"


def render_rule(rule: Rule) -> str:
    return f'<line class="rule {rule.kind}" {render_endpoints(rule)}/>'


def render_endpoints(line: Rule | Stroke) -> str:
    return f'x1="{line.x1:.1f}" y1="{line.y1:.1f}" x2="{line.x2:.1f}" y2="{line.y2:.1f}"'


def render_mark(mark: ChartMark, linked: bool) -> str:
    """A number's strokes and words, with its name as a tip. Its link is for the pointer: the table has the same for the keyboard."""
    start, end = (f'<a class="mark" href="{escape(mark.href)}" tabindex="-1">', "</a>") if linked else ("<g>", "</g>")
    place = f'x="{mark.x:.1f}" y="{mark.y:.1f}" width="{mark.width:.1f}" height="{mark.height:.1f}"'
    area = f'<rect class="area" {place} fill="none" pointer-events="all"/>'
    inside = "".join([render_stroke(one) for one in mark.strokes] + [render_label(one) for one in mark.words])
    return f"{start}<title>{escape(mark.title)}</title>{area}{inside}{end}"


def render_stroke(stroke: Stroke) -> str:
    hue = f" hue-{stroke.hue}" if stroke.hue else ""
    dash = f' stroke-dasharray="{stroke.dash}"' if stroke.dash else ""
    return f'<line class="stroke-line{hue}" {render_endpoints(stroke)} stroke-width="{stroke.width:.1f}"{dash}/>'


def render_label(said: Label) -> str:
    kind = f' class="{said.kind}"' if said.kind else ""
    anchor = f' text-anchor="{said.anchor}"' if said.anchor != "start" else ""
    turn = f' transform="rotate({said.turn} {said.x:.1f} {said.y:.1f})"' if said.turn else ""
    return f'<text{kind} x="{said.x:.1f}" y="{said.y:.1f}"{anchor}{turn}>{escape(said.words)}</text>'


def render_cells(cells: list[tuple[Header, CountCell]]) -> str:
    """The cells of one row of the table, each with its column's name for where rows are lists."""
    return "".join([render_cell(*pair) if pair[1].number else EMPTY_CELL_HTML for pair in cells])


def render_cell(column: Header, cell: CountCell) -> str:
    share = f' <span class="share">{cell.share}%</span>' if cell.share is not None else ""
    link = f'<a href="{escape(cell.href)}" aria-label="{escape(cell.title)}">{cell.number:,}</a>'
    return f'<td data-label="{escape(column.name)}">{link}{share}</td>'
