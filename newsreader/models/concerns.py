"""Why somebody should look at an article: codes that are stored with it, and the words for them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext, gettext_noop

SHORT_WORDS = 60
SHORT, LEFT_OUT, INCOMPLETE, UNDATED = "short", "left-out", "incomplete", "undated"
UNTITLED, REVISED = "untitled", "revised"
CONCERNS = {
    SHORT: gettext_noop("the text is short"),
    LEFT_OUT: gettext_noop("more was left out of the page than kept"),
    INCOMPLETE: gettext_noop("a part of the article is missing"),
    UNDATED: gettext_noop("no date was found"),
    UNTITLED: gettext_noop("no title was found"),
    REVISED: gettext_noop("the original changed when it was fetched again"),
}


def find_concerns(extracted: Any, words: int) -> str:
    """Return the codes of what is doubtful about an article as it comes in with so many words, separated by spaces."""
    left_out = sum(len(block.split()) for block, _before in getattr(extracted, "left_out", ()))
    found = {
        SHORT: words < SHORT_WORDS,
        LEFT_OUT: left_out > words,
        INCOMPLETE: bool(getattr(extracted, "problem", "")),
        UNDATED: not extracted.published,
        UNTITLED: not extracted.title.strip(),
    }
    return join_concerns(code for code, is_so in found.items() if is_so)


def join_concerns(codes: Iterable[str]) -> str:
    """Return these codes as they are stored, each once and in one order."""
    given = set(codes)
    return " ".join(code for code in CONCERNS if code in given)


def describe_concerns(concerns: str) -> str:
    """Return what stored codes say, as the beginning of a sentence; empty where there are none."""
    words = "; ".join(gettext(CONCERNS[code]) for code in concerns.split() if code in CONCERNS)
    return words[:1].upper() + words[1:]
