"""The shingles of a text: every five words in a row, as numbers that are the same in every process and on every machine.

Two texts are compared by containment (Broder 1997, “On the resemblance and containment of documents”): the number of shingles
that they share over the number in the smaller. It is high where one prints only a part of the other. The sample for the index is
those whose number falls into one of SAMPLING equal parts: two texts are sampled alike, so that what they share is, too.
"""

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

WIDTH = 5  # words of a shingle
SAMPLING = 8  # one of so many shingles is in the sample
MIN_SHARED = 12  # shingles; two texts that share fewer are no copies of each other
MIN_CONTAINMENT = 0.2
MIN_WITHIN_SOURCE = 0.9  # as its regular reports may have half their sentences in common
MIN_WITHIN_HEADLINE = 0.8  # of one source, under the same headline
BITS = 64
MASK = 2**BITS - 1
FIRST_OUTSIDE = MASK // SAMPLING + 1
BASE, MIXER = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9  # odd: the golden ratio, and that of SplitMix64
LEAVING = pow(BASE, WIDTH, 2**BITS)
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
# Scripts that write words without spaces between them, so that each character is taken for one: Thai to Burmese, Khmer, kana, Chinese.
UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")


class Overlap(NamedTuple):
    """How many shingles two texts share, and how many each has."""

    shared: int
    first: int
    second: int

    @property
    def containment(self) -> float:
        """What share of the smaller text is in the other, from 0 to 1."""
        return max(self.of_first, self.of_second)

    @property
    def of_first(self) -> float:
        """What share of the first text is in the second, from 0 to 1."""
        return self.shared / self.first if self.first else 0.0

    @property
    def of_second(self) -> float:
        """What share of the second text is in the first, from 0 to 1."""
        return self.shared / self.second if self.second else 0.0

    @property
    def is_copy(self) -> bool:
        """Whether the two print so much of the same text that they are one story."""
        return self.shared >= MIN_SHARED and self.containment >= MIN_CONTAINMENT

    def is_copy_within_source(self, *, same_headline: bool) -> bool:
        """Return whether two texts of one source are one story, with the same headline or not."""
        needed = MIN_WITHIN_HEADLINE if same_headline else MIN_WITHIN_SOURCE
        return self.shared >= MIN_SHARED and self.containment >= needed


def split_words(text: str) -> list[str]:
    """Return the words of a text, casefolded, without punctuation."""
    return WORD.findall(unicodedata.normalize("NFKC", text.replace(SOFT_HYPHEN, "")).casefold())


def make_shingles(text: str) -> set[int]:
    """Return the shingles of a text as numbers of 64 bits."""
    hashes = [hash_word(word) for word in split_words(text)]
    shingles, value = set(), 0
    for place, entering in enumerate(hashes):
        value = value * BASE + entering
        if place >= WIDTH:
            value -= hashes[place - WIDTH] * LEAVING
        value &= MASK
        if place >= WIDTH - 1:
            mixed = ((value ^ (value >> 31)) * MIXER) & MASK
            shingles.add(mixed ^ (mixed >> 29))
    return shingles


@lru_cache(maxsize=65_536)
def hash_word(word: str) -> int:
    """Return a number of 64 bits for a word."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=BITS // 8).digest(), "little")


def sample_shingles(shingles: set[int]) -> set[int]:
    """Return the shingles that an index keeps."""
    return {shingle for shingle in shingles if shingle < FIRST_OUTSIDE}


def compare(first: set[int], second: set[int], common: set[int] | frozenset[int] = frozenset()) -> Overlap:
    """Return what two texts share, by their shingles; `common` are those of the sample that a great many texts have.

    Of what is common only the sample is known: it stands for so many times as much.
    """
    ignored = SAMPLING * len(common & first & second) if common else 0
    shared = max(0, len(first & second) - ignored)
    return Overlap(shared, max(shared, len(first) - ignored), max(shared, len(second) - ignored))
