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
LISTED = {language for _, _, languages in SCRIPTS for language in languages}
# Those of them that are told apart by letters alone, and the codes under which the model knows others.
BY_LETTERS = {"ja", "ko", "zh", "el", "he", "th"}
CODES = {"nb": "no"}
LOOKED_AT = 6_000  # characters
# The least probability of a guess, among all languages that the model knows: short and mixed texts stay below it.
LEAST = 0.2


def language_of(page: Metadata, text: str) -> str:
    """A code such as en, pt-BR or ar; empty where the page states none and none can be guessed."""
    return stated_language(page, text) or guessed(text, possible_languages(text))


def with_language(found: Extracted) -> Extracted:
    """The article in the language it is in by all appearances, where its page stated none."""
    if found.language:
        return found
    text = text_of(found.html)
    language = guessed(text, possible_languages(text))
    return replace(found, language=language, direction=detect_direction(language, text))


def stated_language(page: Metadata, text: str) -> str:
    """The code that the page states first, of those in which its text may be; empty where there is none."""
    stated = [page.tree.get("lang"), page.tree.get("{http://www.w3.org/XML/1998/namespace}lang")]
    stated += [page.tree.get("xml:lang"), page.find_first(["content-language"]), page.find_first(["dc.language"])]
    stated += [read_text(page.data.get("inLanguage")), page.find_first(["og:locale"])]
    possible = possible_languages(text)
    return next((code for code in map(code_of, stated) if code and is_possible(code, possible)), "")


def code_of(stated: str | None) -> str:
    """The code as it is written: pt_br is pt-BR; empty for what is no code."""
    match = CODE.fullmatch((stated or "").strip().split(",")[0])
    if not match:
        return ""
    language, script, region = match.groups()
    parts = [language.lower(), script and script.title(), region and region.upper()]
    return "-".join(part for part in parts if part)


def possible_languages(text: str) -> list[str]:
    """The languages that are written in the letters that prevail in the text; empty where none prevail."""
    letters = "".join(filter(str.isalpha, text[:LOOKED_AT]))
    for pattern, share, languages in SCRIPTS:
        if letters and len(re.findall(pattern, letters)) >= share * len(letters):
            return languages
    return []


def is_possible(code: str, possible: list[str]) -> bool:
    """Whether a stated language may be that of the text: some pages say English of whatever they hold."""
    language = code.split("-")[0]
    return not possible or language in possible or language not in LISTED


def guessed(text: str, possible: list[str]) -> str:
    """The one of the possible languages in which the text probably is; empty where none of them is probable enough."""
    told_apart = {CODES.get(code, code): code for code in possible if code not in BY_LETTERS}
    if not told_apart:
        return "".join(possible[:1])
    ranked = identifier().rank(text[:LOOKED_AT])
    known, probability = next((code, probability) for code, probability in ranked if code in told_apart)
    return told_apart[known] if probability >= LEAST else ""


@cache
def identifier() -> "LanguageIdentifier":
    """The model that knows languages; loading it takes most of a second, so it is not done before it is needed."""
    langid = import_module("py3langid.langid")
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
