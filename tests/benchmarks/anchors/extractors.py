"""The same page through another extractor: an edit that nobody scripted."""

import random
from collections.abc import Iterator

import justext
import trafilatura

from benchmarks.anchors.drawing import Case, wording
from benchmarks.anchors.highlights import highlights
from benchmarks.anchors.script import Run, Script
from benchmarks.anchors.texts import Text
from benchmarks.anchors.units import Span
from benchmarks.anchors.wording import Wording

KIND = "another extractor (real pages)"
STOPLISTS = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "pt": "Portuguese",
    "cs": "Czech",
    "ar": "Arabic",
}


def precise(page: bytes, language: str) -> str:
    return trafilatura.extract(page, favor_precision=True, include_comments=False) or ""


def generous(page: bytes, language: str) -> str:
    return trafilatura.extract(page, favor_recall=True, include_comments=True) or ""


def marked_down(page: bytes, language: str) -> str:
    return trafilatura.extract(page, output_format="markdown", include_links=True, include_formatting=True) or ""


def simple(page: bytes, language: str) -> str:
    return trafilatura.baseline(page)[1]


def whole_page(page: bytes, language: str) -> str:
    return trafilatura.html2txt(page)


def by_length(page: bytes, language: str) -> str:
    stoplist = STOPLISTS.get(language[:2])
    words = justext.get_stoplist(stoplist) if stoplist else frozenset()
    found = justext.justext(page, words, **({} if words else {"stopwords_low": 0, "stopwords_high": 0}))
    return "\n".join(paragraph.text for paragraph in found if not paragraph.is_boilerplate)


EXTRACTORS = [precise, generous, marked_down, simple, whole_page, by_length]


def cases(text: Text, count: int) -> Iterator[Case]:
    """The text as each of the others extracts it, with passages of which it can be said where they stand.

    These are they whose letters both texts have just once; a passage that the new text does not have must not be found in it.
    """
    old = wording(text.text)
    for number, extractor in enumerate(EXTRACTORS):
        new = extractor(text.page.read_bytes(), text.language)
        if new.strip() and new != text.text:
            script = Script(old, Wording(new), [])
            spans = highlights(script, random.Random(f"{text.name} {number}"), count)
            yield Case(KIND, script, [span for span in spans if old.letters.count(letters(old, span)) == 1])


def truth(script: Script, span: Span) -> Script | None:
    """The script of this passage alone: it stands where its letters do; None where they stand more than once."""
    first, last = script.old.range_of(*span)
    words = letters(script.old, span)
    number = script.new.letters.count(words)
    if number > 1:
        return None
    runs = [Run(first, script.new.letters.index(words), last - first)] if number else []
    return Script(script.old, script.new, runs)


def letters(text: Wording, span: Span) -> str:
    return text.letters[slice(*text.range_of(*span))]
