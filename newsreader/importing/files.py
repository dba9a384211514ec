"""Saved pages and pasted texts."""

import html
import re
from pathlib import Path

from newsreader.importing.cleaning import cleaned
from newsreader.importing.errors import IntakeError
from newsreader.importing.extracted import Extracted
from newsreader.importing.extraction.languages import guessed, possible_languages
from newsreader.importing.limits import MAX_BYTES, TOO_LARGE, refuse_large
from newsreader.text.html.plaintext import text_of
from newsreader.text.language.direction import direction_of

SUFFIXES = {".html", ".htm", ".xhtml"}
# What browsers write at the top of a page they save.
SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(https?://[^\s>]+)", re.IGNORECASE)
HEAD = 4_000
LONG_TITLE = 120  # characters
WRAPPED_AT = 45  # characters


def pages_at(path: Path) -> list[Path]:
    """The file itself, or the saved pages in a folder, by name (the folder itself where it holds none)."""
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.iterdir() if file.suffix.lower() in SUFFIXES and file.is_file()) or [path]


def read_page(path: Path) -> bytes:
    """The bytes of a saved page. IntakeError where it cannot be read or is larger than 2 MB, which is not read at all."""
    if path.is_dir():
        raise IntakeError("There is no saved page in this folder.")
    if not path.is_file():
        raise IntakeError("There is no such file.")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise IntakeError(TOO_LARGE)
        with path.open("rb") as file:
            page = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise IntakeError(f"The file cannot be read: {error.strerror}.") from error
    refuse_large(page)
    return page


def saved_from(page: bytes) -> str:
    """The address that a browser noted in a page it saved; empty where there is none."""
    match = SAVED_FROM.search(page[:HEAD])
    return match[1].decode("ascii", "ignore") if match else ""


def pasted(text: str, title: str = "", url: str = "") -> Extracted:
    """An article out of a pasted text, its first line the title where none is given. IntakeError where it is empty or too large."""
    refuse_large(text.encode("utf-8", "ignore"))
    paragraphs = paragraphs_of(text)
    if not paragraphs:
        raise IntakeError("There is no text to keep.")
    if not title and len(paragraphs) > 1 and len(paragraphs[0]) <= LONG_TITLE:
        title = " ".join(paragraphs.pop(0).split())
    whole = cleaned("\n".join(map(as_html, paragraphs)), "")
    words = text_of(whole)
    language = guessed(words, possible_languages(words))
    return Extracted(title, whole, language=language, direction=direction_of(language, words), url=url)


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a plain text: parted by empty lines, or each line one where there are no empty lines."""
    lines = "\n".join(line.strip() for line in text.splitlines())
    parted = [part.strip() for part in re.split(r"\n\n+", lines.strip())]
    return [part for part in (parted if len(parted) > 1 else lines.split("\n")) if part]


def as_html(paragraph: str) -> str:
    """A paragraph whose lines keep their ends, unless they were only wrapped at some width."""
    lines = paragraph.split("\n")
    wrapped = len(lines) > 2 and min(map(len, lines[:-1])) >= WRAPPED_AT
    return f"<p>{(' ' if wrapped else '<br>').join(map(html.escape, lines))}</p>"
