"""Files that are sent in chunks, and names that every file system takes."""

import re
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

from newsreader.text.html.plaintext import cut_characters

CHUNK_BYTES = 64 * 1024
MAX_NAME_LENGTH = 80  # code points, without suffix and number
MAX_NAME_BYTES = 240  # likewise; file systems take 255
UNSAFE_CHARACTERS = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*#^\[\]\u2028\u2029\u202a-\u202e\u2066-\u2069]+')
RESERVED_NAME = re.compile(r"(con|prn|aux|nul|(com|lpt)[\d¹²³])(\..*)?$", re.IGNORECASE)


def read_chunks(path: Path) -> Iterator[bytes]:
    """Yield the content of a file in chunks of CHUNK_BYTES."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def make_safe_name(words: str, taken_names: set[str], suffix: str = "") -> str:
    """Return a file name made of these words that every system takes, and add it, folded, to `taken_names`.

    A name that is taken gets a number.
    """
    name = cut_name(" ".join(UNSAFE_CHARACTERS.sub(" ", normalize("NFC", words)).split()).strip(". ")).strip(". ")
    name = name if any(character.isprintable() and character not in ". " for character in name) else "untitled"
    name = f"file {name}" if RESERVED_NAME.match(name) else name
    free, number = name, 2
    while fold_name(free) in taken_names:
        free, number = f"{name} {number}", number + 1
    taken_names.add(fold_name(free))
    return free + suffix


def cut_name(name: str) -> str:
    """Return the beginning of a name, in whole characters, that has at most MAX_NAME_LENGTH code points and MAX_NAME_BYTES."""
    name = cut_characters(name, MAX_NAME_LENGTH)
    while len(name.encode("utf-8", "replace")) > MAX_NAME_BYTES:
        name = cut_characters(name, len(name) - 1)
    return name


def fold_name(name: str) -> str:
    """Return the form in which file systems compare names that do not tell capitals or composed letters apart."""
    return normalize("NFC", normalize("NFC", name).casefold())
