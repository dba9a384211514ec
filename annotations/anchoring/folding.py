"""Folds a text for a search in which white space, invisible characters and spellings of one character do not count.

Programs write the words of one page differently: with the line ends of its source or without, with spaces for no-break spaces,
without soft hyphens, and with a space, a line end or nothing between two paragraphs. A folded text leaves all of this out, composes
letters with their marks, and has one kind of quotation mark and of dash. It knows where each of its characters comes from, and
where white space was left out, so that “now here” is not taken for “nowhere”.
"""

import unicodedata
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate, compress
from typing import NamedTuple

import regex

from annotations.anchoring.graphemes import is_inside
from newsreader.text.diff.tokens import UNSPACED

INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
# White space and what is invisible; a joiner counts between pictographs, of which it makes one.
GAP = regex.compile(rf"(?:[\s{INVISIBLE}]++|\u200d(?!\p{{ExtPict}}))++")
SEPARATOR = regex.compile(r"[\x1c-\x1f]")  # white space for Python, and none for a gap
CLUSTER = regex.compile(r"…|\X")
SAME_MARKS = str.maketrans(
    dict.fromkeys("‘’‚‛‹›`´", "'") | dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‐‑‒–—―−", "-"),
)
UNSPACED_CHARACTER = regex.compile(rf"(?V1)[{UNSPACED}\u3000-\u303f\uff00-\uffef]")
WORD_CHARACTER = regex.compile(r"[\p{L}\p{M}\p{N}_]")
SIGNS_OF_NUMBERS = ".,:;'-/+±*^"
MIN_GLUED_LENGTH = 20  # code points of a quote in which two words may be one, since a line ends between them
NO_GAP, SPACE, LINE_END = 0, 1, 2  # what was left out before a segment

Span = tuple[int, int]  # start and end in a text, in code points


class Segments(NamedTuple):
    """The segments of a folded text, of which each is a stretch of the text.

    Segment n starts at `firsts[n]` of the words, comes from `starts[n]` to `ends[n]` of the text, and has `gaps[n]` before it. The
    places within those of `changed` correspond to none of the text.
    """

    starts: list[int]
    ends: list[int]
    firsts: list[int]
    gaps: list[int]
    changed: set[int]
    words: str


class FoldedText:
    """A text with its folded `words`, which know by its segments where they come from."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.keeps_characters = "…" not in text and unicodedata.is_normalized("NFC", text)
        self.words = drop_gaps(text).translate(SAME_MARKS) if self.keeps_characters else self.segments.words

    @cached_property
    def segments(self) -> Segments:
        """The segments of the text: for most quotes nobody asks for them."""
        text, changed = self.text, set[int]()
        spans, gaps = split_at_gaps(text)
        if self.keeps_characters:
            pieces = [text[start:end] for start, end in spans]
        else:
            spans, gaps, pieces = split_changed(text, spans, gaps)
            changes = zip(pieces, spans, strict=True)
            changed = {index for index, (piece, span) in enumerate(changes) if piece != text[slice(*span)]}
        starts, ends = [start for start, _ in spans], [end for _, end in spans]
        firsts = list(accumulate(map(len, pieces), initial=0))[:-1]
        return Segments(starts, ends, firsts, gaps, changed, "".join(pieces).translate(SAME_MARKS))

    def locate(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where a stretch of the folded words, which is not empty, stands in the text; None where it cuts a character."""
        starts, ends, firsts, _, changed, words = self.segments
        first, last = bisect_right(firsts, start) - 1, bisect_right(firsts, end - 1) - 1
        stop = firsts[last + 1] if last + 1 < len(firsts) else len(words)
        begins_within = first in changed and start > firsts[first]
        if begins_within or (last in changed and end < stop):
            return None
        text_start = starts[first] + start - firsts[first]
        text_end = ends[last] - (stop - end)
        is_cut = is_inside(self.text, text_start) or is_inside(self.text, text_end)
        return None if is_cut else (text_start, text_end)

    def fold_place(self, place: int) -> int:
        """Return how many of the folded words stand before a place in the text."""
        starts, _, firsts, *_ = self.segments
        index = bisect_right(starts, place) - 1
        if index < 0:
            return 0
        stop = firsts[index + 1] if index + 1 < len(firsts) else len(self.words)
        return min(firsts[index] + place - starts[index], stop)

    def list_gaps(self, start: int, end: int) -> dict[int, int]:
        """Return the gaps within a stretch of the folded words, by their places in it."""
        firsts, gaps = self.segments.firsts, self.segments.gaps
        segments = range(bisect_right(firsts, start), bisect_left(firsts, end))
        return {firsts[index] - start: gaps[index] for index in segments if gaps[index]}

    def has_words_of(self, quote: "FoldedText", start: int) -> bool:
        """Return whether the words of a quote, which are found there, are the same words if white space counts.

        White space may be missing where a line ends, beside punctuation, and in scripts that are written without it.
        """
        end = start + len(quote.words)
        gaps, gaps_of_quote = self.list_gaps(start, end), quote.list_gaps(0, len(quote.words))
        return all(
            is_breakable(self.words[start + place - 1], self.words[start + place])
            or (gaps.get(place) == LINE_END and len(quote.words) >= MIN_GLUED_LENGTH)
            for place in gaps.keys() ^ gaps_of_quote.keys()
        )


