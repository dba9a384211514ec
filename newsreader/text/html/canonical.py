"""From safe HTML of any shape to the canonical tree of blocks."""

from lxml import etree

from newsreader.text.html.allowlists import INLINE, LINES, RENAMED, WRAPPERS
from newsreader.text.html.attributes import kept
from newsreader.text.html.blocks import TABLE_PARTS, Block, measured, settled
from newsreader.text.html.inline import Inline, Run, is_blank, one_paragraph_of, paragraphs_of, preserved

# Inline elements that mean something inside their own kind; of others the inner one is dropped.
NESTING = {"span", "bdi", "bdo", "q", "sub", "sup"}
# Deeper ones are dropped: they say nothing more, and every paragraph among them would open them all again.
MAX_INLINE = 30


def tree_of(html: str, base_url: str = "") -> Block:
    """The canonical tree of well-formed, safe `html`: an "article" that holds the top-level blocks."""
    composer = Composer(base_url)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(f"<article><div>{html}</div></article>", parser)
    for event, element in etree.iterwalk(root[0], events=("start", "end")):
        if event == "start":
            composer.enter(element.tag, dict(element.attrib))
            composer.write(element.text)
        else:
            composer.leave()
            composer.write(element.tail)
    return settled(composer.article)


class Composer:
    """Builds blocks from a stream of tags and text."""

    def __init__(self, base_url: str):
        self.base_url = base_url
        self.article = Block("article")
        self.places = [self.article]  # the blocks that are open, outermost first
        self.path = ()  # the inline elements that are open
        self.inherited = {}  # dir and lang of the wrappers between the innermost open block and here
        self.leaving = []  # for each open tag, what to do when it closes

    def write(self, text: str | None) -> None:
        if text:
            self.places[-1].runs.append(Run(self.path, text))

    def enter(self, tag: str, attributes: dict[str, str]) -> None:
        tag = RENAMED.get(tag, tag)
        attributes = kept(tag, attributes, self.base_url)
        if tag == "br" or tag in INLINE:
            self.enter_inline(tag, attributes)
        else:
            self.flush()
            self.enter_block(tag, attributes)

    def leave(self) -> None:
        leave, *restored = self.leaving.pop()
        leave(*restored)

    def enter_inline(self, tag: str, attributes: dict[str, str]) -> None:
        self.leaving.append((self.leave_inline, self.path))
        if tag == "br":
            self.places[-1].runs.append(Run(self.path, None))
        elif self.is_meant(tag, attributes):
            self.path += (Inline(tag, attributes),)

    def is_meant(self, tag: str, attributes: dict[str, str]) -> bool:
        """Whether an inline element says anything where it stands."""
        around = [inline.tag for inline in self.path]
        if tag in {"rt", "rp"}:
            return around[-1:] == ["ruby"]
        needed = {"a": "href" in attributes, "span": bool(attributes), "bdo": "dir" in attributes}
        return len(around) < MAX_INLINE and needed.get(tag, True) and (tag in NESTING or tag not in around)

    def leave_inline(self, path: tuple[Inline, ...]) -> None:
        self.path = path

    def enter_block(self, tag: str, attributes: dict[str, str]) -> None:
        attributes = dict(sorted((self.inherited | attributes).items()))
        if self.is_wrapper(tag):
            self.leaving.append((self.leave_wrapper, self.inherited))
            self.inherited = attributes
        else:
            self.leaving.append((self.leave_block, self.inherited))
            self.inherited = {}
            self.places.append(Block(tag, attributes))

    def is_wrapper(self, tag: str) -> bool:
        """Whether the element is only a new line where it stands, not a block of its own."""
        place = self.places[-1].tag
        return tag in WRAPPERS or place in LINES or (tag in TABLE_PARTS and place not in TABLE_PARTS[tag])

    def leave_wrapper(self, inherited: dict[str, str]) -> None:
        self.flush()
        self.inherited = inherited

    def leave_block(self, inherited: dict[str, str]) -> None:
        block = self.places[-1]
        if block.tag in LINES:
            close_lines(block)
        else:
            self.flush()
            settled(block)
        self.places.pop()
        self.inherited = inherited
        if block.is_kept():
            self.places[-1].blocks.append(block)

    def flush(self) -> None:
        """Ends the line of loose inline content before or after a block: it becomes paragraphs, or a new line."""
        place = self.places[-1]
        if place.tag not in LINES:
            place.blocks += [
                measured(Block("p", dict(self.inherited), runs=runs)) for runs in paragraphs_of(place.runs)
            ]
            place.runs = []
        elif place.runs and not (place.runs[-1].text or "\n").endswith("\n"):
            place.runs.append(Run(self.path, None))


def close_lines(block: Block) -> None:
    """Makes the final runs of a block that holds only inline content."""
    runs = preserved(block.runs) if block.tag == "pre" else one_paragraph_of(block.runs)
    block.runs = [] if is_blank(runs) else runs
    measured(block)
