"""Writes MathML as a line of text: x² as a raised 2, a fraction with a slash, a root with its sign."""

from lxml import etree
from lxml.html import HtmlElement

from newsreader.importing.extraction.elements import SECTION_TAGS
from newsreader.importing.extraction.page import collapse_spaces, get_text

NO_CONTENT = {"annotation", "annotation-xml", "mphantom", "none", "mprescripts"}
RAISED = {"msup": ["sup"], "msub": ["sub"], "msubsup": ["sub", "sup"]}
INVISIBLE_OPERATORS = dict.fromkeys(map(ord, "\u2061\u2062\u2063\u2064"))
SEPARATORS = {"mtr": "; ", "mtd": ", "}


def write_formulas(tree: HtmlElement) -> None:
    """Put a line of text in the place of every formula."""
    for formula in list(tree.iter("math")):
        remove_second_rendering(formula)
        line = formula.makeelement("span")
        if formula.get("display") == "block":
            mark_display(formula, line)
        write_parts(formula, line)
        if not get_text(line):
            line.text = find_description(formula)
        line.tail = formula.tail
        formula.getparent().replace(formula, line)


def mark_display(formula: HtmlElement, line: HtmlElement) -> None:
    """Make a formula that stands between paragraphs one of them, with the class that says so."""
    holder = formula.getparent()
    is_alone = len(holder) == 1 and not (holder.text or "").strip() and not (formula.tail or "").strip()
    if holder.tag == "p" and is_alone:
        holder.set("class", "formula")
    elif holder.tag in SECTION_TAGS:
        line.tag = "p"
        line.set("class", "formula")


def remove_second_rendering(formula: HtmlElement) -> None:
    """Remove what draws the formula once more beside it, for the eye only."""
    holder = formula.getparent()
    for element in (formula, holder):
        drawn = element.getnext()
        if drawn is not None and drawn.get("aria-hidden") == "true" and not (element.tail or "").strip():
            drawn.drop_tree()
            return


def find_description(formula: HtmlElement) -> str:
    """Return what a formula without content says of itself."""
    notes = [get_text(note) for note in formula.iter("annotation")]
    return collapse_spaces(formula.get("alttext", "")) or next(filter(None, notes), "")


def write_parts(part: HtmlElement, line: HtmlElement) -> None:
    """Add the text of a part of a formula, and of all in it, to a line."""
    # One stack frame for each level: pages are at most 200 levels deep.
    children = [child for child in part if child.tag not in NO_CONTENT]
    if not children:
        add_text(line, read_token(part))
    elif part.tag == "mfrac" and len(children) == 2:
        write_grouped(children[0], line)
        add_text(line, "/")
        write_grouped(children[1], line)
    elif part.tag in {"msqrt", "mroot"}:
        add_text(line, "√")
        write_group(children[:1] if part.tag == "mroot" else children, line)
    elif part.tag in RAISED and len(children) == 1 + len(RAISED[part.tag]):
        write_parts(children[0], line)
        for child, tag in zip(children[1:], RAISED[part.tag], strict=True):
            write_parts(child, etree.SubElement(line, tag))
    else:
        for number, child in enumerate(children):
            add_text(line, SEPARATORS.get(child.tag, "") if number else "")
            write_parts(child, line)


def read_token(part: HtmlElement) -> str:
    """Return the text of a part that holds no other."""
    text = " " if part.tag == "mspace" else (part.text or "").translate(INVISIBLE_OPERATORS)
    return " ".join(f"|{text}|".split())[1:-1] if part.tag in {"mspace", "mtext"} else collapse_spaces(text)


def write_grouped(part: HtmlElement, line: HtmlElement) -> None:
    """Add a part, in brackets if it is more than one sign or number."""
    write_group([part], line) if len(part) > 1 else write_parts(part, line)


def write_group(parts: list[HtmlElement], line: HtmlElement) -> None:
    """Add parts in brackets, without them if it is a single sign or number."""
    is_single = len(parts) == 1 and len(parts[0]) == 0
    add_text(line, "" if is_single else "(")
    for part in parts:
        write_parts(part, line)
    add_text(line, "" if is_single else ")")


def add_text(line: HtmlElement, text: str) -> None:
    """Add text at the end of a line."""
    if len(line):
        line[-1].tail = (line[-1].tail or "") + text
    else:
        line.text = (line.text or "") + text
