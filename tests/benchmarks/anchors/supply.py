"""Words from other articles, to be put into one."""

import random
from functools import cache

from benchmarks.anchors.units import Span, few, lines, sentences, words
from benchmarks.anchors.wording import letters_of

PHRASE = 6  # words that two articles do not share by chance


class Supply:
    """What other texts say; none of them may share a phrase with the text it is put into, for that would make it a copy."""

    def __init__(self, others: list[str], chance: random.Random, language: str = ""):
        self.others, self.chance, self.language = others, chance, language

    def words(self, count: int) -> str:
        """So many words in a row, or fewer."""
        other = self.chance.choice(self.others)
        spans = words(other)
        first = self.chance.randrange(max(len(spans) - count, 1))
        return on_one_line(other, (spans[first][0], spans[min(first + count, len(spans)) - 1][1]))

    def unlike(self, count: int, taken: str) -> str:
        """So many words, none of which is among those they stand for."""
        there = {taken[slice(*span)].lower() for span in words(taken)}
        for _ in range(20):
            found = self.words(count)
            if there.isdisjoint(found[slice(*span)].lower() for span in words(found)):
                break
        return found

    def sentence(self) -> str:
        other = self.chance.choice(self.others)
        return on_one_line(other, self.chance.choice(sentences(other)))

    def line(self) -> str:
        other = self.chance.choice(self.others)
        return on_one_line(other, self.chance.choice(lines(other)))

    def sentences(self, most: int) -> str:
        return " ".join([self.sentence() for _ in range(few(self.chance, most))])

    def lines(self, most: int) -> str:
        return "\n".join([self.line() for _ in range(few(self.chance, most))])

    def name(self) -> str:
        """A capitalised word."""
        for _ in range(200):
            other = self.chance.choice(self.others)
            word = other[slice(*self.chance.choice(words(other)))]
            if word[0].isupper() and not word.isupper():
                break
        return word


def on_one_line(text: str, span: Span) -> str:
    return " ".join(text[slice(*span)].split())


@cache
def phrases(text: str) -> set[str]:
    """Every six words in a row."""
    said = [letters_of(text[slice(*span)]) for span in words(text)]
    return {" ".join(said[first : first + PHRASE]) for first in range(len(said) - PHRASE + 1)}
