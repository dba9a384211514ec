"""A query as a tree: its nodes, what is read off it, and how it is written down again."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

OPERATORS = {"and", "but", "or", "not", "overlapping", "within"}


class Word(NamedTuple):
    """Terms that stand side by side: one word, or a phrase. `part` is the word as written where its stems count as well."""

    terms: tuple[str, ...]
    part: str = ""
    prefix: bool = False


class Tag(NamedTuple):
    """A tag by its name or the slug of its address, with those below it in the codebook where that is wanted."""

    name: str
    with_children: bool = False


class Field(NamedTuple):
    """A condition by name; the value of `before` and `after` is a day."""

    name: str
    value: str | date


class Not(NamedTuple):
    """Everything that does not match a part."""

    part: "Node"


class And(NamedTuple):
    """Everything that matches all parts."""

    parts: tuple["Node", ...]


class Or(NamedTuple):
    """Everything that matches one of the parts."""

    parts: tuple["Node", ...]


class Overlapping(NamedTuple):
    """Passages of the left kind on words that one of the right kind also stands on."""

    left: "Node"
    right: "Node"


class Within(NamedTuple):
    """Passages of the left kind with at most so many sentences between them and one of the right kind."""

    left: "Node"
    right: "Node"
    sentences: int


Relation = Overlapping | Within
Node = Word | Tag | Field | Not | And | Or | Overlapping | Within
NOTHING = And(())  # matches everything


class Query(NamedTuple):
    """A parsed query, and what in it was not understood, in sentences."""

    tree: Node
    problems: tuple[str, ...] = ()

    @property
    def words(self) -> list[Word]:
        """The words that results should have."""
        return list(wanted_words(self.tree))

    @property
    def bare(self) -> str:
        """The words again as one would write them, without fields and without what is excluded."""
        return " ".join(write(word) for word in self.words)


def join(kind: type, parts: list[Node]) -> Node:
    """Return these parts as one node of that kind, without those that mean nothing."""
    kept = tuple(part for part in parts if part != NOTHING)
    return kept[0] if len(kept) == 1 else kind(kept) if kept else NOTHING


def wanted_words(node: Node) -> Iterator[Word]:
    """Yield the words that a tree wants of each result, in their order."""
    if isinstance(node, Word):
        yield node
    elif isinstance(node, Relation):
        yield from wanted_words(node.left)
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from wanted_words(part)


def find_tags(node: Node) -> Iterator[Tag]:
    """Yield every tag that a tree names, wanted or not, in their order."""
    if isinstance(node, Tag):
        yield node
    for part in parts_of(node):
        yield from find_tags(part)


def parts_of(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly below a node."""
    if isinstance(node, And | Or):
        return node.parts
    if isinstance(node, Relation):
        return node.left, node.right
    return (node.part,) if isinstance(node, Not) else ()


def write(node: Node, bare: str = "") -> str:
    """Return a query that means this tree; with `bare` "tag" for where bare words are the name of a tag.

    A straight quotation mark within a name becomes a space: the language has no sign for it.
    """
    write_name = write_bare_name if bare == "tag" else write_tag_name
    return write_node(node, write_name)


def write_node(node: Node, write_name: Callable[[str], str]) -> str:
    """Return a query that means this tree, in which names of tags are written in this way."""
    match node:
        case Word():
            return write_word(node)
        case Tag(name, with_children):
            return write_name(name) + "*" * with_children
        case Field(name, value):
            return f"{name}:{value if isinstance(value, date) else in_quotes(value)}"
        case Not(part):
            return f"NOT {write_part(part, write_name)}"
        case And(parts):
            return " AND ".join(write_part(part, write_name) for part in parts)
        case Or(parts):
            return " OR ".join(write_part(part, write_name) for part in parts)
        case Overlapping(left, right):
            return f"{write_part(left, write_name)} OVERLAPPING {write_part(right, write_name)}"
        case Within(left, right, sentences):
            return f"{write_part(left, write_name)} WITHIN {sentences} SENTENCES {write_part(right, write_name)}"


def write_part(node: Node, write_name: Callable[[str], str]) -> str:
    """Return a part of a longer query, in parentheses unless it is one thing."""
    text = write_node(node, write_name)
    return text if isinstance(node, Word | Tag | Field) else f"({text})"


def write_word(word: Word) -> str:
    """Return a word or phrase as it is written in a search."""
    if word.prefix:
        return "-".join(word.terms) + "*"
    if not word.part:
        return in_quotes(" ".join(word.terms))
    return word.part.lower() if word.part.lower() in OPERATORS else word.part


def write_tag_name(name: str) -> str:
    """Return the name of a tag as a field."""
    return f"tag:{in_quotes(name)}"


def write_bare_name(name: str) -> str:
    """Return the name as it is, in quotation marks where it would be read as something else."""
    has_signs = re.search(r'[()"*]|^tag:|^of\b', name, re.IGNORECASE)
    return in_quotes(name) if has_signs or OPERATORS & {*name.lower().split()} else name


def in_quotes(text: str) -> str:
    """Return the text in straight quotation marks, with spaces in place of those within it."""
    return f'"{text.replace(chr(34), " ")}"'
