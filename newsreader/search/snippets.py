"""Where the words of a query stand in a text, and enough around them to judge."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from newsreader.search.ast import Word
from newsreader.text.language.analyzer import IndexTerm, extract_terms
from newsreader.text.language.stems import find_family, stem_word

LENGTH = 260  # code points that are shown of a text
AHEAD = 80  # of them, at most, before the first hit
READ = 60_000  # code points of a text that are looked through


class Piece(NamedTuple):
    """A piece of a text: a hit, or what stands between hits."""

    text: str
    hit: bool


class Hits:
    """The words of a query, ready to be found in many texts."""

    def __init__(self, words: Iterable[Word]):
        self.words = list(dict.fromkeys(words))
        self.plain = {word.terms[0] for word in self.words if len(word.terms) == 1}
        self.beginnings = tuple(word.terms[0] for word in self.words if len(word.terms) == 1 and word.prefix)
        self.phrases = [word for word in self.words if len(word.terms) > 1]

    def spans(self, text: str, language: str) -> list[tuple[int, int]]:
        """Where the hits stand in the first READ code points, without overlaps."""
        terms, family = list(extract_terms(text[:READ])), find_family(language)
        stems = {stem for word in self.words if word.part for stem in stem_word(word.part, family)} if family else set()
        found = [(term.start, term.end) for term in terms if self.is_hit(term, text, stems, family)]
        for phrase in self.phrases:
            found += runs(terms, phrase)
        return apart(sorted(found))

    def is_hit(self, term: IndexTerm, text: str, stems: set[str], family: str) -> bool:
        if term.word in self.plain or (self.beginnings and term.word.startswith(self.beginnings)):
            return True
        return bool(stems) and not stems.isdisjoint(stem_word(text[term.start : term.end], family))

    def whole(self, text: str, language: str) -> list[Piece]:
        """The whole text in pieces."""
        return list(pieces(text, self.spans(text, language), 0, len(text)))

    def context(self, text: str, language: str) -> list[Piece]:
        """The stretch of the text with most hits, in pieces; empty where there is none."""
        spans = self.spans(text, language)
        if not spans:
            return []
        first = max(range(len(spans)), key=lambda n: (weight(text, spans, n), -n))
        start, end = window(text, spans[first][0])
        within = [span for span in spans if span[0] >= start and span[1] <= end]
        cut = [Piece("… ", False)] if start else []
        return [*cut, *pieces(text, within, start, end), *([Piece(" …", False)] if end < len(text) else [])]


def runs(terms: list[IndexTerm], phrase: Word) -> Iterator[tuple[int, int]]:
    """Where the terms of a phrase stand side by side; of the last the beginning may do."""
    *before, last = phrase.terms
    for place in range(len(terms) - len(before)):
        end = terms[place + len(before)]
        fits = end.word.startswith(last) if phrase.prefix else end.word == last
        if fits and all(terms[place + n].word == word for n, word in enumerate(before)):
            yield terms[place].start, end.end


def apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, in their order, joined where they overlap."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def weight(text: str, spans: list[tuple[int, int]], first: int) -> int:
    """How many different words are hit in the stretch that begins with this hit."""
    near = (span for span in spans[first : first + 20] if span[1] <= spans[first][0] + LENGTH - AHEAD)
    return len({text[start:end].casefold() for start, end in near})


def window(text: str, hit: int) -> tuple[int, int]:
    """The stretch to show: from a word some way before the hit, to the end of a word."""
    start = max(0, hit - AHEAD)
    if start:
        space = text.find(" ", start, hit)
        start = space + 1 if space >= 0 else start
    line = text.rfind("\n", start, hit)
    start = line + 1 if line >= 0 else start
    end = min(len(text), max(start + LENGTH, hit + LENGTH // 2))
    space = text.rfind(" ", hit + LENGTH // 2, end) if end < len(text) else -1
    return start, space if space > 0 else end


def pieces(text: str, spans: list[tuple[int, int]], start: int, end: int) -> Iterator[Piece]:
    """The stretch cut at the hits, on one line."""
    for begin, stop in spans:
        if begin > start:
            yield Piece(" ".join(text[start:begin].split("\n")), False)
        yield Piece(text[begin:stop], True)
        start = stop
    if start < end:
        yield Piece(" ".join(text[start:end].split("\n")), False)
