"""The language of a page: what it states, unless its letters say otherwise, or a guess by how its words are spelled."""

import re
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from newsreader.importing.extracted import Extracted
from newsreader.importing.extraction.jsonld import read_text
from newsreader.importing.extraction.metadata import Metadata
from newsreader.text.html.plaintext import text_of
from newsreader.text.language.direction import detect_direction

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?")
# For each script its letters, the share of the text from which on it prevails (Japanese mixes kana with Han), and the
# languages that are written in it, as far as they are told apart here.
SCRIPTS = [
    ("[\u3040-\u30ff]", 0.05, ["ja"]),
    ("[\uac00-\ud7af]", 0.2, ["ko"]),
    ("[\u3400-\u9fff]", 0.3, ["zh", "ja"]),
    ("[\u0370-\u03ff]", 0.5, ["el"]),
    ("[\u0590-\u05ff]", 0.5, ["he"]),
    ("[\u0e00-\u0e7f]", 0.5, ["th"]),
    ("[\u0600-\u06ff]", 0.5, ["ar", "fa", "ur"]),
    ("[\u0900-\u097f]", 0.5, ["hi", "mr", "ne"]),
    ("[\u0400-\u04ff]", 0.5, ["ru", "uk", "bg", "sr", "mk", "be"]),
    (
        "[A-Za-z\u00c0-\u024f]",
        0.5,
        "en fr de es pt it nl sv da nb fi pl cs sk hu ro tr ca hr sr sl lt lv et id vi".split(),
    ),
]
LISTED_LANGUAGES = {language for _, _, languages in SCRIPTS for language in languages}
# Those of them that are told apart by letters alone, and the codes under which the model knows others.
TOLD_BY_SCRIPT = {"ja", "ko", "zh", "el", "he", "th"}
MODEL_CODES = {"nb": "no"}
SAMPLE_LENGTH = 6_000  # characters
# The least probability of a guess, among all languages that the model knows: short and mixed texts stay below it.
MIN_PROBABILITY = 0.2


def with_language(found: Extracted) -> Extracted:
    """Return the article with the language it is probably in, where its page stated none."""
    if found.language:
        return found
    text = text_of(found.html)
    language = guess_language(text, list_possible_languages(text))
    return replace(found, language=language, direction=detect_direction(language, text))


def find_stated_language(page: Metadata, text: str) -> str:
    """Return the code that the page states first, of those in which its text may be; empty where there is none."""
    stated = [page.tree.get("lang"), page.tree.get("{http://www.w3.org/XML/1998/namespace}lang")]
    stated += [page.tree.get("xml:lang"), page.find_first(["content-language"]), page.find_first(["dc.language"])]
    stated += [read_text(page.data.get("inLanguage")), page.find_first(["og:locale"])]
    possible = list_possible_languages(text)
    return next((code for code in map(normalise_code, stated) if code and is_possible(code, possible)), "")


def normalise_code(stated: str | None) -> str:
    """Return a stated code in its usual spelling (pt_br as pt-BR); empty for what is no code."""
    match = CODE.fullmatch((stated or "").strip().split(",")[0])
    if not match:
        return ""
    language, script, region = match.groups()
    parts = [language.lower(), script and script.title(), region and region.upper()]
    return "-".join(part for part in parts if part)


def list_possible_languages(text: str) -> list[str]:
    """Return the languages that are written in the letters that prevail in the text; empty where none prevail."""
    letters = "".join(filter(str.isalpha, text[:SAMPLE_LENGTH]))
    for pattern, share, languages in SCRIPTS:
        if letters and len(re.findall(pattern, letters)) >= share * len(letters):
            return languages
    return []


def is_possible(code: str, possible: list[str]) -> bool:
    """Return whether a stated language may be that of the text: some pages say English of whatever they hold."""
    language = code.split("-")[0]
    return not possible or language in possible or language not in LISTED_LANGUAGES


def guess_language(text: str, possible: list[str]) -> str:
    """Return the possible language in which the text probably is; empty where none of them is probable enough."""
    by_model_code = {MODEL_CODES.get(code, code): code for code in possible if code not in TOLD_BY_SCRIPT}
    if not by_model_code:
        return "".join(possible[:1])
    ranked = load_model().rank(text[:SAMPLE_LENGTH])
    known, probability = next((code, probability) for code, probability in ranked if code in by_model_code)
    return by_model_code[known] if probability >= MIN_PROBABILITY else ""


@cache
def load_model() -> "LanguageIdentifier":
    """Load the model that knows languages; it takes most of a second, so not before it is needed."""
    langid = import_module("py3langid.langid")
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
