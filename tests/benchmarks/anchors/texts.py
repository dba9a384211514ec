"""The texts that are edited: our own saved pages and articles, and the pages of the folder that NEWSREADER_PAGES names.

REPETITIVE adds so many made-up texts that say the same over and over.
"""

import json
import os
from functools import cache
from pathlib import Path
from typing import NamedTuple

from benchmarks.anchors.repetitive import repetitive
from benchmarks.anchors.supply import phrases
from newsreader.importing.extraction.article import extract
from newsreader.text.html.plaintext import text_of
from saved import HERE, SAVED


class Text(NamedTuple):
    """What an article says, and the page it was found in, if there is one."""

    name: str
    text: str
    language: str
    page: Path | None = None


@cache
def texts() -> list[Text]:
    made_up = range(int(os.environ.get("REPETITIVE") or 0))
    return [*published(), *(Text(f"repetitive {number}", repetitive(number), "en") for number in made_up)]


@cache
def published() -> list[Text]:
    return [*pages(), *articles()]


def pages() -> list[Text]:
    found = [(path, extract(path.read_bytes())) for path in SAVED]
    return [Text(path.stem, text_of(page.html), page.language, path) for path, page in found]


def articles() -> list[Text]:
    """Every revision of the articles that come with Newsreader."""
    rows = json.loads((HERE.parent / "fixtures" / "articles.json").read_text())
    said = [row["fields"] for row in rows if row["model"] == "newsreader.revision"]
    return [Text(f"{fields['article'][0]} {fields['number']}", fields["text"], "en") for fields in said]


@cache
def others(text: str) -> list[str]:
    """The published texts that share no phrase with this one."""
    own = phrases(text)
    return [other.text for other in published() if own.isdisjoint(phrases(other.text))]
