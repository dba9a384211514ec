"""The blocks of a page as the page has them, found again by their letters."""

from collections import defaultdict
from copy import deepcopy

from lxml import etree
from lxml.html import HtmlElement

from newsreader.importing.extraction.page import words_of

HEADINGS = ["h2", "h3", "h4", "h5", "h6"]
# What each block of trafilatura's may have been.
KINDS = {
    "p": ["p"],
    "head": ["h1", *HEADINGS],
    "list": ["ul", "ol", "dl"],
    "table": ["table"],
    "quote": ["blockquote", "pre"],
    "code": ["pre"],
}
BLOCKS = list(dict.fromkeys(tag for tags in KINDS.values() for tag in tags))
STRUCTURED = ["ul", "ol", "dl", "table", "blockquote", "pre"]
SILENT = ["rt", "rp", "rtc"]  # trafilatura drops them, a reader wants them
DROPPED = "script style noscript template svg button select textarea iframe object audio video canvas".split()
DROPPED += "figure picture aside nav form input label footer dialog math".split()
REACH = 3  # blocks
MOST_LETTERS = 0.9  # of a block that was several
MOST_LINKS = 0.3  # of the characters of a list or table


class Originals:
    """Gives each block of trafilatura's back as it stands in the page, with all that trafilatura has no word for."""

    def __init__(self, tree: HtmlElement):
        self.tree = deepcopy(tree)
        etree.strip_elements(self.tree, *DROPPED, with_tail=False)
        self.letters = {element: letters_of(element) for element in self.tree.iter(*BLOCKS)}
        self.blocks = defaultdict(list)
        for element, letters in self.letters.items():
            self.blocks[element.tag, letters].append(element)

    def restored(self, blocks: list[etree._Element]) -> list[etree._Element]:
        """The blocks as they stand in the page where they are found there, with what stands lost between them."""
        whole = [found for block in blocks for found in self.found_for(block, len(blocks) == 1)]
        lost = self.lost({element for element in whole if isinstance(element, HtmlElement)})
        return [element for found in whole for element in [*lost.get(found, []), found]]

    def found_for(self, block: etree._Element, alone: bool) -> list[etree._Element]:
        """What a block was in the page: one block, or where it stands `alone` several; else the block itself."""
        original = self.of(block)
        if original is not None:
            return [original]
        return (alone and self.parts_of(letters_of(block))) or [block]

    def of(self, block: etree._Element) -> HtmlElement | None:
        """The next block of the page that has the kind and the letters of this one."""
        letters = letters_of(block)
        for tag in KINDS.get(block.tag, []):
            if same := self.blocks.get((tag, letters)):
                return same.pop(0)
        return None

    def parts_of(self, whole: str) -> list[HtmlElement]:
        """The blocks that have these letters together: trafilatura runs all the text of a short page into one."""
        parts, place, covered = [], 0, 0
        for element, letters in self.letters.items():
            start = whole.find(letters, place)
            if letters and start >= 0 and stands_outside(element, parts):
                parts.append(element)
                place, covered = start + len(letters), covered + len(letters)
        return parts if covered >= MOST_LETTERS * len(whole) else []

    def lost(self, found: set[HtmlElement]) -> dict[HtmlElement, list[HtmlElement]]:
        """For what was found, the headings, lists, tables and quotes left out that stand right before it."""
        lost = defaultdict(list)
        for parent in {element.getparent(): None for element in found}:
            children = [child for child in parent if words_of(child)]
            for number, child in enumerate(children):
                after = [sibling for sibling in children[number + 1 :][:REACH] if sibling in found]
                amid = any(sibling in found for sibling in children[:number][-REACH:])
                if after and child not in found and belongs(child, amid) and not found & set(child.iter()):
                    lost[after[0]].append(child)
        return lost


def stands_outside(element: HtmlElement, others: list[HtmlElement]) -> bool:
    """Whether an element stands in none of the others."""
    return not others or others[-1] not in set(element.iterancestors())


def belongs(element: HtmlElement, amid: bool) -> bool:
    """Whether a block that stands before, or `amid`, what was found is part of the article."""
    return element.tag in HEADINGS or (amid and element.tag in STRUCTURED and share_of_links(element) <= MOST_LINKS)


def share_of_links(element: HtmlElement) -> float:
    links = sum(len(words_of(link)) for link in element.iter("a"))
    return links / max(1, len(words_of(element)))


def letters_of(element: etree._Element) -> str:
    """The letters, digits and signs of an element, without white space and what is silent."""
    return "".join("".join(_texts(element)).split())


def _texts(element):
    for event, part in etree.iterwalk(element, events=("start", "end")):
        if event == "start" and part.tag not in SILENT:
            yield part.text or ""
        elif event == "end" and part is not element:
            yield part.tail or ""
