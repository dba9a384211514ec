"""Canonical HTML as pages show it: what may be wide scrolls in a group of its own, columns of numbers are aligned at their end."""

import re
from collections.abc import Mapping
from html import escape, unescape
from textwrap import shorten
from typing import NamedTuple

from newsreader.text.html.images import NO_IMAGES, ShownImage, draw_images
from newsreader.text.html.markup import split_tags
from newsreader.text.html.plaintext import text_of
from newsreader.text.translation import gettext as _

MAX_NAME_LENGTH = 80  # of a group, in characters
MAX_SPANNED_COLUMNS = 2_000  # by all wide cells of a table together; past it nobody wrote the table for people
ID = re.compile(r' id="p\d+"')
CAPTION = re.compile(r"<caption[^>]*>(.*?)</caption>", re.DOTALL)
SPAN = re.compile(r' (colspan|rowspan)="(\d+)"')
NUMBER = re.compile(r"[-+−–±~≈<>]?\s?[$€£¥₽]?\s?\d[\d.,'’\s\u00a0\u202f]*\s?(?:%|‰|[$€£¥₽])?")
NO_NUMBER = {"", "-", "–", "—", "−", "…", "n/a", "."}  # what stands where a number is missing


class Cell(NamedTuple):
    """A cell of a table: the place of its tag among the parts, in which column, how many it spans, and its text."""

    place: int
    column: int
    width: int
    text: str


def present(html: str, images: Mapping[str, ShownImage] = NO_IMAGES) -> str:
    """Return canonical html, marked or not, ready for a page; its text stays what it was to the character.

    The group around a top-level block has the id of the block. `images` are those that are drawn, by their keys.
    """
    html = draw_images(html, images) if "<img" in html else html
    if "<table" not in html and "<pre" not in html:
        return html
    parts = split_tags(html)
    for start, end in find_wide_blocks(parts):
        if parts[start].startswith("<table"):
            align_numbers(parts, start, end)
        wrap_in_group(parts, start, end)
    return "".join(parts)


def find_wide_blocks(parts: list[str]) -> list[tuple[int, int]]:
    """Return where the tables and the preformatted texts that are in no other begin and end among the parts."""
    found, depth, start = [], 0, 0
    for index in range(1, len(parts), 2):
        tag = parts[index]
        if tag.startswith(("<table", "<pre")):
            start = index if depth == 0 else start
            depth += 1
        elif tag in {"</table>", "</pre>"}:
            depth -= 1
            found += [(start, index)] if depth == 0 else []
    return found


def wrap_in_group(parts: list[str], start: int, end: int) -> None:
    """Put a group that scrolls, and that the keyboard reaches, around a block; parts are changed in place."""
    html = "".join(parts[start : end + 1])
    block_id = ID.search(parts[start])
    label = escape(shorten(name_group(html), MAX_NAME_LENGTH, placeholder=" …"))
    parts[start] = (
        f'<div{block_id[0] if block_id else ""} class="wide"><div tabindex="0" role="group" aria-label="{label}">'
        f"{ID.sub('', parts[start])}"
    )
    parts[end] += "</div></div>"


def name_group(html: str) -> str:
    """Return the name of a block that scrolls: what it is, and the caption of a table that has one."""
    if not html.startswith("<table"):
        return _("Preformatted text")
    caption = CAPTION.search(html)
    return _("Table: %(caption)s") % {"caption": unescape(text_of(caption[1]))} if caption else _("Table")


def align_numbers(parts: list[str], start: int, end: int) -> None:
    """Give the cells of each column that has nothing but numbers below its heads the class "figure"."""
    widths = [int(number) for name, number in SPAN.findall("".join(parts[start:end])) if name == "colspan"]
    if sum(widths) > MAX_SPANNED_COLUMNS:
        return
    rows = read_rows(parts, start, end)
    columns: dict[int, list[Cell]] = {}
    for cell in (cell for row in rows for cell in row if cell.width == 1):
        columns.setdefault(cell.column, []).append(cell)
    for cells in filter(lambda cells: is_numeric(cells, parts), columns.values()):
        for cell in cells:
            parts[cell.place] = parts[cell.place].replace(">", ' class="figure">')


def is_numeric(cells: list[Cell], parts: list[str]) -> bool:
    """Return whether the data of a column are numbers, and some are there."""
    texts = [cell.text for cell in cells if parts[cell.place].startswith("<td")]
    told = [text for text in texts if text not in NO_NUMBER]
    return bool(told) and all(NUMBER.fullmatch(text) for text in told)


def read_rows(parts: list[str], start: int, end: int) -> list[list[Cell]]:
    """Return the cells of a table by rows, without those of tables inside it."""
    rows: list[list[Cell]] = []
    taken: dict[int, int] = {}  # how many rows more a cell above goes on, by column
    depth = 0
    for index in range(start, end, 2):
        tag = parts[index]
        depth += tag.startswith("<table") - (tag == "</table>")
        if depth == 1 and tag.startswith("<tr"):
            taken = {column: left - 1 for column, left in taken.items() if left > 1}
            rows.append([])
        elif depth == 1 and rows and tag.startswith(("<td", "<th>", "<th ")):
            rows[-1].append(read_cell(parts, index, rows[-1], taken))
    return rows


def read_cell(parts: list[str], index: int, before: list[Cell], taken: dict[int, int]) -> Cell:
    """Return the cell whose tag stands at `index`, after those before it in its row; it is noted in `taken`."""
    spans = {name: int(number) for name, number in SPAN.findall(parts[index])}
    column = before[-1].column + before[-1].width if before else 0
    while taken.get(column):
        column += 1
    width = spans.get("colspan", 1)
    taken |= dict.fromkeys(range(column, column + width), spans.get("rowspan", 1))
    end = next(i for i in range(index + 2, len(parts), 2) if parts[i].startswith(("</td", "</th>", "<td", "<th")))
    text = " ".join("".join(parts[index + 1 : end : 2]).split())
    return Cell(index, column, width, unescape(text))
