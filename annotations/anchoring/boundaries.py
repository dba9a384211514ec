"""Where a passage begins and ends in another text, told by its first and last words and the signs around them."""

from typing import NamedTuple

from newsreader.text.diff.tokens import TokenSequence


class Edges(NamedTuple):
    """The rows of two texts; places are code points, words are numbered."""

    old: TokenSequence
    new: TokenSequence

    def around(self, first: int, last: int) -> tuple[int, int]:
        """The words first to last of the new row as a stretch of its text."""
        return self.new.spans[first][0], self.new.spans[last - 1][1]

    def before(self, word: int) -> tuple[int, str]:
        """Where the word before this one of the new row ends, and what stands between the two."""
        stop = self.new.spans[word - 1][1] if word else 0
        return stop, self.new.text[stop : self.new.spans[word][0] if word < len(self.new.spans) else None]

    def start(self, word: int, new_word: int, start: int) -> int | None:
        """Where a passage starts that starts in or before this word; None where it starts within and that is spelt otherwise now."""
        (begin, end), (new_begin, new_end) = self.old.spans[word], self.new.spans[new_word]
        if start > begin:
            is_spelt_so = self.old.text[begin:end] == self.new.text[new_begin:new_end]
            return new_begin + start - begin if is_spelt_so else None
        _, before = self.before(new_word)
        if before.endswith(self.old.text[start:begin]):
            return new_begin - (begin - start)
        return new_begin - len(last_signs(before))

    def end(self, word: int, new_word: int, end: int) -> int | None:
        """Where a passage ends that ends in or after this word; None where it ends within and that is spelt otherwise now."""
        (begin, stop), (new_begin, new_stop) = self.old.spans[word], self.new.spans[new_word]
        if end < stop:
            is_spelt_so = self.old.text[begin:stop] == self.new.text[new_begin:new_stop]
            return new_begin + end - begin if is_spelt_so else None
        _, after = self.before(new_word + 1)
        if after.startswith(self.old.text[stop:end]):
            return new_stop + end - stop
        return new_stop + len(first_signs(after))


def first_signs(between: str) -> str:
    """The signs, such as quotation marks, that stand directly after a word."""
    return between.split()[0] if between and not between[0].isspace() else ""


def last_signs(between: str) -> str:
    """The signs that stand directly before a word."""
    return between.split()[-1] if between and not between[-1].isspace() else ""
