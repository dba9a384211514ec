"""The title of a page, without the name of the site that often follows it."""

import re

from newsreader.intake.linkeddata import text_in
from newsreader.intake.metadata import Metadata
from newsreader.intake.page import on_one_line, words_of

TITLES = ["og:title", "dc.title", "dcterms.title", "twitter:title", "headline", "fulltitle"]
SEPARATOR = re.compile(r"\s+[|–—·•»>‹›:/-]+\s+|\s*[|｜_]+\s*")
MAX_SITE = 40
LEAST_WORDS = 4


def title_of(page: Metadata) -> str:
    """The headline that readers of the page see, else what the page states as its title, without the site's name."""
    stated = stated_titles(page)
    shown = [title for heading in page.tree.iter("h1") if (title := words_of(heading))]
    seen = [title for title in stated if title in shown]
    begun = [title for title in shown if any(_begins(whole, title) for whole in stated)]
    alone = shown if len(shown) == 1 and not stated else []
    return next(iter([*seen, *begun, *alone, *(_without_site(title, page) for title in stated)]), "")


def site_of(page: Metadata, title: str) -> str:
    """The name of the outlet: as it states it, or what follows the headline in the title of the page."""
    rest = document_title(page).removeprefix(title)
    after = [part for part in SEPARATOR.split(rest) if part.strip()] if rest != document_title(page) else []
    guess = after[-1].strip(" []()（）【】") if after else ""
    return page.site() or (guess if len(guess) <= MAX_SITE else "")


def stated_titles(page: Metadata) -> list[str]:
    """The titles that the page states, the most exact first."""
    titles = [text_in(page.data.get("headline")), *(page.first([name]) for name in TITLES), document_title(page)]
    return [title for title in map(on_one_line, titles) if title]


def document_title(page: Metadata) -> str:
    element = page.tree.find(".//title")
    return "" if element is None else words_of(element)


def _begins(whole, heading):
    """Whether a stated title is this heading and the name of something after it."""
    rest = whole.removeprefix(heading)
    return len(heading) > 3 and rest != whole and not rest[:1].isalnum() and len(rest) <= max(MAX_SITE, len(heading))


def _without_site(title, page):
    parts = [*SEPARATOR.finditer(title)]
    if not parts:
        return title
    head, tail = title[: parts[-1].start()], title[parts[-1].end() :]
    if tail.casefold() == page.site().casefold():
        return head
    is_name = title is not page.first(["og:title"]) and len(tail) <= MAX_SITE and len(tail.split()) <= LEAST_WORDS
    return head if is_name and len(head.split()) >= LEAST_WORDS else title
