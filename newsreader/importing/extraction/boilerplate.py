"""What stands at the top of a main text and is no text: the headline again, the byline, dates, topics."""

from lxml import etree

from newsreader.importing.extraction.metadata import LEAD_IN
from newsreader.importing.extraction.page import words_of

LISTS = {"list", "ul", "ol"}
SHORT_ITEM = 8  # words
SHORT_LEAD = 16  # words
NEAR_TOP = 5  # blocks


def without_clutter(blocks: list[etree._Element], known: list[str]) -> list[etree._Element]:
    """The blocks without those at the top that only repeat what is `known` (the headline first), and without short lists."""
    headline = next((number for number, block in enumerate(blocks[:NEAR_TOP]) if words_of(block) == known[0]), 0)
    if len(" ".join(map(words_of, blocks[:headline])).split()) < SHORT_LEAD:
        blocks = blocks[headline:]
    top = [block for block in blocks[:NEAR_TOP] if not repeats(block, known)] + blocks[NEAR_TOP:]
    first = next((number for number, block in enumerate(top) if block.tag not in LISTS), 0)
    return [block for block in top[:first] if not is_short_list(block)] + top[first:]


def repeats(block: etree._Element, known: list[str]) -> bool:
    words = words_of(block)
    return words in known or LEAD_IN.sub("", words) in known


def is_short_list(block: etree._Element) -> bool:
    return all(len(words_of(item).split()) < SHORT_ITEM for item in block.iter("item", "li"))
