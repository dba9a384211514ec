"""A passage that changed, as its two sides: the words as they were accepted last, and those that stand for them now."""

from typing import NamedTuple

from annotations.models import Placement
from annotations.passages.loading import tags_of
from annotations.reading.links import build_reattach_url
from annotations.reading.orphans import Proposal, build_proposal, cut_middle
from annotations.rendering.context import WINDOW, leading, trailing
from newsreader.models import Revision
from newsreader.text.diff.diff import pieces

LONGEST = 20_000  # code points of a passage that are compared; of what is longer the beginning
SAME_MOST = 240  # code points of unchanged words that are shown together


class Bit(NamedTuple):
    """Some words of one side; `kind` is "del" or "ins" where they differ from the other."""

    words: str
    kind: str = ""


class Side(NamedTuple):
    """One side: the passage in bits, with what stands around it."""

    number: int
    lead: str
    bits: list[Bit]
    trail: str


class Changed(NamedTuple):
    """One passage that changed; `new` is None where it has no place."""

    placement: Placement
    tags: list
    old: Side
    new: Side | None
    proposals: list[Proposal]
    may_settle: bool
    is_current: bool

    @property
    def elsewhere(self) -> str:
        """The page as it is read to find another place."""
        highlight = self.placement.highlight
        return build_reattach_url(highlight.article, highlight.project, highlight.pk)


def changed_of(placements: list[Placement], project) -> list[Changed]:
    """These placements with what is shown of each, in two queries whatever their number."""
    tags = tags_of([placement.highlight_id for placement in placements]) if placements else {}
    keys = {key for placement in placements for key in (placement.origin_id, placement.revision_id)}
    texts = {row.pk: row for row in Revision.objects.filter(pk__in=keys).only("text", "blocks")}
    return [both(one, tags.get(one.highlight_id, []), texts, project) for one in placements]


def both(placement: Placement, tags: list, texts: dict[int, Revision], project) -> Changed:
    placement.highlight.project = project
    before, now = texts[placement.origin_id].text, texts[placement.revision_id].text
    start, end = placement.origin_start, placement.origin_end
    stands = placement.start is not None
    new_words = now[placement.start : placement.end][:LONGEST] if stands else ""
    olds, news = (
        compared(before[start:end][:LONGEST], new_words) if stands else ([Bit(cut_middle(before[start:end]))], [])
    )
    return Changed(
        placement,
        tags,
        side(before, start, end, olds, placement.origin.number),
        side(now, placement.start, placement.end, news, placement.revision.number) if stands else None,
        [build_proposal(texts[placement.revision_id], *place) for place in placement.proposals if placement.open],
        project.allows_review_of(placement.highlight.author_id),
        placement.revision.number == placement.highlight.article.revision,
    )


def compared(old: str, new: str) -> tuple[list[Bit], list[Bit]]:
    """Both texts in bits, with what differs."""
    olds, news = [], []
    for piece in pieces(old, new):
        olds.append(bit(old[piece.start : piece.end], piece.same, "del"))
        news.append(bit(new[piece.new_start : piece.new_end], piece.same, "ins"))
    return [one for one in olds if one.words], [one for one in news if one.words]


def bit(words: str, same: bool, kind: str) -> Bit:
    if not same:
        return Bit(cut_middle(words), kind)
    half = SAME_MOST // 2
    return Bit(words if len(words) <= SAME_MOST else f"{words[:half]} … {words[-half:]}")


def side(text: str, start: int, end: int, bits: list[Bit], number: int) -> Side:
    words = text[start:end]
    before, after = text[max(start - WINDOW, 0) : start], text[end : end + WINDOW]
    return Side(number, leading(before, words), bits, trailing(words, after))