def drop_gaps(text: str) -> str:
    """Return a text without its gaps; most are plain ASCII, of which Python splits everything but its old separators alike."""
    if text.isascii() and not SEPARATOR.search(text):
        return "".join(text.split())
    return GAP.sub("", text)


def split_at_gaps(text: str) -> tuple[list[Span], list[int]]:
    """Return the (start, end) stretches between what is left out of a text, and which kind of gap is before each."""
    gaps = [match.span() for match in GAP.finditer(text)]
    starts, ends = [0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(text)]
    kinds = [NO_GAP, *(classify_gap(text[start:end]) for start, end in gaps)]
    filled = [start < end for start, end in zip(starts, ends, strict=True)]
    return list(compress(zip(starts, ends, strict=True), filled)), list(compress(kinds, filled))


def classify_gap(ignored: str) -> int:
    """Return what was left out: LINE_END, SPACE, or NO_GAP where that was invisible."""
    if ignored == " ":
        return SPACE
    return LINE_END if "\n" in ignored else SPACE if any(map(str.isspace, ignored)) else NO_GAP


def split_changed(text: str, spans: list[Span], gaps: list[int]) -> tuple[list[Span], list[int], list[str]]:
    """Return smaller stretches, of which each character that folding changes is one, with their gaps and folded words."""
    small: list[Span] = []
    small_gaps: list[int] = []
    pieces: list[str] = []
    for (start, end), gap in zip(spans, gaps, strict=True):
        folded = fold_part(text[start:end], start)
        small += [span for span, _ in folded]
        small_gaps += [gap, *[NO_GAP] * (len(folded) - 1)]
        pieces += [piece for _, piece in folded]
    return small, small_gaps, pieces


def fold_part(part: str, start: int) -> list[tuple[Span, str]]:
    """Return the pieces of a part without white space, which starts there, with where each of them stands."""
    if part.isascii() or ("…" not in part and unicodedata.is_normalized("NFC", part)):
        return [((start, start + len(part)), part)]
    return [
        ((start + match.start(), start + match.end()), unicodedata.normalize("NFC", match[0].replace("…", "...")))
        for match in CLUSTER.finditer(part)
    ]


def is_breakable(left: str, right: str) -> bool:
    """Return whether white space between two characters changes no word and no number."""
    if UNSPACED_CHARACTER.match(left) and UNSPACED_CHARACTER.match(right):
        return True
    if WORD_CHARACTER.match(left) and WORD_CHARACTER.match(right):
        return False
    is_number = left.isnumeric() or right.isnumeric()
    return not (is_number and (left in SIGNS_OF_NUMBERS or right in SIGNS_OF_NUMBERS))
