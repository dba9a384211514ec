"""Finds the footnotes of an article: what links in its text lead to."""

from itertools import islice, pairwise

from lxml.html import HtmlElement

from newsreader.importing.extraction.parts import Part, iterate_blocks
from newsreader.text.html.roles import resolve_role

NEAR = 4  # elements around a note, of which one may be the section of all
MAX_NOTE_WORDS = 150


def mark_notes(root: Part, last: int) -> None:
    """Mark the blocks after the last one of the text that links in it lead to, and those in a section of notes."""
    blocks = list(iterate_blocks(root))
    targets = {address for block in blocks if block.is_kept for address in find_links_within(block.element)}
    later = [block for block in blocks if block.number > last and not block.is_kept]
    notes: set[Part] = set()
    for block in later:
        is_target = bool(targets & find_ids(block)) and block.facts.words <= MAX_NOTE_WORDS * max(1, len(block.element))
        if is_target or is_in_notes(block.element):
            notes.add(block)
            block.is_kept = block.is_reached = True
    for block, following in pairwise(blocks):
        block.is_reached |= block.is_heading and following in notes


def find_links_within(element: HtmlElement) -> list[str]:
    """Return the ids that links of an element lead to."""
    return [link.get("href")[1:] for link in element.iter("a") if link.get("href", "").startswith("#")]


def find_ids(block: Part) -> set[str]:
    """Return the ids of a block: of all in it, and of what is only wrapped around it."""
    ids = {element.get(name, "") for element in block.element.iter() for name in ("id", "name")}
    outer = block.element.getparent()
    while outer is not None and len(outer) == 1:
        ids.add(outer.get("id", ""))
        outer = outer.getparent()
    return ids - {""}


def is_in_notes(element: HtmlElement) -> bool:
    """Return whether an element stands in a section that says that it holds notes."""
    around = [element, *islice(element.iterancestors(), NEAR)]
    return any(resolve_role(outer.tag, outer.get("class", ""))[1] == "notes" for outer in around)
