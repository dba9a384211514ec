"""Finds the title of a page, without the name of the site that often follows it, and the name of the site."""

import re
from itertools import islice

from newsreader.importing.extraction.jsonld import compare_headlines, fold_words, read_text
from newsreader.importing.extraction.metadata import MAX_HEADINGS, Metadata
from newsreader.importing.extraction.outlets import is_outlet, list_outlet_names, list_sections, strip_outlet
from newsreader.importing.extraction.page import collapse_spaces, get_text

TITLE_NAMES = ["og:title", "dc.title", "dcterms.title", "twitter:title", "headline", "fulltitle"]
CLEAN_TITLES = 2  # the first two: the headline of the JSON-LD, and og:title, rarely have a name behind them
SITE_SEPARATOR = re.compile(r"\s+[|–—·•»>‹›:/-]+\s+|\s*[|｜_]+\s*")
MAX_TITLE_LENGTH = 1_000  # characters that are looked at
MAX_SITE_LENGTH = 40
MAX_SHORT_HEADING_LENGTH = 3  # characters
MIN_OWN_WORDS = 3  # of a heading that nothing else on the page confirms
MIN_KICKER_SHARE = 0.5  # of a heading that has a kicker before the headline


def find_title(page: Metadata) -> str:
    """Return the headline that the page shows, else the title that it states, without the site's name."""
    names = list_outlet_names(page)
    stated = [title for title in strip_stated_titles(page, names) if title and not is_outlet(title, names)]
    main_headings, lesser_headings = (
        [heading for heading in list_headings(page, tag) if not is_outlet(heading, names) and is_own(heading, stated)]
        for tag in ("h1", "h2")
    )
    headings = main_headings or lesser_headings
    folded = {" ".join(fold_words(heading)): heading for heading in reversed(headings)}
    shown = [folded[key] for title in stated if (key := " ".join(fold_words(title))) in folded]
    found = [*shown, *find_contained(stated, headings), *find_own_heading(page, stated, main_headings), *stated]
    title = next(iter([*found, *list_stated_titles(page)]), "")
    return strip_outlet(title, names, list_sections(page), is_clean=True) or title


def is_own(heading: str, stated: list[str]) -> bool:
    """Return whether a heading may be the headline, and not the unknown name of the site, which resembles no longer title."""
    is_short = len(fold_words(heading)) < MIN_OWN_WORDS
    others = [title for title in stated if len(fold_words(title)) >= MIN_OWN_WORDS]
    is_confirmed = any(title.startswith(heading) or compare_headlines(heading, title) > 0 for title in others)
    return is_confirmed or not (is_short and others)


def strip_stated_titles(page: Metadata, names: list[str]) -> list[str]:
    """Return the titles that the page states without the name of the site, the most exact first."""
    sections, language = list_sections(page), page.tree.get("lang") or ""
    titles = [
        read_text(page.data.get("headline")),
        *(page.find_first([name]) for name in TITLE_NAMES),
        get_document_title(page),
    ]
    return [
        strip_outlet(
            collapse_spaces(title[:MAX_TITLE_LENGTH]),
            names,
            sections,
            is_clean=number < CLEAN_TITLES,
            language=language,
        )
        for number, title in enumerate(titles)
    ]


def find_contained(stated: list[str], headings: list[str]) -> list[str]:
    """Return the headings that begin a stated title, or else the stated titles that end a heading, with a kicker before it."""
    contained = [heading for heading in headings if any(has_heading(title, heading) for title in stated)]
    return contained or [
        title for title in stated[:CLEAN_TITLES] if any(has_kicker(heading, title) for heading in headings)
    ]


def has_kicker(heading: str, title: str) -> bool:
    """Return whether a heading is this title with other words before it."""
    own, words = fold_words(heading), fold_words(title)
    return len(words) > 1 and own[-len(words) :] == words and len(title) >= MIN_KICKER_SHARE * len(heading)


def find_own_heading(page: Metadata, stated: list[str], headings: list[str]) -> list[str]:
    """Return the one main heading of the page, if it resembles a stated title or stands in the article."""
    if len(headings) != 1:
        return []
    heading = headings[0]
    is_confirmed = not stated or any(compare_headlines(heading, title) > 0 for title in stated)
    is_inside = len(fold_words(heading)) >= MIN_OWN_WORDS and bool(
        page.tree.xpath("//article//h1 | //main//h1 | //h1[@itemprop]")
    )
    return headings if is_confirmed or is_inside else []


def find_site(page: Metadata, title: str) -> str:
    """Return the name of the outlet: as the page states it, or what is beside the headline in the page's title."""
    document_title = get_document_title(page)
    rest = document_title.removeprefix(title).removesuffix(title) if title else document_title
    parts = [part for part in SITE_SEPARATOR.split(rest) if part.strip()] if rest != document_title else []
    guess = parts[-1].strip(" []()（）【】") if parts else ""
    return page.find_site() or (guess if len(guess) <= MAX_SITE_LENGTH else "")


def list_headings(page: Metadata, tag: str) -> list[str]:
    """Return the texts of all headings with this tag."""
    return [
        title
        for heading in islice(page.tree.iter(tag), MAX_HEADINGS)
        if (title := get_text(heading)[:MAX_TITLE_LENGTH])
    ]


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
    return "" if element is None else get_text(element)[:MAX_TITLE_LENGTH]


def has_heading(title: str, heading: str) -> bool:
    """Return whether a stated title is this heading with a name after it, or before it."""
    rest = title.removeprefix(heading)
    is_first = rest != title and not rest[:1].isalnum() and len(rest) <= max(MAX_SITE_LENGTH, len(heading))
    return len(heading) > MAX_SHORT_HEADING_LENGTH and (is_first or SITE_SEPARATOR.split(title)[-1] == heading)
