"""Tag expressions: what somebody writes about tags to say which passages are meant.

    red line and condition              both tags on one highlight
    red line not condition              the one and not the other (also: and not, but not)
    red line or refusal                 one of them
    positions*                          the tag, or one of those below it in the codebook
    red line overlapping cost           words of a passage with the one also carry the other, by whatever reader
    red line within 2 sentences of cost at most so many sentences lie between the two; 0: the same sentence

Names that hold one of these words, a bracket or a star stand in "quotation marks". Brackets group. `overlapping` and `within` bind
least, then `or`, then `and` and `not`.
"""

import re
from typing import NamedTuple

WORDS = {"and", "or", "not", "but", "overlapping", "within"}


class Tag(NamedTuple):
    """One tag, by name or slug; `deep` with those below it."""

    name: str
    deep: bool = False


class Not(NamedTuple):
    of: "Node"


class All(NamedTuple):
    of: "tuple[Node, ...]"


class Some(NamedTuple):
    of: "tuple[Node, ...]"


class Overlapping(NamedTuple):
    left: "Node"
    right: "Node"


class Within(NamedTuple):
    left: "Node"
    right: "Node"
    sentences: int


Node = Tag | Not | All | Some | Overlapping | Within


class Fault(Exception):
    """What is wrong with an expression, in a sentence for its writer."""


def tags_in(node: Node):
    """Every tag that a tree names."""
    if isinstance(node, Tag):
        yield node
    elif isinstance(node, Not):
        yield from tags_in(node.of)
    else:
        parts = node.of if isinstance(node, All | Some) else node[:2]
        for part in parts:
            yield from tags_in(part)


def spoken(node: Node) -> str:
    """The tree as an expression that means the same."""
    if isinstance(node, Tag):
        return quoted(node.name) + "*" * node.deep
    if isinstance(node, Not):
        return f"not {bracketed(node.of)}"
    if isinstance(node, All | Some):
        return (" and " if isinstance(node, All) else " or ").join(map(bracketed, node.of))
    link = "overlapping" if isinstance(node, Overlapping) else f"within {node.sentences} sentences of"
    return f"{bracketed(node.left)} {link} {bracketed(node.right)}"


def bracketed(node: Node) -> str:
    return spoken(node) if isinstance(node, Tag) else f"({spoken(node)})"


def quoted(name: str) -> str:
    """The name as it may stand in an expression."""
    plain = not re.search(r'[()"*]', name) and not WORDS & {*name.lower().split()}
    return name if plain else f'"{name.replace(chr(34), " ")}"'
