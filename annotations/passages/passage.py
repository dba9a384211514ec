"""What is read of a highlight that is shown as a passage, or listed in a table."""

import json
import re
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, TextField
from django.db.models.functions import Cast, Greatest, Least, Substr

from annotations.rendering.cards import find_block_index
from annotations.rendering.context import (
    PARAGRAPH_WINDOW,
    SENTENCE_WINDOW,
    get_paragraph_after,
    get_paragraph_before,
    get_sentence_after,
    get_sentence_before,
)

CONTEXTS = {
    "sentence": SENTENCE_WINDOW,
    "paragraph": PARAGRAPH_WINDOW,
    "nothing": 0,
}  # code points that are read on each side
SHOWN = 1_500  # code points of a quotation; the rest is read in the article


class Quoted(NamedTuple):
    """A tag as a passage shows it."""

    name: str
    colour: int
    slug: str


class Fate(NamedTuple):
    """What became of a passage on its article's current text, as a placement says it."""

    state: str
    decision: str
    material: bool

    @property
    def waits(self) -> bool:
        return not self.decision and self.state != "moved"


class Passage(NamedTuple):
    """A highlight as it is read outside its article. `exact` may be cut at SHOWN; `lead` and `trail` stand around it.

    `fate` is None where it was made on the current text, or stands there on the same words.
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
    lead: str
    trail: str
    block: int
    tags: list[Quoted]
    fate: Fate | None

    @property
    def more(self) -> int:
        """How many code points of the quotation are not shown."""
        return max(0, self.end - self.start - SHOWN)

    @property
    def quote(self) -> str:
        """The words, without the empty lines that lists and tables leave."""
        return re.sub(r"\n\s*\n", "\n", self.exact)

    @property
    def label(self) -> str:
        return f"{self.reader}: {', '.join(tag.name for tag in self.tags) or 'highlight'}"


LISTED = (
    *("pk", "article__title", "article__slug", "article__source__name", "article__byline", "article__language"),
    *("article__direction", "article__published_at", "article__url", "revision__number"),
    "author__username",
    *("created_at", "start", "end", "exact", "prefix", "suffix", "note", "note_html"),
)


def described(context: str = "sentence") -> list:
    """What is read of a passage; of its revision only what stands around it. The last says whether that is an older one."""
    text, start, window = "revision__text", F("start"), CONTEXTS[context]
    before = Substr(text, Greatest(start - window, 0) + 1, Least(start, window))
    names = ("title", "language", "direction", "source__name", "source__slug", "dated_at")
    return [
        *("pk", "start", "end", Substr("exact", 1, SHOWN), "note_html", "author__username", "article__slug"),
        *(f"article__{name}" for name in names),
        *(before, Substr(text, F("end") + 1, window), Cast("revision__blocks", TextField())),
        F("article__revision") - F("revision__number"),
    ]


def passage_of(row: tuple, tags: list[Quoted], fate: Fate | None, context: str = "sentence") -> Passage:
    """A row of what `described` reads."""
    *fields, before, after, blocks, _ = row
    _, start, _, exact, *_ = fields
    starts = [begin for _, begin in json.loads(blocks)]
    around = surroundings(before, exact, after, context)
    return Passage(*fields, *around, find_block_index(starts, start) + 1, tags, fate)


def surroundings(before: str, exact: str, after: str, context: str) -> tuple[str, str]:
    """What to show before and behind the words."""
    if context == "sentence":
        return get_sentence_before(before, exact), get_sentence_after(exact, after)
    return get_paragraph_before(before), get_paragraph_after(after)
