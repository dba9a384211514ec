"""Builds the canonical tree of blocks from safe HTML of any shape."""

from collections.abc import Callable
from typing import Any

from lxml import etree

from newsreader.text.html.allowlists import IMAGE_TAG, INLINE_TAGS, LINE_TAGS, TAG_REPLACEMENTS, WRAPPER_TAGS
from newsreader.text.html.attributes import filter_attributes
from newsreader.text.html.blocks import (
    IMAGE_PARENTS,
    LIST_TAGS,
    RULE_TAG,
    TABLE_PART_PARENTS,
    Block,
    compact_blocks,
    measure_block,
    normalise_block,
    trim_rules,
)
from newsreader.text.html.inline import (
    InlineElement,
    InlineRun,
    is_blank,
    is_within_sentence,
    join_lines,
    preserve_whitespace,
    split_paragraphs,
)
from newsreader.text.html.links import find_fragment
from newsreader.text.html.roles import resolve_role
from newsreader.text.html.targets import link_targets

# Inline elements that have a meaning inside their own kind; of others the inner one is dropped.
NESTABLE_TAGS = {"span", "bdi", "bdo", "q", "sub", "sup"}
# Deeper ones are dropped: they add nothing, and every paragraph inside them would open them all again.
MAX_INLINE_DEPTH = 30
LINE_CLASSES = {"credit", "formula"}  # what paragraphs inherit from a wrapper
# Elements that are blocks of their own only there; everywhere else they start a new line.
PARENTS = {
    "figcaption": {"figure"},
    "footer": {"blockquote"},
    "aside": {"article", "section"},
    "section": {"article", "section"},
    RULE_TAG: {"article"},
}


