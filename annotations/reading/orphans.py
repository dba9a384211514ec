"""Orphans: passages that have no certain place in a corrected text, listed above it."""

import re
from typing import Any, NamedTuple

from annotations.models import Placement, Project
from annotations.passages.loading import load_passage_tags
from annotations.passages.passage import PassageTag
from annotations.reading.links import build_as_read_url, build_reattach_url
from annotations.rendering.cards import find_block_index
from annotations.rendering.context import SENTENCE_WINDOW, get_sentence_after, get_sentence_before
from newsreader.models import Revision
from newsreader.text.html.plaintext import elide_middle

EDGE = 400  # code points of a passage that are shown of either end


class Proposal(NamedTuple):
    """A place that may be the one, with the number of its block and what stands around it."""

    start: int
    end: int
    block: int
    lead: str
    words: str
    trail: str


class Orphan(NamedTuple):
    """A highlight that waits for a place, as it was read, and where it may stand now."""

    placement: Placement
    tags: list[PassageTag]
    proposals: list[Proposal]
    as_read: str
    elsewhere: str
    may_settle: bool
    mine: bool

    @property
    def words(self) -> str:
        """The passage as it was read, without its middle where it is long."""
        return cut_middle(self.placement.highlight.exact)

    @property
    def lead(self) -> str:
        """What stood before it."""
        return "… " + fold_space(self.placement.highlight.prefix)

    @property
    def trail(self) -> str:
        """What stood after it."""
        return fold_space(self.placement.highlight.suffix) + " …"


def load_orphans_context(project: Project | None, revision: Revision, user_id: int | None) -> dict[str, Any]:
    """Return the project's orphans on this text (`astray`) and how many were let go (`let_go`); none on an older text."""
    if not project or revision.number != revision.article.revision:
        return {"astray": [], "let_go": 0}
    placements = Placement.objects.without_place(project, revision)
    unplaced = list(placements.select_related("highlight__author", "highlight__revision"))
    waiting = [placement for placement in unplaced if placement.open]
    if waiting:
        revision.load_text()
    tags = load_passage_tags([placement.highlight_id for placement in waiting]) if waiting else {}
    orphans = [
        build_orphan(project, revision, user_id, placement, tags.get(placement.highlight_id, []))
        for placement in waiting
    ]
    return {"astray": orphans, "let_go": len(unplaced) - len(waiting)}


def build_orphan(
    project: Project, revision: Revision, user_id: int | None, placement: Placement, tags: list[PassageTag]
) -> Orphan:
    """Return what is shown of a highlight without a place."""
    highlight, article = placement.highlight, revision.article
    return Orphan(
        placement,
        tags,
        proposals=[build_proposal(revision, *place) for place in placement.proposals],
        as_read=build_as_read_url(article, project, highlight.pk, highlight.revision.number),
        elsewhere=build_reattach_url(article, project, highlight.pk),
        may_settle=project.allows_review_of(highlight.author_id),
        mine=highlight.author_id == user_id,
    )


def build_proposal(revision: Revision, start: int, end: int) -> Proposal:
    """Return a place in the revision with what stands around it."""
    text, block_starts = revision.text, [block_start for _, block_start in revision.blocks]
    words, before, after = (
        text[start:end],
        text[max(start - SENTENCE_WINDOW, 0) : start],
        text[end : end + SENTENCE_WINDOW],
    )
    number = find_block_index(block_starts, start) + 1
    return Proposal(
        start, end, number, get_sentence_before(before, words), cut_middle(words), get_sentence_after(words, after)
    )


def cut_middle(words: str) -> str:
    """Return the words without their middle where they are longer than two EDGEs."""
    return elide_middle(words, EDGE)


def fold_space(words: str) -> str:
    """Return the words on one line."""
    return re.sub(r"\s+", " ", words)
