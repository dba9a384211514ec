"""Turns a text into a sequence of words, each coded as one character: two sequences compare as fast as two strings.

Words, numbers and signs count; white space, quotation marks and dashes do not.
"""

import unicodedata
from functools import lru_cache
from itertools import accumulate, compress
from typing import NamedTuple

import regex

QUOTES = "\"'`´‘’‚‛“”„‟«»‹›❛❜❝❞＂＇〝〞〟「」『』｢｣﹁﹂﹃﹄"
INVISIBLE_CHARACTERS = "\u00ad\u200b\u2060\ufeff"  # soft hyphen and zero-width characters
UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"  # scripts without spaces between words
LETTERS = rf"[[\p{{L}}\p{{M}}\u00ad\u200b-\u200d\u2060\ufeff]--[{UNSPACED}]]+"
# A plain English word (which the fifth would find too, more slowly), white space, a number with its sign, one character of a
# script without spaces, a word, a flag, or any other visible character, with the marks that belong to it.
PART = regex.compile(
    r"(?V1)[A-Za-z]++(?=[ \n.,;:!?)])"
    r"|\s+"
    r"|(?<![\w)\]])[\p{Pd}−](?=\d)\d+(?:[.,:]\d+)*\p{M}*"
    r"|\d+(?:[.,:]\d+)*\p{M}*"
    rf"|[{UNSPACED}][\p{{M}}\u00ad\u200b-\u200d\u2060\ufeffー]*"
    rf"|{LETTERS}(?:['’]{LETTERS})*"
    r"|\p{RI}{2}"
    r"|\S(?:[\p{M}\p{EMod}\u200d]|(?<=\u200d)\p{ExtPict})*"
)
IGNORED_CHARACTERS = str.maketrans(dict.fromkeys(QUOTES + INVISIBLE_CHARACTERS, ""))
DASH = regex.compile(r"[\p{Pd}−]")
SURROGATES = 0xD800, 0xE000
IGNORED_CODE = "\0"  # the code of a part that does not count


class TokenSequence(NamedTuple):
    """The words of a text: their `spans` (start, end) in code points, and their `codes`, a character for each.

    `sign_codes` are the codes of signs, which are neither words nor numbers.
    """

    text: str
    spans: list[tuple[int, int]]
    codes: str
    sign_codes: set[str]


class TokenCodes(dict[str, str]):
    """The code of each part of a text; words that look the same share one."""

    def __init__(self) -> None:
        self.known_codes = {"": IGNORED_CODE}
        self.sign_codes: set[str] = set()

    def __missing__(self, part: str) -> str:
        word = normalise_word(part)
        if word not in self.known_codes:
            number = len(self.known_codes)
            self.known_codes[word] = chr(number if number < SURROGATES[0] else number + SURROGATES[1] - SURROGATES[0])
            if not any(map(str.isalnum, word)):
                self.sign_codes.add(self.known_codes[word])
        self[part] = self.known_codes[word]
        return self[part]


def normalise_word(part: str) -> str:
    """Return a word in normal form: composed, without quotation marks and invisible characters; empty if it does not count."""
    if part.isascii() and part.isalnum():
        return part
    word = DASH.sub("-", unicodedata.normalize("NFC", part)).translate(IGNORED_CHARACTERS).strip()
    return "" if word == "-" else word


def tokenise_texts(*texts: str) -> list[TokenSequence]:
    """Return the sequences of several texts in one code, in which the same words have the same character."""
    codes = TokenCodes()
    return [tokenise_text(text, codes) for text in texts]


def tokenise_text(text: str, codes: TokenCodes) -> TokenSequence:
    """Return the sequence of a text in this code."""
    parts = split_text(text)
    characters = list(map(codes.__getitem__, parts))
    counted = [character != IGNORED_CODE for character in characters]
    ends = list(accumulate(map(len, parts)))
    spans = zip(compress([0, *ends], counted), compress(ends, counted), strict=True)
    return TokenSequence(text, list(spans), "".join(compress(characters, counted)), codes.sign_codes)


@lru_cache(maxsize=2)
def split_text(text: str) -> list[str]:
    """Return the words, signs and spaces of a text, which nobody changes: one text is often compared with several others."""
    return PART.findall(text)


def list_tokens(text: str) -> list[str]:
    """Return the words, numbers and signs of a text in normal form."""
    return [word for part in PART.findall(text) if (word := normalise_word(part))]


def slice_parts(text: str, start: int, end: int) -> list[slice]:
    """Return slices for all words, signs and spaces of a stretch of a text."""
    return [slice(*match.span()) for match in PART.finditer(text, start, end)]


def has_tokens(text: str) -> bool:
    """Return whether the text has more than white space, quotation marks and dashes."""
    return any(map(normalise_word, PART.findall(text)))
