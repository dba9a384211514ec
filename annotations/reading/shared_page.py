"""The reading page as opened: what all readers of a project see alike is rendered once and kept.

Only what depends on nothing but the revision, its highlights, the project's codebook, the filter and the language is kept.
After a change only the blocks, cards and rows that it touches are drawn anew. What one reader may do with a card is chosen
when the page is put together, by the author of its highlight.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Hashable
from functools import cached_property
from itertools import zip_longest
from typing import Any, NamedTuple, TypeVar

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

from annotations.reading.card_portions import FIRST_CARDS, CardPlace, get_card_place
from annotations.reading.layer import Layer
from annotations.reading.layer_query import HighlightRow
from annotations.reading.page import PageRenderer
from annotations.rendering.highlighter import Span, highlight_blocks
from newsreader.compression import KeptHtml
from newsreader.fragments import Filled, Fragment, drop_indentation, render_kept, slot, split_slots
from newsreader.users import AnyUser

TEMPLATE = "annotations/reading/read.html"
MIN_CHUNK = 32_000  # characters of marked text that are compressed together
RAIL_TEMPLATE = "annotations/reading/_rail.html"
RAIL_SLOTS = {name: slot(name) for name in ("outline", "layers")}
ITALICS = re.compile(r"<(?:em|cite|h4)\b")  # what elements.css sets in italics


class SharedCard(NamedTuple):
    """A card, with its last line as visitors, those who may reply, and the author of its highlight see it."""

    author_id: int
    body: str
    foot: str
    member_foot: str
    own_foot: str
    place: CardPlace
    origin: str


Card = SharedCard | HighlightRow  # a card that says what became of its highlight is rendered for each reader


class DrawnLayer(NamedTuple):
    """What all readers see alike of the first screens, in the pieces that a change of some highlights leaves as they are."""

    layer: Layer
    spans: dict[str, Span]  # by the highlights' keys
    blocks: list[str]
    chunks: list[KeptHtml]  # of the blocks, as they are compressed
    chunk_ends: list[int]  # the index behind the last block of each
    outline: list[str]
    rail: Fragment
    cards: list[Card]

    @property
    def card_count(self) -> int:
        """How many cards there are, with those that do not come with the page."""
        return len(self.spans)


class LaterCards(NamedTuple):
    """The cards that do not come with the page."""

    layer: Layer
    cards: list[Card]


Drawn = TypeVar("Drawn", DrawnLayer, LaterCards)


class ReaderKind(NamedTuple):
    """What the page around the text shows only to some."""

    is_authenticated: bool
    is_staff: bool


class SharedPage(PageRenderer):
    """Renders a revision for one reader out of what is kept of it; with the first cards, or with all of them."""

    first_cards = FIRST_CARDS

    @cached_property
    def shared(self) -> DrawnLayer:
        """What all readers see alike of the first screens."""
        return self.keep("first", self.draw_layer)

    @cached_property
    def later_cards(self) -> list[Card]:
        """The cards that do not come with the page."""
        return self.keep("later", self.draw_later_cards).cards

    def keep(self, name: str, draw: Callable[[Drawn | None], Drawn]) -> Drawn:
        """Return what is drawn, out of the cache while the rows are the same; else drawn anew with what was drawn before."""
        if self.project and self.project.sight:
            self.revision.load_text()
            return draw(None)
        key = repr((name, self.first_cards, *self.list_values(), get_language(), get_current_timezone_name()))
        drawn = caches["fragments"].get(key)
        if drawn is None or drawn.layer.rows is not self.layer.rows:
            self.revision.load_text()
            drawn = draw(drawn)
            caches["fragments"].set(key, drawn)
        return drawn

    def list_values(self) -> tuple[Hashable, ...]:
        """Return what the shared part depends on besides the highlights."""
        project, hidden = self.project, self.layer_filter
        return (
            project and (project.pk, project.slug, project.codebook),
            *self.list_article_values(),
            tuple(sorted(hidden.hidden_tags)),
            tuple(sorted(hidden.hidden_authors)),
            hidden.only,
            hidden.layer,
        )

    def list_article_values(self) -> tuple[Hashable, ...]:
        """Return what the page depends on whatever is highlighted."""
        article = self.revision.article
        return self.revision.pk, article.pk, article.version, article.status, article.source.name, article.source.slug

    def document(self, user: AnyUser) -> Fragment:
        """Return the page around the layer as all readers of this kind see it, with slots for all that changes more often."""
        project = self.project
        values = (user.is_authenticated, user.is_staff, self.may_highlight, project and (project.name, project.slug))
        return render_kept(TEMPLATE, self.build_document_context, *values, *self.list_article_values())

    def build_document_context(
        self, is_authenticated: bool, is_staff: bool, may_highlight: bool, *_values: Hashable
    ) -> dict[str, Any]:
        """Return what the page is rendered with: nothing of this one reader."""
        is_current = self.revision.number == self.revision.article.revision
        self.revision.load_text()
        return {
            "article": self.revision.article,
            "revision": self.revision,
            "project": self.project,
            "user": ReaderKind(is_authenticated, is_staff),
            "is_current": is_current,
            "has_italics": bool(ITALICS.search(self.revision.html)),
            "may_highlight": may_highlight and is_current,
        }

    def draw_layer(self, before: DrawnLayer | None) -> DrawnLayer:
        """Draw the first screens; where they were drawn before, only what other highlights touch."""
        spans = self.make_spans(before)
        blocks, outline = self.redraw_text(before, spans) if before else self.draw_text(spans)
        ends = before.chunk_ends if before else find_chunk_ends(blocks)
        chunks = join_chunks(blocks, ends, before.chunks if before else [])
        cards = self.draw_cards(self.layer.shown[: self.first_cards], before)
        return DrawnLayer(self.layer, spans, blocks, chunks, ends, outline, self.draw_rail(), cards)

    def make_spans(self, before: DrawnLayer | None) -> dict[str, Span]:
        """Return the spans of the highlights that are shown, by their keys; those of before where they are the same."""
        old, rows, spans = before.spans if before else {}, get_rows(before), {}
        for place, row in enumerate(self.layer.shown):
            span, has_card = old.get(row.id), place < self.first_cards
            if span is None or rows[row.id] is not row or span.has_card != has_card:
                new = row.to_span(has_card=has_card)
                span = span if span == new else new
            spans[row.id] = span
        return spans

    def draw_text(self, spans: dict[str, Span]) -> tuple[list[str], list[str]]:
        """Return the blocks with their marks, and the rows of the outline."""
        blocks = highlight_blocks(self.revision.html, list(spans.values()), is_compact=True)
        return [self.present_block(block) for block in blocks], [
            self.render_outline_row(index) for index in range(len(self.sections))
        ]

    def redraw_text(self, before: DrawnLayer, spans: dict[str, Span]) -> tuple[list[str], list[str]]:
        """Return the blocks and the rows of the outline: those of before, but where a span comes, goes or changes."""
        blocks, outline, old = before.blocks[:], before.outline[:], before.spans
        changed = [span for key, span in spans.items() if old.get(key) is not span]
        changed += [span for key, span in old.items() if spans.get(key) is not span]
        touched = {index for span in changed for index in self.find_blocks([(span.start, span.end)])}
        for index in touched:
            blocks[index] = self.draw_block(index, list(spans.values()))
        for index in self.find_sections(touched):
            outline[index] = self.render_outline_row(index)
        return blocks, outline

    def draw_rail(self) -> Fragment:
        """Return the outline, the tags and the readers of this page, with slots for its rows and the reader's own name."""
        tags = tuple((tag and tag.key, *others) for tag, *others in self.tag_counts)
        key = repr(("rail", *self.list_values(), tags, self.reader_counts, get_language()))
        rail = caches["fragments"].get(key)
        if rail is None:
            page = PageRenderer(self.project, self.revision, self.layer_filter, user_id=None, csrf_token="")
            page.layer = self.layer
            rail = split_slots(drop_indentation(render_to_string(RAIL_TEMPLATE, {"page": page} | RAIL_SLOTS)))
            caches["fragments"].set(key, rail)
        return rail

    def draw_later_cards(self, before: LaterCards | None) -> LaterCards:
        """Draw the cards that do not come with the page."""
        return LaterCards(self.layer, self.draw_cards(self.layer.shown[self.first_cards :], before))

    def draw_cards(self, shown: list[HighlightRow], before: DrawnLayer | LaterCards | None) -> list[Card]:
        """Return the cards of these rows; those of before where the rows are the same."""
        rows = get_rows(before)
        drawn = {get_place(card)[2]: card for card in before.cards} if before else {}
        return [
            drawn[row.id] if row.id in drawn and rows[row.id] is row else self.render_shared_card(row) for row in shown
        ]

    def render_shared_card(self, row: HighlightRow) -> Card:
        """Return a card in all its forms; the highlight itself where its card differs in more than its last line."""
        if row.placement:
            return row
        foot, member_foot, own_foot = (
            self.render_card_foot(row, may_edit=may_edit, may_reply=may_reply)
            for may_edit, may_reply in ((False, False), (False, True), (True, True))
        )
        body, place = self.render_card_body(row), get_card_place(row)
        return SharedCard(row.author_id, body, foot, member_foot, own_foot, place, row.origin)

    def text(self) -> Filled:
        """Return the article with its marks."""
        return Filled.join(self.shared.chunks)

    def cards(self) -> SafeString:
        """Return the cards that come with the page, in reading order."""
        return self.choose_cards(self.shared.cards)

    def list_cards_after(self, place: CardPlace) -> list[Card]:
        """Return the cards behind a place, in reading order."""
        cards = [*self.shared.cards, *self.later_cards]
        return cards[bisect_right(cards, place, key=get_place) :]

    def choose_cards(self, cards: list[Card]) -> SafeString:
        """Return cards as this reader sees them."""
        if any(isinstance(card, HighlightRow) for card in cards):
            self.revision.load_text()
        return mark_safe("".join(map(self.choose_card, cards)))

    def choose_card(self, card: Card) -> str:
        """Return the form of a card that this reader sees."""
        if isinstance(card, HighlightRow):
            return self.render_card(card)
        is_own = self.may_highlight and card.author_id == self.user_id
        foot = card.own_foot if is_own else card.member_foot if self.may_reply else card.foot
        return f"{self.hide_origin(card.origin, card.body)}{foot}</li>"