def build_tree(html: str, base_url: str = "") -> Block:
    """Return the canonical tree of well-formed, safe `html`: an "article" block that holds the top-level blocks."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(f"<article><div>{html}</div></article>", parser)
    builder = TreeBuilder(base_url, find_targets(root, base_url))
    for event, element in etree.iterwalk(root[0], events=("start", "end")):
        if event == "start":
            builder.open_element(element.tag, dict(element.attrib))
            builder.add_text(element.text)
        else:
            builder.close_element()
            builder.add_text(element.tail)
    article = normalise_block(builder.article)
    trim_rules(article)
    if builder.targets:
        link_targets(article, base_url)
    return compact_blocks(article)


def find_targets(root: etree._Element, base_url: str) -> frozenset[str]:
    """Return the ids of elements to which links on the page itself lead."""
    ids = {element.get(name) for element in root.iter() for name in ("id", "name")}
    return frozenset(ids & {find_fragment(link.get("href", ""), base_url) for link in root.iter("a")} - {"", None})


class TreeBuilder:
    """Builds blocks from a stream of tags and text."""

    def __init__(self, base_url: str, targets: frozenset[str]) -> None:
        self.base_url, self.targets = base_url, targets
        self.article = Block("article")
        self.open_blocks = [self.article]  # outermost first
        self.inline_path: tuple[InlineElement, ...] = ()  # the inline elements that are open, outermost first
        self.inherited: dict[str, str] = {}  # attributes of the wrappers inside the innermost open block
        self.waiting_images: list[tuple[int, Block]] = []  # in the open line, each after so many of its runs
        # For each open element, the method that closes it and what that method restores.
        self.closers: list[tuple[Callable[[Any], None], Any]] = []

    def add_text(self, text: str | None) -> None:
        """Add text to the innermost open block, inside the open inline elements."""
        if text:
            self.open_blocks[-1].runs.append(InlineRun(self.inline_path, text))

    def open_element(self, tag: str, attributes: dict[str, str]) -> None:
        """Handle a start tag."""
        tag, class_name = resolve_role(tag, attributes.pop("class", ""))
        tag = self.choose_tag(TAG_REPLACEMENTS.get(tag, tag))
        attributes = filter_attributes(tag, attributes, self.base_url, self.targets)
        if tag == IMAGE_TAG:
            self.closers.append((self.close_inline, self.inline_path))
            self.add_image(attributes)
            return
        if class_name:
            attributes["class"] = class_name
        if tag == "br" or tag in INLINE_TAGS:
            self.open_inline(tag, attributes)
        else:
            self.flush_line()
            self.open_block(tag, attributes)

    def choose_tag(self, tag: str) -> str:
        """Return the tag of an element at this place: what stands below a quotation is its footer."""
        return "footer" if tag == "figcaption" and self.open_blocks[-1].tag == "blockquote" else tag

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

    def add_image(self, attributes: dict[str, str]) -> None:
        """Add a figure with an image before or after the line in which it stands.

        It needs an address and a place where it may stand; what stands within a sentence is a sign.
        """
        block = self.open_blocks[-1]
        if "data-src" in attributes and block.tag in IMAGE_PARENTS:
            image = measure_block(Block(IMAGE_TAG, attributes))
            picture = image if block.tag == "figure" else frame_image(image)
            if is_blank(block.runs):
                block.blocks.append(picture)
            else:
                self.waiting_images.append((len(block.runs), picture))

    def is_meaningful(self, tag: str, attributes: dict[str, str]) -> bool:
        """Return whether an inline element has any effect at this place."""
        open_tags = [element.tag for element in self.inline_path]
        if tag in {"rt", "rp"}:
            return open_tags[-1:] == ["ruby"]
        is_needed = {
            "a": bool({"href", "id"} & attributes.keys()),
            "span": bool(attributes),
            "bdo": "dir" in attributes,
        }
        is_nested = tag not in NESTABLE_TAGS and tag in open_tags
        return len(open_tags) < MAX_INLINE_DEPTH and is_needed.get(tag, True) and not is_nested

    def close_inline(self, path: tuple[InlineElement, ...]) -> None:
        """Restore the inline elements that were open before the one that is closed."""
        self.inline_path = path

    def open_block(self, tag: str, attributes: dict[str, str]) -> None:
        """Open a block, or start a new line if the element is only a wrapper."""
        merged = dict(sorted((self.inherited | attributes).items()))
        if self.is_wrapper(tag, attributes.get("class", "")):
            self.closers.append((self.close_wrapper, self.inherited))
            self.inherited = merged if merged.get("class") in LINE_CLASSES else without_class(merged)
        else:
            merged = merged if tag == "p" or "class" in attributes else without_class(merged)
            self.closers.append((self.close_block, self.inherited))
            self.inherited = {}
            self.open_blocks.append(Block(tag, {} if tag == RULE_TAG else merged))

    def is_wrapper(self, tag: str, class_name: str) -> bool:
        """Return whether the element only starts a new line at this place, instead of a block of its own."""
        parent = self.open_blocks[-1]
        if parent.tag in LINE_TAGS:
            return True
        if tag in TABLE_PART_PARENTS:
            return parent.tag not in TABLE_PART_PARENTS[tag]
        if tag in {"aside", "section"} and not class_name:
            return True
        if tag == "blockquote" and any(block.attributes.get("class") == "pull" for block in self.open_blocks):
            return True
        return parent.tag not in PARENTS[tag] if tag in PARENTS else tag in WRAPPER_TAGS

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
        self.open_blocks[-1].blocks += self.place_block(block)

    def place_block(self, block: Block) -> list[Block]:
        """Return what stays of a finished block: itself, the blocks inside it where it is not what it seemed, or nothing."""
        if not block.is_kept():
            return []
        if not block.is_one():
            return [inherit_language(frame_image(inner), block) for inner in block.blocks]
        is_of_notes = block.tag in LIST_TAGS and block.attributes.pop("class", "") == "notes"
        if is_of_notes and self.open_blocks[-1] is self.article:
            return [measure_block(Block("section", {"class": "notes"}, [block]))]
        return [block]

    def flush_line(self) -> None:
        """End the line of loose inline content before or after a block: it becomes paragraphs, or a line break."""
        block = self.open_blocks[-1]
        if block.tag not in LINE_TAGS:
            paragraphs = [Block("p", dict(self.inherited), runs=runs) for runs in split_paragraphs(block.runs)]
            images = [image for place, image in self.waiting_images if not is_within_sentence(block.runs, place)]
            block.blocks += [*map(measure_block, paragraphs), *images]
            block.runs, self.waiting_images = [], []
        elif block.runs and not (block.runs[-1].text or "\n").endswith("\n"):
            block.runs.append(InlineRun(self.inline_path, None))


def frame_image(block: Block) -> Block:
    """Return an image as a figure; any other block as it is."""
    return measure_block(Block("figure", {}, [block])) if block.tag == IMAGE_TAG else block


def without_class(attributes: dict[str, str]) -> dict[str, str]:
    """Return the attributes but for the class."""
    return {name: value for name, value in attributes.items() if name != "class"}


def inherit_language(block: Block, outer: Block) -> Block:
    """Return the block with the language and direction of the element that stood around it."""
    outer_attributes = {name: value for name, value in outer.attributes.items() if name in {"dir", "lang"}}
    block.attributes = dict(sorted((outer_attributes | block.attributes).items()))
    return block


def finish_line_block(block: Block) -> None:
    """Set the final runs of a block that holds only inline content."""
    runs = preserve_whitespace(block.runs) if block.tag == "pre" else join_lines(block.runs)
    block.runs = [] if is_blank(runs) else runs
    measure_block(block)
