"""A page as a tree of parts: sections, and in them blocks of text, each with what tells whether it belongs to the article."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce

from lxml import etree
from lxml.html import HtmlElement

from newsreader.importing.extraction.elements import HEADING_TAGS, is_block
from newsreader.importing.extraction.layout import ORIGIN
from newsreader.importing.extraction.page import collapse_spaces, get_text
from newsreader.text.html.plaintext import count_words

# Blocks that are kept with all they hold, unless there are headings in a list.
WHOLE_TAGS = {"ul", "ol", "dl", "menu", "dir", "table", "blockquote", "pre"}
FIELD_TAGS = {"input", "textarea", "select"}
SENTENCE_END = (".", "!", "?", "…", ":", "：", "。", "！", "？", "؟", "।")
CLOSING = "”“»«\"’')]）」』"
IMAGE = re.compile(r"\.(avif|gif|jpe?g|png|webp)([?#].*)?$", re.IGNORECASE)
LINK_SHARE = 0.8  # of the characters of a block that is only a link


@dataclass
class Facts:
    """What is counted in a part, and in all parts of a part together."""

    words: int = 0
    characters: int = 0
    linked: int = 0  # characters in links to other pages
    sentences: int = 0  # blocks that end like one
    link_blocks: int = 0  # blocks that are only a link
    linked_headings: int = 0
    buttons: int = 0
    fields: int = 0
    found: int = 0  # letters of blocks that trafilatura found

    def __add__(self, other: "Facts") -> "Facts":
        return Facts(*(mine + its for mine, its in zip(vars(self).values(), vars(other).values(), strict=True)))

    @property
    def link_share(self) -> float:
        """Return the share of the characters that are in links."""
        return self.linked / max(1, self.characters)


@dataclass(eq=False)
class Part:
    """An element with the parts in it; a block of text has none. `number` counts the blocks before it in the page."""

    element: HtmlElement
    number: int = 0
    parts: list["Part"] = field(default_factory=list)
    facts: Facts = field(default_factory=Facts)
    text: str = ""  # of a block
    section: "Part | None" = None  # the innermost part around it that holds others, too
    is_found: bool = False  # by trafilatura
    is_reached: bool = False  # stands where the article does
    is_kept: bool = False

    @property
    def is_block(self) -> bool:
        """Return whether there are no parts in it."""
        return not self.parts

    @property
    def is_heading(self) -> bool:
        """Return whether it is a heading."""
        return self.element.tag in HEADING_TAGS


def read_parts(body: HtmlElement) -> Part:
    """Return the tree of parts of a page; texts must stand in blocks of their own."""
    root = Part(body)
    fill(root, 0)
    for part in iterate_parts(root):
        for inner in part.parts:
            inner.section = part if len(part.parts) > 1 else part.section
    return root


def fill(part: Part, number: int) -> int:
    """Find the parts in a part, the first block having this number; return the number of the next."""
    part.number = number
    children = [] if is_whole(part.element) else [child for child in part.element if is_block(child)]
    for child in children:
        inner = Part(child)
        after = fill(inner, number)
        if inner.facts != Facts():
            part.parts.append(inner)
            number = after
    if not part.parts:
        read_block(part)
    else:
        part.facts = reduce(
            Facts.__add__, (inner.facts for inner in part.parts), count_controls(part.element, deep=False)
        )
    return max(number, part.number + 1)


def is_whole(element: HtmlElement) -> bool:
    """Return whether an element is one block, although blocks may stand in it."""
    return element.tag in WHOLE_TAGS and (
        element.tag not in {"ul", "ol", "menu", "dir"} or next(element.iter(*HEADING_TAGS, "figure"), None) is None
    )


def read_block(part: Part) -> None:
    """Read the text of a block and what is counted in it."""
    element = part.element
    part.text = collapse_spaces(" ".join(element.itertext())) if element.tag in WHOLE_TAGS else get_text(element)
    around = next(element.iterancestors("a"), None)
    links = [link for link in [*element.iter("a"), *([] if around is None else [around])] if leads_elsewhere(link)]
    linked = min(len(part.text), sum(len(get_text(link)) for link in links)) if part.text else 0
    is_link = linked > LINK_SHARE * len(part.text)
    controls = count_controls(element, deep=True)
    part.facts = (
        Facts(
            words=weigh_words(part.text),
            characters=len(part.text),
            linked=linked,
            sentences=int(not is_link and (is_caption(element) or part.text.rstrip(CLOSING).endswith(SENTENCE_END))),
            link_blocks=int(is_link),
            linked_headings=int(is_link and element.tag in HEADING_TAGS),
        )
        + controls
    )


def is_caption(element: HtmlElement) -> bool:
    """Return whether an element is the caption of a figure."""
    return element.get(ORIGIN) == "figcaption"


def leads_elsewhere(link: HtmlElement) -> bool:
    """Return whether a link leads to another page, not to a place in this one or to a larger picture."""
    address = link.get("href", "#")
    return not address.startswith("#") and not IMAGE.search(address)


def weigh_words(text: str) -> int:
    """Return about how many words a text has; in scripts without spaces, two characters are one."""
    spaced = len(text.split())
    return spaced + (count_words(text) - spaced) // 2


def count_controls(element: HtmlElement, deep: bool) -> Facts:
    """Return how many buttons and fields stand in an element: anywhere, or between the blocks in it."""
    inner = element.iter(etree.Element) if deep else element
    tags = [child.tag for child in inner]
    hidden = sum(child.get("type") == "hidden" for child in element.iter("input")) if deep and "input" in tags else 0
    return Facts(buttons=tags.count("button"), fields=sum(map(tags.count, FIELD_TAGS)) - hidden)


def iterate_parts(part: Part) -> Iterator[Part]:
    """Yield a part and all in it, in document order."""
    waiting = [part]
    while waiting:
        yield (part := waiting.pop())
        waiting += reversed(part.parts)


def iterate_blocks(part: Part) -> Iterator[Part]:
    """Yield the blocks in a part that have text, in document order."""
    return (inner for inner in iterate_parts(part) if inner.is_block and inner.text)
