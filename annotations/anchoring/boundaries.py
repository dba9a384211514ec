"""Where a passage begins and ends in another text, by its first and last words and the punctuation around them."""

from typing import NamedTuple

from newsreader.text.diff.tokens import TokenSequence


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
        return new_start - len(get_last_punctuation(between))

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
        return new_end + len(get_first_punctuation(between))


def get_first_punctuation(between: str) -> str:
    """Return the characters, such as closing quotation marks, that stand directly after a word."""
    return between.split()[0] if between and not between[0].isspace() else ""


def get_last_punctuation(between: str) -> str:
    """Return the characters, such as opening quotation marks, that stand directly before a word."""
    return between.split()[-1] if between and not between[-1].isspace() else ""
