"""What stands above a corrected text: the passages that have no certain place in it."""

import re
from typing import NamedTuple

from annotations.models import Placement
from annotations.passages.loading import tags_of
from annotations.rendering.cards import find_block_index
from annotations.rendering.context import SENTENCE_WINDOW, get_sentence_after, get_sentence_before

LONGEST = 400  # code points of a passage that are shown of either end


class Proposal(NamedTuple):
    """A place that may be the one, with the number of its block and what stands around it."""

    start: int
    end: int
    block: int
    lead: str
    words: str
    trail: str


class Astray(NamedTuple):
    """A highlight that waits for a place, as it was read, and where it may stand now."""

    placement: Placement
    tags: list
    proposals: list[Proposal]
    as_read: str
    elsewhere: str
    may_settle: bool
    mine: bool

    @property
    def words(self) -> str:
        return shortened(self.placement.highlight.exact)

    @property
    def lead(self) -> str:
        return "… " + one_line(self.placement.highlight.prefix)

    @property
    def trail(self) -> str:
        return one_line(self.placement.highlight.suffix) + " …"


def astray_on(page) -> dict:
    """The project's highlights that wait for a place on this text, and how many were let go; none on an older text."""
    if not page.project or page.revision.number != page.revision.article.revision:
        return {"astray": [], "let_go": 0}
    without = Placement.objects.without_place(page.project, page.revision).select_related(
        "highlight__author", "highlight__revision"
    )
    waiting = [placement for placement in without if placement.open]
    tags = tags_of([placement.highlight_id for placement in waiting]) if waiting else {}
    items = [astray_of(page, placement, tags.get(placement.highlight_id, [])) for placement in waiting]
    return {"astray": items, "let_go": len(without) - len(waiting)}


def astray_of(page, placement, tags: list) -> Astray:
    highlight, revision = placement.highlight, page.revision
    return Astray(
        placement,
        tags,
        [proposal(revision.text, revision.blocks, *place) for place in placement.proposals],
        page.as_read(highlight.pk, highlight.revision.number),
        page.elsewhere(highlight.pk),
        page.project.allows_review_of(highlight.author_id),
        highlight.author_id == page.user_id,
    )


def proposal(text: str, blocks: list, start: int, end: int) -> Proposal:
    words, block = text[start:end], find_block_index([begin for _, begin in blocks], start) + 1
    before, after = text[max(start - SENTENCE_WINDOW, 0) : start], text[end : end + SENTENCE_WINDOW]
    return Proposal(
        start, end, block, get_sentence_before(before, words), shortened(words), get_sentence_after(words, after)
    )


def shortened(words: str) -> str:
    """The words without their middle, where they are very long."""
    return words if len(words) <= 2 * LONGEST else f"{words[:LONGEST]} … {words[-LONGEST:]}"


def one_line(words: str) -> str:
    return re.sub(r"\s+", " ", words)
