"""A query as a tree, and what is read off it."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple


class Word(NamedTuple):
    """Terms that stand side by side: one word, or a phrase. `part` is the word as written where its stems count as well."""

    terms: tuple[str, ...]
    part: str = ""
    prefix: bool = False


class Field(NamedTuple):
    """A condition by name; the value of `before` and `after` is a day."""

    name: str
    value: str | date


class Not(NamedTuple):
    part: "Node"


class And(NamedTuple):
    parts: tuple["Node", ...]


class Or(NamedTuple):
    parts: tuple["Node", ...]


Node = Word | Field | Not | And | Or
NOTHING = And(())  # what leaves nothing out


class Query(NamedTuple):
    """What was asked for, and what about it was not understood, in sentences."""

    tree: Node
    faults: list[str]

    @property
    def words(self) -> list[Word]:
        """The words that results should have."""
        return list(wanted(self.tree))

    @property
    def bare(self) -> str:
        """The words again as one would write them, without fields and without what was not wanted."""
        return " ".join(written(word) for word in self.words)


def wanted(node: Node) -> Iterator[Word]:
    """The words that a tree wants, in their order."""
    if isinstance(node, Word):
        yield node
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from wanted(part)


def written(word: Word) -> str:
    text = " ".join(word.terms) if word.part in ("", "OR", "AND", "NOT") else word.part
    return f'"{text}"' if len(word.terms) > 1 else text + "*" * word.prefix


def joined(kind: type, parts: list) -> Node:
    """These parts as one, without those that mean nothing."""
    kept = tuple(part for part in parts if part != NOTHING)
    return kept[0] if len(kept) == 1 else kind(kept) if kept else NOTHING
