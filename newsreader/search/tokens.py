"""The tokens of a query: words, quotations, signs and operators, by the spelling of the place where it is written."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

OPENING, CLOSING = '"“”„«「', '"“”»」'
NUMBERED = r"WITHIN\s+\d+\s+SENTENCES?(?:\s+OF)?(?=[\s()]|$)"
IN_ANY_CASE = r"(?i:within(?:\s+\d+(?![^\s()\"]))?(?:\s+sentences?(?![^\s()\"]))?(?:\s+of(?![^\s()\"]))?)(?![^\s()\"])"


class Token(NamedTuple):
    """A piece of a query that stands from `start` to `end` (code points, end exclusive).

    Its `kind` is "word", "quote", "field", "(", ")", "AND", "OR", "NOT", "OVERLAPPING", "WITHIN" or "end"; its `value` is the word, what
    stands between the quotation marks, the name of the field, or the number of sentences in digits.
    """

    kind: str
    value: str
    start: int
    end: int
    is_closed: bool = True


class Spelling(NamedTuple):
    """How tokens are told apart; `fold` turns a word into what the operators are looked up by."""

    pattern: re.Pattern[str]
    operators: dict[str, str]
    fold: Callable[[str], str] = str


def build_search_pattern(within: str) -> re.Pattern[str]:
    """Return the pattern of the tokens of a search, with the one of WITHIN."""
    return re.compile(
        rf"(?P<minus>[-−](?=[^\s)]))|(?P<sign>[()|])|(?P<field>[A-Za-z]+:)(?=[^\s()])"
        rf"|(?P<quote>[{OPENING}][^{CLOSING}]*(?P<end>[{CLOSING}]?))|(?P<within>(?<![^\s()]){within})"
        rf"|(?P<word>[^\s()|{OPENING}{CLOSING}]+)"
    )


IN_CAPITALS = {"AND": "AND", "OR": "OR", "NOT": "NOT"}
LIBRARY = Spelling(build_search_pattern(r"(?!)"), IN_CAPITALS)
PASSAGES = Spelling(build_search_pattern(NUMBERED), IN_CAPITALS | {"OVERLAPPING": "OVERLAPPING"})
BARE_TAGS = Spelling(
    re.compile(
        rf"(?P<sign>[()])|(?P<field>(?i:tag:))(?=[^\s()])|(?P<quote>\"[^\"]*(?P<end>\"?))"
        rf"|(?P<within>(?<![^\s()\"]){IN_ANY_CASE})|(?P<word>[^\s()\"]+)"
    ),
    {"and": "AND", "but": "AND", "or": "OR", "not": "NOT", "overlapping": "OVERLAPPING"},
    str.lower,
)


def read_tokens(text: str, spelling: Spelling) -> Iterator[Token]:
    """Yield the tokens of a text, in its order, and last one of the kind "end"."""
    yield from (read_token(match, spelling) for match in spelling.pattern.finditer(text))
    yield Token("end", "", len(text), len(text))


def read_token(match: re.Match[str], spelling: Spelling) -> Token:
    """Return the token that a match of the pattern means."""
    text, span = match[0], match.span()
    match match.lastgroup:
        case "quote":
            is_closed = bool(match["end"])
            return Token("quote", text[1:-1] if is_closed else text[1:], *span, is_closed)
        case "field":
            return Token("field", text[:-1].lower(), *span)
        case "within":
            return Token("WITHIN", "".join(filter(str.isdecimal, text)), *span)
        case "minus":
            return Token("NOT", text, *span)
        case "sign":
            return Token("OR" if text == "|" else text, text, *span)
    return Token(spelling.operators.get(spelling.fold(text), "word"), text, *span)
