"""Finds the blocks of an extracted text in the page again, by their letters, to keep the page's own structure."""

from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement

from newsreader.importing.extraction.page import get_text

HEADING_TAGS = ["h2", "h3", "h4", "h5", "h6"]
# The tags in the page that each of trafilatura's blocks may come from.
SOURCE_TAGS = {
    "p": ["p"],
    "head": ["h1", *HEADING_TAGS],
    "list": ["ul", "ol", "dl"],
    "table": ["table"],
    "quote": ["blockquote", "pre"],
    "code": ["pre"],
}
BLOCK_TAGS = list(dict.fromkeys(tag for tags in SOURCE_TAGS.values() for tag in tags))
STRUCTURED_TAGS = ["ul", "ol", "dl", "table", "blockquote", "pre"]
RUBY_TAGS = ["rt", "rp", "rtc"]  # trafilatura drops them, the article keeps them
DROPPED_TAGS = "script style noscript template svg button select textarea iframe object audio video canvas".split()
DROPPED_TAGS += "figure picture aside nav form input label footer dialog math".split()
NEARBY_BLOCKS = 3
MIN_COVERED_SHARE = 0.9  # of the letters of a merged block
MAX_LINK_SHARE = 0.3  # of the characters of a list or table


class SourceBlocks:
    """The blocks of a page, ready to replace the blocks that trafilatura made of them."""

    def __init__(self, tree: HtmlElement) -> None:
        self.tree = deepcopy(tree)
        etree.strip_elements(self.tree, *DROPPED_TAGS, with_tail=False)
        self.letters = {element: collect_letters(element) for element in self.tree.iter(*BLOCK_TAGS)}
        self.blocks: dict[tuple[str, str], list[HtmlElement]] = defaultdict(list)
        for element, letters in self.letters.items():
            self.blocks[element.tag, letters].append(element)

    def restore_blocks(self, blocks: list[etree._Element]) -> list[etree._Element]:
        """Return the page's own blocks for trafilatura's, if they are found, with the blocks it lost between them."""
        sources = [source for block in blocks for source in self.find_sources(block, len(blocks) == 1)]
        lost = self.find_lost_blocks({source for source in sources if isinstance(source, HtmlElement)})
        return [element for source in sources for element in [*lost.get(source, []), source]]

    def find_sources(self, block: etree._Element, is_only: bool) -> list[etree._Element]:
        """Return the block of the page, several if trafilatura's is the only one (`is_only`), or trafilatura's own."""
        source = self.take_source(block)
        if source is not None:
            return [source]
        return (is_only and self.find_parts(collect_letters(block))) or [block]

    def take_source(self, block: etree._Element) -> HtmlElement | None:
        """Return the next block of the page with a matching tag and the same letters, and remove it."""
        letters = collect_letters(block)
        for tag in SOURCE_TAGS.get(block.tag, []):
            if matches := self.blocks.get((tag, letters)):
                return matches.pop(0)
        return None

    def find_parts(self, merged_letters: str) -> list[HtmlElement]:
        """Return the blocks that have these letters together: trafilatura merges all text of a short page into one."""
        parts: list[HtmlElement] = []
        position = covered = 0
        for element, letters in self.letters.items():
            start = merged_letters.find(letters, position)
            if letters and start >= 0 and is_outside(element, parts):
                parts.append(element)
                position, covered = start + len(letters), covered + len(letters)
        return parts if covered >= MIN_COVERED_SHARE * len(merged_letters) else []

    def find_lost_blocks(self, found: set[HtmlElement]) -> dict[HtmlElement, list[HtmlElement]]:
        """Return for each found block the headings, lists, tables and quotes directly before it that were left out."""
        lost: dict[HtmlElement, list[HtmlElement]] = defaultdict(list)
        for parent in {element.getparent(): None for element in found}:
            children = [child for child in parent if get_text(child)]
            for number, child in enumerate(children):
                after = [sibling for sibling in children[number + 1 :][:NEARBY_BLOCKS] if sibling in found]
                is_between = any(sibling in found for sibling in children[:number][-NEARBY_BLOCKS:])
                is_lost = after and child not in found and is_part_of_article(child, is_between)
                if is_lost and not found & set(child.iter()):
                    lost[after[0]].append(child)
        return lost


def is_outside(element: HtmlElement, others: list[HtmlElement]) -> bool:
    """Return whether an element is in none of the others, which are in document order."""
    return not others or others[-1] not in set(element.iterancestors())


def is_part_of_article(element: HtmlElement, is_between: bool) -> bool:
    """Return whether a block before found blocks, or between them (`is_between`), belongs to the article."""
    if element.tag in HEADING_TAGS:
        return True
    return is_between and element.tag in STRUCTURED_TAGS and measure_link_share(element) <= MAX_LINK_SHARE


def measure_link_share(element: HtmlElement) -> float:
    """Return the share of an element's text that is links."""
    links = sum(len(get_text(link)) for link in element.iter("a"))
    return links / max(1, len(get_text(element)))


def collect_letters(element: etree._Element) -> str:
    """Return the letters, digits and signs of an element, without white space and ruby annotations."""
    return "".join("".join(_iterate_texts(element)).split())


def _iterate_texts(element: etree._Element) -> Iterator[str]:
    for event, part in etree.iterwalk(element, events=("start", "end")):
        if event == "start" and part.tag not in RUBY_TAGS:
            yield part.text or ""
        elif event == "end" and part is not element:
            yield part.tail or ""
