"""The stems of words, by Snowball's rules for each language; a stem knows its language, so that languages do not mix."""

import unicodedata
from functools import cache
from threading import Lock

import Stemmer

from newsreader.text.language.analyzer import INVISIBLE, Memory, folded

SIGN = "·"  # stands in no term, and before every stem
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
TURN = Lock()  # a stemmer serves one thread at a time


def family_of(language: str) -> str:
    """The language whose stems a text has, such as pt for pt-BR; empty where there are none."""
    code = language.replace("_", "-").split("-")[0].lower()
    return code if code in ALGORITHMS else ""


def stems_of(part: str, family: str) -> list[str]:
    """The stems of a word in that language: as it is written, and as it is written without accents where that is another."""
    return memory_of(family)[part].split()


@cache
def memory_of(family: str) -> Memory:
    """The stems of words in that language, with a space between where a word has two."""
    stemmer = Stemmer.Stemmer(ALGORITHMS[family], 0)

    def ask(part: str) -> str:
        written = unicodedata.normalize("NFC", INVISIBLE.sub("", part).casefold())[:200]
        with TURN:
            stems = [folded(stemmer.stemWord(form)) or folded(form) for form in dict.fromkeys((written, folded(part)))]
        return " ".join(f"{SIGN}{family}{SIGN}{stem}" for stem in dict.fromkeys(stems))

    return Memory(ask)
