"""A text as a row of words, each one character of a code: two rows are then compared as fast as two strings.

Words, numbers and signs count; white space, quotation marks and dashes do not.
"""

import unicodedata
from itertools import accumulate, compress
from typing import NamedTuple

import regex

QUOTES = "\"'`´‘’‚‛“”„‟«»‹›＂＇〝〞〟「」『』"
UNSEEN = "\u00ad\u200b\u2060\ufeff"  # soft hyphen, and what has no width
UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"  # scripts without spaces between words
LETTERS = rf"[[\p{{L}}\p{{M}}\u00ad\u200b-\u200d\u2060\ufeff]--[{UNSPACED}]]+"
# White space, a number with its sign, a word, one character of a script without spaces, a flag, or any other
# character that is seen, with what belongs to it.
PART = regex.compile(
    r"(?V1)\s+"
    r"|(?<![\w)\]])[\p{Pd}−](?=\d)\d+(?:[.,:]\d+)*\p{M}*"
    r"|\d+(?:[.,:]\d+)*\p{M}*"
    rf"|[{UNSPACED}][\p{{M}}\u00ad\u200b-\u200d\u2060\ufeffー]*"
    rf"|{LETTERS}(?:['’]{LETTERS})*"
    r"|\p{RI}{2}"
    r"|\S(?:[\p{M}\p{EMod}\u200d]|(?<=\u200d)\p{ExtPict})*"
)
MARKS = str.maketrans(dict.fromkeys(QUOTES + UNSEEN, ""))
DASH = regex.compile(r"[\p{Pd}−]")
SURROGATES = 0xD800, 0xE000
NOTHING = "\0"  # the code of what does not count


class Row(NamedTuple):
    """The words of a text: where each begins and ends (code points), and their code, a character for each.

    Of the codes, `signs` are those of no words or numbers.
    """

    text: str
    spans: list[tuple[int, int]]
    code: str
    signs: set[str]


class Code(dict):
    """The character of each word as it is written; words that look the same share one."""

    def __init__(self) -> None:
        self.plain = {"": NOTHING}
        self.signs: set[str] = set()

    def __missing__(self, written: str) -> str:
        word = plain(written)
        if word not in self.plain:
            number = len(self.plain)
            self.plain[word] = chr(number if number < SURROGATES[0] else number + SURROGATES[1] - SURROGATES[0])
            if not any(map(str.isalnum, word)):
                self.signs.add(self.plain[word])
        self[written] = self.plain[word]
        return self[written]


def plain(written: str) -> str:
    """A word as it counts: without quotation marks and what is not seen, composed; empty for what does not count."""
    if written.isascii() and written.isalnum():
        return written
    word = DASH.sub("-", unicodedata.normalize("NFC", written)).translate(MARKS).strip()
    return "" if word == "-" else word


def rows_of(*texts: str) -> list[Row]:
    """The rows of several texts in one code, in which the same words have the same character."""
    code = Code()
    return [row_of(text, code) for text in texts]


def row_of(text: str, code: Code) -> Row:
    parts = PART.findall(text)
    letters = list(map(code.__getitem__, parts))
    counted = [letter != NOTHING for letter in letters]
    ends = list(accumulate(map(len, parts)))
    spans = zip(compress([0, *ends], counted), compress(ends, counted), strict=True)
    return Row(text, list(spans), "".join(compress(letters, counted)), code.signs)


def words_in(text: str) -> list[str]:
    """The words, numbers and signs of a text as they count."""
    return [word for part in PART.findall(text) if (word := plain(part))]


def parts_in(text: str, start: int, end: int) -> list[slice]:
    """The words, signs and spaces of a stretch of a text, all of them."""
    return [slice(*match.span()) for match in PART.finditer(text, start, end)]


def counts(text: str) -> bool:
    """Whether there is more in it than white space, quotation marks and dashes."""
    return any(map(plain, PART.findall(text)))
