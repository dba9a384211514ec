"""The language of a page: what it states, unless its letters say otherwise, or a guess by its most frequent words."""

import pkgutil
import re
from collections import Counter

from newsreader.importing.extraction.jsonld import read_text
from newsreader.importing.extraction.metadata import Metadata

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
# The lists of words that come with justext.
WORDS = {
    **{"ar": "Arabic", "be": "Belarusian", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish"},
    **{"de": "German", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish"},
    **{"fr": "French", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian"},
    **{"lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "mr": "Marathi", "nb": "Norwegian_Bokmal"},
    **{"ne": "Nepali", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian"},
    **{"sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian"},
    **{"ur": "Urdu", "vi": "Vietnamese"},
}
LOOKED_AT = 6_000  # characters
MOST_FREQUENT = 120  # words of a list
LEAST_SHARE = 0.1  # of all words of the text


def language_of(page: Metadata, text: str) -> str:
    """A code such as en, pt-BR or ar; empty where the page states none and none can be guessed."""
    stated = [page.tree.get("lang"), page.tree.get("{http://www.w3.org/XML/1998/namespace}lang")]
    stated += [page.tree.get("xml:lang"), page.find_first(["content-language"]), page.find_first(["dc.language"])]
    stated += [read_text(page.data.get("inLanguage")), page.find_first(["og:locale"])]
    possible = possible_languages(text)
    codes = [code for code in map(code_of, stated) if code and is_possible(code, possible)]
    return next(iter(codes), "") or guessed(text, possible)


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
    """The one of the possible languages whose most frequent words are the most frequent here; empty if none is."""
    told_apart = [code for code in possible if code in WORDS]
    if not told_apart:
        return "".join(possible[:1])
    words = Counter(re.findall(r"\w+", text[:LOOKED_AT].lower()))
    counts = {code: sum(words[word] for word in frequent_words(code)) for code in told_apart}
    best = max(counts, key=counts.get)
    return best if counts[best] >= LEAST_SHARE * words.total() else ""


def frequent_words(code: str) -> set[str]:
    listed = pkgutil.get_data("justext", f"stoplists/{WORDS[code]}.txt").decode().split()
    return {word.lower() for word in listed[:MOST_FREQUENT] if word.isalpha()}
