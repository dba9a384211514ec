"""The blocks of canonical HTML, and how what stands in a wrong place is put right."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from newsreader.text.html.inline import Run

# What each container may hold, and what is put around anything else in it.
FITTING = {
    "ul": ({"li"}, "li"),
    "ol": ({"li"}, "li"),
    "dl": ({"dt", "dd"}, "dd"),
    "table": ({"caption", "thead", "tbody", "tfoot"}, "tbody"),
    "thead": ({"tr"}, "tr"),
    "tbody": ({"tr"}, "tr"),
    "tfoot": ({"tr"}, "tr"),
    "tr": ({"td", "th"}, "td"),
}
# What is put around a part that stands outside its container.
STRAY = {"li": "ul", "dt": "dl", "dd": "dl"}
# Parts that are plain wrappers anywhere but in these.
TABLE_PARTS = {
    **{part: {"table"} for part in ("caption", "thead", "tbody", "tfoot")},
    "tr": {"table", "thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
}
LISTS = {"ul", "ol"}
# Where one paragraph without attributes of its own needs no <p>.
SHORT = {"blockquote", "li", "dd", "td", "th"}
# Empty ones are kept, or the columns would shift.
GRID = {"thead", "tbody", "tfoot", "tr"}
CELLS = {"td", "th"}


@dataclass
class Block:
    """One block: either `blocks` inside it or `runs` of inline content, and how many elements deep it is."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    blocks: list["Block"] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    height: int = 1
    is_filled: bool = False

    def is_kept(self) -> bool:
        return self.is_filled or self.tag in CELLS or (self.tag in GRID and bool(self.blocks))


def settled(block: Block) -> Block:
    """The block with every child of a kind that it may hold; its children are settled already."""
    block.blocks = list(_fitting(block))
    if block.tag in SHORT and len(block.blocks) == 1:
        _shorten(block, block.blocks[0])
    return measured(block)


def measured(block: Block) -> Block:
    """The block with its height and fullness told by what it holds."""
    heights = [inner.height for inner in block.blocks] + [len(path) for path, _ in block.runs]
    block.height = 1 + max(heights, default=0)
    block.is_filled = bool(block.runs) or any(inner.is_filled for inner in block.blocks)
    return block


def _fitting(block) -> Iterator[Block]:
    last = None
    for wrapper, group in groupby(block.blocks, key=lambda inner: _missing(block.tag, inner.tag)):
        for inner in group if wrapper is None else _wrapped(wrapper, list(group), last):
            last = inner
            yield inner


def _missing(outer, inner):
    fits, wrapper = FITTING.get(outer, (None, None))
    if fits is None:
        return STRAY.get(inner)
    return None if inner in fits else wrapper


def _wrapped(wrapper, group, last):
    """A block around the group; a list directly in a list goes into the item before it."""
    if wrapper == "li" and last and all(inner.tag in LISTS for inner in group):
        last.blocks, last.runs = [*_as_blocks(last), *group], []
        measured(last)
    else:
        yield settled(Block(wrapper, blocks=group))


def _as_blocks(block):
    return [measured(Block("p", runs=block.runs))] if block.runs else block.blocks


def _shorten(block, only):
    if only.tag == "p" and not only.attributes:
        block.blocks, block.runs = [], only.runs
