"""An extracted article block by block, with what its page says between them: shown before anything is stored."""

import html
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from newsreader.importing.cleaning import clean_article_html
from newsreader.importing.extracted import Extracted
from newsreader.text.html.plaintext import locate_blocks, text_of
from newsreader.text.language.direction import detect_direction


class PreviewBlock(NamedTuple):
    """A block of a page as canonical HTML, and whether it is part of the article."""

    html: str
    is_kept: bool


def list_blocks(found: Extracted) -> list[PreviewBlock]:
    """Return the blocks of an article, and between them those of its page that were left out, in the order of the page."""
    starts = [start for start, _text in locate_blocks(found.html)]
    kept = [found.html[start:end] for start, end in pairwise([*starts, len(found.html)])]
    letters = [collect_letters(text_of(block)) for block in kept]
    known = {collect_letters(words) for words in (found.title, found.byline, found.site)}
    blocks, place = [], 0
    for words, before in found.left_out:
        if collect_letters(words) in known:
            continue
        wanted = collect_letters(before)
        after = next((n + 1 for n in range(max(place - 1, 0), len(kept)) if wanted and wanted in letters[n]), place)
        blocks += [PreviewBlock(block, True) for block in kept[place:after]]
        blocks.append(PreviewBlock(f"<p>{html.escape(words)}</p>", False))
        place = after
    return blocks + [PreviewBlock(block, True) for block in kept[place:]]


def collect_letters(words: str) -> str:
    """Return words without white space."""
    return "".join(words.split())


def choose_blocks(found: Extracted, blocks: list[PreviewBlock], chosen: set[int]) -> Extracted:
    """Return the article of the blocks with these numbers; raise ArticleImportError if they have no text."""
    kept = "\n".join(block.html for number, block in enumerate(blocks) if number in chosen)
    content = clean_article_html(kept, found.url)
    direction = detect_direction(found.language, text_of(content))
    return replace(found, html=content, direction=direction, left_out=[])
