"""Files that are sent piece by piece, and names under which they may lie."""

import re
from collections.abc import Iterator
from pathlib import Path

CHUNK_BYTES = 64 * 1024  # bytes
UNSAFE_CHARACTERS = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*#^\[\]\u2028\u2029\u202a-\u202e\u2066-\u2069]+')
RESERVED_NAME = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)


def read_chunks(path: Path) -> Iterator[bytes]:
    """The content of a file, a piece at a time."""
    with path.open("rb") as file:
        while piece := file.read(CHUNK_BYTES):
            yield piece


def make_safe_name(words: str, taken: set[str], suffix: str = "") -> str:
    """A file name made of these words that every system takes and that is not among `taken`, to which it is added."""
    name = " ".join(UNSAFE_CHARACTERS.sub(" ", words).split()).strip(". ")[:80].strip(". ") or "untitled"
    name = f"file {name}" if RESERVED_NAME.match(name) else name
    free, number = name, 2
    while free.casefold() in taken:
        free, number = f"{name} {number}", number + 1
    taken.add(free.casefold())
    return free + suffix
