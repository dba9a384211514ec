"""The title of a page, without the name of the site that often follows it."""

import re

from newsreader.importing.extraction.jsonld import text_in
from newsreader.importing.extraction.metadata import Metadata
from newsreader.importing.extraction.page import on_one_line, words_of

TITLES = ["og:title", "dc.title", "dcterms.title", "twitter:title", "headline", "fulltitle"]
SEPARATOR = re.compile(r"\s+[|–—·•»>‹›:/-]+\s+|\s*[|｜_]+\s*")
MAX_SITE = 40
LEAST_WORDS = 4
SHORT = 3  # characters


def title_of(page: Metadata) -> str:
    """The headline that readers of the page see, else what the page states as its title, without the site's name."""
    stated = stated_titles(page)
    alone = headings(page, "h1")
    shown = alone or headings(page, "h2")
    seen = [title for title in stated if title in shown]
    held = [title for title in shown if any(holds(whole, title) for whole in stated)]
    only = alone if len(alone) == 1 and not stated else []
    return next(iter([*seen, *held, *only, *(_without_site(title, page) for title in stated)]), "")


def site_of(page: Metadata, title: str) -> str:
    """The name of the outlet: as it states it, or what stands beside the headline in the title of the page."""
    whole = document_title(page)
    rest = whole.removeprefix(title).removesuffix(title) if title else whole
    beside = [part for part in SEPARATOR.split(rest) if part.strip()] if rest != whole else []
    guess = beside[-1].strip(" []()（）【】") if beside else ""
    return page.site() or (guess if len(guess) <= MAX_SITE else "")


def headings(page: Metadata, tag: str) -> list[str]:
    return [title for heading in page.tree.iter(tag) if (title := words_of(heading))]


def stated_titles(page: Metadata) -> list[str]:
    """The titles that the page states, the most exact first."""
    titles = [text_in(page.data.get("headline")), *(page.first([name]) for name in TITLES), document_title(page)]
    return [title for title in map(on_one_line, titles) if title]


def document_title(page: Metadata) -> str:
    element = page.tree.find(".//title")
    return "" if element is None else words_of(element)


def holds(whole: str, heading: str) -> bool:
    """Whether a stated title is this heading with the name of something after it, or before it."""
    rest = whole.removeprefix(heading)
    after = rest != whole and not rest[:1].isalnum() and len(rest) <= max(MAX_SITE, len(heading))
    return len(heading) > SHORT and (after or SEPARATOR.split(whole)[-1] == heading)


def _without_site(title, page):
    parts = [*SEPARATOR.finditer(title)]
    if not parts:
        return title
    head, tail = title[: parts[-1].start()], title[parts[-1].end() :]
    if tail.casefold() == page.site().casefold():
        return head
    is_name = title is not page.first(["og:title"]) and len(tail) <= MAX_SITE and len(tail.split()) <= LEAST_WORDS
    return head if is_name and len(head.split()) >= LEAST_WORDS else title
