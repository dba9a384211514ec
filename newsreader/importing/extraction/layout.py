"""Simplifies the layout of a page before its main text is extracted."""

from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement

from newsreader.importing.extraction.elements import SECTION_TAGS, holds_blocks, is_block, normalise_elements
from newsreader.importing.extraction.formulas import write_formulas
from newsreader.importing.extraction.page import get_text
from newsreader.importing.extraction.visibility import remove_hidden, write_out_controls
from newsreader.text.html.roles import find_role_name, resolve_role

TABLE_PARTS = ["tbody", "thead", "tfoot", "tr", "td", "th"]
LINE_TAGS = ["p", "li", "td", "th", "dd", "dt", "h2", "h3", "h4", "h5", "h6", "blockquote", "figcaption"]
ORIGIN = "data-origin"  # the tag that an element had in the page, which body.py gives back to it
MIN_PARAGRAPH_LENGTH = 60  # characters
MAX_CELL_WORDS = 120


def simplify_layout(tree: HtmlElement) -> HtmlElement:
    """Return a copy of the tree with captions as paragraphs, no layout tables, and quotation marks around quotes."""
    tree = deepcopy(tree)
    add_body(tree)
    remove_hidden(tree)
    write_formulas(tree)
    write_out_controls(tree)
    normalise_elements(tree)
    for change, elements in (
        (flatten_table, filter(is_layout_table, tree.iter("table"))),
        (name_paragraph, tree.iter("div", "section")),
        (wrap_loose_text, tree.iter(*SECTION_TAGS)),
        (move_captions, tree.iter("figure")),
        (convert_to_span, filter(is_within_line, tree.iter("time"))),
        (write_quotation_marks, tree.iter("q")),
        (convert_to_paragraph, tree.iterfind(".//blockquote//footer")),
    ):
        for element in list(elements):
            change(element)
    return tree


def add_body(tree: HtmlElement) -> None:
    """Give a page that the parser found no body in one, around all but its head."""
    if tree.find("body") is None:
        body = tree.makeelement("body")
        body.extend([child for child in tree if child.tag != "head"])
        tree.append(body)


def separate_blocks(tree: HtmlElement) -> None:
    """Give all texts that stand beside blocks a paragraph of their own, in place."""
    for element in list(tree.iter(*SECTION_TAGS, "header", "footer", "aside", "nav", "figure", "address", "a", "li")):
        wrap_loose_text(element, min_length=1)
    for annotation in list(tree.iter("rt")):
        put_in_brackets(annotation)


def put_in_brackets(annotation: HtmlElement) -> None:
    """Put brackets around a ruby annotation, which browsers do not show; without them it would be part of the word."""
    before, after = annotation.getprevious(), annotation.getnext()
    is_after_bracket = before is not None and before.tag == "rp" and not (before.tail or "").strip()
    if annotation.getparent().tag != "ruby" or is_after_bracket or (after is not None and after.tag == "rp"):
        return
    opening, closing = annotation.makeelement("rp"), annotation.makeelement("rp")
    opening.text, closing.text = "(", ")"
    annotation.addprevious(opening)
    closing.tail, annotation.tail = annotation.tail, None
    annotation.addnext(closing)


def is_layout_table(table: HtmlElement) -> bool:
    """Return whether a table only places things side by side: it has tables, headings or long texts, or one column."""
    if table.find(".//table") is not None or table.get("role") in {"presentation", "none"}:
        return True
    cells = list(table.iter("td", "th"))
    rows = [len(row.findall("td")) + len(row.findall("th")) for row in table.iter("tr")]
    has_heads = next(table.iter("th", "caption"), None) is not None
    is_grid = len(rows) > 1 and min(rows) > 1 and (has_heads or len(set(rows)) == 1)
    if next(table.iter("h1", "h2", "h3"), None) is not None or len(cells) <= len(rows):
        return True
    if is_grid and has_heads:
        return any(count_words(cell) > MAX_CELL_WORDS for cell in cells)
    return any(map(is_section_cell, cells)) or (not is_grid and next(table.iter("ul"), None) is not None)


def count_words(element: HtmlElement) -> int:
    """Return how many words an element holds."""
    return len(get_text(element).split())


