"""Reads tag expressions: what is written becomes a tree."""

import re
from typing import NamedTuple

from annotations.tag_query.ast import WORDS, All, Fault, Node, Not, Overlapping, Some, Tag, Within, tags_in

LONGEST = 500  # characters
MOST = 30  # tags
DEEPEST = 20  # brackets within brackets
FURTHEST = 50  # sentences
PIECES = re.compile(r'\s*(?:"([^"]*)"?(\*?)|([()])|([^\s()"]+))')
SENTENCES = {"sentence", "sentences"}


class Piece(NamedTuple):
    """A word, a bracket or a quoted name of an expression."""

    words: str
    kind: str  # "name" (quoted), "(" , ")" or "word"
    deep: bool = False


def parse(expression: str) -> Node:
    """The tree of an expression; Fault, with a sentence for its writer, where it has none."""
    if len(expression) > LONGEST:
        raise Fault(f"An expression may have {LONGEST} characters.")
    reader = Reader(list(pieces(expression)))
    tree = reader.whole()
    if len(list(tags_in(tree))) > MOST:
        raise Fault(f"An expression may name {MOST} tags.")
    return tree


def pieces(expression: str):
    for quoted, star, bracket, word in PIECES.findall(expression):
        if bracket:
            yield Piece(bracket, bracket)
        elif word:
            yield Piece(word, "word")
        else:
            yield Piece(" ".join(quoted.split()), "name", bool(star))


class Reader:
    """Reads the pieces from left to right; each method reads one kind of thing."""

    def __init__(self, read: list[Piece]):
        self.pieces, self.place, self.depth = read, 0, 0

    def whole(self) -> Node:
        tree = self.related()
        if self.place < len(self.pieces):
            raise Fault(f"There is a “{self.pieces[self.place].words}” too many.")
        return tree

    def related(self) -> Node:
        tree = self.either()
        while self.word() in ("overlapping", "within"):
            if self.take() == "overlapping":
                tree = Overlapping(tree, self.either())
            else:
                sentences = self.distance()
                tree = Within(tree, self.either(), sentences)
        return tree

    def distance(self) -> int:
        number = self.take()
        if not (number.isdecimal() and len(number) < 4 and int(number) <= FURTHEST):
            raise Fault(f"Say within how many sentences, {FURTHEST} at most: “red line within 2 sentences of cost”.")
        if self.word() in SENTENCES:
            self.take()
        if self.word() == "of":
            self.take()
        return int(number)

    def either(self) -> Node:
        parts = [self.both()]
        while self.word() == "or":
            self.take()
            parts.append(self.both())
        return Some(tuple(parts)) if len(parts) > 1 else parts[0]

    def both(self) -> Node:
        parts = [self.one()]
        while self.word() in ("and", "but", "not"):
            if self.word() != "not":
                self.take()
            parts.append(self.one())
        return All(tuple(parts)) if len(parts) > 1 else parts[0]

    def one(self) -> Node:
        if self.word() == "not":
            self.take()
            return Not(self.one())
        if self.kind() == "(":
            return self.group()
        return self.name()

    def group(self) -> Node:
        self.place, self.depth = self.place + 1, self.depth + 1
        if self.depth > DEEPEST:
            raise Fault("There are too many brackets within brackets.")
        tree = self.related()
        if self.kind() != ")":
            raise Fault("A bracket is not closed.")
        self.place, self.depth = self.place + 1, self.depth - 1
        return tree

    def name(self) -> Node:
        if self.kind() == "name":
            piece = self.pieces[self.place]
            self.place += 1
            return named(piece.words, piece.deep or self.star())
        words = []
        while self.kind() == "word" and self.word() not in WORDS:
            words.append(self.take_as_written())
        name = " ".join(words)
        return named(name.removesuffix("*").strip(), name.endswith("*"))

    def star(self) -> bool:
        if self.word() != "*":
            return False
        self.place += 1
        return True

    def kind(self) -> str:
        return self.pieces[self.place].kind if self.place < len(self.pieces) else ""

    def word(self) -> str:
        return self.pieces[self.place].words.lower() if self.kind() == "word" else ""

    def take(self) -> str:
        return self.take_as_written().lower() if self.kind() == "word" else ""

    def take_as_written(self) -> str:
        self.place += 1
        return self.pieces[self.place - 1].words


def named(name: str, deep: bool) -> Tag:
    if not name:
        raise Fault("A tag is missing: write as in “red line and condition”.")
    return Tag(name, deep)
