"""The language in which people ask: words, "a phrase", word*, -not, OR, parentheses and fields such as source:name.

Nothing that is written is an error: what cannot be understood is ignored, and explained in a sentence.
"""

import re
from datetime import date
from difflib import get_close_matches
from functools import lru_cache

from newsreader.search.ast import NOTHING, And, Field, Node, Not, Or, Query, Word, joined
from newsreader.text.language.analyzer import extract_words, split_words

LONGEST = 500  # characters of a query
MOST = 40  # words and fields
DEEPEST = 8  # parentheses within parentheses
OPENING, CLOSING = '"“”„«「', '"“”»」'
FIELDS = {  # name: the values it may have, none where it may be anything
    **dict.fromkeys(("source", "author", "tag", "by", "in", "before", "after", "lang"), ()),
    "is": ("unread", "saved"),
    "has": ("notes", "highlights"),
}
DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
PIECE = re.compile(
    rf"(?P<not>[-−](?=[^\s)]))|(?P<sign>[()|])|(?P<field>[A-Za-z]+):(?=[^\s()])|[{OPENING}](?P<quote>[^{CLOSING}]*)(?P<end>[{CLOSING}]?)"
    rf"|(?P<word>[^\s()|{OPENING}{CLOSING}]+)"
)


@lru_cache(maxsize=256)
def parse(text: str, fields: frozenset[str] = frozenset(FIELDS)) -> Query:
    """Parse the text of a query, in which those of the FIELDS may stand that make sense where it is asked."""
    parser = Parser(text, fields)
    tree = parser.alternatives(0)
    while parser.piece is not None:  # only a closing parenthesis stops before the end
        parser.say("A “)” closes nothing, so it was passed over.")
        parser.move()
        tree = joined(And, [tree, parser.alternatives(0)])
    return Query(tree, list(parser.faults))


