"""The reading page as opened: what all readers of a project see alike is rendered once and kept.

Only what depends on nothing but the revision, the version of the project, the filter and the language is kept. What one
reader may do with a card is chosen when the page is put together, by the author of its highlight.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

from annotations.reading.card_portions import FIRST_CARDS, CardPlace, get_card_place
from annotations.reading.layer import HighlightRow
from annotations.reading.page import PageRenderer
from annotations.rendering.highlighter import highlight
from newsreader.fragments import Fragment, render_kept, split_slots
from newsreader.text.html.presentation import present
from newsreader.users import AnyUser

TEMPLATE = "annotations/reading/read.html"
RAIL_TEMPLATE = "annotations/reading/_rail.html"
ITALICS = re.compile(r"<(?:em|cite|h4)\b")  # what elements.css sets in italics
Kept = TypeVar("Kept")


class SharedCard(NamedTuple):
    """A card as others see it, and as the author of its highlight does."""

    author_id: int
    html: str
    own_html: str
    place: CardPlace


Card = SharedCard | HighlightRow  # a card that says what became of its highlight is rendered for each reader


class SharedLayer(NamedTuple):
    """What all readers see alike of the first screens; `card_count` is that of all cards."""

    text: str
    rail: Fragment
    cards: list[Card]
    card_count: int


class ReaderKind(NamedTuple):
    """What the page around the text shows only to some."""

    is_authenticated: bool
    is_staff: bool


class SharedPage(PageRenderer):
    """Renders a revision for one reader out of what is kept of it; with the first cards, or with all of them."""

    first_cards = FIRST_CARDS

    @cached_property
    def shared(self) -> SharedLayer:
        """What all readers see alike of the first screens."""
        return self.keep("first", self.render_shared_layer)

    @cached_property
    def later_cards(self) -> list[Card]:
        """The cards that do not come with the page."""
        return self.keep("later", self.render_later_cards)

    def keep(self, name: str, render: Callable[[], Kept]) -> Kept:
        """Return what is rendered, out of the cache if it was before."""
        key = repr((name, self.first_cards, *self.list_values(), get_language(), get_current_timezone_name()))
        kept = caches["fragments"].get(key)
        if kept is None:
            kept = render()
            caches["fragments"].set(key, kept)
        return kept

    def list_values(self) -> tuple[Hashable, ...]:
        """Return what the shared part depends on; the project's version is read before its highlights, so nothing kept is too old."""
        project, hidden = self.project, self.layer_filter
        version = project and (project.pk, project.version, project.slug)
        return (
            version,
            *self.list_article_values(),
            tuple(sorted(hidden.hidden_tags)),
            tuple(sorted(hidden.hidden_authors)),
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

    def render_shared_layer(self) -> SharedLayer:
        """Render what all readers see alike of the first screens."""
        self.revision.load_text()
        shown = self.layer.shown
        spans = [row.to_span(has_card=place < self.first_cards) for place, row in enumerate(shown)]
        return SharedLayer(
            text=present(highlight(self.revision.html, spans)),
            rail=self.render_rail(),
            cards=[self.render_shared_card(row) for row in shown[: self.first_cards]],
            card_count=len(shown),
        )

    def render_rail(self) -> Fragment:
        """Render the outline, the tags and the readers of this page, with slots for the reader's own name."""
        page = PageRenderer(self.project, self.revision, self.layer_filter, user_id=None, csrf_token="")
        page.layer = self.layer
        return split_slots(render_to_string(RAIL_TEMPLATE, {"page": page}))

    def render_later_cards(self) -> list[Card]:
        """Render the cards that do not come with the page."""
        self.revision.load_text()
        return [self.render_shared_card(row) for row in self.layer.shown[self.first_cards :]]

    def render_shared_card(self, row: HighlightRow) -> Card:
        """Return both forms of a card; the highlight itself where its card differs in more than the link to its form."""
        if row.placement:
            return row
        html, own_html = (self.render_card_for(row, may_edit=may_edit) for may_edit in (False, True))
        return SharedCard(row.author_id, html, own_html, get_card_place(row))

    def text(self) -> SafeString:
        """Return the article with its marks."""
        return mark_safe(self.shared.text)

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
        return card.own_html if self.may_highlight and card.author_id == self.user_id else card.html


def get_place(card: Card) -> CardPlace:
    """Return where a card stands among the others."""
    return card.place if isinstance(card, SharedCard) else get_card_place(card)
