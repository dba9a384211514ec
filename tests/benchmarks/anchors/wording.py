"""A text as the judge reads it: its letters, without white space, quotation marks and dashes, and where its words begin.

Written apart from the code under test, which must not be its own judge.
"""

import sys
import unicodedata
from itertools import accumulate

import regex

QUOTES = "\"'`´‚„＂＇「」『』〝〞〟｢｣﹁﹂﹃﹄❛❜❝❞"
# White space, quotation marks, dashes, and what has no width.
NOISE = {
    character
    for character in map(chr, range(sys.maxunicode + 1))
    if character.isspace() or unicodedata.category(character) in {"Pd", "Pi", "Pf", "Cf"} or character in QUOTES + "−"
}
MARKS = {character for character in NOISE if unicodedata.category(character) in {"Pi", "Pf"}} | set(QUOTES)
# A mark that belongs to the words after it, or to those before it, and to no others.
MARK_BEFORE = regex.compile(rf"(?:^|\s)[{regex.escape(''.join(MARKS))}]$|(?:^|\s)[«‹„‚“‘][\s\ufeff]$")
MARK_AFTER = regex.compile(rf"[{regex.escape(''.join(MARKS))}](?:$|[^\w])|\s[»›”’](?:$|[^\w])")
# Scripts that put no space between words: each character counts as one.
ALONE = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}"
LETTER = rf"[[\p{{L}}\p{{M}}_]--[{ALONE}]]"
WORD = regex.compile(rf"[{ALONE}][\p{{M}}ー]*|\d+(?:[.,:]\d+)*|{LETTER}+(?:['’]{LETTER}+)*|[^\w\s]", regex.V1)


class Wording:
    """Of a text: its letters, how many of them stand before each offset, and a flag for each letter that begins a word."""

    def __init__(self, text: str):
        self.text = text
        self.before = list(accumulate((character not in NOISE for character in text), initial=0))
        self.letters = "".join([character for character in text if character not in NOISE])
        self.words = [match.span() for match in WORD.finditer(text)]
        self.begins = bytearray(len(self.letters) + 1)
        for start, _ in self.words:
            self.begins[self.before[start]] = 1
        self.begins[-1] = 1

    def range_of(self, start: int, end: int) -> tuple[int, int]:
        """The letters from the first to the last of a span of the text, the last exclusive."""
        most = len(self.text)
        return self.before[min(max(start, 0), most)], self.before[min(max(end, 0), most)]

    def word_start(self, letter: int) -> int:
        """The first letter of the word that this letter belongs to."""
        while not self.begins[letter]:
            letter -= 1
        return letter

    def word_end(self, letter: int) -> int:
        """The next letter, from this one on, that begins a word."""
        while not self.begins[letter]:
            letter += 1
        return letter

    def count(self, first: int, last: int) -> int:
        """How many words begin from letter `first` to letter `last`, exclusive."""
        return self.begins.count(1, first, last)


def letters_of(text: str) -> str:
    return "".join([character for character in text if character not in NOISE])


def is_word(text: str) -> bool:
    """Whether it has a letter or a figure, and is not only signs."""
    return any(map(str.isalnum, text))


def reads_alike(one: str, other: str) -> bool:
    """Whether two stretches of letters are the same, however their accents are written."""
    return one == other or unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
