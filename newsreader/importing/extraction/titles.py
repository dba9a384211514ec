"""Finds the title of a page, without the name of the site that often follows it, and the name of the site."""

import re

from newsreader.importing.extraction.jsonld import read_text
from newsreader.importing.extraction.metadata import Metadata
from newsreader.importing.extraction.page import collapse_spaces, get_text

TITLE_NAMES = ["og:title", "dc.title", "dcterms.title", "twitter:title", "headline", "fulltitle"]
SEPARATOR = re.compile(r"\s+[|–—·•»>‹›:/-]+\s+|\s*[|｜_]+\s*")
MAX_SITE_LENGTH = 40
MIN_TITLE_WORDS = 4
MAX_SHORT_HEADING_LENGTH = 3  # characters


def find_title(page: Metadata) -> str:
    """Return the headline that the page shows, else the title that it states, without the site's name."""
    stated = list_stated_titles(page)
    main_headings = list_headings(page, "h1")
    headings = main_headings or list_headings(page, "h2")
    shown = [title for title in stated if title in headings]
    contained = [heading for heading in headings if any(has_heading(title, heading) for title in stated)]
    only = main_headings if len(main_headings) == 1 and not stated else []
    return next(iter([*shown, *contained, *only, *(_remove_site(title, page) for title in stated)]), "")


def find_site(page: Metadata, title: str) -> str:
    """Return the name of the outlet: as the page states it, or what is beside the headline in the page's title."""
    document_title = get_document_title(page)
    rest = document_title.removeprefix(title).removesuffix(title) if title else document_title
    parts = [part for part in SEPARATOR.split(rest) if part.strip()] if rest != document_title else []
    guess = parts[-1].strip(" []()（）【】") if parts else ""
    return page.find_site() or (guess if len(guess) <= MAX_SITE_LENGTH else "")


def list_headings(page: Metadata, tag: str) -> list[str]:
    """Return the texts of all headings with this tag."""
    return [title for heading in page.tree.iter(tag) if (title := get_text(heading))]


def list_stated_titles(page: Metadata) -> list[str]:
    """Return the titles that the page states, the most exact first."""
    titles = [
        read_text(page.data.get("headline")),
        *(page.find_first([name]) for name in TITLE_NAMES),
        get_document_title(page),
    ]
    return [title for title in map(collapse_spaces, titles) if title]


def get_document_title(page: Metadata) -> str:
    """Return the text of the title element."""
    element = page.tree.find(".//title")
    return "" if element is None else get_text(element)


def has_heading(title: str, heading: str) -> bool:
    """Return whether a stated title is this heading with a name after it, or before it."""
    rest = title.removeprefix(heading)
    is_first = rest != title and not rest[:1].isalnum() and len(rest) <= max(MAX_SITE_LENGTH, len(heading))
    return len(heading) > MAX_SHORT_HEADING_LENGTH and (is_first or SEPARATOR.split(title)[-1] == heading)


def _remove_site(title: str, page: Metadata) -> str:
    separators = [*SEPARATOR.finditer(title)]
    if not separators:
        return title
    head, tail = title[: separators[-1].start()], title[separators[-1].end() :]
    if tail.casefold() == page.find_site().casefold():
        return head
    is_site = len(tail) <= MAX_SITE_LENGTH and len(tail.split()) <= MIN_TITLE_WORDS
    is_separate = is_site and title is not page.find_first(["og:title"])
    return head if is_separate and len(head.split()) >= MIN_TITLE_WORDS else title
