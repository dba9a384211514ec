"""Where the words of a query stand in a text, with enough around them to judge."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from newsreader.search.ast import Word
from newsreader.text.language.analyzer import IndexTerm, extract_terms
from newsreader.text.language.stems import find_family, stem_word

SNIPPET_LENGTH = 260  # code points that are shown of a text
MAX_LENGTH_BEFORE_HIT = 80  # of them, before the first hit
MAX_SEARCHED_LENGTH = 60_000  # code points of a text that are searched for hits
MAX_WEIGHED_HITS = 20  # after a hit, when stretches of a text are compared


class SnippetPart(NamedTuple):
    """A part of a text: a hit, or what stands between hits."""

    text: str
    hit: bool


class HitFinder:
    """Finds the words of a query in texts."""

    def __init__(self, words: Iterable[Word]) -> None:
        self.words = list(dict.fromkeys(words))
        self.terms = {word.terms[0] for word in self.words if len(word.terms) == 1}
        self.prefixes = tuple(word.terms[0] for word in self.words if len(word.terms) == 1 and word.prefix)
        self.phrases = [word for word in self.words if len(word.terms) > 1]

    def find_spans(self, text: str, language: str) -> list[tuple[int, int]]:
        """Return (start, end) of the hits in the first MAX_SEARCHED_LENGTH code points, without overlaps."""
        terms, family = list(extract_terms(text[:MAX_SEARCHED_LENGTH])), find_family(language)
        stems = {stem for word in self.words if word.part for stem in stem_word(word.part, family)} if family else set()
        spans = [(term.start, term.end) for term in terms if self.is_hit(term, text, stems, family)]
        for phrase in self.phrases:
            spans += find_phrase(terms, phrase)
        return merge_overlaps(sorted(spans))

    def is_hit(self, term: IndexTerm, text: str, stems: set[str], family: str) -> bool:
        """Return whether a term is one of the words, begins with one of the prefixes or has one of the stems."""
        if term.word in self.terms or (self.prefixes and term.word.startswith(self.prefixes)):
            return True
        return bool(stems) and not stems.isdisjoint(stem_word(text[term.start : term.end], family))

    def split_text(self, text: str, language: str) -> list[SnippetPart]:
        """Return the whole text, split at its hits."""
        return list(split_at_hits(text, self.find_spans(text, language), 0, len(text)))

    def make_snippet(self, text: str, language: str) -> list[SnippetPart]:
        """Return the stretch of the text with the most different hits, split at them; empty where there is no hit."""
        spans = self.find_spans(text, language)
        if not spans:
            return []
        best = max(range(len(spans)), key=lambda index: (count_distinct_hits(text, spans, index), -index))
        start, end = find_window(text, spans[best][0])
        shown = [span for span in spans if span[0] >= start and span[1] <= end]
        before = [SnippetPart("… ", False)] if start else []
        after = [SnippetPart(" …", False)] if end < len(text) else []
        return [*before, *split_at_hits(text, shown, start, end), *after]


def find_phrase(terms: list[IndexTerm], phrase: Word) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each place where the terms of a phrase stand side by side; a prefix matches the last of them."""
    *leading, last = phrase.terms
    for index in range(len(terms) - len(leading)):
        end = terms[index + len(leading)]
        is_match = end.word.startswith(last) if phrase.prefix else end.word == last
        if is_match and all(terms[index + offset].word == word for offset, word in enumerate(leading)):
            yield terms[index].start, end.end


def merge_overlaps(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return sorted spans, joined where they overlap."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def count_distinct_hits(text: str, spans: list[tuple[int, int]], first: int) -> int:
    """Return how many different words are hit in the stretch that begins with this hit."""
    stretch_end = spans[first][0] + SNIPPET_LENGTH - MAX_LENGTH_BEFORE_HIT
    inside = (span for span in spans[first : first + MAX_WEIGHED_HITS] if span[1] <= stretch_end)
    return len({text[start:end].casefold() for start, end in inside})


def find_window(text: str, hit: int) -> tuple[int, int]:
    """Return (start, end) of the stretch to show: from a word some way before the hit, to the end of a word."""
    start = max(0, hit - MAX_LENGTH_BEFORE_HIT)
    if start:
        space = text.find(" ", start, hit)
        start = space + 1 if space >= 0 else start
    line = text.rfind("\n", start, hit)
    start = line + 1 if line >= 0 else start
    end = min(len(text), max(start + SNIPPET_LENGTH, hit + SNIPPET_LENGTH // 2))
    space = text.rfind(" ", hit + SNIPPET_LENGTH // 2, end) if end < len(text) else -1
    return start, space if space > 0 else end


def split_at_hits(text: str, spans: list[tuple[int, int]], start: int, end: int) -> Iterator[SnippetPart]:
    """Yield the stretch split at the hits, on one line."""
    for hit_start, hit_end in spans:
        if hit_start > start:
            yield SnippetPart(" ".join(text[start:hit_start].split("\n")), False)
        yield SnippetPart(text[hit_start:hit_end], True)
        start = hit_end
    if start < end:
        yield SnippetPart(" ".join(text[start:end].split("\n")), False)
