"""Addresses made of words."""

from unicodedata import category, combining, name, normalize

ACCENTED = ("LATIN", "GREEK")  # scripts that are as readable without their accents
POINTS = range(10, 37)  # combining classes of the vowel points of Hebrew, Arabic and Syriac, which are mostly left out


def slug_of(words: str, length: int = 60) -> str:
    """Lower-case letters and digits of any script, joined by hyphens, cut at a word; "untitled" where none is left."""
    slug = ""
    for word in words_of(normalize("NFC", folded(words)).lower()):
        if slug and len(slug) + 1 + len(word) > length:
            break
        slug = f"{slug}-{word}" if slug else word[:length]
    return slug or "untitled"


def words_of(text: str) -> list[str]:
    """The words of a folded text, in their order."""
    return "".join(sign if sign.isalnum() or is_mark(sign) else " " for sign in text).split()


def folded(words: str) -> str:
    """`words` without accents and vowel points; a mark that belongs to its letter, as in が, й or हि, stays."""
    kept, belongs = [], False
    for sign in normalize("NFKD", words):
        if not is_mark(sign):
            belongs = sign.isalpha() and not name(sign, "").startswith(ACCENTED)
            kept.append(sign)
        elif belongs and combining(sign) not in POINTS and not name(sign, "").startswith("VARIATION SELECTOR"):
            kept.append(sign)
    return "".join(kept)


def is_mark(sign: str) -> bool:
    return category(sign).startswith("M")
