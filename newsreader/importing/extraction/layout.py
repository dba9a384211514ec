"""Simplifies the layout of a page before its main text is extracted."""

from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement

from newsreader.importing.extraction.page import get_text

TABLE_PARTS = ["tbody", "thead", "tfoot", "tr", "td", "th"]
LINE_TAGS = ["p", "li", "td", "th", "dd", "dt", "h2", "h3", "h4", "h5", "h6", "blockquote", "figcaption"]
SECTION_TAGS = ["div", "section", "article", "main", "center", "body"]
BLOCK_TAGS = {
    *SECTION_TAGS,
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "dl",
    "table",
    "blockquote",
    "pre",
    "figure",
}
BLOCK_TAGS |= {"form", "aside", "nav", "header", "footer", "script", "style", "iframe", "noscript", "hr", "address"}
MIN_PARAGRAPH_LENGTH = 60  # characters
MAX_CELL_WORDS = 120
MAX_ADVERTISEMENT_WORDS = 80
ADVERTISEMENT_NAMES = set("ad ads advert adbox ad-slot ad-container advertisement advertising sponsored".split())


def simplify_layout(tree: HtmlElement) -> HtmlElement:
    """Return a copy of the tree with captions as paragraphs, no layout tables, and quotation marks around quotes."""
    tree = deepcopy(tree)
    for change, elements in (
        (HtmlElement.drop_tree, filter(is_advertisement, tree.iter("div", "section", "p", "ins"))),
        (flatten_table, filter(is_layout_table, tree.iter("table"))),
        (wrap_loose_text, tree.iter(*SECTION_TAGS)),
        (move_captions, tree.iter("figure")),
        (convert_to_span, filter(is_within_line, tree.iter("time"))),
        (write_quotation_marks, tree.iter("q")),
        (convert_to_paragraph, tree.iterfind(".//blockquote//footer")),
    ):
        for element in list(elements):
            change(element)
    return tree


def is_advertisement(element: HtmlElement) -> bool:
    """Return whether an element is named as an advertisement and is short enough to be one."""
    names = f"{element.get('class', '')} {element.get('id', '')}".lower().split()
    is_named = element.getparent() is not None and not ADVERTISEMENT_NAMES.isdisjoint(names)
    return is_named and len(get_text(element).split()) < MAX_ADVERTISEMENT_WORDS


def is_layout_table(table: HtmlElement) -> bool:
    """Return whether a table only places things side by side: it has tables, headings or long texts, or one column."""
    if table.find(".//table") is not None or table.get("role") in {"presentation", "none"}:
        return True
    if next(table.iter("h1", "h2", "h3", "ul"), None) is not None:
        return True
    cells = list(table.iter("td", "th"))
    return len(cells) <= len(list(table.iter("tr"))) or any(map(is_section_cell, cells))


def is_section_cell(cell: HtmlElement) -> bool:
    """Return whether a table cell has paragraphs or a long text."""
    return len(cell.findall("p")) > 1 or len(get_text(cell).split()) > MAX_CELL_WORDS


def flatten_table(table: HtmlElement) -> None:
    """Turn a layout table into plain sections; the tables inside it stay."""
    own_parts = [part for part in table.iterdescendants(*TABLE_PARTS) if next(part.iterancestors("table")) is table]
    for part in [table, *own_parts]:
        part.tag = "div"


def wrap_loose_text(section: HtmlElement) -> None:
    """Wrap longer texts between the blocks of a section in paragraphs."""
    if not any(child.tag in BLOCK_TAGS for child in section):
        return
    run = section.makeelement("p")
    run.text, section.text = section.text, None
    for child in [*section, None]:
        if child is not None and child.tag not in BLOCK_TAGS:
            run.append(child)
            continue
        insert_run(section, child, run)
        run = section.makeelement("p")
        if child is not None:
            run.text, child.tail = child.tail, None


def insert_run(section: HtmlElement, before: HtmlElement | None, run: HtmlElement) -> None:
    """Put the run back in its place: as a paragraph if it is long, else as it was."""
    index = len(section) if before is None else section.index(before)
    if len(get_text(run)) or len(run):
        section.insert(index, run)
        if len(get_text(run)) < MIN_PARAGRAPH_LENGTH:
            run.drop_tag()


def move_captions(figure: HtmlElement) -> None:
    """Move the captions of a figure after it as paragraphs; a figure with a table, a text or a quote becomes a section."""
    if next(figure.iter("table", "blockquote", "pre"), None) is not None:
        figure.tag = "div"
    for caption in list(figure.iter("figcaption")):
        paragraph = etree.SubElement(figure, "p") if figure.tag == "div" else _insert_paragraph_after(figure)
        paragraph.text = get_text(caption)
        caption.drop_tree()


def _insert_paragraph_after(figure: HtmlElement) -> HtmlElement:
    paragraph = figure.makeelement("p")
    figure.addnext(paragraph)
    paragraph.tail, figure.tail = figure.tail, None
    return paragraph


def is_within_line(element: HtmlElement) -> bool:
    """Return whether an element is inside a block of text."""
    return next(element.iterancestors(*LINE_TAGS), None) is not None


def convert_to_paragraph(element: HtmlElement) -> None:
    """Turn an element into a paragraph."""
    element.tag = "p"


def convert_to_span(element: HtmlElement) -> None:
    """Turn an element into a span."""
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
