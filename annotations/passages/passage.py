"""The fields of a highlight that is shown as a passage, or exported."""

import json
import re
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, TextField
from django.db.models.functions import Cast, Greatest, Least, Substr
from django.utils.translation import gettext as _

from annotations.rendering.cards import find_block_index
from annotations.rendering.context import (
    PARAGRAPH_WINDOW,
    SENTENCE_WINDOW,
    get_paragraph_after,
    get_paragraph_before,
    get_sentence_after,
    get_sentence_before,
)

CONTEXT_SIZES = {  # code points that are read on each side
    "sentence": SENTENCE_WINDOW,
    "paragraph": PARAGRAPH_WINDOW,
    "nothing": 0,
}
MAX_QUOTE_LENGTH = 1_500  # code points of a quotation; the rest is read in the article


class PassageTag(NamedTuple):
    """A tag as a passage shows it; `address` is what addresses call it."""

    name: str
    colour: int
    address: str


class PlacementState(NamedTuple):
    """How a passage stands on its article's current text; the fields are those of its placement."""

    state: str
    decision: str
    material: bool

    @property
    def waits(self) -> bool:
        """Whether somebody has yet to decide about it."""
        return not self.decision and self.state != "moved"


class Passage(NamedTuple):
    """A highlight as it is read outside its article.

    `exact` may be cut at MAX_QUOTE_LENGTH; `lead` and `trail` stand around it. `fate` is None where it was made on the
    current text, or stands there on the same words.
    """

    id: UUID
    start: int
    end: int
    exact: str
    note: str
    reader: str
    article: str
    title: str
    language: str
    direction: str
    source: str
    source_slug: str
    dated_at: datetime
    replies: int | None
    adjudication: UUID | None  # that made it, if it is part of the consensus
    lead: str
    trail: str
    block: int
    tags: list[PassageTag]
    fate: PlacementState | None

    @property
    def more(self) -> int:
        """How many code points of the quotation are not shown."""
        return max(0, self.end - self.start - MAX_QUOTE_LENGTH)

    @property
    def quote(self) -> str:
        """The words, without the empty lines that lists and tables leave."""
        return re.sub(r"\n\s*\n", "\n", self.exact)

    @property
    def label(self) -> str:
        """The reader and the tags, in words."""
        names = ", ".join(tag.name for tag in self.tags) or _("highlight")
        return f"{self.reader}: {names}"


EXPORT_FIELDS = (
    *("pk", "article__title", "article__slug", "article__source__name", "article__byline", "article__language"),
    *("article__direction", "article__published_at", "article__url", "revision__number"),
    "author__username",
    *("created_at", "start", "end", "exact", "prefix", "suffix", "note", "note_html", "thread__reply_count"),
)


def list_passage_fields(context: str = "sentence") -> list[Any]:
    """Return what is read of a passage, in the order in which `build_passage` takes it.

    Of its revision that is only what stands around the words. The last field is 0 where the revision is the current one.
    """
    text, start, window = "revision__text", F("start"), CONTEXT_SIZES[context]
    before = Substr(text, Greatest(start - window, 0) + 1, Least(start, window))
    names = ("title", "language", "direction", "source__name", "source__slug", "dated_at")
    return [
        *("pk", "start", "end", Substr("exact", 1, MAX_QUOTE_LENGTH), "note_html", "author__username", "article__slug"),
        *(f"article__{name}" for name in names),
        *("thread__reply_count", "adjudication_id"),
        *(before, Substr(text, F("end") + 1, window), Cast("revision__blocks", TextField())),
        F("article__revision") - F("revision__number"),
    ]


def build_passage(
    row: tuple[Any, ...], tags: list[PassageTag], state: PlacementState | None, context: str = "sentence"
) -> Passage:
    """Return the passage of a row of `list_passage_fields`."""
    *fields, before, after, blocks, _ = row
    names = Passage._fields[: len(fields)]
    values = dict(zip(names, fields, strict=True))
    lead, trail = trim_context(before, values["exact"], after, context)
    block = find_block_index(parse_block_starts(blocks), values["start"]) + 1
    return Passage(**values, lead=lead, trail=trail, block=block, tags=tags, fate=state)


@lru_cache(maxsize=64)
def parse_block_starts(blocks: str) -> list[int]:
    """Return where the blocks of a revision start; parsed once for the many passages of one text."""
    return [start for _, start in json.loads(blocks)]


def trim_context(before: str, exact: str, after: str, context: str) -> tuple[str, str]:
    """Return what to show before and after the words."""
    if context == "sentence":
        return get_sentence_before(before, exact), get_sentence_after(exact, after)
    return get_paragraph_before(before), get_paragraph_after(after)