def is_section_cell(cell: HtmlElement) -> bool:
    """Return whether a table cell has paragraphs or a long text."""
    return len(cell.findall("p")) > 1 or count_words(cell) > MAX_CELL_WORDS


def flatten_table(table: HtmlElement) -> None:
    """Turn a layout table into plain sections; the tables inside it stay."""
    own_parts = [part for part in table.iterdescendants(*TABLE_PARTS) if next(part.iterancestors("table")) is table]
    for part in [table, *own_parts]:
        part.tag = "div"


def wrap_loose_text(section: HtmlElement, min_length: int = MIN_PARAGRAPH_LENGTH) -> None:
    """Wrap the texts between the blocks of a section in paragraphs, where they have so many characters."""
    if not holds_blocks(section):
        return
    run = section.makeelement("p")
    run.text, section.text = section.text, None
    for child in [*section, None]:
        if child is not None and not is_block(child):
            run.append(child)
            continue
        insert_run(section, child, run, min_length)
        run = section.makeelement("p")
        if child is not None:
            run.text, child.tail = child.tail, None


def insert_run(section: HtmlElement, before: HtmlElement | None, run: HtmlElement, min_length: int) -> None:
    """Put the run back in its place: as a paragraph if it is long, else as it was."""
    length = len(get_text(run))
    if length or len(run):
        section.append(run) if before is None else before.addprevious(run)
        if length < min_length:
            run.drop_tag()


def move_captions(figure: HtmlElement) -> None:
    """Move the captions of a figure after it as paragraphs; a figure with a table, a text or a quote becomes a section."""
    if next(figure.iter("table", "blockquote", "pre"), None) is not None:
        figure.tag = "div"
    for caption in list(figure.iter("figcaption")):
        if next(outer for outer in caption.iterancestors() if outer is figure or outer.tag == "figure") is not figure:
            continue  # of a figure in this one
        paragraph = etree.SubElement(figure, "p") if figure.tag == "div" else _insert_paragraph_after(figure)
        write_caption(paragraph, caption)
        caption.drop_tree()


def _insert_paragraph_after(figure: HtmlElement) -> HtmlElement:
    paragraph = figure.makeelement("p")
    figure.addnext(paragraph)
    paragraph.tail, figure.tail = figure.tail, None
    return paragraph


def write_caption(paragraph: HtmlElement, caption: HtmlElement) -> None:
    """Give a paragraph the text of a caption, with its credit in a span."""
    paragraph.set(ORIGIN, caption.tag)
    parts = (part for part in caption.iterdescendants() if resolve_role(part.tag, part.get("class", ""))[1] == "credit")
    credit = get_text(next(parts, paragraph))
    before, _, after = get_text(caption).rpartition(credit) if credit else (get_text(caption), "", "")
    paragraph.text = before
    if credit:
        paragraph.text = f"{before.rstrip()} ".lstrip()
        span = etree.SubElement(paragraph, "span", {"class": "credit"})
        span.text, span.tail = credit, after


def name_paragraph(section: HtmlElement) -> None:
    """Give the only paragraph of a section the class that says what the section is, as of a correction."""
    name = find_role_name(section.tag, section.get("class", ""))
    if name and [child.tag for child in section] == ["p"] and get_text(section) == get_text(section[0]):
        section[0].set("class", name)


def is_within_line(element: HtmlElement) -> bool:
    """Return whether an element is inside a block of text."""
    return next(element.iterancestors(*LINE_TAGS), None) is not None


def convert_to_paragraph(element: HtmlElement) -> None:
    """Turn an element into a paragraph, until body.py gives it its tag back."""
    element.set(ORIGIN, element.tag)
    element.tag = "p"


def convert_to_span(element: HtmlElement) -> None:
    """Turn an element into a span, until body.py gives it its tag back."""
    element.set(ORIGIN, element.tag)
    element.tag = "span"


def write_quotation_marks(quote: HtmlElement) -> None:
    """Write the quotation marks that browsers show around an inline quote into its text."""
    quote.tag = "span"
    quote.text = "“" + (quote.text or "")
    last = quote[-1] if len(quote) else None
    if last is None:
        quote.text += "”"
    else:
        last.tail = (last.tail or "") + "”"
