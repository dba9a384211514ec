"""The blocks of canonical HTML, and the repair of blocks that stand where they are not allowed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from newsreader.text.html.allowlists import IMAGE_TAG
from newsreader.text.html.inline import InlineRun

# What each container may contain, and the wrapper for anything else in it.
ALLOWED_CHILDREN: dict[str, tuple[set[str], str]] = {
    "ul": ({"li"}, "li"),
    "ol": ({"li"}, "li"),
    "dl": ({"dt", "dd"}, "dd"),
    "table": ({"caption", "thead", "tbody", "tfoot"}, "tbody"),
    "thead": ({"tr"}, "tr"),
    "tbody": ({"tr"}, "tr"),
    "tfoot": ({"tr"}, "tr"),
    "tr": ({"td", "th"}, "td"),
}
# The wrapper for a part that is not inside its container.
WRAPPERS_OF_STRAYS = {"li": "ul", "dt": "dl", "dd": "dl"}
# Parts that are plain wrappers unless their parent is one of these.
TABLE_PART_PARENTS: dict[str, set[str]] = {
    **{part: {"table"} for part in ("caption", "thead", "tbody", "tfoot")},
    "tr": {"table", "thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
}
LIST_TAGS = {"ul", "ol"}
# Blocks in which a single paragraph without attributes needs no <p>.
COMPACT_TAGS = {"blockquote", "footer", "li", "dd", "td", "th", "figcaption", "aside"}
# Blocks without content that stay.
RULE_TAG = "hr"
# Where an image may stand; a table holds flags and logos, a line icons.
IMAGE_PARENTS = {"article", "section", "figure", "blockquote", "aside", "li", "dd"}
# Empty ones are kept, or the columns would shift.
GRID_TAGS = {"thead", "tbody", "tfoot", "tr"}
CELL_TAGS = {"td", "th"}


@dataclass
class Block:
    """One block: either the `blocks` inside it or its `runs` of inline content; `height` is its depth in elements."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    blocks: list["Block"] = field(default_factory=list)
    runs: list[InlineRun] = field(default_factory=list)
    height: int = 1
    is_filled: bool = False

    def is_kept(self) -> bool:
        """Return whether the block stays in the tree: it has content, is a rule, or keeps the columns of a table in place."""
        return self.is_filled or self.tag in CELL_TAGS | {RULE_TAG} or (self.tag in GRID_TAGS and bool(self.blocks))

    def holds(self, tag: str, class_name: str = "") -> bool:
        """Return whether a block with this tag and class stands directly in it."""
        return any(inner.tag == tag and inner.attributes.get("class", "") == class_name for inner in self.blocks)

    def is_one(self) -> bool:
        """Return whether it is what its tag says: a figure has a caption or a credit, an entry a time and no other in it."""
        if self.tag == "figure":
            return self.holds("figcaption") or self.holds("p", "credit") or self.is_picture()
        return not self.is_post() or (has_inline(self, "time") and not any(inner.is_post() for inner in self.blocks))

    def is_picture(self) -> bool:
        """Return whether it is a figure with images and nothing else."""
        return self.tag == "figure" and bool(self.blocks) and all(inner.tag == IMAGE_TAG for inner in self.blocks)

    def is_post(self) -> bool:
        """Return whether it is, or seems to be, an entry with a time."""
        return (self.tag, self.attributes.get("class")) == ("section", "post")


def normalise_block(block: Block) -> Block:
    """Return the block with wrappers around children that it may not contain; its children are normalised already."""
    block.blocks = list(_fit_children(block))
    if block.tag == "blockquote" and len(block.blocks) > 1:
        _make_footer(block.blocks[-1])
    return measure_block(block)


def measure_block(block: Block) -> Block:
    """Return the block with `height` and `is_filled` computed from its content."""
    heights = [inner.height for inner in block.blocks] + [len(path) for path, _ in block.runs]
    block.height = 1 + max(heights, default=0)
    block.is_filled = block.tag == IMAGE_TAG or bool(block.runs) or any(inner.is_filled for inner in block.blocks)
    return block


def _fit_children(block: Block) -> Iterator[Block]:
    last: Block | None = None
    for wrapper, group in groupby(block.blocks, key=lambda inner: _find_missing_wrapper(block.tag, inner.tag)):
        for inner in group if wrapper is None else _wrap_group(wrapper, list(group), last):
            last = inner
            yield inner


def _find_missing_wrapper(outer: str, inner: str) -> str | None:
    if outer not in ALLOWED_CHILDREN:
        return WRAPPERS_OF_STRAYS.get(inner)
    allowed, wrapper = ALLOWED_CHILDREN[outer]
    return None if inner in allowed else wrapper


def _wrap_group(wrapper: str, group: list[Block], last: Block | None) -> Iterator[Block]:
    """Yield a block around the group; a list directly inside a list goes into the item before it."""
    if wrapper == "li" and last and all(inner.tag in LIST_TAGS for inner in group):
        last.blocks += group
        measure_block(last)
    else:
        yield normalise_block(Block(wrapper, blocks=group))


def _make_footer(paragraph: Block) -> None:
    """Turn the last paragraph of a quotation into its footer if all of it is cited, as a name or a title is."""
    is_cited = all(run.path and run.path[0].tag == "cite" for run in paragraph.runs)
    if paragraph.tag == "p" and is_cited and "class" not in paragraph.attributes:
        paragraph.tag = "footer"


def has_inline(block: Block, tag: str) -> bool:
    """Return whether there is an inline element with this tag anywhere in a block."""
    return any(element.tag == tag for inner in iterate_blocks(block) for run in inner.runs for element in run.path)


def iterate_blocks(block: Block) -> Iterator[Block]:
    """Yield a block and all inside it, in document order."""
    waiting = [block]
    while waiting:
        yield (block := waiting.pop())
        waiting += reversed(block.blocks)


def compact_blocks(article: Block) -> Block:
    """Return the article with the only paragraph of a block unwrapped where it needs none, and measured anew."""
    for block in reversed(list(iterate_blocks(article))):
        if block.tag in COMPACT_TAGS and len(block.blocks) == 1:
            _unwrap_paragraph(block, block.blocks[0])
        measure_block(block)
    return article


def _unwrap_paragraph(block: Block, child: Block) -> None:
    if child.tag == "p" and not child.attributes:
        block.blocks, block.runs = [], child.runs


def trim_rules(article: Block) -> None:
    """Remove the rules of an article that part nothing: at its beginning, at its end, and after another rule."""
    kept: list[Block] = []
    for block in article.blocks:
        if block.tag != RULE_TAG or (kept and kept[-1].tag != RULE_TAG):
            kept.append(block)
    article.blocks = kept[:-1] if kept and kept[-1].tag == RULE_TAG else kept
