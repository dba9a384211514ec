"""Addresses made of words."""

import re
import unicodedata


def slug_of(words: str, length: int = 60) -> str:
    """Lower-case letters and digits of any script, joined by hyphens, cut at a word; "untitled" where none is left."""
    folded = "".join(letter for letter in unicodedata.normalize("NFKD", words) if not unicodedata.combining(letter))
    found = re.findall(r"\w+", unicodedata.normalize("NFC", folded).replace("_", " ").lower())
    slug = ""
    for word in found:
        if slug and len(slug) + 1 + len(word) > length:
            break
        slug = f"{slug}-{word}" if slug else word[:length]
    return slug or "untitled"
