"""The stems of words by Snowball's rules for each language; a stem contains its language, so that languages do not mix."""

import unicodedata
from functools import cache
from threading import Lock

import Stemmer

from newsreader.text.language.analyzer import INVISIBLE, WordCache, fold_word

STEM_MARK = "·"  # before every stem, and in no term
ALGORITHMS = {
    **{
        "ar": "arabic",
        "ca": "catalan",
        "da": "danish",
        "de": "german",
        "el": "greek",
        "en": "english",
        "es": "spanish",
    },
    **{
        "et": "estonian",
        "eu": "basque",
        "fi": "finnish",
        "fr": "french",
        "ga": "irish",
        "hi": "hindi",
        "hu": "hungarian",
    },
    **{"hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali"},
    **{"nl": "dutch", "nn": "norwegian", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian"},
    **{"cs": "czech", "eo": "esperanto", "fa": "persian", "pl": "polish"},
    **{"sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish"},
}
STEMMER_LOCK = Lock()  # a stemmer serves one thread at a time


def find_family(language: str) -> str:
    """Return the language by whose rules a text is stemmed, such as pt for pt-BR; empty if there are none."""
    code = language.replace("_", "-").split("-")[0].lower()
    return code if code in ALGORITHMS else ""


def stem_word(part: str, family: str) -> list[str]:
    """Return the stems of a word in this language: as it is spelt, and without accents if that stem is another."""
    return load_stem_cache(family)[part].split()


@cache
def load_stem_cache(family: str) -> WordCache:
    """Return the stems of words in this language, separated by a space if a word has two."""
    stemmer = Stemmer.Stemmer(ALGORITHMS[family], 0)

    def compute_stems(part: str) -> str:
        spelling = unicodedata.normalize("NFC", INVISIBLE.sub("", part).casefold())[:200]
        forms = dict.fromkeys((spelling, fold_word(part)))
        with STEMMER_LOCK:
            stems = [fold_word(stemmer.stemWord(form)) or fold_word(form) for form in forms]
        return " ".join(f"{STEM_MARK}{family}{STEM_MARK}{stem}" for stem in dict.fromkeys(stems))

    return WordCache(compute_stems)
