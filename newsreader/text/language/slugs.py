"""Makes slugs for addresses from words."""

from unicodedata import category, combining, name, normalize

UNTITLED = "untitled"  # the slug of words without letters and digits
UNACCENTED_SCRIPTS = ("LATIN", "GREEK")  # scripts that are as readable without their accents
VOWEL_POINT_CLASSES = range(
    10, 37
)  # combining classes of the vowel points of Hebrew, Arabic and Syriac, which are mostly left out


def make_slug(words: str, length: int = 60) -> str:
    """Return the words as lower-case letters and digits of any script, joined by hyphens, cut at a word; "untitled" if none is left."""
    slug = ""
    for word in split_slug_words(normalize("NFC", strip_accents(words)).lower()):
        if slug and len(slug) + 1 + len(word) > length:
            break
        slug = f"{slug}-{word}" if slug else word[:length]
    return slug or UNTITLED


def split_slug_words(text: str) -> list[str]:
    """Return the words of a text without accents, in order."""
    spaced = (character if character.isalnum() or is_combining_mark(character) else " " for character in text)
    return "".join(spaced).split()


def strip_accents(words: str) -> str:
    """Return `words` without accents and vowel points; a mark that belongs to its letter, as in が, й or हि, stays."""
    stripped, keeps_marks = [], False
    for character in normalize("NFKD", words):
        if not is_combining_mark(character):
            keeps_marks = character.isalpha() and not name(character, "").startswith(UNACCENTED_SCRIPTS)
            stripped.append(character)
        elif keeps_marks and not is_optional_mark(character):
            stripped.append(character)
    return "".join(stripped)


def is_optional_mark(mark: str) -> bool:
    """Return whether a combining mark is a vowel point or a variation selector."""
    return combining(mark) in VOWEL_POINT_CLASSES or name(mark, "").startswith("VARIATION SELECTOR")


def is_combining_mark(character: str) -> bool:
    """Return whether a character is a combining mark."""
    return category(character).startswith("M")