class Parser:
    """Reads the pieces of a query once, from left to right."""

    def __init__(self, text: str, fields: frozenset[str]) -> None:
        self.faults: dict[str, bool] = {}  # as a dict: each once, in their order
        self.fields, self.left = fields, MOST
        self.piece: re.Match[str] | None = None  # before which the parser stands
        if len(text) > LONGEST:
            self.say(f"A search has {LONGEST} characters at most; the rest was passed over.")
        self.pieces = PIECE.finditer(text.replace("\0", " ")[:LONGEST])
        self.move()

    def say(self, fault: str) -> None:
        """Note a sentence about what was not understood."""
        self.faults[fault] = True

    def move(self) -> re.Match[str] | None:
        """Move on by one piece, and return the piece that was passed."""
        before, self.piece = self.piece, next(self.pieces, None)
        return before

    def at(self, *signs: str) -> bool:
        """Return whether one of these signs or words comes next."""
        return self.piece is not None and self.piece[0] in signs

    def alternatives(self, depth: int) -> Node:
        """Read what stands between ORs, until a parenthesis closes."""
        parts = [self.row(depth)]
        while self.at("OR", "|"):
            self.move()
            parts.append(self.row(depth))
        if len(parts) > 1 and NOTHING in parts:
            self.say("OR stands between two things; where one is missing it was passed over.")
        return joined(Or, parts)

    def row(self, depth: int) -> Node:
        """Read what stands side by side: all of it must match."""
        parts = []
        while self.piece and not self.at("OR", "|", ")"):
            if self.at("AND"):
                self.move()
            else:
                parts.append(self.one(depth))
        return joined(And, parts)

    def one(self, depth: int) -> Node:
        """Read a word, a phrase, a field or what is in parentheses, wanted or excluded."""
        negative = False
        while self.piece and (self.piece["not"] or self.at("NOT")):
            negative = not negative
            self.move()
        if not self.piece or self.at(")", "OR", "|"):
            self.say("“NOT” stands before a word; here none follows.")
            return NOTHING
        node = self.group(depth) if self.at("(") else self.leaf()
        return Not(node) if negative and node != NOTHING else node

    def group(self, depth: int) -> Node:
        """Read what is in parentheses."""
        self.move()
        if depth >= DEEPEST:
            self.say(f"Parentheses may stand {DEEPEST} deep; deeper ones were passed over.")
            return NOTHING
        node = self.alternatives(depth + 1)
        if self.at(")"):
            self.move()
        else:
            self.say("A “(” was never closed; it was taken to close at the end.")
        return node

    def leaf(self) -> Node:
        """Read a field or a word, as far as there may be more of them."""
        self.left -= 1
        if self.left == -1:
            self.say(f"A search has {MOST} words at most; the rest was passed over.")
        piece = self.move()
        if piece is None:
            return NOTHING
        node = self.field(piece["field"].lower()) if piece["field"] else self.word(piece)
        return node if self.left >= 0 else NOTHING

    def word(self, piece: re.Match[str]) -> Node:
        """Return the word or phrase that a piece is."""
        if piece["quote"] is not None:
            return self.phrase(self.quoted(piece))
        return self.plain(piece["word"] or piece[0])

    def quoted(self, piece: re.Match[str]) -> str:
        """Return what stands between quotation marks."""
        if not piece["end"]:
            self.say("A quotation mark was never closed; it was taken to close at the end.")
        return piece["quote"]

    def phrase(self, text: str) -> Node:
        """Return the terms of a text, side by side."""
        terms = tuple(extract_words(text))
        if not terms:
            self.say("A phrase needs a word between its quotation marks.")
        return Word(terms) if terms else NOTHING

    def plain(self, text: str) -> Node:
        """Return a word without quotation marks, with its stem or as a prefix."""
        parts, terms = split_words(text), tuple(extract_words(text))
        if not terms:
            self.say(f"“{text[:40]}” has no letter and no digit, so it was passed over.")
            return NOTHING
        prefix = text.endswith("*") and not text.startswith("*")
        if prefix and len(terms) == 1 and len(terms[0]) < 2:
            self.say(f"“{text[:40]}” would find too much. Write at least two letters before the *.")
            prefix = False
        elif "*" in text.rstrip("*"):
            self.say("A * stands at the end of a word; elsewhere it was passed over.")
        return Word(terms, parts[0] if len(terms) == 1 and not prefix else "", prefix)

    def field(self, name: str) -> Node:
        """Return the field of that name with the value that follows; words where there is no such field."""
        piece = self.move()
        if not piece:
            return NOTHING
        text = self.quoted(piece) if piece["quote"] is not None else self.whole(piece)
        if name not in self.fields:
            return self.unknown(name, text)
        check = {"before": self.day, "after": self.day}.get(name, self.value)
        return check(name, text)

    def whole(self, piece: re.Match[str]) -> str:
        """Return a value with whatever stands right behind it, such as the rest of en:GB or of 2026-11-19."""
        text, end = piece[0], piece.end()
        while self.piece and self.piece.start() == end and not self.at("(", ")", "|") and self.piece["quote"] is None:
            end = self.piece.end()
            text += self.piece[0]
            self.move()
        return text

    def unknown(self, name: str, text: str) -> Node:
        """Return a field that is none as words, and say so."""
        if not text.startswith("//"):
            near = get_close_matches(name, self.fields, 1)
            hint = f" Did you mean “{near[0]}:”?" if near else f" There are {listed(self.fields)}."
            what = "is of no use here" if name in FIELDS else "is no field"
            self.say(f"“{name}:” {what}, so it was taken as words.{hint}")
        return self.phrase(f"{name} {text}")

    def value(self, name: str, text: str) -> Node:
        """Return a field whose value is a text."""
        allowed, text = FIELDS[name], " ".join(text.split())
        if allowed and text.lower() not in allowed:
            self.say(
                f"“{name}:{text[:40]}” means nothing, so it was passed over. Write {' or '.join(f'{name}:{one}' for one in allowed)}."
            )
            return NOTHING
        if not extract_words(text):
            self.say(f"“{name}:” needs a word after it.")
            return NOTHING
        return Field(name, text.lower() if allowed else text)

    def day(self, name: str, text: str) -> Node:
        """Return a field whose value is a day."""
        day = day_of(text)
        if not day:
            self.say(f"“{name}:{text[:40]}” names no day, so it was passed over. Write 2026, 2026-11 or 2026-11-19.")
        return Field(name, day) if day else NOTHING


def day_of(text: str) -> date | None:
    """Return the day that a text such as 2026-11-19 names, or the first one of a month or year; None where it names none."""
    match = DAY.fullmatch(text.strip())
    if not match:
        return None
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        return date(year, month, day) if 1000 <= year < 9999 else None
    except ValueError:
        return None


def listed(fields: frozenset[str]) -> str:
    """Return the names of fields as a sentence lists them."""
    names = [f"“{name}:”" for name in FIELDS if name in fields]
    return f"{', '.join(names[:-1])} and {names[-1]}"
