"""Chooses the parts of a page that are its article: what trafilatura found, and what a reader sees between and beside it."""

from collections.abc import Iterator
from itertools import takewhile

from newsreader.importing.extraction.evidence import (
    MIN_WORDS_PER_TEASER,
    is_aside,
    is_correction,
    is_form,
    is_label,
    is_navigation,
    is_paragraph,
    is_text,
    is_time,
)
from newsreader.importing.extraction.found_text import FoundText, collect_letters
from newsreader.importing.extraction.notes import mark_notes
from newsreader.importing.extraction.parts import Part, is_caption, iterate_blocks, iterate_parts

MIN_CONTAINED = 0.9  # of the letters that were found
MAX_TEASER_SHARE = 0.3  # of the letters that were found
MAX_BLOCKS = 1_000_000
MAX_SECTION = 20  # blocks after a heading that are looked at
MAX_BYLINE_WORDS = 12  # between a heading and its text


def mark_found(root: Part, found: FoundText) -> None:
    """Mark the blocks that trafilatura found, and count their letters in all parts."""
    for block in iterate_blocks(root):
        letters = collect_letters(block.element)
        block.is_found = found.holds(letters) and not is_label(block)
        block.facts.found = len(letters) if block.is_found else 0
    count_found(root)
    for part in iterate_parts(root):
        if 0 < part.facts.found < MAX_TEASER_SHARE * root.facts.found and is_aside(part):
            for block in iterate_blocks(part):
                block.is_found, block.facts.found = False, 0
    count_found(root)


def count_found(root: Part) -> None:
    """Count for all parts the letters of the found blocks in them."""
    for part in reversed(list(iterate_parts(root))):
        if part.parts:
            part.facts.found = sum(inner.facts.found for inner in part.parts)


def choose_blocks(root: Part, known_texts: list[str]) -> list[Part]:
    """Return the blocks of the article in document order; `known_texts` are left out where trafilatura did not find them."""
    if root.is_block:
        return [root]
    path = find_core(root)
    container = find_container(path)
    all_found = [block for block in iterate_blocks(path[-1]) if block.is_found]
    found = [block for block in all_found if block.element.tag != "h1"] or all_found
    mark_between(container, path, range(found[0].number, found[-1].number + 1))
    mark_before(container, path, found[0], known_texts)
    mark_after(container, path, found[-1])
    mark_notes(root, found[-1].number)
    mark_headings(list(iterate_blocks(container)))
    return [block for block in iterate_blocks(root) if block.is_kept]


def find_core(root: Part) -> list[Part]:
    """Return the smallest part with nearly all of what trafilatura found, after the parts around it, outermost first."""
    path = [root]
    while True:
        least = MIN_CONTAINED * root.facts.found
        inner = next((part for part in path[-1].parts if part.parts and part.facts.found >= least), None)
        if inner is None:
            return path
        path.append(inner)


def find_container(path: list[Part]) -> Part:
    """Return the smallest part on the path that holds a headline before the core; the core itself if none does."""
    core = path[-1]
    headlines = [
        block.number for block in iterate_blocks(path[0]) if block.element.tag == "h1" and block.number <= core.number
    ]
    return next((part for part in reversed(path) if headlines and part.number <= headlines[-1]), core)


def mark_between(container: Part, path: list[Part], span: range) -> None:
    """Mark the blocks of the container that are found or stand between found ones, in this span, and belong to the text."""
    for block in iterate_seen(container, path, span):
        block.is_reached = True
        block.is_kept = block.is_found or (not block.is_heading and is_text(block))


def mark_before(container: Part, path: list[Part], first: Part, known_texts: list[str]) -> None:
    """Mark the paragraphs and captions between the headline and the first block that was found."""
    headlines = [block.number for block in iterate_blocks(container) if block.element.tag == "h1"]
    headline = max((number for number in headlines if number < first.number), default=first.number - 1)
    for block in iterate_seen(container, path, range(headline, first.number)):
        is_dated = next(block.element.iter("time"), None) is not None
        # The time of an entry of a live report stands in its section; elsewhere it is that of the whole article.
        is_in_entry = is_beside(block, first) and first.section not in path
        block.is_reached = is_in_entry or not (is_time(block) or block.element.tag == "h1")
        is_below = bool(headlines) or is_beside(block, first)
        is_new = is_below and not is_dated and block.text not in known_texts
        block.is_kept = block.is_found or (is_new and is_paragraph(block))


def mark_after(container: Part, path: list[Part], last: Part) -> None:
    """Mark the paragraphs that follow the last block that was found beside it, and corrections."""
    for block in iterate_seen(container, path, range(last.number + 1, last.number + MAX_BLOCKS)):
        if is_correction(block) or (is_beside(block, last) and is_paragraph(block)):
            block.is_reached = block.is_kept = True


def iterate_seen(part: Part, path: list[Part], span: range) -> Iterator[Part]:
    """Yield the blocks of a part in a span that stand in no navigation and no form; of what has buttons, only captions."""
    for inner in part.parts:
        if inner.is_block and inner.number not in span:
            continue
        if inner in path or inner.facts.found or (inner.is_block and inner.is_heading):
            yield from [inner] if inner.is_block else iterate_seen(inner, path, span)
        elif not is_navigation(inner):
            blocks = [inner] if inner.is_block else iterate_seen(inner, path, span)
            yield from (block for block in blocks if is_caption(block.element)) if is_form(inner) else blocks


def is_beside(block: Part, other: Part) -> bool:
    """Return whether two blocks stand in the same section, but for what is only wrapped around each."""
    return block.section is other.section


def mark_headings(blocks: list[Part]) -> None:
    """Mark the headings and times that stand over kept text; take back the headings of lists of links."""
    for number, block in reversed(list(enumerate(blocks))):
        following = blocks[number + 1 : number + 1 + MAX_SECTION]
        if block.is_heading and block.is_reached:
            block.is_kept = not is_over_links(following) if block.is_kept else is_over_text(block, following)
        elif block.is_reached and not block.is_kept and is_time(block):
            block.is_kept = bool(following) and following[0].is_kept


def is_over_text(heading: Part, following: list[Part]) -> bool:
    """Return whether kept text follows a heading; if it is a link, as that of a teaser, long text."""
    section = list(takewhile(lambda block: not block.is_heading, following))
    while (
        section and not section[0].is_kept and section[0].facts.words <= MAX_BYLINE_WORDS and not is_over_links(section)
    ):
        section.pop(0)
    least = MIN_WORDS_PER_TEASER if heading.facts.link_blocks else 1
    words = sum(block.facts.words for block in section if block.is_kept)
    return bool(section) and section[0].is_kept and words >= least


def is_over_links(following: list[Part]) -> bool:
    """Return whether the next block is a list of links that was left out."""
    return bool(following) and not following[0].is_kept and following[0].element.tag in {"ul", "ol"}
