"""A page made plainer before its main text is looked for."""

from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement

from newsreader.importing.extraction.page import words_of

TABLE_PARTS = ["tbody", "thead", "tfoot", "tr", "td", "th"]
LINES = ["p", "li", "td", "th", "dd", "dt", "h2", "h3", "h4", "h5", "h6", "blockquote", "figcaption"]
SECTIONS = ["div", "section", "article", "main", "center", "body"]
BLOCKS = {*SECTIONS, "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "figure"}
BLOCKS |= {"form", "aside", "nav", "header", "footer", "script", "style", "iframe", "noscript", "hr", "address"}
LOOSE_TEXT = 60  # characters
LONG_CELL = 120  # words
LONG_AD = 80  # words
AD_NAMES = set("ad ads advert adbox ad-slot ad-container advertisement advertising sponsored".split())


def straightened(tree: HtmlElement) -> HtmlElement:
    """A copy of the tree in which captions are paragraphs, tables that only lay out are none, and quotes have their marks."""
    tree = deepcopy(tree)
    for change, elements in (
        (HtmlElement.drop_tree, filter(is_advertisement, tree.iter("div", "section", "p", "ins"))),
        (unmake, filter(lays_out, tree.iter("table"))),
        (wrap_loose_text, tree.iter(*SECTIONS)),
        (hoist_caption, tree.iter("figure")),
        (make_plain, filter(is_within_line, tree.iter("time"))),
        (mark_quote, tree.iter("q")),
        (make_paragraph, tree.iterfind(".//blockquote//footer")),
    ):
        for element in list(elements):
            change(element)
    return tree


def is_advertisement(part: HtmlElement) -> bool:
    """Whether an element is named as an advertisement and is short enough to be one."""
    names = f"{part.get('class', '')} {part.get('id', '')}".lower().split()
    return part.getparent() is not None and not AD_NAMES.isdisjoint(names) and len(words_of(part).split()) < LONG_AD


def lays_out(table: HtmlElement) -> bool:
    """Whether a table only puts things beside each other: it holds tables, headings or long texts, or is one column."""
    if table.find(".//table") is not None or table.get("role") in {"presentation", "none"}:
        return True
    if next(table.iter("h1", "h2", "h3", "ul"), None) is not None:
        return True
    cells = list(table.iter("td", "th"))
    return len(cells) <= len(list(table.iter("tr"))) or any(map(is_a_section, cells))


def is_a_section(cell: HtmlElement) -> bool:
    return len(cell.findall("p")) > 1 or len(words_of(cell).split()) > LONG_CELL


def unmake(table: HtmlElement) -> None:
    """Makes a table that lays out plain sections; the tables inside it stay."""
    own = [part for part in table.iterdescendants(*TABLE_PARTS) if next(part.iterancestors("table")) is table]
    for part in [table, *own]:
        part.tag = "div"


def wrap_loose_text(section: HtmlElement) -> None:
    """Makes the longer texts that stand bare between the blocks of a section paragraphs."""
    if not any(child.tag in BLOCKS for child in section):
        return
    run = section.makeelement("p")
    run.text, section.text = section.text, None
    for child in [*section, None]:
        if child is not None and child.tag not in BLOCKS:
            run.append(child)
            continue
        place_run(section, child, run)
        run = section.makeelement("p")
        if child is not None:
            run.text, child.tail = child.tail, None


def place_run(section: HtmlElement, before: HtmlElement | None, run: HtmlElement) -> None:
    """Puts the run back where it stood: as a paragraph if it is long, else as it was."""
    where = len(section) if before is None else section.index(before)
    if len(words_of(run)) or len(run):
        section.insert(where, run)
        if len(words_of(run)) < LOOSE_TEXT:
            run.drop_tag()


def hoist_caption(figure: HtmlElement) -> None:
    """Puts the captions of a figure after it as paragraphs; a figure that holds a table, a text or a quote becomes a section."""
    if next(figure.iter("table", "blockquote", "pre"), None) is not None:
        figure.tag = "div"
    for caption in list(figure.iter("figcaption")):
        paragraph = etree.SubElement(figure, "p") if figure.tag == "div" else _after(figure)
        paragraph.text = words_of(caption)
        caption.drop_tree()


def _after(figure):
    paragraph = figure.makeelement("p")
    figure.addnext(paragraph)
    paragraph.tail, figure.tail = figure.tail, None
    return paragraph


def is_within_line(element: HtmlElement) -> bool:
    return next(element.iterancestors(*LINES), None) is not None


def make_paragraph(element: HtmlElement) -> None:
    element.tag = "p"


def make_plain(element: HtmlElement) -> None:
    element.tag = "span"


def mark_quote(quote: HtmlElement) -> None:
    """Writes the quotation marks that browsers draw around an inline quote."""
    quote.tag = "span"
    quote.text = "“" + (quote.text or "")
    last = quote[-1] if len(quote) else None
    if last is None:
        quote.text += "”"
    else:
        last.tail = (last.tail or "") + "”"
