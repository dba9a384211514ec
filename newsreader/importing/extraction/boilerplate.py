"""Removes boilerplate at the top of a main text: the headline again, the byline, dates, topics."""

from lxml import etree

from newsreader.importing.extraction.authors import BYLINE_PREFIX
from newsreader.importing.extraction.page import get_text

LIST_TAGS = {"list", "ul", "ol"}
MAX_SHORT_ITEM_WORDS = 8
MAX_LEAD_WORDS = 16  # before the headline
TOP_BLOCKS = 5


def remove_boilerplate(blocks: list[etree._Element], known_texts: list[str]) -> list[etree._Element]:
    """Return the blocks without those at the top that repeat `known_texts` (the headline first), and without short lists."""
    top = enumerate(blocks[:TOP_BLOCKS])
    headline = next((number for number, block in top if get_text(block) == known_texts[0]), 0)
    if len(" ".join(map(get_text, blocks[:headline])).split()) < MAX_LEAD_WORDS:
        blocks = blocks[headline:]
    blocks = [block for block in blocks[:TOP_BLOCKS] if not is_repetition(block, known_texts)] + blocks[TOP_BLOCKS:]
    first = next((number for number, block in enumerate(blocks) if block.tag not in LIST_TAGS), 0)
    return [block for block in blocks[:first] if not is_short_list(block)] + blocks[first:]


def is_repetition(block: etree._Element, known_texts: list[str]) -> bool:
    """Return whether a block only repeats one of the known texts, perhaps with a "by" before it."""
    text = get_text(block)
    return text in known_texts or BYLINE_PREFIX.sub("", text) in known_texts


def is_short_list(block: etree._Element) -> bool:
    """Return whether all items of a list are short, as in a list of topics."""
    return all(len(get_text(item).split()) < MAX_SHORT_ITEM_WORDS for item in block.iter("item", "li"))
