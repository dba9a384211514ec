"""Extracts the terms by which a text is found: its words without case, accents and invisible characters, the same for every engine.

Scripts that put no spaces between words (Chinese, Japanese, Thai ...) give a term for each character.
"""

import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

import regex

MAX_TERM_LENGTH = 64  # characters; longer terms are cut, in texts and in queries alike
MAX_CACHED_WORDS = 200_000
UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}ーｰ\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
INVISIBLE_CHARACTERS = r"\u00ad\u200b-\u200f\u2060\ufeff"
WORD = regex.compile(
    rf"(?V1)[{UNSPACED}][\p{{M}}ﾞﾟ{INVISIBLE_CHARACTERS}]*|[[\p{{L}}\p{{M}}\p{{N}}{INVISIBLE_CHARACTERS}]--[{UNSPACED}\p{{M}}{INVISIBLE_CHARACTERS}]]"
    rf"[[\p{{L}}\p{{M}}\p{{N}}{INVISIBLE_CHARACTERS}]--[{UNSPACED}]]*"
)
INVISIBLE = regex.compile(rf"[{INVISIBLE_CHARACTERS}]")
UNACCENTED_SCRIPTS = regex.compile(
    r"[\p{Latin}\p{Greek}\p{Hebrew}\p{Arabic}\p{Syriac}]"
)  # letters that lose their marks
LETTER_REPLACEMENTS = str.maketrans(
    {"ø": "o", "œ": "oe", "æ": "ae", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "ŋ": "n"}
    | {"ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه"}
)
TATWEEL = "ـ"  # stretches an Arabic word, and is not one of its letters
STRESS, DOTS = "\u0300\u0301", "\u0308"  # over Cyrillic letters: й is a letter of its own, ё is written е


class IndexTerm(NamedTuple):
    """A term and its place in the text: start inclusive, end exclusive, in code points."""

    word: str
    start: int
    end: int


class WordCache(dict[str, str]):
    """The results of a function of a word, each computed once; the cache is cleared when it is full."""

    def __init__(self, compute: Callable[[str], str]) -> None:
        self.compute = compute

    def __missing__(self, word: str) -> str:
        if len(self) > MAX_CACHED_WORDS:
            self.clear()
        result = self.compute(word)
        if len(word) <= MAX_TERM_LENGTH:
            self[word] = result
        return result


def extract_terms(text: str) -> Iterator[IndexTerm]:
    """Yield the terms of a text with their places, in order."""
    for match in WORD.finditer(text):
        if word := FOLDED_WORDS[match[0]]:
            yield IndexTerm(word, *match.span())


def extract_words(text: str) -> list[str]:
    """Return the terms of a text, in order."""
    return [word for part in WORD.findall(text) if (word := FOLDED_WORDS[part])]


def split_words(text: str) -> list[str]:
    """Return the words of a text as they are spelt, except those that make no term."""
    return [part for part in WORD.findall(text) if FOLDED_WORDS[part]]


def fold_word(part: str) -> str:
    """Return the term of a word; empty if nothing is left of it."""
    if part.isascii():
        return part.lower()[:MAX_TERM_LENGTH]
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", part).casefold())
    stripped = "".join(strip_marks(letters)).translate(LETTER_REPLACEMENTS)
    return unicodedata.normalize("NFC", stripped)[:MAX_TERM_LENGTH]


def strip_marks(letters: str) -> Iterator[str]:
    """Yield the letters and digits, with only those marks that make another letter of theirs (as in が, й, हि)."""
    base = ""
    for character in letters:
        if unicodedata.category(character)[0] == "M":
            if base and not is_accent(character, base):
                yield character
        elif character.isalnum() and character != TATWEEL:
            base = character
            digit = unicodedata.decimal(character, None)
            yield character if digit is None else str(digit)


def is_accent(mark: str, base: str) -> bool:
    """Return whether a mark over this letter is left out of terms."""
    if "Ѐ" <= base <= "ԯ":
        return mark in STRESS or (mark == DOTS and base == "е")
    return bool(UNACCENTED_SCRIPTS.match(base)) or unicodedata.category(mark) == "Me" or "\ufe00" <= mark <= "\ufe0f"


FOLDED_WORDS = WordCache(fold_word)
