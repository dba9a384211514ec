"""Drawings and tables of numbers written as SVG and HTML.

Written here and not in templates because a page may have thousands of each.
"""

from html import escape

from annotations.charts.crosstab import CountCell, Header
from annotations.charts.geometry import ChartMark, Drawing, Label, Rule, Stroke
from newsreader.text.translation import gettext as _

EMPTY_CELL_HTML = '<td class="nil"><span aria-hidden="true">–</span><span class="aside">{}</span></td>'


def render_drawing(drawing: Drawing, *, linked: bool = True) -> str:
    """Return what stands within the svg element; `linked` if each mark leads to its passages.

    The names of the rows are a group of their own, for pages that show them beside the drawing.
    """
    parts = drawing.parts
    rules, labels = "".join(map(render_rule, parts.rules)), "".join(map(render_label, parts.labels))
    marks = "\n".join([render_mark(mark, linked) for mark in parts.marks])
    names = "".join([*map(render_stroke, parts.strokes), *map(render_label, parts.names)])
    return f'<g>{rules}</g>\n{marks}\n{labels}<g class="names">{names}</g>'


def render_rule(rule: Rule) -> str:
    """Return the rule as an SVG element."""
    return f'<line class="rule {rule.kind}" {render_endpoints(rule)}/>'


def render_endpoints(line: Rule | Stroke) -> str:
    """Return the attributes of both ends of a line."""
    return f'x1="{line.x1:.1f}" y1="{line.y1:.1f}" x2="{line.x2:.1f}" y2="{line.y2:.1f}"'


def render_mark(mark: ChartMark, linked: bool) -> str:
    """Return a number's strokes and labels, with its name as a tip.

    Its link is for the pointer: the table has the same for the keyboard.
    """
    start, end = (f'<a class="mark" href="{escape(mark.href)}" tabindex="-1">', "</a>") if linked else ("<g>", "</g>")
    place = f'x="{mark.x:.1f}" y="{mark.y:.1f}" width="{mark.width:.1f}" height="{mark.height:.1f}"'
    area = f'<rect class="area" {place} fill="none" pointer-events="all"/>'
    content = "".join([*map(render_stroke, mark.strokes), *map(render_label, mark.labels)])
    return f"{start}<title>{escape(mark.title)}</title>{area}{content}{end}"


def render_stroke(stroke: Stroke) -> str:
    """Return the stroke as an SVG element."""
    hue = f" hue-{stroke.hue}" if stroke.hue else ""
    dash = f' stroke-dasharray="{stroke.dash}"' if stroke.dash else ""
    return f'<line class="stroke-line{hue}" {render_endpoints(stroke)} stroke-width="{stroke.width:.1f}"{dash}/>'


def render_label(label: Label) -> str:
    """Return the label as an SVG element."""
    kind = f' class="{label.kind}"' if label.kind else ""
    anchor = f' text-anchor="{label.anchor}"' if label.anchor != "start" else ""
    turn = f' transform="rotate({label.turn} {label.x:.1f} {label.y:.1f})"' if label.turn else ""
    length = f' textLength="{label.length:.1f}" lengthAdjust="spacingAndGlyphs"' if label.length else ""
    return f'<text{kind} x="{label.x:.1f}" y="{label.y:.1f}"{anchor}{length}{turn}>{escape(label.text)}</text>'


def render_cells(cells: list[tuple[Header, CountCell]]) -> str:
    """Return the cells of one row of the table, each with its column's name for where rows are lists."""
    empty = EMPTY_CELL_HTML.format(escape(_("none")))
    return "".join([render_cell(column, cell) if cell.number else empty for column, cell in cells])


def render_cell(column: Header, cell: CountCell) -> str:
    """Return a cell of the table with its number as a link."""
    share = f' <span class="share">{cell.share}%</span>' if cell.share is not None else ""
    link = f'<a href="{escape(cell.href)}" aria-label="{escape(cell.title)}">{cell.number:,}</a>'
    return f'<td data-label="{escape(column.name)}">{link}{share}</td>'
