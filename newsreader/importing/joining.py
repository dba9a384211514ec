"""Joins an article that a site shows in several pages: its parts are fetched one after another."""

import re
import time
from collections.abc import Callable
from dataclasses import replace

from newsreader.importing.cleaning import clean_article_html
from newsreader.importing.errors import ArticleImportError
from newsreader.importing.extracted import Extracted
from newsreader.importing.extraction.jsonld import compare_headlines
from newsreader.text.html.plaintext import text_of
from newsreader.text.html.posts import split_blocks
from newsreader.text.translation import gettext as _

MAX_PARTS = 20
MAX_SECONDS = 60  # for all parts of an article
OWN_ID = re.compile(r'( id="| href="#)([nr]\d+)"')
MIN_REPEATED = 20  # characters of a block that a part repeats at its beginning


def join_parts(first: Extracted, url: str, extract: Callable[[str], Extracted]) -> Extracted:
    """Return an article with its further parts, each of which `extract` returns by its address.

    What links back, says the same or is another article is none. Where a part cannot be had, what came before it stays, and
    `problem` says so.
    """
    parts, seen, deadline = [first], {url, first.url}, time.monotonic() + MAX_SECONDS
    while (address := parts[-1].next_page) and address not in seen:
        seen.add(address)
        number = len(parts) + 1
        if number > MAX_PARTS or time.monotonic() > deadline:
            return join(
                parts, _("Only the first %(number)s parts of this article were fetched.") % {"number": len(parts)}
            )
        try:
            part = extract(address)
        except ArticleImportError as error:
            values = {"number": number, "reason": str(error)}
            return join(parts, _("Part %(number)s of this article is missing: %(reason)s") % values)
        if not continues(parts, part):
            break
        parts.append(part)
    return join(parts, "")


def continues(parts: list[Extracted], part: Extracted) -> bool:
    """Return whether a page is a further part: of the same headline, with a text that none of the others has."""
    known = {text_of(other.html) for other in parts}
    is_same = not parts[0].title or not part.title or compare_headlines(parts[0].title, part.title) > 0
    return is_same and text_of(part.html) not in known


def join(parts: list[Extracted], problem: str) -> Extracted:
    """Return these parts as one article; the first alone where they are too much together."""
    first, *others = parts
    if not others:
        return replace(first, next_page="", problem=problem)
    blocks = [html for number, part in enumerate(parts) for html in list_new_blocks(first, part, number)]
    try:
        html = clean_article_html("\n".join(blocks), first.url)
    except ArticleImportError as error:
        return replace(
            first, next_page="", problem=_("Further parts of this article are missing: %(reason)s") % {"reason": error}
        )
    left_out = [pair for part in parts for pair in part.left_out]
    return replace(first, html=html, left_out=left_out, next_page="", problem=problem)


def list_new_blocks(first: Extracted, part: Extracted, number: int) -> list[str]:
    """Return the blocks of a part, with ids of its own; without those at its beginning that the first one has, too."""
    blocks = split_blocks(part.html)
    known = {text_of(block) for block in split_blocks(first.html) if len(text_of(block)) >= MIN_REPEATED}
    while number and len(blocks) > 1 and text_of(blocks[0]) in known:
        blocks.pop(0)
    return [OWN_ID.sub(rf'\1part{number}-\2"', block) for block in blocks]
