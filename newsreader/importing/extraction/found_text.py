"""Tells which blocks of a page trafilatura took for text, by their letters: it writes its own tree, without the page's structure."""

from collections.abc import Iterator

from lxml import etree

WINDOW = 12  # letters that are compared at a time
STEP = 4  # of the windows that are remembered
SHORT = 40  # letters, below which a block must be one of trafilatura's, whole
MIN_SHARE = 0.6  # of the windows of a longer block
MAX_MERGED = 20_000  # letters of a page that trafilatura made one block of
RUBY_TAGS = ["rt", "rp", "rtc"]  # trafilatura drops them, the article keeps them


class FoundText:
    """The text of the blocks that trafilatura found, to find them again in the page."""

    def __init__(self, body: etree._Element) -> None:
        letters = [collect_letters(block) for block in body]
        self.size = sum(map(len, letters))
        self.whole = {
            *letters,
            *(collect_letters(part) for block in body for part in block.iter("item", "cell", "p", "head")),
        }
        # All text of a short page may have become one block.
        self.merged = letters[0] if len(letters) == 1 and self.size < MAX_MERGED else ""
        self.windows = {text[i : i + WINDOW] for text in letters for i in range(0, len(text) - WINDOW + 1, STEP)}

    def holds(self, letters: str) -> bool:
        """Return whether a block with these letters is one of those that were found, or part of them."""
        if letters in self.whole or letters in self.merged:
            return True
        windows = range(len(letters) - WINDOW + 1)
        hits = sum(letters[i : i + WINDOW] in self.windows for i in windows)
        return len(letters) >= SHORT and STEP * hits >= MIN_SHARE * len(windows)


def collect_letters(element: etree._Element) -> str:
    """Return the letters, digits and signs of an element, without white space and ruby annotations."""
    return "".join("".join(_iterate_texts(element)).split())


def _iterate_texts(element: etree._Element) -> Iterator[str]:
    for event, part in etree.iterwalk(element, events=("start", "end")):
        if event == "start" and part.tag not in RUBY_TAGS:
            yield part.text or ""
        elif event == "end" and part is not element:
            yield part.tail or ""
