"""Names as people see them: those that look the same are spelled the same."""

from functools import lru_cache
from unicodedata import normalize

import regex

# The scripts in which a joiner between two letters changes how they look.
JOINING_SCRIPTS = "".join(
    rf"\p{{Script={script}}}"
    for script in (
        *("Arabic", "Syriac", "Nko", "Mandaic", "Adlam", "Mongolian", "Phags_Pa", "Devanagari", "Bengali", "Gurmukhi"),
        *("Gujarati", "Oriya", "Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala", "Khmer", "Myanmar", "Tibetan"),
    )
)
BLANKS = {0x2800: " "}  # a Braille cell without dots is seen as a space
KEPT_NAMES, MAX_KEPT_LENGTH = 4096, 100  # folded names that are kept, and the code points of the longest
WIDTHS = regex.compile(r"[\uff01-\uffee]+")  # letters as wide as a Chinese character, or half as wide
# Lowercase letters of other scripts that are drawn as Latin ones are: Cyrillic, then the Greek omicron and the Armenian oh.
LOOKALIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u04bb\u0501\u051b\u051d\u03bf\u0585",
    "aeopcyxsijhdqwoo",
)
LOOKALIKE = regex.compile(f"[{''.join(map(chr, LOOKALIKES))}]")
UNSEEN = regex.compile(r"[\p{Default_Ignorable_Code_Point}\p{Cc}]")
# What is not drawn: in a group where it changes how its neighbours are drawn, and so is kept.
INVISIBLE = regex.compile(
    rf"""
    ( (?<=[\p{{Extended_Pictographic}}\p{{Emoji_Modifier}}\ufe0f])\u200d(?=\p{{Extended_Pictographic}}) # one emoji of two
    | (?<=[{JOINING_SCRIPTS}]\p{{Mn}}*)[\u200c\u200d](?=[{JOINING_SCRIPTS}])
    | (?<=\p{{Canonical_Combining_Class=9}})[\u200c\u200d] # after a virama
    | (?<=[\p{{Emoji}}--\p{{Emoji_Presentation}}--[0-9\#*]])\ufe0f # text that is drawn as an emoji
    | (?<=\p{{Emoji_Presentation}})\ufe0e # an emoji that is drawn as text
    | (?<=[0-9\#*])\ufe0f(?=\u20e3) # a keycap
    | (?<=\U0001F3F4[\U000E0020-\U000E007E]*)[\U000E0020-\U000E007F] # the flag of a region
    | (?<=\p{{Script=Mongolian}})[\u180b-\u180f]
    | (?<=\p{{Script=Han}})[\ufe00-\ufe02\U000E0100-\U000E01EF] # a variant of a character
    ) | \p{{Default_Ignorable_Code_Point}} | \p{{Cc}}
    """,
    regex.VERBOSE | regex.VERSION1,
)


def normalise_name(name: str) -> str:
    """Return the name with composed letters, single spaces, and without characters that nobody sees."""
    if name.isascii() and name.isprintable():
        return " ".join(name.split())
    spaced = " ".join(normalize("NFC", name).translate(BLANKS).split())
    if not UNSEEN.search(spaced):
        return spaced
    return normalize("NFC", " ".join(INVISIBLE.sub(r"\1", spaced).split()))


def fold_name(name: str) -> str:
    """Return the form in which names are compared: normalised, in small letters of the usual width, Latin where they look so.

    Letters are not folded further: Maße and Masse look different, and are two German words.
    """
    return fold_short_name(name) if len(name) <= MAX_KEPT_LENGTH else fold_any_name(name)


def fold_any_name(name: str) -> str:
    """Return the folded form of a name, however long."""
    normalised = normalise_name(name)
    if WIDTHS.search(normalised):
        normalised = normalise_name(WIDTHS.sub(lambda found: normalize("NFKC", found[0]), normalised))
    small = normalised.lower()
    if not LOOKALIKE.search(decomposed := normalize("NFD", small)):
        return small
    return normalize("NFC", decomposed.translate(LOOKALIKES))


fold_short_name = lru_cache(maxsize=KEPT_NAMES)(fold_any_name)  # many rows of a file have the same