def find_chunk_ends(blocks: list[str]) -> list[int]:
    """Return where to cut between blocks, so that no chunk but the last is shorter than MIN_CHUNK."""
    ends, size = [], 0
    for end, block in enumerate(blocks, 1):
        size += len(block)
        if size >= MIN_CHUNK:
            ends.append(end)
            size = 0
    return ends if ends and ends[-1] == len(blocks) else [*ends, len(blocks)]


def join_chunks(blocks: list[str], ends: list[int], drawn: list[KeptHtml]) -> list[KeptHtml]:
    """Return the chunks that end at these blocks; those that were drawn before where they say the same after the same."""
    chunks: list[KeptHtml] = []
    for start, end, old in zip_longest([0, *ends[:-1]], ends, drawn):
        html = "\n".join(blocks[start:end]) + "\n" * (end < len(blocks))
        chunk = KeptHtml.after(chunks[-1] if chunks else "", html)
        chunks.append(old if (old, old and old.before) == (chunk, chunk.before) else chunk)
    return chunks


def get_rows(drawn: DrawnLayer | LaterCards | None) -> dict[str, HighlightRow]:
    """Return the rows that were shown when this was drawn, by their keys."""
    return {row.id: row for row in drawn.layer.shown} if drawn else {}


def get_place(card: Card) -> CardPlace:
    """Return where a card stands among the others."""
    return card.place if isinstance(card, SharedCard) else get_card_place(card)
