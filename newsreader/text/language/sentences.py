"""Splits a text into sentences by Unicode's rules (UAX #29), and corrects their wrong breaks in news prose."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from unicodedata import category

from uniseg.sentencebreak import SentenceBreak, sentence_break

from newsreader.text.html.allowlists import split_set

LETTERS_OF_CLASSES = {
    SentenceBreak.CR: "\n",
    SentenceBreak.LF: "\n",
    SentenceBreak.SEP: "\n",
    SentenceBreak.EXTEND: "x",
    SentenceBreak.FORMAT: "x",
    SentenceBreak.SP: " ",
    SentenceBreak.LOWER: "l",
    SentenceBreak.UPPER: "U",
    SentenceBreak.OLETTER: "o",
    SentenceBreak.NUMERIC: "9",
    SentenceBreak.ATERM: ".",
    SentenceBreak.STERM: "!",
    SentenceBreak.SCONTINUE: ",",
    SentenceBreak.CLOSE: ")",
    SentenceBreak.OTHER: "-",
}
# A full stop or its like with the quotes, brackets and spaces after it; x is what rule SB5 ignores.
SENTENCE_END = re.compile(r"(?P<before>[Ul]x*+)?(?P<stop>[.!])x*+(?P<after>(?:\)x*+)*+(?: x*+)*+)|\n")
LOWERCASE_FOLLOWS = re.compile(r"[^oUl\n.!]*l")

TITLES = split_set(
    "Mr Mrs Ms Dr Prof Gen Brig Col Maj Capt Lt Cmdr Adm Sgt Gov Sen Rep Rev Hon Pres Amb St Mt Ft vs cf "
    "Sr Sra Srta Dra Hr Fr Mme Mlle Msgr Nr bzw ca"
)
BEFORE_NUMBERS = split_set("No Nos Nr Art Vol Fig Sec Ch p pp núm Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec")
MONTHS = split_set("Januar Februar März April Mai Juni Juli August September Oktober November Dezember")
SENTENCE_STARTERS = split_set(
    "The A An It He She They We I You This That These Those There His Her Their Its In On At As If But And Or So For "
    "From When While After Before With Under Since Although However Meanwhile Yet Not No"
)
LAST_WORD = re.compile(r"(\S+)\.$")
FIRST_WORD = re.compile(r"\w+")
INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each sentence in code points, without white space around it; none crosses a line feed."""
    trimmed = (_trim_span(text, start, end) for start, end in pairwise(_find_breaks(text)))
    return list(_join_abbreviations(text, (span for span in trimmed if span)))


def _find_breaks(text: str) -> Iterator[int]:
    yield 0
    classes = text.translate(CLASS_LETTERS)
    for match in SENTENCE_END.finditer(classes):
        if match[0] == "\n" or not _is_continued(classes, match):
            yield _move_before_opening(text, match.end())
    yield len(text)


class _ClassLetters(dict[int, str]):
    """The letter of the sentence-break class of each code point, looked up once."""

    def __missing__(self, code: int) -> str:
        self[code] = LETTERS_OF_CLASSES[sentence_break(chr(code))]
        return self[code]


CLASS_LETTERS = _ClassLetters()


def _is_continued(classes: str, match: re.Match[str]) -> bool:
    """Return whether rules SB6 to SB8a forbid a break at the end of the match."""
    follower = classes[match.end() : match.end() + 1]
    if follower in {".", "!", ","}:
        return True
    if match["stop"] == "!":
        return False
    is_joined = not match["after"] and (follower == "9" or (follower == "U" and match["before"]))
    return bool(is_joined or LOWERCASE_FOLLOWS.match(classes, match.end()))


def _move_before_opening(text: str, end: int) -> int:
    """Return the break moved before a quotation mark or bracket that opens the next sentence, which the rules cannot tell."""
    start = end
    while start and category(text[start - 1]) in {"Ps", "Pi"} and end < len(text) and not text[end].isspace():
        start -= 1
    return start


def _trim_span(text: str, start: int, end: int) -> tuple[int, int] | None:
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    return (start, start + len(part.strip())) if part.strip() else None


def _join_abbreviations(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    pending: tuple[int, int] | None = None
    for start, end in spans:
        if pending and _is_abbreviation(text, pending[1], start, end):
            start = pending[0]
        elif pending:
            yield pending
        pending = (start, end)
    if pending:
        yield pending


def _is_abbreviation(text: str, stop: int, start: int, end: int) -> bool:
    """Return whether the full stop before `stop` only ends an abbreviation."""
    last = LAST_WORD.search(text, max(0, stop - 20), stop)
    first = FIRST_WORD.match(text, start, end)
    if not last or not first or "\n" in text[stop:start]:
        return False
    word, after = last[1].lstrip("(“\"'‘«„["), first[0]
    if after[0].isdigit():
        return word in BEFORE_NUMBERS or word in TITLES
    if word.isdigit():
        return after in MONTHS
    return word in TITLES or (bool(INITIALS.fullmatch(word)) and word[0].isupper() and after not in SENTENCE_STARTERS)
