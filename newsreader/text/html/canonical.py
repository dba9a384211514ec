"""Builds the canonical tree of blocks from safe HTML of any shape."""

from collections.abc import Callable
from typing import Any

from lxml import etree

from newsreader.text.html.allowlists import INLINE_TAGS, LINE_TAGS, TAG_REPLACEMENTS, WRAPPER_TAGS
from newsreader.text.html.attributes import filter_attributes
from newsreader.text.html.blocks import TABLE_PART_PARENTS, Block, measure_block, normalise_block
from newsreader.text.html.inline import (
    InlineElement,
    InlineRun,
    is_blank,
    join_lines,
    preserve_whitespace,
    split_paragraphs,
)

# Inline elements that have a meaning inside their own kind; of others the inner one is dropped.
NESTABLE_TAGS = {"span", "bdi", "bdo", "q", "sub", "sup"}
# Deeper ones are dropped: they add nothing, and every paragraph inside them would open them all again.
MAX_INLINE_DEPTH = 30


def build_tree(html: str, base_url: str = "") -> Block:
    """Return the canonical tree of well-formed, safe `html`: an "article" block that holds the top-level blocks."""
    builder = TreeBuilder(base_url)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(f"<article><div>{html}</div></article>", parser)
    for event, element in etree.iterwalk(root[0], events=("start", "end")):
        if event == "start":
            builder.open_element(element.tag, dict(element.attrib))
            builder.add_text(element.text)
        else:
            builder.close_element()
            builder.add_text(element.tail)
    return normalise_block(builder.article)


class TreeBuilder:
    """Builds blocks from a stream of tags and text."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.article = Block("article")
        self.open_blocks = [self.article]  # outermost first
        self.inline_path: tuple[InlineElement, ...] = ()  # the inline elements that are open, outermost first
        self.inherited: dict[str, str] = {}  # dir and lang of the wrappers inside the innermost open block
        # For each open element, the method that closes it and what that method restores.
        self.closers: list[tuple[Callable[[Any], None], Any]] = []

    def add_text(self, text: str | None) -> None:
        """Add text to the innermost open block, inside the open inline elements."""
        if text:
            self.open_blocks[-1].runs.append(InlineRun(self.inline_path, text))

    def open_element(self, tag: str, attributes: dict[str, str]) -> None:
        """Handle a start tag."""
        tag = TAG_REPLACEMENTS.get(tag, tag)
        attributes = filter_attributes(tag, attributes, self.base_url)
        if tag == "br" or tag in INLINE_TAGS:
            self.open_inline(tag, attributes)
        else:
            self.flush_line()
            self.open_block(tag, attributes)

    def close_element(self) -> None:
        """Handle the end tag of the element opened last."""
        close, restored = self.closers.pop()
        close(restored)

    def open_inline(self, tag: str, attributes: dict[str, str]) -> None:
        """Open an inline element, or add a line break; elements without meaning are dropped, their text stays."""
        self.closers.append((self.close_inline, self.inline_path))
        if tag == "br":
            self.open_blocks[-1].runs.append(InlineRun(self.inline_path, None))
        elif self.is_meaningful(tag, attributes):
            self.inline_path += (InlineElement(tag, attributes),)

    def is_meaningful(self, tag: str, attributes: dict[str, str]) -> bool:
        """Return whether an inline element has any effect at this place."""
        open_tags = [element.tag for element in self.inline_path]
        if tag in {"rt", "rp"}:
            return open_tags[-1:] == ["ruby"]
        is_needed = {"a": "href" in attributes, "span": bool(attributes), "bdo": "dir" in attributes}
        is_nested = tag not in NESTABLE_TAGS and tag in open_tags
        return len(open_tags) < MAX_INLINE_DEPTH and is_needed.get(tag, True) and not is_nested

    def close_inline(self, path: tuple[InlineElement, ...]) -> None:
        """Restore the inline elements that were open before the one that is closed."""
        self.inline_path = path

    def open_block(self, tag: str, attributes: dict[str, str]) -> None:
        """Open a block, or start a new line if the element is only a wrapper."""
        attributes = dict(sorted((self.inherited | attributes).items()))
        if self.is_wrapper(tag):
            self.closers.append((self.close_wrapper, self.inherited))
            self.inherited = attributes
        else:
            self.closers.append((self.close_block, self.inherited))
            self.inherited = {}
            self.open_blocks.append(Block(tag, attributes))

    def is_wrapper(self, tag: str) -> bool:
        """Return whether the element only starts a new line at this place, instead of a block of its own."""
        parent = self.open_blocks[-1].tag
        is_stray = tag in TABLE_PART_PARENTS and parent not in TABLE_PART_PARENTS[tag]
        return tag in WRAPPER_TAGS or parent in LINE_TAGS or is_stray

    def close_wrapper(self, inherited: dict[str, str]) -> None:
        """End the wrapper's last line and restore the attributes inherited outside of it."""
        self.flush_line()
        self.inherited = inherited

    def close_block(self, inherited: dict[str, str]) -> None:
        """Finish the innermost open block and add it to its parent."""
        block = self.open_blocks[-1]
        if block.tag in LINE_TAGS:
            finish_line_block(block)
        else:
            self.flush_line()
            normalise_block(block)
        self.open_blocks.pop()
        self.inherited = inherited
        if block.is_kept():
            self.open_blocks[-1].blocks.append(block)

    def flush_line(self) -> None:
        """End the line of loose inline content before or after a block: it becomes paragraphs, or a line break."""
        block = self.open_blocks[-1]
        if block.tag not in LINE_TAGS:
            paragraphs = [Block("p", dict(self.inherited), runs=runs) for runs in split_paragraphs(block.runs)]
            block.blocks += map(measure_block, paragraphs)
            block.runs = []
        elif block.runs and not (block.runs[-1].text or "\n").endswith("\n"):
            block.runs.append(InlineRun(self.inline_path, None))


def finish_line_block(block: Block) -> None:
    """Set the final runs of a block that holds only inline content."""
    runs = preserve_whitespace(block.runs) if block.tag == "pre" else join_lines(block.runs)
    block.runs = [] if is_blank(runs) else runs
    measure_block(block)
