"""Where sentences begin and end: Unicode's rules (UAX #29), and the wrong breaks of news prose mended."""

import re
from collections.abc import Iterator
from itertools import pairwise
from unicodedata import category

from uniseg.sentencebreak import SentenceBreak, sentence_break

from newsreader.text.html.allowlists import words

LETTER_OF = {
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
# A full stop or its like with the quotes, brackets and spaces after it; x stands for what SB5 says to overlook.
END = re.compile(r"(?P<before>[Ul]x*+)?(?P<stop>[.!])x*+(?P<after>(?:\)x*+)*+(?: x*+)*+)|\n")
SMALL_LETTER_FOLLOWS = re.compile(r"[^oUl\n.!]*l")

TITLES = words(
    "Mr Mrs Ms Dr Prof Gen Brig Col Maj Capt Lt Cmdr Adm Sgt Gov Sen Rep Rev Hon Pres Amb St Mt Ft vs cf "
    "Sr Sra Srta Dra Hr Fr Mme Mlle Msgr Nr bzw ca"
)
BEFORE_NUMBERS = words("No Nos Nr Art Vol Fig Sec Ch p pp núm Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec")
MONTHS = words("Januar Februar März April Mai Juni Juli August September Oktober November Dezember")
STARTERS = words(
    "The A An It He She They We I You This That These Those There His Her Their Its In On At As If But And Or So For "
    "From When While After Before With Under Since Although However Meanwhile Yet Not No"
)
LAST_WORD = re.compile(r"(\S+)\.$")
FIRST_WORD = re.compile(r"\w+")
INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")


def sentences_of(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence in code points, without the white space around it; none crosses a line feed."""
    trimmed = (_trimmed(text, start, end) for start, end in pairwise(_breaks(text)))
    return list(_mended(text, (span for span in trimmed if span)))


def _breaks(text) -> Iterator[int]:
    yield 0
    classes = text.translate(CLASSES)
    for match in END.finditer(classes):
        if match[0] == "\n" or not _goes_on(classes, match):
            yield _before_opening(text, match.end())
    yield len(text)


class _Classes(dict):
    """For each code point the letter of its class, looked up once."""

    def __missing__(self, code):
        self[code] = LETTER_OF[sentence_break(chr(code))]
        return self[code]


CLASSES = _Classes()


def _goes_on(classes, match):
    """Whether rules SB6 to SB8a forbid a break at the end of the match."""
    follower = classes[match.end() : match.end() + 1]
    if follower in {".", "!", ","}:
        return True
    if match["stop"] == "!":
        return False
    direct = not match["after"] and (follower == "9" or (follower == "U" and match["before"]))
    return bool(direct or SMALL_LETTER_FOLLOWS.match(classes, match.end()))


def _before_opening(text, end):
    """A quotation mark or bracket that opens what follows belongs to it, though Unicode's rules cannot tell."""
    start = end
    while start and category(text[start - 1]) in {"Ps", "Pi"} and end < len(text) and not text[end].isspace():
        start -= 1
    return start


def _trimmed(text, start, end):
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    return (start, start + len(part.strip())) if part.strip() else None


def _mended(text, spans) -> Iterator[tuple[int, int]]:
    held = None
    for start, end in spans:
        if held and _is_one(text, held[1], start, end):
            start = held[0]
        elif held:
            yield held
        held = (start, end)
    if held:
        yield held


def _is_one(text, stop, start, end):
    """Whether the full stop before `stop` only ends an abbreviation."""
    last = LAST_WORD.search(text, max(0, stop - 20), stop)
    first = FIRST_WORD.match(text, start, end)
    if not last or not first or "\n" in text[stop:start]:
        return False
    word, after = last[1].lstrip("(“\"'‘«„["), first[0]
    if after[0].isdigit():
        return word in BEFORE_NUMBERS or word in TITLES
    if word.isdigit():
        return after in MONTHS
    return word in TITLES or (bool(INITIALS.fullmatch(word)) and word[0].isupper() and after not in STARTERS)
