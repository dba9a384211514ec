"""The terms by which a text is found: its words without case, accents and what is not seen, the same for every engine.

Scripts that put no spaces between words (Chinese, Japanese, Thai ...) give a term for each character.
"""

import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

import regex

LONGEST = 64  # characters of a term; what is longer is cut, in texts and in queries alike
REMEMBERED = 200_000
UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}ーｰ\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
UNSEEN = r"\u00ad\u200b-\u200f\u2060\ufeff"
PART = regex.compile(
    rf"(?V1)[{UNSPACED}][\p{{M}}ﾞﾟ{UNSEEN}]*|[[\p{{L}}\p{{M}}\p{{N}}{UNSEEN}]--[{UNSPACED}\p{{M}}{UNSEEN}]]"
    rf"[[\p{{L}}\p{{M}}\p{{N}}{UNSEEN}]--[{UNSPACED}]]*"
)
INVISIBLE = regex.compile(rf"[{UNSEEN}]")
ACCENTED = regex.compile(r"[\p{Latin}\p{Greek}\p{Hebrew}\p{Arabic}\p{Syriac}]")  # read without their marks as well
LETTERS = str.maketrans(
    {"ø": "o", "œ": "oe", "æ": "ae", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "ŋ": "n"}
    | {"ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه"}
)
STRETCH = "ـ"  # tatweel: it makes an Arabic word longer, and is none of its letters
STRESS, DOTS = "\u0300\u0301", "\u0308"  # over Cyrillic letters: й is a letter of its own, ё is written е


class Term(NamedTuple):
    """A term, and the words in the text that it stands for: start inclusive, end exclusive, in code points."""

    word: str
    start: int
    end: int


class Memory(dict):
    """What a function said of each word, asked once; it forgets all where it would grow too large."""

    def __init__(self, ask: Callable[[str], str]):
        self.ask = ask

    def __missing__(self, word: str) -> str:
        if len(self) > REMEMBERED:
            self.clear()
        said = self.ask(word)
        if len(word) <= LONGEST:
            self[word] = said
        return said


def terms_of(text: str) -> Iterator[Term]:
    """The terms of a text, in its order."""
    for match in PART.finditer(text):
        if word := FOLDED[match[0]]:
            yield Term(word, *match.span())


def words_of(text: str) -> list[str]:
    """The terms of a text without their places."""
    return [word for part in PART.findall(text) if (word := FOLDED[part])]


def parts_of(text: str) -> list[str]:
    """The words as they are written, those that make a term."""
    return [part for part in PART.findall(text) if FOLDED[part]]


def folded(part: str) -> str:
    """The term that a word makes; empty where nothing is left of it."""
    if part.isascii():
        return part.lower()[:LONGEST]
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", part).casefold())
    kept = "".join(unmarked(letters)).translate(LETTERS)
    return unicodedata.normalize("NFC", kept)[:LONGEST]


def unmarked(letters: str) -> Iterator[str]:
    """The letters and digits, with those marks that make another letter of theirs (in が, й, हि)."""
    base = ""
    for sign in letters:
        if unicodedata.category(sign)[0] == "M":
            if base and not is_accent(sign, base):
                yield sign
        elif sign.isalnum() and sign != STRETCH:
            base = sign
            number = unicodedata.decimal(sign, None)
            yield sign if number is None else str(number)


def is_accent(mark: str, base: str) -> bool:
    if "Ѐ" <= base <= "ԯ":
        return mark in STRESS or (mark == DOTS and base == "е")
    return bool(ACCENTED.match(base)) or unicodedata.category(mark) == "Me" or "\ufe00" <= mark <= "\ufe0f"


FOLDED = Memory(folded)
