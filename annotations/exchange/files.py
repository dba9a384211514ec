"""Files that are sent in chunks, and names that every file system takes."""

import re
from collections.abc import Iterator
from pathlib import Path

CHUNK_BYTES = 64 * 1024
MAX_NAME_LENGTH = 80  # code points, without suffix and number
UNSAFE_CHARACTERS = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*#^\[\]\u2028\u2029\u202a-\u202e\u2066-\u2069]+')
RESERVED_NAME = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)


def read_chunks(path: Path) -> Iterator[bytes]:
    """Yield the content of a file in chunks of CHUNK_BYTES."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def make_safe_name(words: str, taken_names: set[str], suffix: str = "") -> str:
    """Return a file name made of these words that every system takes, and add it, case-folded, to `taken_names`.

    A name that is taken gets a number.
    """
    name = " ".join(UNSAFE_CHARACTERS.sub(" ", words).split()).strip(". ")[:MAX_NAME_LENGTH].strip(". ") or "untitled"
    name = f"file {name}" if RESERVED_NAME.match(name) else name
    free, number = name, 2
    while free.casefold() in taken_names:
        free, number = f"{name} {number}", number + 1
    taken_names.add(free.casefold())
    return free + suffix
