"""Where a passage begins and ends in another text, by its first and last words and the punctuation around them."""

from typing import NamedTuple

import regex

from newsreader.text.diff.tokens import INVISIBLE_CHARACTERS, QUOTES, TokenSequence

DASHES = "-‐‑‒–—―−"
MARKS = QUOTES + DASHES  # what a quotation or a line of dialogue begins or ends with
SPACED_OPENINGS = "\"'«‹»›„‚“‘‟‛〝＂" + DASHES  # »Danish« and »German« marks open, too
SPACED_CLOSINGS = "\"'»›«‹”’“‘〞〟＂" + DASHES
MAX_MARK_LENGTH = 4  # code points of a mark and the space between it and the words
_SPACE = rf"[\s{INVISIBLE_CHARACTERS}]"
# A mark directly beside the words, or apart from them and from the words on its other side.
OPENING = regex.compile(rf"[{regex.escape(MARKS)}]\Z|(?<!\w)[{regex.escape(SPACED_OPENINGS)}]{_SPACE}{{1,3}}\Z")
CLOSING = regex.compile(rf"[{regex.escape(MARKS)}]|{_SPACE}{{1,3}}[{regex.escape(SPACED_CLOSINGS)}](?!\w)")


class Boundaries(NamedTuple):
    """The token sequences of two texts; places are code points, words are numbered."""

    old: TokenSequence
    new: TokenSequence

    def locate_words(self, first: int, last: int) -> tuple[int, int]:
        """Return where in the new text its words first to last (exclusive) start and end."""
        return self.new.spans[first][0], self.new.spans[last - 1][1]

    def read_gap_before(self, word: int) -> tuple[int, str]:
        """Return where the word before this one of the new text ends, and what stands between the two."""
        stop = self.new.spans[word - 1][1] if word else 0
        return stop, self.new.text[stop : self.new.spans[word][0] if word < len(self.new.spans) else None]

    def map_start(self, word: int, new_word: int, start: int) -> int | None:
        """Return where a passage starts in the new text that starts in or before this word of the old.

        None where it starts within the word, and that is spelt otherwise in the new text.
        """
        (old_start, old_end), (new_start, new_end) = self.old.spans[word], self.new.spans[new_word]
        if start > old_start:
            is_spelt_alike = self.old.text[old_start:old_end] == self.new.text[new_start:new_end]
            return new_start + start - old_start if is_spelt_alike else None
        _, between = self.read_gap_before(new_word)
        if between.endswith(self.old.text[start:old_start]):
            return new_start - (old_start - start)
        return self.extend_before(new_start, count_marks(self.old.text[start:old_start]))

    def map_end(self, word: int, new_word: int, end: int) -> int | None:
        """Return where a passage ends in the new text that ends in or after this word of the old.

        None where it ends within the word, and that is spelt otherwise in the new text.
        """
        (old_start, old_end), (new_start, new_end) = self.old.spans[word], self.new.spans[new_word]
        if end < old_end:
            is_spelt_alike = self.old.text[old_start:old_end] == self.new.text[new_start:new_end]
            return new_start + end - old_start if is_spelt_alike else None
        _, between = self.read_gap_before(new_word + 1)
        if between.startswith(self.old.text[old_end:end]):
            return new_end + end - old_end
        return self.extend_after(new_end, count_marks(self.old.text[old_end:end]))

    def read_marks(self, first: int, last: int, start: int, end: int) -> tuple[int, int]:
        """Return how many marks the passage has before its first word and after its last."""
        before = self.old.text[start : self.old.spans[first][0]]
        after = self.old.text[self.old.spans[last - 1][1] : end]
        return count_marks(before), count_marks(after)

    def locate_with_marks(self, first: int, last: int, before: int, after: int) -> tuple[int, int]:
        """Return where words of the new text start and end, with as many marks before and after them, if they stand there."""
        start, end = self.locate_words(first, last)
        return self.extend_before(start, before), self.extend_after(end, after)

    def extend_before(self, start: int, marks: int) -> int:
        """Return where the marks begin, so many at most, that open the words which start there."""
        while marks and (mark := OPENING.search(self.new.text, max(start - MAX_MARK_LENGTH, 0), start)):
            start, marks = mark.start(), marks - 1
        return start

    def extend_after(self, end: int, marks: int) -> int:
        """Return where the marks end, so many at most, that close the words which end there."""
        while marks and (mark := CLOSING.match(self.new.text, end)):
            end, marks = mark.end(), marks - 1
        return end


def count_marks(signs: str) -> int:
    """Return how many quotation marks and dashes there are."""
    return sum(sign in MARKS for sign in signs)
