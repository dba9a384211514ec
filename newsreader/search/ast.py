"""A query as a tree, and the words that its results should have."""

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
    """Everything that does not match a part."""

    part: "Node"


class And(NamedTuple):
    """Everything that matches all parts."""

    parts: tuple["Node", ...]


class Or(NamedTuple):
    """Everything that matches one of the parts."""

    parts: tuple["Node", ...]


Node = Word | Field | Not | And | Or
NOTHING = And(())  # matches everything


class Query(NamedTuple):
    """A parsed query, and what in it was not understood, in sentences."""

    tree: Node
    faults: list[str]

    @property
    def words(self) -> list[Word]:
        """Return the words that results should have."""
        return list(wanted(self.tree))

    @property
    def bare(self) -> str:
        """Return the words again as one would write them, without fields and without what is excluded."""
        return " ".join(written(word) for word in self.words)


def wanted(node: Node) -> Iterator[Word]:
    """Yield the words of a tree that are not excluded, in their order."""
    if isinstance(node, Word):
        yield node
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from wanted(part)


def written(word: Word) -> str:
    """Return a word or phrase as one would write it in a query."""
    text = " ".join(word.terms) if word.part in ("", "OR", "AND", "NOT") else word.part
    return f'"{text}"' if len(word.terms) > 1 else text + "*" * word.prefix


def joined(kind: type[And] | type[Or], parts: list[Node]) -> Node:
    """Return these parts as one, without those that match everything."""
    kept = tuple(part for part in parts if part != NOTHING)
    return kept[0] if len(kept) == 1 else kind(kept) if kept else NOTHING
